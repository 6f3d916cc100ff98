"""Writing for a task: save, hand in, take back before anybody has begun to mark, write again. One's own work alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.curriculum.models import Activity
from app.kernel import audit
from app.kernel.db import WriteSession, table
from app.kernel.errors import BadInputError, NotFoundError, RuleBrokenError, StaleError
from app.learning.commands.completion import mark_begun
from app.learning.models import Enrolment
from app.marking.models import PieceOfWork
from app.marking.queries.own import HELD, OwnWork, guide_of, own_work
from app.marking.rules import MOST_IN_A_DRAFT, goes_left, markers_of, missing_and_too_long

_work, _enrolment, _activity = table(PieceOfWork), table(Enrolment), table(Activity)

CLOSED = "You have finished this course: nothing can be handed in for it any more. Your words stay here."


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveWork:
    """`content` maps a part's id to its words. `number` is the go, `seen` the version that the page had before it."""

    course: str
    activity: str
    number: int
    seen: int
    content: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandIn:
    """`seen` is the version that was checked; None for whoever needs no such page."""

    course: str
    activity: str
    number: int
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack:
    course: str
    activity: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteAgain:
    course: str
    activity: str


class OtherWordsError(StaleError):
    """Other words were saved, or handed in, from somewhere else. Nothing was changed: the learner sees both."""


class UnfitError(BadInputError):
    """Parts are empty or too long: `unfit` says by part how many characters too many, 0 for an empty one."""

    def __init__(self, unfit: dict[str, int]) -> None:
        super().__init__({part: "too long" if over else "empty" for part, over in unfit.items()})
        self.unfit = unfit


class TakenError(RuleBrokenError):
    """Somebody has begun to mark it."""


def save_work(session: WriteSession, actor: Actor, command: SaveWork, now: datetime) -> PieceOfWork | None:
    """Keep the words under the next version; the first save makes the first go. The same words again change nothing.

    Returns None while there is nothing to keep. Raises NotFoundError for a task that is not the actor's, UnfitError
    for a part longer than any draft, OtherWordsError when this window is not the newest, RuleBrokenError where no go
    may begin.
    """
    there, own = _own(session, actor, command.course, command.activity)
    guide = guide_of(session, there.revision_id, there.activity_id) if there is not None else own.guide
    content = {part.id: command.content.get(part.id, "").strip() for part in guide.parts}
    if endless := {
        part: len(words) - MOST_IN_A_DRAFT for part, words in content.items() if len(words) > MOST_IN_A_DRAFT
    }:
        raise UnfitError(endless)
    if there is None and not any(content.values()):
        return None
    if there is None:
        there = _begin(session, own, content, now)
        mark_begun(session, actor, there.enrolment_id, actor.person_id, now)
    elif (there.number, there.content) == (command.number, content):
        return there
    elif there.handed_in_at is not None or (there.number, there.version) != (command.number, command.seen):
        raise OtherWordsError("This was changed in another window.")
    elif not own.course.is_open:
        raise RuleBrokenError(CLOSED)
    there.content, there.version, there.saved_at = content, there.version + 1, now
    _record(session, actor, "save work", there, now, "content")
    return there


def hand_in(session: WriteSession, actor: Actor, command: HandIn, now: datetime) -> PieceOfWork:
    """Give the work to the markers. Handing in twice is handing in once.

    Raises NotFoundError without such a go, StaleError when its words have changed since they were checked,
    UnfitError for what is empty or too long, RuleBrokenError on a course that is finished.
    """
    there, own = _own(session, actor, command.course, command.activity)
    if there is None or there.number < command.number:
        raise NotFoundError("work")
    if there.number > command.number or there.handed_in_at is not None:
        return there
    if not own.course.is_open:
        raise RuleBrokenError(CLOSED)
    if command.seen not in {None, there.version}:
        raise StaleError("Your words have changed since you opened this page.")
    guide = guide_of(session, there.revision_id, there.activity_id)
    unfit = missing_and_too_long(there.content, {part.id: part.most for part in guide.parts})
    if unfit:
        raise UnfitError(unfit)
    there.markers = markers_of(guide.markers, guide.second_mark_every, _next_in_line(session, there.activity_id))
    there.handed_in_at = now
    _record(session, actor, "hand in work", there, now, "handed_in_at", "markers")
    return there


def take_back(session: WriteSession, actor: Actor, command: TakeBack, now: datetime) -> PieceOfWork:
    """Make handed-in work a draft again. What is a draft already stays one.

    Whoever takes work to mark it locks its row, as this does: the two cannot both win. Raises NotFoundError without
    such a go, TakenError once somebody has taken it or it was judged, RuleBrokenError on a course that is finished.
    """
    there, own = _own(session, actor, command.course, command.activity)
    if there is None or there.number != command.number:
        raise NotFoundError("work")
    if there.handed_in_at is None:
        return there
    held = session.scalar(sa.select(sa.exists().where(HELD, _work.c.id == there.id)))
    if held or there.decided_at is not None:
        raise TakenError("Somebody has begun to mark it, so it can no longer be taken back.")
    if not own.course.is_open:
        raise RuleBrokenError(CLOSED)
    there.handed_in_at = None
    there.markers = guide_of(session, there.revision_id, there.activity_id).markers
    _record(session, actor, "take back work", there, now, "handed_in_at", "markers")
    return there


def write_again(session: WriteSession, actor: Actor, command: WriteAgain, now: datetime) -> PieceOfWork:
    """Begin the next go with the words of the last. One that is open already is returned as it is.

    Raises NotFoundError without a first go, RuleBrokenError where no further go may begin.
    """
    there, own = _own(session, actor, command.course, command.activity)
    if there is None:
        raise NotFoundError("work")
    if there.handed_in_at is None:
        return there
    again = _begin(session, own, {part.id: there.content.get(part.id, "") for part in own.guide.parts}, now)
    _record(session, actor, "write work again", again, now, "content")
    return again


def _own(session: WriteSession, actor: Actor, course: str, activity: str) -> tuple[PieceOfWork | None, OwnWork]:
    """The newest go, locked, and where the actor stands then. Raises NotFoundError for a course they are not on.

    Before there is a go, the enrolment is locked in its place, so that two windows make one. (Never both: whoever
    releases work locks it first and the enrolment after.)
    """
    own = own_work(session, actor, course, activity)
    if own.course.enrolment is None:
        raise NotFoundError("enrolment")
    there = _newest(session, own)
    if there is None:
        mine = sa.select(_enrolment.c.id).where(_enrolment.c.id == own.course.enrolment.id)
        session.execute(mine.with_for_update())
    own = own_work(session, actor, course, activity)
    if own.newest is not None and (there is None or there.number != own.newest.number):
        there = _newest(session, own)
    return there, own


def _newest(session: WriteSession, own: OwnWork) -> PieceOfWork | None:
    assert own.course.enrolment is not None
    found: PieceOfWork | None = session.scalar(
        sa.select(PieceOfWork)
        .where(_work.c.enrolment_id == own.course.enrolment.id, _work.c.activity_id == own.activity.id)
        .order_by(_work.c.number.desc())
        .limit(1)
        .with_for_update()
    )
    return found


def _begin(session: WriteSession, own: OwnWork, content: Mapping[str, str], now: datetime) -> PieceOfWork:
    _refuse_one_too_many(own)
    assert own.course.enrolment is not None
    work = PieceOfWork(
        enrolment_id=own.course.enrolment.id,
        activity_id=own.activity.id,
        revision_id=own.course.view.revision_id,
        number=len(own.goes) + 1,
        content=dict(content),
        began_at=now,
        saved_at=now,
        markers=own.guide.markers,
        out_of=own.guide.out_of,
        pass_mark=own.guide.pass_mark,
    )
    session.add(work)
    return work


def _refuse_one_too_many(own: OwnWork) -> None:
    if own.passed or own.activity.key in own.course.finished:
        raise RuleBrokenError("You have passed this already. There is nothing left to hand in.")
    if not own.course.is_open:
        raise RuleBrokenError(CLOSED)
    if own.waiting is not None:
        raise RuleBrokenError("What you handed in has not been marked yet. You can write again when you have read it.")
    if goes_left(own.guide.resubmissions, len(own.goes)) == 0:
        raise RuleBrokenError("You have used all your goes. Ask the QI team what to do next.")


def _next_in_line(session: WriteSession, activity_id: int) -> int:
    """The so-many-th piece that is handed in for this task; whoever hands in at the same moment comes after it."""
    session.execute(sa.select(_activity.c.id).where(_activity.c.id == activity_id).with_for_update(key_share=True))
    handed_in = sa.select(sa.func.count()).where(_work.c.activity_id == activity_id, _work.c.handed_in_at.is_not(None))
    return int(session.scalar(handed_in) or 0) + 1


def _record(session: WriteSession, actor: Actor, action: str, work: PieceOfWork, now: datetime, *fields: str) -> None:
    session.flush()
    audit.record(
        session, actor, action, "piece_of_work", work.id, now=now, subject_id=actor.person_id, fields=fields
    )  # fmt: skip
