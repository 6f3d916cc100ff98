"""Early in a month each lead is told, once, who joined, moved and left in the month before."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor, Reach, ScopeKind
from app.access.permissions import Permission, Role
from app.accounts.queries import GrantRow, roles_overview
from app.capability.month import Month, Part, events
from app.capability.month_wording import month_line
from app.capability.queries.spells import turned
from app.kernel import outbox
from app.kernel.clock import london_date
from app.kernel.config import Settings
from app.kernel.db import ReadSession, WriteSession, table
from app.kernel.outbox import Notice

MONTH = "month"
FROM_DAY, TO_DAY = 3, 9
"""Most of a month's staff file has come by then, and a worker that stood still has a week to say so."""

_notice = table(Notice)


def tell_of_month(session: WriteSession, settings: Settings, actor: Actor, now: datetime) -> int:
    """Leave each lead one notice of last month, if anything happened in it where they lead. Returns how many."""
    today = london_date(now)
    if not FROM_DAY <= today.day <= TO_DAY:
        return 0
    month = Month.of(today).back(1)
    leads = _untold(session, _leads(roles_overview(session, actor, today)), month)
    if not leads:
        return 0
    begun, ended = turned(session, actor.reach(Permission.SEE_CAPABILITY), 0, month)
    told = 0
    for person_id, reach in leads.items():
        found = events(begun, ended, Part(reach), month)
        if line := month_line(found, month, settings.origin, today):
            key = _key(month, person_id)
            told += outbox.tell(session, key=key, person_id=person_id, kind=MONTH, line=line, now=now)
    return told


def _leads(grants: Iterable[GrantRow]) -> dict[int, Reach]:
    """What each directorate lead reaches by being one."""
    held: dict[int, list[GrantRow]] = defaultdict(list)
    for grant in grants:
        if grant.role is Role.LEAD:
            held[grant.person_id].append(grant)
    return {person_id: _reach(own) for person_id, own in held.items()}


def _reach(grants: Collection[GrantRow]) -> Reach:
    def ids(kind: ScopeKind) -> frozenset[int]:
        return frozenset(g.scope_id for g in grants if g.scope_kind is kind and g.scope_id is not None)

    everywhere = any(g.scope_kind is ScopeKind.TRUST for g in grants)
    return Reach(everywhere, ids(ScopeKind.DIRECTORATE), ids(ScopeKind.TEAM))


def _untold(session: ReadSession, leads: dict[int, Reach], month: Month) -> dict[int, Reach]:
    keys = {_key(month, person_id): person_id for person_id in leads}
    told = session.scalars(sa.select(_notice.c.key).where(_notice.c.key.in_(keys)))
    done = {keys[key] for key in told}
    return {person_id: reach for person_id, reach in leads.items() if person_id not in done}


def _key(month: Month, person_id: int) -> str:
    return f"{MONTH}:{month.key}:{person_id}"
