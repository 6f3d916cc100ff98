"""What the calendar asks: a word before a date and one after it, each once, and none that is no longer true."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.capability.commands.deciding import ASSIGNED, DUE_SOON, NOTICES, OVERDUE, key, silence
from app.capability.models import Requirement
from app.capability.queries.standings import AsAt, Standings, matrix_tiers, standings
from app.capability.rules import DUE_SOON as SOON
from app.capability.rules import Gap, Need, gap
from app.capability.wording import due_soon_line, overdue_line
from app.kernel import outbox
from app.kernel.clock import london_date
from app.kernel.db import WriteSession, table
from app.kernel.outbox import Notice
from app.learning.models import Award, AwardEvent
from app.learning.rules import AwardEventKind
from app.organisation.models import Employment, Person
from app.organisation.queries import is_away, open_on, was_away

_requirement, _notice, _person = table(Requirement), table(Notice), table(Person)
_employment, _award, _event = table(Employment), table(Award), table(AwardEvent)


def remind(session: WriteSession, actor: Actor, now: datetime) -> int:  # noqa: ARG001  the worker hands in who acts
    """Leave the notices that today asks for and take back those that came too late. Returns how many were left.

    Nobody is reminded of a level for which no place has been offered: that is not theirs to mend. Nobody is reminded
    while on long leave; a date that leave has moved gets words of its own when it comes.
    """
    today = london_date(now)
    _take_back(session, today, now)
    told = 0
    candidates = _nearly_due(session, today)
    known = _standings(session, {r.person_id for r in candidates}, today, now)
    for row in candidates:
        tier = next((t for t in known.tiers if t.slug == row.tier), None)
        standing = known.one(row.person_id, row.tier)
        if tier is None or gap(standing) is not Gap.PERSON or standing.away:
            continue
        due = standing.due
        if due is None or due > today + SOON:
            continue
        kind, line = (OVERDUE, overdue_line) if due < today else (DUE_SOON, due_soon_line)
        at = _key(kind, row.id, standing.moved)
        told += outbox.tell(session, key=at, person_id=row.person_id, kind=kind, line=line(tier.title, due), now=now)
    return told


def _key(kind: str, requirement_id: int, moved: int) -> str:
    """Of the words about one date: once that leave has moved it, it is another."""
    return f"{kind}:moved {moved}:{requirement_id}" if moved else key(kind, requirement_id)


def _nearly_due(session: WriteSession, today: date) -> Sequence[Any]:
    """What is due within the fortnight or past, before leave moves it, and has no notice of that kind yet.

    Of people who were on leave, all: which words they had depends on the date as moved, which `remind` looks at.
    """
    r = _requirement.c
    kind = sa.case((r.due < today, OVERDUE + ":"), else_=DUE_SOON + ":")
    told = sa.exists().where(_notice.c.key == kind.concat(sa.cast(r.id, sa.String)))
    works = sa.exists().where(_employment.c.person_id == r.person_id, open_on(_employment, today))
    return session.execute(
        sa.select(r.id, r.person_id, r.tier)
        .where(
            r.superseded_at.is_(None),
            r.need == Need.REQUIRED,
            r.due <= today + SOON,
            works,
            sa.or_(~told, was_away(r.person_id, today)),
            ~is_away(r.person_id, today),
            ~_holds(today),
        )
        .order_by(r.id)
    ).all()


def _holds(today: date) -> sa.ColumnElement[bool]:
    """Plainly completed: keeps thousands of finished needs out of every round. `gap` has the last word."""
    mine = sa.and_(_award.c.person_id == _requirement.c.person_id, _award.c.tier == _requirement.c.tier)
    valid = sa.exists().where(
        mine,
        _event.c.award_id == _award.c.id,
        _event.c.kind.in_([AwardEventKind.GRANTED, AwardEventKind.REFRESHED]),
        sa.or_(_event.c.valid_until.is_(None), _event.c.valid_until >= today),
    )
    withdrawn = sa.exists().where(mine, _event.c.award_id == _award.c.id, _event.c.kind == AwardEventKind.WITHDRAWN)
    return sa.and_(valid, ~withdrawn)


def _take_back(session: WriteSession, today: date, now: datetime) -> None:
    """Notices not yet mailed whose need has been met, or no longer holds; and words about a date that leave moves."""
    notices = session.execute(
        sa.select(_notice.c.key, _notice.c.kind).where(
            _notice.c.kind.in_(NOTICES), _notice.c.mail_id.is_(None), _notice.c.withdrawn_at.is_(None)
        )
    )
    waiting = {row.key: (row.kind, int(row.key.rpartition(":")[2])) for row in notices}
    r = _requirement.c
    rows = session.execute(
        sa.select(r.id, r.person_id, r.tier).where(
            r.id.in_({i for _, i in waiting.values()}), r.superseded_at.is_(None)
        )
    )
    needs = {row.id: row for row in rows}
    known = _standings(session, {row.person_id for row in needs.values()}, today, now)
    true = set()
    for at, (kind, i) in waiting.items():
        standing = known.one(needs[i].person_id, needs[i].tier) if i in needs else None
        if standing is None or gap(standing) is Gap.NONE:
            continue
        if kind == ASSIGNED or (not standing.away and at == _key(kind, i, standing.moved)):
            true.add(at)
    silence(session, waiting.keys() - true, now)


def _standings(session: WriteSession, people: Collection[int], today: date, now: datetime) -> Standings:
    wanted = sa.select(_person.c.id).where(_person.c.id.in_(people))
    return standings(session, wanted, AsAt.of(today, now), matrix_tiers(session))
