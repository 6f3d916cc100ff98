"""A person writes, ticks or rates something of their own. Nobody else reads it unless they share it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.curriculum.rules import ActivityKind
from app.curriculum.views import ActivityView
from app.kernel import audit
from app.kernel.clock import london_date
from app.kernel.db import WriteSession, table
from app.kernel.errors import BadInputError, RuleBrokenError, StaleError
from app.learning.commands.completion import mark_started
from app.learning.commands.reach import one_at_a_time
from app.learning.commands.reading import record_own
from app.learning.models import Note
from app.learning.queries import NoteRow, OnCourse, joined, own_note
from app.learning.rules import Sureness, is_asked

_note = table(Note)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveNote:
    """`version` is the one that the writer had before them; 0 for a first save."""

    course: str
    activity: str
    version: int
    text: str
    share: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveSteps:
    """`ticked` are positions in the list as it stands in the words of the person's edition."""

    course: str
    activity: str
    version: int
    ticked: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class RateConfidence:
    """Statement id → how sure the person feels, before they read or after."""

    course: str
    activity: str
    after: bool
    ratings: Mapping[str, Sureness]


def save_note(session: WriteSession, actor: Actor, command: SaveNote, now: datetime) -> OnCourse:
    """Raises StaleError when something else was saved since, in another window: neither overwrites the other."""
    course, activity, before = _find(session, actor, command.course, command.activity, ActivityKind.NOTE)
    if not is_asked(_completed_on(course), activity.after_days, london_date(now)):
        raise RuleBrokenError("You are asked this some weeks after you have completed the course.")
    if before.version != command.version and before.text != command.text:
        raise StaleError("This was changed in another window since you opened it.")
    if activity.required and not command.text:
        raise BadInputError({"text": "Write something first. A sentence is enough"})
    shared = command.share and activity.may_share and bool(command.text)
    if (before.text, before.shared) != (command.text, shared):
        shared_at = (before.shared_at or now) if shared else None
        action = "save note" if before.shared == shared else "share note" if shared else "stop sharing note"
        _write(session, actor, activity, action, now, {"text": command.text}, shared_at=shared_at)
    if command.text:
        record_own(session, actor, course, activity, now)
    return joined(session, actor, command.course)[0]


def save_steps(session: WriteSession, actor: Actor, command: SaveSteps, now: datetime) -> OnCourse:
    """Ticks made in two windows are put together: no tick is lost.

    What the course requires counts when everything is ticked; what is optional counts with the first tick.
    """
    course, activity, before = _find(session, actor, command.course, command.activity, ActivityKind.STEPS)
    kept = set(before.content.get("ticked", ()))
    ticked = {item for place, item in enumerate(activity.items) if place in command.ticked}
    if before.version != command.version:
        ticked |= kept & set(activity.items)
    if ticked != kept:
        _write(session, actor, activity, "save steps", now, {"ticked": [i for i in activity.items if i in ticked]})
        mark_started(session, actor, joined(session, actor, command.course)[1], now)
    if len(ticked) == len(activity.items) or (ticked and not activity.required):
        record_own(session, actor, course, activity, now)
    return joined(session, actor, command.course)[0]


def rate_confidence(session: WriteSession, actor: Actor, command: RateConfidence, now: datetime) -> OnCourse:
    """Keep how sure somebody feels. Statements that they left out stay as they were."""
    course, activity, before = _find(session, actor, command.course, command.activity, ActivityKind.CONFIDENCE)
    known = {s.id for s in activity.statements}
    given = {key: sure.value for key, sure in command.ratings.items() if key in known}
    when = "after" if command.after else "before"
    rated = dict(before.content.get(when, {})) | given
    if given and rated != before.content.get(when):
        _write(session, actor, activity, "rate confidence", now, dict(before.content) | {when: rated})
    if given:
        record_own(session, actor, course, activity, now)
    return joined(session, actor, command.course)[0]


def _find(
    session: WriteSession, actor: Actor, slug: str, key: str, kind: ActivityKind
) -> tuple[OnCourse, ActivityView, NoteRow]:
    one_at_a_time(session, actor.person_id)
    course, _enrolment = joined(session, actor, slug)
    activity = course.activity(key, kind)
    return course, activity, own_note(session, actor.person_id, activity.id)


def _completed_on(course: OnCourse) -> date | None:
    completed = course.enrolment.completed_at if course.enrolment else None
    return london_date(completed) if completed else None


def _write(
    session: WriteSession,
    actor: Actor,
    activity: ActivityView,
    action: str,
    now: datetime,
    content: dict[str, Any],
    shared_at: datetime | None = None,
) -> None:
    """Keep the content as one more version. What it says goes nowhere else, and not into the audit log."""
    note = session.scalar(
        sa.select(Note).where(_note.c.person_id == actor.person_id, _note.c.activity_id == activity.id)
    )
    if note is None:
        note = Note(person_id=actor.person_id, activity_id=activity.id, version=0, content={}, saved_at=now)
        session.add(note)
    note.version, note.content, note.saved_at = note.version + 1, content, now
    note.shared_at = shared_at
    session.flush()
    audit.record(session, actor, action, "note", note.id, now=now, subject_id=actor.person_id, fields=("content",))
