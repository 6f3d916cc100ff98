"""Words that people keep in a course, and those that they shared."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor, PersonKind
from app.access.permissions import Permission
from app.curriculum.models import Activity, Course
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.learning.models import Note
from app.organisation.models import Employment, Person, Team
from app.organisation.queries import open_on

_note, _activity, _course = table(Note), table(Activity), table(Course)
_person, _employment, _team = table(Person), table(Employment), table(Team)
_replier = _person.alias("replier")

MOST_ANSWERED = 50


@dataclass(frozen=True, slots=True)
class NoteRow:
    """What a person keeps at one activity. `version` counts the saves; 0: nothing saved yet."""

    version: int
    content: Mapping[str, Any]
    saved_at: datetime | None
    shared_at: datetime | None
    replied_at: datetime | None
    reply: str

    @property
    def text(self) -> str:
        return str(self.content.get("text", ""))

    @property
    def shared(self) -> bool:
        return self.shared_at is not None


NO_NOTE = NoteRow(0, {}, None, None, None, "")
_NOTE = sa.select(
    _note.c.version, _note.c.content, _note.c.saved_at, _note.c.shared_at, _note.c.replied_at, _note.c.reply
).where(_note.c.person_id == sa.bindparam("person_id"), _note.c.activity_id == sa.bindparam("activity_id"))


def own_note(session: ReadSession, person_id: int, activity_id: int) -> NoteRow:
    """What this person keeps at this activity; NO_NOTE when nothing."""
    row = session.execute(_NOTE, {"person_id": person_id, "activity_id": activity_id}).first()
    return NoteRow(*row) if row else NO_NOTE


@dataclass(frozen=True, slots=True)
class IdeaRow:
    """A note that its writer shared. `team` is where a member of staff works today, empty for partners."""

    note_id: int
    person_id: int
    name: str
    team: str
    course: str
    content: Mapping[str, Any]
    shared_at: datetime
    replied_at: datetime | None
    reply: str
    replied_by: str | None

    @property
    def text(self) -> str:
        return str(self.content.get("text", ""))


def staff_ideas(session: ReadSession, actor: Actor, on: date) -> list[IdeaRow]:
    """What staff shared: what waits longest first, then the newest answers. For the QI team, whose reach is the trust.

    Raises NotFoundError to everybody else.
    """
    if not actor.reach(Permission.SEE_IDEAS).trust:
        raise NotFoundError("ideas")
    return _shared_by(session, PersonKind.STAFF, on)


def partner_ideas(session: ReadSession, actor: Actor, on: date) -> list[IdeaRow]:
    """What patient partners shared, for those who look after them. Raises NotFoundError to everybody else."""
    if not actor.reach(Permission.MANAGE_PARTNERS).trust:
        raise NotFoundError("ideas")
    return _shared_by(session, PersonKind.PARTNER, on)


def _shared_by(session: ReadSession, kind: PersonKind, on: date) -> list[IdeaRow]:
    rows = (
        sa.select(
            _note.c.id,
            _note.c.person_id,
            _person.c.name,
            sa.func.coalesce(_team.c.name, ""),
            _course.c.slug,
            _note.c.content,
            _note.c.shared_at,
            _note.c.replied_at,
            _note.c.reply,
            _replier.c.name,
        )
        .select_from(_note)
        .join(_person, _person.c.id == _note.c.person_id)
        .join(_activity, _activity.c.id == _note.c.activity_id)
        .join(_course, _course.c.id == _activity.c.course_id)
        .outerjoin(
            _employment,
            sa.and_(_employment.c.person_id == _person.c.id, _employment.c.is_primary, open_on(_employment, on)),
        )
        .outerjoin(_team, _team.c.id == _employment.c.team_id)
        .outerjoin(_replier, _replier.c.id == _note.c.replied_by_id)
        .where(_note.c.shared_at.is_not(None), _person.c.kind == kind)
    )
    waiting = rows.where(_note.c.replied_at.is_(None)).order_by(_note.c.shared_at, _note.c.id)
    answered = (
        rows.where(_note.c.replied_at.is_not(None))
        .order_by(_note.c.replied_at.desc(), _note.c.id.desc())
        .limit(MOST_ANSWERED)
    )
    return [IdeaRow(*row) for wanted in (waiting, answered) for row in session.execute(wanted)]
