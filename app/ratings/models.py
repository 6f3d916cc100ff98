from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.kernel.db import UtcDateTime, one_of
from app.ratings.rules import LONGEST_WITH, Said, Voice


def _one_open(name: str, *columns: str, ended: str, also: str = "") -> sa.Index:
    open_ones = sa.text(f"{ended} IS NULL{also}")
    return sa.Index(name, *columns, unique=True, sqlite_where=open_ones, postgresql_where=open_ones)


class RatingAgreement(SQLModel, table=True):
    """The trust has agreed ratings with staff side; without one that stands there are no ratings anywhere."""

    __tablename__ = "rating_agreement"
    __table_args__ = (sa.CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="ended_by_somebody"),)

    id: int = Field(default=None, primary_key=True)
    agreed_on: date
    agreed_with: str = Field(max_length=LONGEST_WITH)
    words: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    recorded_by_id: int = Field(foreign_key="person.id")
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_by_id: int | None = Field(default=None, foreign_key="person.id")


class Rating(SQLModel, table=True):
    """What one person said of somebody over [rated_at, superseded_at): a new one supersedes and never erases.

    `whose_id` is whose view it is: their own, or the lead's, whoever's hand (`author_id`) wrote it for the lead.
    Without a competency it is the one judgement. `reflection` is for whoever wrote it alone.
    """

    __tablename__ = "rating"
    __table_args__ = (
        _one_open(
            "uq_rating_judgement", "person_id", "author_id", ended="superseded_at", also=" AND competency IS NULL"
        ),
        _one_open(
            "uq_rating_competency",
            "person_id",
            "author_id",
            "competency",
            ended="superseded_at",
            also=" AND competency IS NOT NULL",
        ),
        sa.CheckConstraint(
            "(voice = 'own') = (person_id = whose_id) AND (voice = 'lead' OR author_id = person_id)", name="own_is_own"
        ),
        sa.CheckConstraint("voice = 'own' OR reflection = ''", name="reflects_on_oneself"),
    )

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    voice: Voice = Field(sa_type=one_of(Voice))
    whose_id: int = Field(foreign_key="person.id", index=True)
    author_id: int = Field(foreign_key="person.id")
    competency: str | None = Field(default=None, foreign_key="competency.key", max_length=80)
    said: Said = Field(sa_type=one_of(Said))
    reflection: str = ""
    rated_at: datetime = Field(sa_type=UtcDateTime)
    superseded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RatingShare(SQLModel, table=True):
    """Somebody shows their own view to one person who rates them, over [shared_at, ended_at)."""

    __tablename__ = "rating_share"
    __table_args__ = (_one_open("uq_rating_share_open", "person_id", "with_id", ended="ended_at"),)

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    with_id: int = Field(foreign_key="person.id", index=True)
    shared_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RatingNote(SQLModel, table=True):
    """A line of the note that a person and one who rates them both read and write. Nobody else ever does."""

    __tablename__ = "rating_note"

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    with_id: int = Field(foreign_key="person.id", index=True)
    author_id: int = Field(foreign_key="person.id")
    words: str
    written_at: datetime = Field(sa_type=UtcDateTime)


class RatingDelegation(SQLModel, table=True):
    """A lead has somebody judge one team in their place, over [given_at, ended_at)."""

    __tablename__ = "rating_delegation"
    __table_args__ = (_one_open("uq_rating_delegation_open", "team_id", "lead_id", ended="ended_at"),)

    id: int = Field(default=None, primary_key=True)
    team_id: int = Field(foreign_key="team.id", index=True)
    lead_id: int = Field(foreign_key="person.id", index=True)
    manager_id: int = Field(foreign_key="person.id", index=True)
    given_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
