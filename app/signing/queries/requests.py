"""Requests for a sign-off with their history, as whoever made them sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.curriculum.models import Activity, Course
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.learning.models import Enrolment
from app.learning.queries import EnrolmentRow
from app.organisation.models import Person
from app.signing.models import SignOff, SignOffEvent
from app.signing.rules import SignOffDeed, SignOffState

_sign_off, _event = table(SignOff), table(SignOffEvent)
_enrolment, _activity, _course, _person = table(Enrolment), table(Activity), table(Course), table(Person)
_learner, _asked, _decider, _by = (_person.alias(name) for name in ("learner", "asked", "decider", "by"))


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request. `is_open`: whether its enrolment still is."""

    id: int
    enrolment_id: int
    activity_id: int
    revision_id: int
    number: int
    state: SignOffState
    account: str
    learner_id: int
    learner: str
    learner_email: str | None
    is_open: bool
    course: str
    activity: str
    asked_id: int
    asked: str
    asked_at: datetime
    decided_at: datetime | None
    decided_by_id: int | None
    decided_by: str | None
    comment: str


@dataclass(frozen=True, slots=True)
class EventRow:
    sign_off_id: int
    id: int
    deed: SignOffDeed
    at: datetime
    by: str
    asked: str
    comment: str


REQUESTS = (
    sa.select(
        _sign_off.c.id,
        _sign_off.c.enrolment_id,
        _sign_off.c.activity_id,
        _sign_off.c.revision_id,
        _sign_off.c.number,
        _sign_off.c.state,
        _sign_off.c.account,
        _learner.c.id,
        _learner.c.name,
        _learner.c.email,
        _enrolment.c.closed_at.is_(None),
        _course.c.slug,
        _activity.c.key,
        _sign_off.c.asked_id,
        _asked.c.name,
        _sign_off.c.asked_at,
        _sign_off.c.decided_at,
        _sign_off.c.decided_by_id,
        _decider.c.name,
        _sign_off.c.comment,
    )
    .select_from(_sign_off)
    .join(_enrolment, _enrolment.c.id == _sign_off.c.enrolment_id)
    .join(_learner, _learner.c.id == _enrolment.c.person_id)
    .join(_activity, _activity.c.id == _sign_off.c.activity_id)
    .join(_course, _course.c.id == _activity.c.course_id)
    .join(_asked, _asked.c.id == _sign_off.c.asked_id)
    .outerjoin(_decider, _decider.c.id == _sign_off.c.decided_by_id)
)


@dataclass(frozen=True, slots=True)
class Requests:
    """Every request of one activity in one enrolment, the first one first, and what happened to them in order."""

    rows: Sequence[RequestRow] = ()
    events: Sequence[EventRow] = ()

    @property
    def latest(self) -> RequestRow | None:
        return self.rows[-1] if self.rows else None

    @property
    def seen(self) -> int:
        """Which version a page shows: the last event that changed a state. That it was moved changes nothing said."""
        return max((event.id for event in self.events if event.deed is not SignOffDeed.MOVED), default=0)


def requests_of(session: ReadSession, enrolment_id: int, activity_id: int) -> Requests:
    """Two statements."""
    mine = sa.and_(_sign_off.c.enrolment_id == enrolment_id, _sign_off.c.activity_id == activity_id)
    rows = session.execute(REQUESTS.where(mine).order_by(_sign_off.c.number))
    events = session.execute(
        sa.select(
            _event.c.sign_off_id, _event.c.id, _event.c.deed, _event.c.at, _by.c.name, _asked.c.name, _event.c.comment
        )
        .select_from(_event)
        .join(_sign_off, _sign_off.c.id == _event.c.sign_off_id)
        .join(_by, _by.c.id == _event.c.by_id)
        .join(_asked, _asked.c.id == _event.c.asked_id)
        .where(mine)
        .order_by(_event.c.id)
    )
    return Requests([RequestRow(*row) for row in rows], [EventRow(*row) for row in events])


def requests_in(session: ReadSession, enrolment: EnrolmentRow | None, activity_id: int) -> Requests:
    """The same for a learner's enrolment; nothing was asked before there is one."""
    return requests_of(session, enrolment.id, activity_id) if enrolment else Requests()


def request_by_id(session: ReadSession, sign_off_id: int) -> RequestRow:
    """One request, whoever's it is: ask whether the actor may know of it. Raises NotFoundError."""
    row = session.execute(REQUESTS.where(_sign_off.c.id == sign_off_id)).first()
    if row is None:
        raise NotFoundError("sign-off")
    return RequestRow(*row)


def requests_by_id(session: ReadSession, ids: Sequence[int]) -> list[RequestRow]:
    """Several, in the order in which they were asked; what there is not is left out."""
    rows = session.execute(REQUESTS.where(_sign_off.c.id.in_(ids)).order_by(_sign_off.c.asked_at, _sign_off.c.id))
    return [RequestRow(*row) for row in rows]
