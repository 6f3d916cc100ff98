from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.capability.need_rules import DueFrom, Unit
from app.capability.rules import Need, NeedSource, PauseReason, RequestState
from app.kernel.db import UtcDateTime, one_of


class Requirement(SQLModel, table=True):
    """What was decided for one person and one tier over [decided_at, superseded_at); superseded, never updated.

    `due` is the date of "required by", of "paused until" and of "waived until". No open row: not decided.
    """

    __tablename__ = "requirement"
    __table_args__ = (
        sa.Index(
            "uq_requirement_open",
            "person_id",
            "tier",
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        ),
        sa.CheckConstraint("need <> 'paused' OR due IS NOT NULL", name="paused_until"),
        sa.CheckConstraint("need <> 'waived' OR due IS NOT NULL", name="waived_until"),
        sa.CheckConstraint("(source = 'rule') = (rule_id IS NOT NULL)", name="by_a_rule"),
        sa.Index("ix_requirement_rule_id", "rule_id", "person_id"),
        # All that a count asks of a person's needs as at a day: the rows themselves need not be read.
        sa.Index("ix_requirement_in_time", "person_id", "tier", "superseded_at", "decided_at", "need", "due"),
    )

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    tier: str = Field(foreign_key="tier.slug", max_length=60)
    need: Need = Field(sa_type=one_of(Need))
    due: date | None = None
    pause_reason: PauseReason | None = Field(default=None, sa_type=one_of(PauseReason))
    reason: str = Field(default="", max_length=300)
    source: NeedSource = Field(sa_type=one_of(NeedSource))
    set_by_id: int = Field(foreign_key="person.id")
    decided_at: datetime = Field(sa_type=UtcDateTime)
    superseded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decision_id: int | None = Field(default=None, foreign_key="decision.id", index=True)
    rule_id: int | None = Field(default=None, foreign_key="need_rule.id")


class Decision(SQLModel, table=True):
    """One save in the grid: the cells it set, so that it can be undone as one."""

    __tablename__ = "decision"
    __table_args__ = (sa.Index("ix_decision_made_by_at", "made_by_id", "made_at"),)

    id: int = Field(default=None, primary_key=True)
    made_by_id: int = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=UtcDateTime)
    cells: int
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class LevelRequest(SQLModel, table=True):
    """A member of staff asks for a level; a lead decides."""

    __tablename__ = "level_request"

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    tier: str = Field(foreign_key="tier.slug", max_length=60)
    why: str = Field(default="", max_length=500)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    state: RequestState = Field(default=RequestState.WAITING, sa_type=one_of(RequestState))
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answer: str = Field(default="", max_length=500)


class NeedRule(SQLModel, table=True):
    """A level is needed by everybody who fits, over [starts_on, ends_on) until somebody ends it; never changed.

    Empty lists and texts are conditions that are not set. Without a directorate or a team it is the whole trust's.
    `follows_id` is the rule in whose place it came.
    """

    __tablename__ = "need_rule"
    __table_args__ = (
        sa.CheckConstraint("directorate_id IS NULL OR team_id IS NULL", name="one_place"),
        sa.CheckConstraint("ends_on IS NULL OR ends_on > starts_on", name="ends_after_start"),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="ended_by_somebody"),
        sa.CheckConstraint("(counted = 'date') = (due IS NOT NULL)", name="by_when"),
    )

    id: int = Field(default=None, primary_key=True)
    name: str = Field(max_length=80)
    tier: str = Field(foreign_key="tier.slug", max_length=60)
    directorate_id: int | None = Field(default=None, foreign_key="directorate.id", index=True)
    team_id: int | None = Field(default=None, foreign_key="team.id", index=True)
    staff_groups: list[str] = Field(sa_type=sa.JSON)
    job_roles: list[str] = Field(sa_type=sa.JSON)
    bands: list[str] = Field(sa_type=sa.JSON)
    band_from: str = Field(default="", max_length=40)
    manages: bool = False
    joined_within: int | None = None
    counted: DueFrom = Field(sa_type=one_of(DueFrom))
    due: date | None = None
    many: int = 0
    unit: Unit = Field(sa_type=one_of(Unit))
    why: str = Field(max_length=300)
    starts_on: date
    ends_on: date | None = None
    follows_id: int | None = Field(default=None, foreign_key="need_rule.id", index=True)
    made_by_id: int = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=UtcDateTime)
    ended_by_id: int | None = Field(default=None, foreign_key="person.id")
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RuleRun(SQLModel, table=True):
    """The rules were run over everybody, or over those whose posts had changed.

    `up_to` is the last audit event that needs no second look.
    """

    __tablename__ = "rule_run"

    id: int = Field(default=None, primary_key=True)
    ran_at: datetime = Field(sa_type=UtcDateTime)
    day: date
    whole: bool
    up_to: int
    people: int
    effects: int


class Selection(SQLModel, table=True):
    """People whom somebody chose to look at together, under a name of their own; nobody else sees it."""

    __tablename__ = "selection"
    __table_args__ = (sa.UniqueConstraint("owner_id", "name"),)

    id: int = Field(default=None, primary_key=True)
    owner_id: int = Field(foreign_key="person.id")
    name: str = Field(max_length=60)
    made_at: datetime = Field(sa_type=UtcDateTime)


class SelectionPerson(SQLModel, table=True):
    """Somebody in a selection. Twice, after two records were merged, says the same as once."""

    __tablename__ = "selection_person"

    id: int = Field(default=None, primary_key=True)
    selection_id: int = Field(foreign_key="selection.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)


class SavedView(SQLModel, table=True):
    """What somebody looks at again and again: filters, order and level, as the grid's address says them.

    `grid` in `query` names another grid than that of levels: `skills`.
    """

    __tablename__ = "saved_view"
    __table_args__ = (sa.UniqueConstraint("owner_id", "name"),)

    id: int = Field(default=None, primary_key=True)
    owner_id: int = Field(foreign_key="person.id")
    name: str = Field(max_length=60)
    query: dict[str, str] = Field(sa_type=sa.JSON)
    saved_at: datetime = Field(sa_type=UtcDateTime)


class StandingCopy(SQLModel, table=True):
    """Where somebody stood in every level on a day: a copy, made by the worker of what the other tables say (ADR 28).

    `counts` has a letter for each level of the grid, `told` each standing; `form` says which program wrote them.
    It holds no reference: a copy stands in nobody's way.
    """

    __tablename__ = "standing_copy"
    __table_args__ = (sa.Index("ix_standing_copy_counts", "form", "day", "person_id", "counts"),)

    person_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    day: date
    form: int
    counts: str
    told: str


class StandingChange(SQLModel, table=True):
    """Something that a person's copy is made of has changed since; without a person, something that all are made of.

    Written by the database itself, in the transaction of the change: no way to change a row leads past it.
    """

    __tablename__ = "standing_change"

    id: int = Field(default=None, primary_key=True)
    person_id: int | None = Field(default=None, index=True)
