"""A learner asks somebody to confirm what they did, changes what they said, or takes the request back."""

from dataclasses import dataclass
from datetime import datetime

from app.access.actor import Actor
from app.curriculum.rules import ActivityKind
from app.curriculum.views import ActivityView, CourseView
from app.kernel import outbox
from app.kernel.clock import london_date
from app.kernel.config import Settings
from app.kernel.db import WriteSession
from app.kernel.errors import BadInputError, NotFoundError, RuleBrokenError, StaleError
from app.learning.commands import TakeBackOutcome, take_back_outcome
from app.learning.commands.completion import mark_started
from app.learning.commands.reach import one_at_a_time
from app.learning.queries import EnrolmentRow, as_it_was, joined
from app.learning.rules import OutcomeSource
from app.signing.commands.recording import Beginning, asked_key, begin, turn
from app.signing.queries import RequestRow, Requests, request_by_id, requests_of, signers
from app.signing.rules import Signer, SignOffDeed, SignOffState, stands
from app.signing.wording import asked_line


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSignOff:
    """`seen` is the version that the writer had before them (`Requests.seen`); 0 before the first request."""

    course: str
    activity: str
    account: str
    asked_id: int
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawSignOff:
    course: str
    activity: str
    seen: int


def request_sign_off(
    session: WriteSession, settings: Settings, actor: Actor, command: RequestSignOff, now: datetime
) -> None:
    """Ask, or ask anew: what waited or was confirmed before is superseded, and its outcome taken back.

    The same request twice is one. Raises BadInputError without words or for somebody who may not confirm today,
    StaleError when something happened since the page was opened, and RuleBrokenError once the course is finished.
    """
    one_at_a_time(session, actor.person_id)
    view, activity, enrolment, before = _find(session, actor, command.course, command.activity)
    latest = before.latest
    if latest and _is_the_same(latest, command):
        return
    if command.seen != before.seen:
        raise StaleError("This was changed in another window since you opened it.")
    if not enrolment.is_open:
        raise RuleBrokenError("The course is finished, so what was said for it can no longer be changed.")
    _check(session, actor, command, Signer(activity.signer), now)
    if latest and stands(latest.state):
        _supersede(session, actor, latest, now)
    mark_started(session, actor, enrolment, now)
    beginning = Beginning(
        enrolment_id=enrolment.id,
        activity_id=activity.id,
        revision_id=view.revision_id,
        number=latest.number + 1 if latest else 1,
        account=command.account,
        asked_id=command.asked_id,
    )
    _tell(session, settings, begin(session, actor, beginning, now), view, activity, now)


def withdraw_sign_off(session: WriteSession, actor: Actor, command: WithdrawSignOff, now: datetime) -> None:
    """Take back a request that waits; one that was taken back stays so. Raises StaleError when it was decided first."""
    one_at_a_time(session, actor.person_id)
    *_, before = _find(session, actor, command.course, command.activity)
    latest = before.latest
    if latest is None:
        raise NotFoundError("sign-off")
    if latest.state is SignOffState.WITHDRAWN:
        return
    if command.seen != before.seen or latest.state is not SignOffState.REQUESTED:
        raise StaleError("Something was done about this since you opened it.")
    turn(session, actor, latest, SignOffDeed.WITHDRAWN, now)


def _find(
    session: WriteSession, actor: Actor, slug: str, key: str
) -> tuple[CourseView, ActivityView, EnrolmentRow, Requests]:
    today, enrolment = joined(session, actor, slug)
    course = as_it_was(session, today, key)
    activity = course.activity(key, ActivityKind.SIGN_OFF)
    return course.view, activity, enrolment, requests_of(session, enrolment.id, activity.id)


def _is_the_same(latest: RequestRow, command: RequestSignOff) -> bool:
    waits = latest.state is SignOffState.REQUESTED
    return waits and (latest.account, latest.asked_id) == (command.account, command.asked_id)


def _check(session: WriteSession, actor: Actor, command: RequestSignOff, signer: Signer, now: datetime) -> None:
    errors = {}
    if not command.account:
        errors["account"] = "Write what you did. A few sentences are enough"
    found = signers(session, [actor.person_id], london_date(now), among=(signer,))
    if not found.may(command.asked_id, actor.person_id, signer):
        errors["asked"] = "Choose somebody from the list: only they may confirm it today"
    if errors:
        raise BadInputError(errors)


def _supersede(session: WriteSession, actor: Actor, latest: RequestRow, now: datetime) -> None:
    if latest.state is SignOffState.CONFIRMED:
        assert latest.decided_at is not None
        command = TakeBackOutcome(
            person_id=latest.learner_id,
            activity_id=latest.activity_id,
            occurred_on=london_date(latest.decided_at),
            source=OutcomeSource.SIGNED_OFF,
        )
        take_back_outcome(session, actor, command, now)
    turn(session, actor, latest, SignOffDeed.SUPERSEDED, now)


def _tell(
    session: WriteSession,
    settings: Settings,
    begun: tuple[int, int],
    view: CourseView,
    activity: ActivityView,
    now: datetime,
) -> None:
    request_id, event_id = begun
    request = request_by_id(session, request_id)
    line = asked_line(settings, request, activity.title, view.title)
    outbox.tell(session, key=asked_key(event_id), person_id=request.asked_id, kind="sign-off-asked", line=line, now=now)
