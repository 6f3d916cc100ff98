from datetime import date

from sqlmodel import Field, SQLModel


class Certificate(SQLModel, table=True):
    """Issued once for a completed enrolment; what it says stays as it was that day. `code` opens the check."""

    __tablename__ = "certificate"

    id: int = Field(default=None, primary_key=True)
    code: str = Field(max_length=20, unique=True)
    enrolment_id: int = Field(foreign_key="enrolment.id", unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    holder: str = Field(max_length=200)
    title: str = Field(max_length=160)
    edition_number: int
    tier_title: str = Field(max_length=120)
    of_taking_part: bool
    completed_on: date
    issued_on: date
    expires_on: date | None = None
    public: bool
    withdrawn_on: date | None = None
    withdrawn_reason: str = Field(default="", max_length=300)
