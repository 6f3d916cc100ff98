from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.kernel.db import UtcDateTime, one_of
from app.recognition.rules import OfferState, Verdict, Way


class EvidenceItem(SQLModel, table=True):
    """Something a person learnt elsewhere, as they say or as another system's list says. It never changes.

    `source_key` is what makes a row of a list the same when it is imported twice; None for what a person offered.
    """

    __tablename__ = "evidence_item"
    __table_args__ = (sa.UniqueConstraint("person_id", "source_key"),)

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    title: str = Field(max_length=200)
    provider: str = Field(default="", max_length=200)
    title_key: str
    provider_key: str = ""
    completed_on: date
    minutes: int | None = None
    reference: str = Field(default="", max_length=120)
    """The code of the course, or the number of the certificate, where it was learnt."""
    source: str = Field(max_length=200)
    source_key: str | None = Field(default=None, max_length=200)
    made_at: datetime = Field(sa_type=UtcDateTime)
    made_by_id: int = Field(foreign_key="person.id")


class EvidenceFile(SQLModel, table=True):
    """A file that shows it, whole, as it came. `media_type` is what its bytes say, never its name."""

    __tablename__ = "evidence_file"

    id: int = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="evidence_item.id", index=True)
    file_name: str = Field(max_length=160)
    media_type: str = Field(max_length=100)
    size: int
    sha256: str = Field(max_length=64)
    content: bytes = Field(sa_type=sa.LargeBinary)


class RecognitionOffer(SQLModel, table=True):
    """A person asks that an item be recognised. At most one of an item waits; what they said never changes."""

    __tablename__ = "recognition_offer"
    __table_args__ = (
        sa.UniqueConstraint("item_id", "number"),
        sa.Index(
            "uq_recognition_offer_waiting",
            "item_id",
            unique=True,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="evidence_item.id", index=True)
    number: int = 1
    tier: str | None = Field(default=None, foreign_key="tier.slug", max_length=60)
    """The level that they think it meets, if they said one."""
    words: str
    link: str = Field(default="", max_length=500)
    state: OfferState = Field(sa_type=one_of(OfferState), index=True)
    offered_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RecognitionRule(SQLModel, table=True):
    """What an assessor decides for every item whose words fit. It never changes: it is ended, and another is kept.

    `months` from the day of completion on; None: for as long as the level itself says.
    """

    __tablename__ = "recognition_rule"

    id: int = Field(default=None, primary_key=True)
    provider: str = Field(default="", max_length=200)
    title: str = Field(max_length=200)
    provider_key: str = ""
    title_key: str
    tier: str = Field(foreign_key="tier.slug", max_length=60)
    months: int | None = None
    reason: str
    kept_at: datetime = Field(sa_type=UtcDateTime)
    kept_by_id: int = Field(foreign_key="person.id")
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_by_id: int | None = Field(default=None, foreign_key="person.id")


class Recognition(SQLModel, table=True):
    """What an assessor decided about an item, and why. It stands until it is taken back, with a reason."""

    __tablename__ = "recognition"
    __table_args__ = (
        sa.Index(
            "uq_recognition_standing",
            "item_id",
            unique=True,
            sqlite_where=sa.text("verdict = 'recognised' AND taken_back_at IS NULL"),
            postgresql_where=sa.text("verdict = 'recognised' AND taken_back_at IS NULL"),
        ),
        sa.CheckConstraint(
            "verdict = 'declined' OR (tier IS NOT NULL AND counts_from IS NOT NULL AND award_event_id IS NOT NULL)",
            name="of_a_level",
        ),
    )

    id: int = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="evidence_item.id", index=True)
    offer_id: int | None = Field(default=None, foreign_key="recognition_offer.id", index=True)
    verdict: Verdict = Field(sa_type=one_of(Verdict))
    way: Way = Field(sa_type=one_of(Way))
    rule_id: int | None = Field(default=None, foreign_key="recognition_rule.id")
    tier: str | None = Field(default=None, foreign_key="tier.slug", max_length=60)
    counts_from: date | None = None
    valid_until: date | None = None
    award_event_id: int | None = Field(default=None, foreign_key="award_event.id")
    reason: str
    decided_at: datetime = Field(sa_type=UtcDateTime)
    decided_by_id: int = Field(foreign_key="person.id")
    taken_back_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    taken_back_by_id: int | None = Field(default=None, foreign_key="person.id")
    taken_back_reason: str = ""
