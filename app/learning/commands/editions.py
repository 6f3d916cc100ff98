"""People go on in a newer edition: because nobody can complete the one they are on, or because they are moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.curriculum.queries import latest_edition, latest_view
from app.curriculum.views import CourseView
from app.kernel import audit
from app.kernel.db import ReadSession, WriteSession, table
from app.kernel.errors import NotAllowedError, StaleError
from app.learning.commands.completion import apply_completion
from app.learning.models import EditionMove, Enrolment
from app.learning.queries import done_in, open_enrolment, outlook
from app.learning.rules import is_complete
from app.organisation.models import Person

AT_ONCE = 500

_enrolment, _person = table(Enrolment), table(Person)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveLearners:
    """Everybody who is on one edition of a course goes on in the newest. `seen`: what the preview said of them."""

    course: str
    number: int
    seen: str


@dataclass(frozen=True, slots=True)
class Moving:
    """What was confirmed: from which edition of a course to which."""

    course_id: int
    from_edition_id: int
    to_edition_id: int


@dataclass(frozen=True, slots=True)
class Gone:
    """How many went on, and how many of them thereby completed the course."""

    moved: int
    completed: int


def confirm_move(session: ReadSession, actor: Actor, command: MoveLearners) -> Moving:
    """That what the preview said still holds. Raises StaleError when it does not, NotFoundError for an old edition."""
    if not actor.may(Permission.AUTHOR):
        raise NotAllowedError("Your account does not have this part of the program.")
    found = outlook(session, command.course, command.number)
    if found.seen != command.seen:
        raise StaleError("Since you looked, somebody joined, went on or completed, or another edition came.")
    return Moving(found.before.view.course_id, found.before.id, found.after.id)


def move_learners(session: WriteSession, actor: Actor, moving: Moving, now: datetime, *, most: int = AT_ONCE) -> Gone:
    """Move the first so many who are still on the older edition. Call until nobody was moved.

    What they did counts on, because outcomes belong to activities; attempts and pieces of work keep the words with
    which they began. Whoever has done all that the newer edition asks completes. Nobody who has completed is touched.
    """
    people = _first_on(session, moving.from_edition_id, most)
    return _go_on(session, actor, "move to edition", moving, people, now)


def follow_editions(session: WriteSession, actor: Actor, now: datetime, *, most: int = AT_ONCE) -> int:
    """Move open enrolments from editions that are partly open, or for authors, to the newest of their course.

    Such an edition promises nobody a completion, so that nothing of it can be broken, and whoever stayed would never
    see what opens next. What people did counts on, because outcomes belong to activities. An edition that can be
    completed is kept by whoever began it. Returns how many were moved, `most` at a time: call until it is 0.
    """
    for moving in _left_behind(session):
        people = _first_on(session, moving.from_edition_id, most)
        if went := _go_on(session, actor, "follow edition", moving, people, now).moved:
            return went
    return 0


def _first_on(session: ReadSession, edition_id: int, most: int) -> Sequence[int]:
    """People with an open enrolment in this edition, in the order in which they are then locked."""
    on_it = _enrolment.c.edition_id == edition_id, _enrolment.c.closed_at.is_(None)
    return session.scalars(
        sa.select(_enrolment.c.person_id).where(*on_it).order_by(_enrolment.c.person_id).limit(most)
    ).all()


def _go_on(
    session: WriteSession, actor: Actor, action: str, moving: Moving, people: Sequence[int], now: datetime
) -> Gone:
    """One statement for what they are on, one for what they did; then one by one only for those who complete."""
    _one_at_a_time(session, people)
    still = _still_on(session, moving, people)
    ids = [enrolment_id for enrolment_id, _ in still]
    session.execute(sa.update(_enrolment).where(_enrolment.c.id.in_(ids)).values(edition_id=moving.to_edition_id))
    for enrolment_id, person_id in still:
        session.add(_moved(actor, moving, enrolment_id, now))
        audit.record(
            session, actor, action, "enrolment", enrolment_id, now=now, subject_id=person_id, fields=("edition_id",)
        )
    session.flush()
    view = latest_view(session, moving.to_edition_id)
    finished = _finished(session, view, ids)
    for enrolment_id, person_id in still:
        row = open_enrolment(session, person_id, moving.course_id) if enrolment_id in finished else None
        if row is not None:
            apply_completion(session, actor, row, now)
    return Gone(len(still), len(finished))


def _one_at_a_time(session: WriteSession, people: Sequence[int]) -> None:
    """The same lock as for one person, for all of these in one order, so that no two wait for each other."""
    locked = sa.select(_person.c.id).where(_person.c.id.in_(people)).order_by(_person.c.id)
    session.execute(locked.with_for_update(key_share=True))


def _still_on(session: ReadSession, moving: Moving, people: Sequence[int]) -> list[tuple[int, int]]:
    """Who has not completed, or gone on, while their turn was waited for: enrolment and person."""
    rows = session.execute(
        sa.select(_enrolment.c.id, _enrolment.c.person_id)
        .where(
            _enrolment.c.person_id.in_(people),
            _enrolment.c.edition_id == moving.from_edition_id,
            _enrolment.c.closed_at.is_(None),
        )
        .order_by(_enrolment.c.person_id)
    )
    return [(row.id, row.person_id) for row in rows]


def _moved(actor: Actor, moving: Moving, enrolment_id: int, now: datetime) -> EditionMove:
    return EditionMove(
        enrolment_id=enrolment_id,
        from_edition_id=moving.from_edition_id,
        to_edition_id=moving.to_edition_id,
        moved_at=now,
        moved_by_id=actor.person_id,
    )


def _finished(session: ReadSession, view: CourseView, enrolment_ids: Sequence[int]) -> set[int]:
    if not view.can_be_completed:
        return set()
    return {one for one, done in done_in(session, enrolment_ids).items() if is_complete(view.completion, done)}


def _left_behind(session: ReadSession) -> list[Moving]:
    """From each edition with open enrolments that nobody can complete to the newest edition of the same course."""
    rows = session.execute(
        sa.select(_enrolment.c.edition_id, _enrolment.c.course_id).where(_enrolment.c.closed_at.is_(None)).distinct()
    ).all()
    every = [Moving(row.course_id, row.edition_id, latest_edition(session, row.course_id).id) for row in rows]
    return [
        one
        for one in every
        if one.from_edition_id != one.to_edition_id and not latest_view(session, one.from_edition_id).can_be_completed
    ]
