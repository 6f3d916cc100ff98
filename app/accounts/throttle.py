"""Tries counted in the database, in windows, so that every server sees them and none can be raced."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from app.accounts.models import Throttle
from app.kernel.db import Database, WriteSession, table
from app.kernel.errors import TooManyError
from app.organisation.rules import address_key

_throttle = table(Throttle)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many tries within a window that begins with the first."""

    name: str
    most: int
    window: timedelta


ACCOUNT = Limit("account", 10, timedelta(minutes=5))
ADDRESS = Limit("address", 50, timedelta(minutes=5))
RESET = Limit("reset", 5, timedelta(days=1))
RESET_ADDRESS = Limit("reset-address", 50, timedelta(days=1))


def key_of(limit: Limit, what: str) -> str:
    """Stored as a digest: people type passwords into the wrong box, and addresses are personal data."""
    return f"{limit.name}:{hashlib.sha256(address_key(what).encode()).hexdigest()[:40]}"


def network_of(address: str) -> str:
    """An IPv6 customer has a whole /64 to come from; they count as one."""
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    return str(IPv6Address(int(ip) >> 64 << 64)) if isinstance(ip, IPv6Address) else address


def count(db: Database, tries: list[tuple[Limit, str]], now: datetime) -> None:
    """Count a try against each limit, in a transaction of its own: a try that fails later was made all the same.

    Raises TooManyError, with the seconds to wait, once any limit is passed.
    """
    with db.write() as session:
        waits = [_count(session, limit, what, now) for limit, what in tries]
    if wait := max(waits, default=0):
        minutes = max(1, round(wait / 60))
        spell = f"{minutes} minute{'s' if minutes > 1 else ''}" if minutes < 120 else f"{round(minutes / 60)} hours"  # noqa: PLR2004
        raise TooManyError(f"This was tried too often. Wait {spell}, then try again.", wait)


def give_back(session: WriteSession, tries: list[tuple[Limit, str]]) -> None:
    """A try that succeeded does not count: a hall of starters behind one address can all sign in."""
    for limit, what in tries:
        same = _throttle.c.key == key_of(limit, what)
        session.execute(sa.update(_throttle).where(same, _throttle.c.tries > 0).values(tries=_throttle.c.tries - 1))


def forgive(session: WriteSession, limit: Limit, what: str) -> None:
    """Begin again: the right password was given."""
    session.execute(sa.delete(_throttle).where(_throttle.c.key == key_of(limit, what)))


def forget_old(session: WriteSession, now: datetime) -> None:
    session.execute(sa.delete(_throttle).where(_throttle.c.window_ends_at < now))


def _count(session: WriteSession, limit: Limit, what: str, now: datetime) -> int:
    """Seconds to wait; 0 while the limit is not passed. One statement, so that parallel tries are all counted."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = insert(_throttle).values(key=key_of(limit, what), window_ends_at=now + limit.window, tries=1)
    over = _throttle.c.window_ends_at <= now
    statement = statement.on_conflict_do_update(
        index_elements=["key"],
        set_={
            "tries": sa.case((over, 1), else_=_throttle.c.tries + 1),
            "window_ends_at": sa.case((over, statement.excluded.window_ends_at), else_=_throttle.c.window_ends_at),
        },
    )
    row = session.execute(statement.returning(_throttle.c.tries, _throttle.c.window_ends_at)).one()
    return max(1, int((row.window_ends_at - now).total_seconds())) if row.tries > limit.most else 0
