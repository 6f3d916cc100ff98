"""The worker keeps needs as the rules say: over everybody once a day, and over those whose posts have changed.

Each part is a short transaction of its own: people wait for none of it, and a part that is done twice changes nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.capability.commands.running import changed_by_rules, hold_rules, run_rules
from app.capability.models import NeedRule, Requirement, RuleRun
from app.capability.queries.begun import People
from app.capability.queries.reaching import staff_between, these
from app.capability.queries.ruling import rules_in_force
from app.capability.rules import Need
from app.kernel.audit import AuditEvent
from app.kernel.clock import london_date
from app.kernel.db import Database, ReadSession, WriteSession, table
from app.organisation.models import Person

LOOKED_AT, WRITTEN = 1_000, 250
"""People whose needs are worked out at once, and of whom so many are changed in one transaction."""
STILL_COMING = timedelta(minutes=2)
"""A deed may be committed so long after it began: younger events are looked at once more."""
ABOUT_POSTS = ("employment", "person_merge")

_run, _rule, _requirement = table(RuleRun), table(NeedRule), table(Requirement)
_event, _person = table(AuditEvent), table(Person)


@dataclass(frozen=True, slots=True)
class News:
    """What is to be looked at: everybody, or these people; `up_to` needs no second look afterwards."""

    whole: bool
    people: tuple[int, ...]
    up_to: int


def keep_needs(db: Database, now: datetime) -> int:
    """Run the rules over whomever it is time for. Returns how many needs and places on courses changed."""
    with db.read() as session:
        news = _news(session, now)
        parts = list(_parts(session, news)) if news else []
    if news is None:
        return 0
    changed = sum(_keep(db, part, now) for part in parts)
    with db.write() as session:
        _written_down(session, news, changed, now)
    return changed


def _news(session: ReadSession, now: datetime) -> News | None:
    """None when nothing is to be done: there is no rule and no waiver, or nothing has happened."""
    any_rule = session.scalar(sa.select(sa.func.min(_rule.c.id)))
    waived = sa.select(_requirement.c.id).where(
        _requirement.c.need == Need.WAIVED, _requirement.c.superseded_at.is_(None)
    )
    if any_rule is None and session.execute(waived.limit(1)).first() is None:
        return None
    last = session.scalar(sa.select(sa.func.max(_run.c.up_to))) or 0
    today = sa.select(_run.c.id).where(_run.c.whole, _run.c.day == london_date(now))
    settled = sa.select(sa.func.max(_event.c.id)).where(_event.c.at < now - STILL_COMING)
    up_to = max(last, session.scalar(settled) or 0)
    since = _event.c.id > last
    new_rules = sa.select(_event.c.id).where(since, _event.c.entity == "need_rule")
    if session.execute(today.limit(1)).first() is None or session.execute(new_rules.limit(1)).first():
        return News(True, (), up_to)
    moved = sa.select(_event.c.subject_id).where(
        since, _event.c.entity.in_(ABOUT_POSTS), _event.c.subject_id.is_not(None)
    )
    people = tuple(sorted(session.scalars(moved.distinct())))
    return News(False, people, up_to) if people else None


def _parts(session: ReadSession, news: News) -> Iterator[People]:
    """Everybody by their ids, or these people, so many at a time."""
    if news.whole:
        last = session.scalar(sa.select(sa.func.max(_person.c.id))) or 0
        yield from (staff_between(at, at + LOOKED_AT) for at in range(0, last, LOOKED_AT))
    else:
        some = news.people
        yield from (these(some[at : at + LOOKED_AT]) for at in range(0, len(some), LOOKED_AT))


def _keep(db: Database, part: People, now: datetime) -> int:
    with db.read() as session:
        today = london_date(now)
        people = sorted(changed_by_rules(session, part, rules_in_force(session, today), today))
    return sum(_change(db, people[at : at + WRITTEN], now) for at in range(0, len(people), WRITTEN))


def _change(db: Database, people: Sequence[int], now: datetime) -> int:
    with db.write() as session:
        hold_rules(session)
        return run_rules(session, SYSTEM, people, now)


def _written_down(session: WriteSession, news: News, changed: int, now: datetime) -> None:
    session.add(
        RuleRun(
            ran_at=now,
            day=london_date(now),
            whole=news.whole,
            up_to=news.up_to,
            people=len(news.people),
            effects=changed,
        )
    )
