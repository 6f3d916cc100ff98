"""A person joins a course: by their own choice, as a starter, because a lead asked, or on an invitation."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from app.access.actor import Actor, PersonKind
from app.access.permissions import Permission
from app.curriculum.models import Course
from app.curriculum.queries import latest_edition, latest_view
from app.curriculum.rules import Audience
from app.kernel import audit
from app.kernel.clock import london_date
from app.kernel.db import WriteSession, table
from app.kernel.errors import NotFoundError, RuleBrokenError
from app.learning.commands.completion import apply_completion
from app.learning.commands.reach import may_act_for, one_at_a_time
from app.learning.models import Enrolment
from app.learning.queries import EnrolmentRow, latest_enrolment
from app.learning.queries.on_course import AUDIENCES
from app.learning.rules import STARTER_TIER, EnrolmentSource

_course = table(Course)
# What lets somebody put another person on a course, by the reason for which they do it.
_NEEDED = {
    EnrolmentSource.STARTER: Permission.MANAGE_PEOPLE,
    EnrolmentSource.ASSIGNED: Permission.SET_NEED,
    EnrolmentSource.INVITED: Permission.MANAGE_PEOPLE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrol:
    """`again`: begin a completed course once more, as a new episode that keeps the earlier one."""

    course_id: int
    source: EnrolmentSource = EnrolmentSource.SELF
    again: bool = False


def enrol(
    session: WriteSession, actor: Actor, command: Enrol, now: datetime, person_id: int | None = None
) -> Enrolment:
    """Put a person (without `person_id`: the actor) on the newest edition of a course for people like them.

    Somebody who is on it already stays as they are. Raises NotFoundError for a person or course out of reach, and
    RuleBrokenError for a course that they have completed, unless they begin it `again` on a later day.
    """
    learner = actor.person_id if person_id is None else person_id
    if learner != actor.person_id:
        may_act_for(session, actor, learner, _needed(command.source), london_date(now))
    _check_course(session, command.course_id, _audiences(actor, learner, one_at_a_time(session, learner)))
    before = latest_enrolment(session, learner, command.course_id)
    if before is not None and before.is_open:
        return _entity(session, before.id)
    counts_from = before.counts_from if before else None
    if before is not None and before.completed_at is not None:
        counts_from = _begins_again(before.completed_at, again=command.again, today=london_date(now))
    return _write(session, actor, command, learner, before, counts_from, now)


def enrol_starter(session: WriteSession, actor: Actor, person_id: int, now: datetime) -> Enrolment | None:
    """Put a starter on induction. None when they are on it, or began it before, in this job or an earlier one."""
    course_id = session.scalar(
        sa.select(_course.c.id).where(_course.c.tier == STARTER_TIER, _course.c.audience == Audience.STAFF)
    )
    before = latest_enrolment(session, person_id, course_id) if course_id is not None else None
    if course_id is None or (before is not None and before.was_taken_up):
        return None
    return enrol(session, actor, Enrol(course_id=course_id, source=EnrolmentSource.STARTER), now, person_id)


def _needed(source: EnrolmentSource) -> Permission:
    if source not in _NEEDED:
        raise NotFoundError("person")
    return _NEEDED[source]


def _audiences(actor: Actor, learner: int, kind: PersonKind) -> set[Audience | None]:
    """Whose courses a learner may join; those of authors only an author, and only for themselves."""
    is_author = learner == actor.person_id and actor.may(Permission.AUTHOR)
    return {AUDIENCES.get(kind), Audience.AUTHOR if is_author else None} - {None}


def _check_course(session: WriteSession, course_id: int, audiences: set[Audience | None]) -> None:
    audience = session.scalar(sa.select(_course.c.audience).where(_course.c.id == course_id))
    if audience not in audiences:
        raise NotFoundError("course")
    if not latest_view(session, latest_edition(session, course_id).id).open_modules:
        raise RuleBrokenError("No part of this course is open yet. Come back when it is.")


def _begins_again(completed_at: datetime, *, again: bool, today: date) -> date:
    completed_on = london_date(completed_at)
    if not again:
        raise RuleBrokenError(
            f"This course was completed on {completed_on:%-d %B %Y}. To do it once more, press Begin again on its page."
        )
    if today <= completed_on:
        tomorrow = completed_on + timedelta(days=1)
        raise RuleBrokenError(f"This course was completed today. It can be begun again from {tomorrow:%-d %B %Y}.")
    return today


def _write(
    session: WriteSession,
    actor: Actor,
    command: Enrol,
    learner: int,
    before: EnrolmentRow | None,
    counts_from: date | None,
    now: datetime,
) -> Enrolment:
    enrolment = Enrolment(
        person_id=learner,
        course_id=command.course_id,
        edition_id=latest_edition(session, command.course_id).id,
        episode=before.episode + 1 if before else 1,
        source=command.source,
        counts_from=counts_from,
        enrolled_at=now,
    )
    session.add(enrolment)
    session.flush()
    audit.record(
        session, actor, "enrol", "enrolment", enrolment.id, now=now, subject_id=learner,
        fields=("course_id", "edition_id", "episode", "source"),
    )  # fmt: skip
    _complete_from_before(session, actor, enrolment, now)
    return enrolment


def _complete_from_before(session: WriteSession, actor: Actor, enrolment: Enrolment, now: datetime) -> None:
    """Outcomes from before the enrolment count: somebody may bring everything along."""
    row = latest_enrolment(session, enrolment.person_id, enrolment.course_id)
    assert row is not None
    if apply_completion(session, actor, row, now):
        session.refresh(enrolment)


def _entity(session: WriteSession, enrolment_id: int) -> Enrolment:
    found = session.get(Enrolment, enrolment_id)
    assert found is not None
    return found
