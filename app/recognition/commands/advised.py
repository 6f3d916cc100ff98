"""What happens during the programme: workshops, and how far the project has come as people judge it."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.kernel.clock import london_date
from app.kernel.db import WriteSession, table
from app.kernel.errors import BadInputError, NotFoundError, RuleBrokenError
from app.recognition.commands.advising import SETTLED, set_values, theirs, write_down
from app.recognition.models import AdvisorScore, AdvisorWorkshop
from app.recognition.queries.advisors import Advising

_workshop = table(AdvisorWorkshop)
MOST_WORKSHOPS = 60
LONGEST_NAME = 200
LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class AddWorkshop:
    """`attended` None: it is to come, or nobody knows yet."""

    record_id: int
    name: str
    held_on: date
    attended: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkWorkshop:
    record_id: int
    workshop_id: int
    attended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveWorkshop:
    record_id: int
    workshop_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreProject:
    """In halves: 7 is 3.5."""

    record_id: int
    halves: int
    scored_on: date
    note: str = ""


def add_workshop(session: WriteSession, actor: Actor, command: AddWorkshop, now: datetime) -> None:
    """Raises BadInputError by field, RuleBrokenError once the level was granted."""
    found = _open(session, actor, command.record_id, now)
    errors = {}
    if not command.name:
        errors["workshop"] = "Enter which workshop it was, such as Workshop 2, day 3"
    elif len(command.name) > LONGEST_NAME:
        errors["workshop"] = f"Write at most {LONGEST_NAME} characters. You have {len(command.name)}"
    elif any((w.name, w.held_on) == (command.name, command.held_on) for w in found.workshops):
        errors["workshop"] = "This workshop stands in the list already, with the same day"
    elif len(found.workshops) >= MOST_WORKSHOPS:
        errors["workshop"] = f"{MOST_WORKSHOPS} workshops are listed already. Remove one first"
    if command.attended is not None and command.held_on > london_date(now):
        errors["held_on"] = "Whether they were there is known once the day has come"
    if errors:
        raise BadInputError(errors)
    row = AdvisorWorkshop(
        record_id=command.record_id, name=command.name, held_on=command.held_on, attended=command.attended
    )
    session.add(row)
    _note(session, actor, "add advisor workshop", found, ("workshops",), now)


def mark_workshop(session: WriteSession, actor: Actor, command: MarkWorkshop, now: datetime) -> None:
    """Write whether they were there. The same twice is once. Raises RuleBrokenError for a day to come."""
    found = _open(session, actor, command.record_id, now)
    one = next((w for w in found.workshops if w.id == command.workshop_id), None)
    if one is None:
        raise NotFoundError("workshop")
    if one.held_on > london_date(now):
        raise RuleBrokenError("Whether they were there is known once the day has come.")
    if one.attended is command.attended:
        return
    session.execute(sa.update(_workshop).where(_workshop.c.id == one.id).values(attended=command.attended))
    _note(session, actor, "mark advisor workshop", found, ("workshops",), now)


def remove_workshop(session: WriteSession, actor: Actor, command: RemoveWorkshop, now: datetime) -> None:
    """Take a line out that does not belong there. One that is gone already stays so."""
    found = _open(session, actor, command.record_id, now)
    if any(w.id == command.workshop_id for w in found.workshops):
        session.execute(sa.delete(_workshop).where(_workshop.c.id == command.workshop_id))
        _note(session, actor, "remove advisor workshop", found, ("workshops",), now)


def score_project(session: WriteSession, actor: Actor, command: ScoreProject, now: datetime) -> None:
    """What somebody judged, with its day. Raises BadInputError by field, RuleBrokenError once the level was granted."""
    found = _open(session, actor, command.record_id, now)
    errors = {}
    if not 1 <= command.halves <= 10:  # noqa: PLR2004  the ends of the scale, 0.5 and 5.0
        errors["score"] = "Choose a score from 0.5 to 5.0"
    if not found.record.starts_on <= command.scored_on <= london_date(now):
        errors["scored_on"] = "The day must lie after the programme began and not in the future"
    if len(command.note) > LONGEST_NOTE:
        errors["note"] = f"Write at most {LONGEST_NOTE} characters. You have {len(command.note)}"
    if errors:
        raise BadInputError(errors)
    score = AdvisorScore(
        record_id=command.record_id,
        halves=command.halves,
        scored_on=command.scored_on,
        note=command.note,
        set_at=now,
        set_by_id=actor.person_id,
    )
    session.add(score)
    _note(session, actor, "score advisor project", found, ("score",), now)


def _open(session: WriteSession, actor: Actor, record_id: int, now: datetime) -> Advising:
    found = theirs(session, actor, record_id, now)
    if found.record.granted_at is not None:
        raise RuleBrokenError(SETTLED)
    return found


def _note(
    session: WriteSession, actor: Actor, action: str, found: Advising, fields: tuple[str, ...], now: datetime
) -> None:
    session.flush()
    set_values(session, found.record.id, {})
    write_down(session, actor, action, found.record.id, found.record.person_id, fields, now)
