"""Whoever is asked confirms or rejects, one request or several."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.access.actor import Actor
from app.kernel import outbox
from app.kernel.clock import london_date
from app.kernel.config import Settings
from app.kernel.db import WriteSession
from app.kernel.errors import BadInputError, NotFoundError, StaleError
from app.learning.commands import RecordOutcome, record_outcome
from app.learning.commands.reach import one_at_a_time
from app.learning.rules import OutcomeSource
from app.signing.commands.recording import turn
from app.signing.queries import Asked, all_theirs, may_decide, request_by_id, requests_by_id
from app.signing.rules import SignOffDeed, SignOffState
from app.signing.wording import decided_mail

LONGEST_COMMENT = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideSignOff:
    """A request never changes its words: whoever names it has read them. A rejection needs a comment."""

    sign_off_id: int
    confirm: bool
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmSeveral:
    sign_off_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """How many were confirmed, whose were left out because something had happened, and how many were not there."""

    done: int
    left_out: tuple[str, ...]
    gone: int


def decide_sign_off(
    session: WriteSession, settings: Settings, actor: Actor, command: DecideSignOff, now: datetime
) -> Asked:
    """Confirm or reject. Confirming records the outcome, which may complete the course.

    Raises NotFoundError unless the request is the actor's to decide today, BadInputError for a rejection without
    words, and StaleError when it waits no longer. The same decision twice is one.
    """
    one_at_a_time(session, request_by_id(session, command.sign_off_id).learner_id)
    asked = may_decide(session, actor, command.sign_off_id, now)
    if _is_done(asked, actor, command):
        return asked
    if asked.request.state is not SignOffState.REQUESTED:
        raise StaleError("Something was done about this since you opened it.")
    if not asked.request.is_open:
        raise NotFoundError("sign-off")
    _check(command)
    _decide(session, settings, actor, asked, command, now)
    return asked


def confirm_several(
    session: WriteSession, settings: Settings, actor: Actor, command: ConfirmSeveral, now: datetime
) -> Confirmed:
    """Confirm each that still waits as it was shown, in one transaction. What the actor may not decide is not there.

    Raises NotFoundError when none of them is the actor's to decide.
    """
    rows = requests_by_id(session, command.sign_off_ids)
    for learner_id in sorted({row.learner_id for row in rows}):
        one_at_a_time(session, learner_id)
    found = all_theirs(session, actor, command.sign_off_ids, now)
    waits = [a for a in found if a.request.is_open and a.request.state is SignOffState.REQUESTED]
    for asked in sorted(waits, key=lambda a: (a.request.learner_id, a.request.id)):
        _decide(session, settings, actor, asked, DecideSignOff(sign_off_id=asked.request.id, confirm=True), now)
    return Confirmed(len(waits), _names([a for a in found if a not in waits]), len(command.sign_off_ids) - len(found))


def _names(asked: Sequence[Asked]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(a.request.learner for a in asked))


def _is_done(asked: Asked, actor: Actor, command: DecideSignOff) -> bool:
    request = asked.request
    became = SignOffState.CONFIRMED if command.confirm else SignOffState.REJECTED
    same = (request.state, request.decided_by_id) == (became, actor.person_id)
    return same and (command.confirm or command.comment == request.comment)


def _check(command: DecideSignOff) -> None:
    if len(command.comment) > LONGEST_COMMENT:
        raise BadInputError(
            {"comment": f"Write at most {LONGEST_COMMENT:,} characters. You have {len(command.comment):,}"}
        )
    if not command.confirm and not command.comment:
        raise BadInputError({"comment": "Write what is missing, in a sentence. They read it"})


def _decide(
    session: WriteSession, settings: Settings, actor: Actor, asked: Asked, command: DecideSignOff, now: datetime
) -> None:
    deed = SignOffDeed.CONFIRMED if command.confirm else SignOffDeed.REJECTED
    event_id = turn(session, actor, asked.request, deed, now, comment=command.comment)
    if command.confirm:
        outcome = RecordOutcome(
            person_id=asked.request.learner_id,
            activity_id=asked.activity.id,
            occurred_on=london_date(now),
            minutes=asked.activity.minutes,
            participatory_minutes=asked.activity.participatory_minutes,
            source=OutcomeSource.SIGNED_OFF,
        )
        record_outcome(session, actor, outcome, now)
    if asked.request.learner_email:
        subject, body = decided_mail(settings, asked, actor.name, confirmed=command.confirm)
        outbox.post(
            session,
            key=f"sign-off-decided:{event_id}",
            person_id=asked.request.learner_id,
            to_address=asked.request.learner_email,
            subject=subject,
            body=body,
            now=now,
        )
