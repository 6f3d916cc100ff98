from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.curriculum.rules import ActivityKind, Audience, PackPart
from app.kernel.db import UtcDateTime, one_of


class Tier(SQLModel, table=True):
    """A level of the pyramid, as `courses/framework.yaml` names it. `path` is what somebody asks before taking it."""

    __tablename__ = "tier"

    slug: str = Field(max_length=60, primary_key=True)
    title: str = Field(max_length=120)
    short: str = Field(max_length=40)
    for_whom: str = Field(max_length=200)
    summary: str
    position: int
    validity_months: int | None = None
    release_minutes: int
    audience: Audience = Field(sa_type=one_of(Audience))
    in_matrix: bool
    delivered: str = Field(max_length=20)
    path: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)


class Competency(SQLModel, table=True):
    """Something that whoever improves care can do, as `courses/framework.yaml` names it."""

    __tablename__ = "competency"

    key: str = Field(max_length=80, primary_key=True)
    title: str = Field(max_length=160)
    summary: str
    position: int


class CompetencyLevel(SQLModel, table=True):
    """How well: from 0, none, to 5, teaches."""

    __tablename__ = "competency_level"

    level: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    name: str = Field(max_length=160)
    meaning: str


class Judgement(SQLModel, table=True):
    """What one judgement of a person means, with examples, as `courses/framework.yaml` has it."""

    __tablename__ = "judgement"

    key: str = Field(max_length=40, primary_key=True)
    meaning: str
    ward: str
    community: str
    position: int


class Course(SQLModel, table=True):
    __tablename__ = "course"

    id: int = Field(default=None, primary_key=True)
    slug: str = Field(max_length=60, unique=True)
    tier: str = Field(foreign_key="tier.slug", max_length=60)
    audience: Audience = Field(sa_type=one_of(Audience))


class Edition(SQLModel, table=True):
    """What is taught and how it is completed. A change of marking or completion makes a new edition."""

    __tablename__ = "edition"
    __table_args__ = (sa.UniqueConstraint("course_id", "number"),)

    id: int = Field(default=None, primary_key=True)
    course_id: int = Field(foreign_key="course.id")
    number: int
    rules_hash: str = Field(max_length=64)
    loaded_at: datetime = Field(sa_type=UtcDateTime)


class Revision(SQLModel, table=True):
    """The words of an edition at one loading; immutable. `course` is the checked course.yaml, without answers."""

    __tablename__ = "revision"
    __table_args__ = (sa.UniqueConstraint("edition_id", "number"),)

    id: int = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id")
    number: int
    content_hash: str = Field(max_length=64)
    loaded_at: datetime = Field(sa_type=UtcDateTime)
    title: str = Field(max_length=160)
    public_title: str = Field(max_length=160)
    course: dict[str, Any] = Field(sa_type=sa.JSON)


class Activity(SQLModel, table=True):
    """Something to do in a course, known by the id written in its file, for ever."""

    __tablename__ = "activity"
    __table_args__ = (sa.UniqueConstraint("course_id", "key"),)

    id: int = Field(default=None, primary_key=True)
    course_id: int = Field(foreign_key="course.id")
    key: str = Field(max_length=80)
    kind: ActivityKind = Field(sa_type=one_of(ActivityKind))


class ModuleText(SQLModel, table=True):
    """A module as one revision has it: HTML prepared at load, ready to be joined into the page."""

    __tablename__ = "module_text"
    __table_args__ = (sa.UniqueConstraint("revision_id", "key"),)

    id: int = Field(default=None, primary_key=True)
    revision_id: int = Field(foreign_key="revision.id")
    key: str = Field(max_length=80)
    position: int
    title: str = Field(max_length=160)
    html: str
    easy_html: str | None = None


class MarkingGuide(SQLModel, table=True):
    """What a piece of work is judged by, as one revision has it. `samples` are for markers, never for learners."""

    __tablename__ = "marking_guide"
    __table_args__ = (sa.UniqueConstraint("revision_id", "key"),)

    id: int = Field(default=None, primary_key=True)
    revision_id: int = Field(foreign_key="revision.id")
    key: str = Field(max_length=80)
    guide: dict[str, Any] = Field(sa_type=sa.JSON)
    samples: list[dict[str, Any]] = Field(sa_type=sa.JSON)


class PackPage(SQLModel, table=True):
    """A page of a taught session's pack as one revision has it. `notes` are for whoever teaches, never for learners."""

    __tablename__ = "pack_page"
    __table_args__ = (sa.UniqueConstraint("revision_id", "part", "session_key", "key"),)

    id: int = Field(default=None, primary_key=True)
    revision_id: int = Field(foreign_key="revision.id")
    part: PackPart = Field(sa_type=one_of(PackPart))
    session_key: str = Field(max_length=80)
    """The session that it belongs to; for NOTES the module."""
    key: str = Field(max_length=80)
    position: int
    title: str = Field(max_length=160)
    html: str
    notes: str


class Question(SQLModel, table=True):
    """A question as one revision has it. `shown` may travel to the browser; `marking` never before release."""

    __tablename__ = "question"
    __table_args__ = (sa.UniqueConstraint("revision_id", "quiz", "key"),)

    id: int = Field(default=None, primary_key=True)
    revision_id: int = Field(foreign_key="revision.id")
    quiz: str = Field(max_length=80)
    key: str = Field(max_length=80)
    kind: str = Field(max_length=40)
    position: int
    shown: dict[str, Any] = Field(sa_type=sa.JSON)
    marking: dict[str, Any] = Field(sa_type=sa.JSON)
