"""One person's levels: what is asked of them, by whom and why, and how far they are."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.capability.models import LevelRequest, Requirement
from app.capability.queries.deciding import BY_RULE, Decided, open_decisions, said_by_rule, with_rule
from app.capability.queries.standings import AsAt, matrix_tiers, on_plan, standings, unanswered
from app.capability.rules import HELD, Need, NeedSource, RequestState, Standing, pause_is_over
from app.curriculum.models import Course
from app.curriculum.views import TierView
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, table
from app.learning.models import Enrolment
from app.organisation.models import Person
from app.organisation.queries import PersonRow, person_in_reach

_person, _requirement, _request = table(Person), table(Requirement), table(LevelRequest)
_course, _enrolment = table(Course), table(Enrolment)
_setter = _person.alias("setter")


@dataclass(frozen=True, slots=True)
class Answer:
    """The last request for a level: still waiting, or answered by somebody."""

    state: RequestState
    waiting: bool
    why: str
    asked_at: datetime
    answered_by: str
    answer: str
    answered_at: datetime | None = None
    on_plan: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    tier: TierView
    standing: Standing
    decided: Decided | None
    request: Answer | None
    on_course: bool = False
    """They are on its course, whoever put them on it."""

    def may_ask(self, today: date) -> bool:
        """Not held, not asked of me, and not waiting for an answer."""
        waiting = self.request is not None and (self.request.waiting or self.request.on_plan)
        open_need = self.standing.need is Need.REQUIRED or (
            self.standing.need is Need.PAUSED
            and not pause_is_over(self.standing.need, self.standing.due, today, away=self.standing.away)
        )
        return not waiting and not open_need and self.standing.progress.state not in HELD


def my_levels(session: ReadSession, actor: Actor, now: datetime) -> list[Level]:
    """The actor's own levels, in their order."""
    return _levels(session, actor.person_id, now)


def levels_of(session: ReadSession, actor: Actor, person_id: int, now: datetime) -> tuple[PersonRow, list[Level]]:
    """Somebody in reach and their levels. Raises NotFoundError for anybody else."""
    person = person_in_reach(session, actor, Permission.SEE_CAPABILITY, person_id, london_date(now))
    return person, _levels(session, person_id, now)


def _levels(session: ReadSession, person_id: int, now: datetime) -> list[Level]:
    tiers = matrix_tiers(session)
    one = sa.select(_person.c.id).where(_person.c.id == person_id)
    known = standings(session, one, AsAt.of(london_date(now), now), tiers)
    decided = open_decisions(session, one)
    answers = _answers(session, person_id)
    on_course = set(
        session.scalars(
            sa.select(_course.c.tier)
            .join(_enrolment, _enrolment.c.course_id == _course.c.id)
            .where(_enrolment.c.person_id == person_id, _enrolment.c.closed_at.is_(None))
        )
    )
    return [
        Level(tier, standing, decided.get((person_id, tier.slug)), answers.get(tier.slug), tier.slug in on_course)
        for tier, standing in zip(tiers, known.of(person_id), strict=True)
    ]


def _answers(session: ReadSession, person_id: int) -> dict[str, Answer]:
    rows = session.execute(
        sa.select(
            _request.c.tier,
            _request.c.state,
            unanswered().label("waiting"),
            _request.c.why,
            _request.c.asked_at,
            _setter.c.name,
            _request.c.answer,
            _request.c.decided_at,
            on_plan().label("on_plan"),
        )
        .outerjoin(_setter, _setter.c.id == _request.c.decided_by_id)
        .where(_request.c.person_id == person_id)
        .order_by(_request.c.asked_at, _request.c.id)
    )
    return {
        row[0]: Answer(row[1], bool(row[2]), row[3], row[4], row[5] or "", row[6], row[7], bool(row[8])) for row in rows
    }


@dataclass(frozen=True, slots=True)
class PastDecision:
    """One decision about a person, kept for good."""

    tier: str
    need: Need
    due: date | None
    reason: str
    source: NeedSource
    set_by: str
    decided_at: datetime
    superseded_at: datetime | None
    rule: str


def history_of(session: ReadSession, person_id: int) -> list[PastDecision]:
    """Everything that was ever decided about a person, newest first. Ask levels_of first: this looks at no reach."""
    r = _requirement.c
    rows = session.execute(
        sa.select(r.tier, r.need, r.due, r.reason, r.source, _setter.c.name, r.decided_at, r.superseded_at, *BY_RULE)
        .select_from(with_rule(_requirement.join(_setter, _setter.c.id == r.set_by_id)))
        .where(r.person_id == person_id)
        .order_by(r.decided_at.desc(), r.id.desc())
    )
    return [_past(row) for row in rows]


def _past(row: sa.Row[Any]) -> PastDecision:
    values: list[Any] = [*row[:-3], said_by_rule(row[-3:])]
    return PastDecision(*values)
