"""Save a mark as it grows, and finish it. A newer one is never overwritten by somebody who has not seen it."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.kernel import audit
from app.kernel.config import Settings
from app.kernel.db import WriteSession, table
from app.kernel.errors import BadInputError, NotFoundError, StaleError
from app.learning.commands.reach import one_at_a_time
from app.learning.models import Enrolment
from app.marking.commands.deciding import decide
from app.marking.models import Mark, PieceOfWork
from app.marking.queries.marks import LARGEST_ID, sheet
from app.marking.rules import Marks

_work, _mark, _enrolment = table(PieceOfWork), table(Mark), table(Enrolment)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveMark:
    """`marks` and `comments` by a point's id; one that is left out has none. `seen` is the version it began from."""

    mark_id: int
    marks: Marks
    comments: dict[str, str]
    comment: str
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishMark:
    """`seen` is the version that was checked; None for whoever needs no such page."""

    mark_id: int
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedMark:
    version: int
    at: datetime | None


class OtherMarkError(StaleError):
    """A newer version was saved from another window. Both are in here; the marker chooses."""

    def __init__(self, mine: SaveMark, there: Mark) -> None:
        super().__init__("You saved this mark from another window in the meantime.")
        self.mine = mine
        self.theirs = SaveMark(
            mark_id=there.id,
            marks=dict(there.marks),
            comments=dict(there.comments),
            comment=there.comment,
            seen=there.version,
        )
        self.saved_at = there.saved_at


def save_mark(session: WriteSession, actor: Actor, command: SaveMark, now: datetime) -> SavedMark:
    """Keep it under the next version. Sending again what is kept already changes nothing.

    Raises NotFoundError for anybody else's mark and for one that is finished or given back, BadInputError for a value
    that a point does not have, OtherMarkError when a newer version is there.
    """
    mark = _own_mark(session, actor, command.mark_id)
    _check_values(session, actor, command)
    if (mark.marks, mark.comments, mark.comment) == (command.marks, command.comments, command.comment):
        return SavedMark(version=mark.version, at=mark.saved_at)
    if mark.version != command.seen:
        raise OtherMarkError(command, mark)
    mark.marks, mark.comments, mark.comment = dict(command.marks), dict(command.comments), command.comment
    mark.version, mark.saved_at = mark.version + 1, now
    session.flush()
    audit.record(session, actor, "save mark", "mark", mark.id, now=now, fields=("marks", "comments", "comment"))
    return SavedMark(version=mark.version, at=now)


def finish_mark(session: WriteSession, settings: Settings, actor: Actor, command: FinishMark, now: datetime) -> None:
    """Finish it, and decide about the work when this was the last word about it.

    Raises NotFoundError for anybody else's mark, StaleError when it has changed since it was checked, BadInputError
    (by the point's id) where a point has no value, or in moderation no word to the learner.
    """
    _author_first(session, command.mark_id)
    work = _locked_work(session, command.mark_id)
    mark = _own_mark(session, actor, command.mark_id)
    if command.seen not in {None, mark.version}:
        raise StaleError("This mark has changed since you opened this page.")
    open_sheet = sheet(session, actor, mark.id)
    if to_do := open_sheet.to_do:
        raise BadInputError({point.id: f"{point.text}: {_wants(point.id in mark.marks)}" for point in to_do})
    mark.finished_at = now
    session.flush()
    audit.record(session, actor, "finish mark", "mark", mark.id, now=now)
    decide(session, settings, actor, work, now)


def _wants(has_value: bool) -> str:
    return "write a word to the learner" if has_value else "choose an answer"


def _check_values(session: WriteSession, actor: Actor, command: SaveMark) -> None:
    known = {point.id: point for point in sheet(session, actor, command.mark_id).points}
    for point_id, value in command.marks.items():
        if point_id not in known or value not in known[point_id].values:
            raise BadInputError({point_id: "Choose one of the answers of this point."})
    if not command.comments.keys() <= known.keys():
        raise BadInputError({"comments": "This form is of another task. Open the mark again."})


def _author_first(session: WriteSession, mark_id: int) -> None:
    """Whoever's outcomes may be recorded is held before their work: releasing takes them in this order, too."""
    author = session.scalar(
        sa.select(_enrolment.c.person_id)
        .join(_work, _work.c.enrolment_id == _enrolment.c.id)
        .join(_mark, _mark.c.work_id == _work.c.id)
        .where(_mark.c.id == min(mark_id, LARGEST_ID))
    )
    if author is None:
        raise NotFoundError("mark")
    one_at_a_time(session, author)


def _locked_work(session: WriteSession, mark_id: int) -> PieceOfWork:
    """Held, so that two markers who finish at the same moment stand in line, and the second sees the first."""
    return session.scalars(
        sa.select(PieceOfWork)
        .join(_mark, _mark.c.work_id == _work.c.id)
        .where(_mark.c.id == mark_id)
        .with_for_update(of=PieceOfWork)
        .execution_options(populate_existing=True)
    ).one()


def _own_mark(session: WriteSession, actor: Actor, mark_id: int) -> Mark:
    """Locked. Raises NotFoundError for anybody else's, for one finished, and for one given back."""
    found = session.scalar(
        sa.select(Mark)
        .where(
            _mark.c.id == min(mark_id, LARGEST_ID),
            _mark.c.marker_id == actor.person_id,
            _mark.c.finished_at.is_(None),
            _mark.c.given_back_at.is_(None),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFoundError("mark")
    return found
