"""How the router remembers what was posted: forms kept over an ended sign-in, and forms posted twice."""

import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.access.actor import Actor
from app.accounts import throttle
from app.accounts.models import AnsweredForm, HeldDeed, SignInSession
from app.accounts.sessions import token_hash
from app.kernel.db import Database, WriteSession, insert_new, table

HELD_FOR = timedelta(hours=48)

_session = table(SignInSession)
_held = table(HeldDeed)
_answered = table(AnsweredForm)


def hold(db: Database, token: str, held: Mapping[str, object], now: datetime) -> str | None:
    """Keep a form posted under a sign-in that has ended. Returns its own token; None when the sign-in is unknown."""
    with db.write() as session:
        person_id = session.scalar(sa.select(_session.c.person_id).where(_session.c.token_hash == token_hash(token)))
        if person_id is None:
            return None
        key = secrets.token_urlsafe(24)
        session.add(
            HeldDeed(
                token_hash=token_hash(key),
                person_id=person_id,
                route=str(held["route"]),
                content=json.dumps({"path": held["path"], "posted": held["posted"]}),
                held_at=now,
            )
        )
    return key


def take_held(
    session: WriteSession, key: str, person_id: int, now: datetime
) -> tuple[str, dict[str, str], dict[str, list[str]]] | None:
    """The kept form of this very person, once: route, path parameters, posted fields. None for anybody else."""
    row = session.execute(
        sa.select(_held.c.id, _held.c.route, _held.c.content).where(
            _held.c.token_hash == token_hash(key),
            _held.c.person_id == person_id,
            _held.c.applied_at.is_(None),
            _held.c.held_at > now - HELD_FOR,
        )
    ).first()
    if row is None:
        return None
    session.execute(sa.update(_held).where(_held.c.id == row.id).values(applied_at=now, content="{}"))
    content = json.loads(row.content)
    return row.route, content["path"], content["posted"]


def claim(session: WriteSession, key: str, actor: Actor | None, now: datetime) -> tuple[str, str] | None:
    """Take a posted form for this transaction, waiting for one that has it. Where it led before and what was said."""
    person_id = actor.person_id if actor else None
    if insert_new(session, AnsweredForm, "key", key=key, person_id=person_id, location="", flash="", answered_at=now):
        return None
    row = session.execute(sa.select(_answered.c.location, _answered.c.flash).where(_answered.c.key == key)).one()
    return row.location, row.flash


def settle(session: WriteSession, key: str, location: str, flash: str) -> None:
    """Keep where a claimed form led; nowhere lets it be posted again."""
    mine = _answered.c.key == key
    if location:
        session.execute(sa.update(_answered).where(mine).values(location=location, flash=flash))
    else:
        session.execute(sa.delete(_answered).where(mine))


def forget_old(session: WriteSession, now: datetime) -> None:
    """Rows that have done their work: answered forms after two days, held forms and counted tries after their time."""
    session.execute(sa.delete(_answered).where(_answered.c.answered_at < now - HELD_FOR))
    session.execute(sa.delete(_held).where(_held.c.held_at < now - HELD_FOR))
    throttle.forget_old(session, now)
