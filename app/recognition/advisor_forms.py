"""What the QI team and sponsors write about an external programme, from text to commands."""

from decimal import Decimal, InvalidOperation
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from app.recognition.commands import (
    AddCertificate,
    AddWorkshop,
    ChangeAdvisor,
    KeepAdvisor,
    OfferedFile,
    Programme,
    RecordReview,
    ScoreProject,
    SetDuties,
    VerifyCertificate,
)
from app.recognition.rules import SCALE, AdvisorResult
from app.web.form import Day, Form, MaybeDay, Posted

BIGGEST = 2**31 - 1
DAYS = "Enter a number of days from 0 to 5, in halves, such as 2.5"
COACHES = "Enter a whole number of coaches, such as 3"


def _halves(text: object) -> object:
    """Half-days from days as people type them: 2.5, 2,5; none when left empty."""
    if not isinstance(text, str):
        return text
    try:
        halves = Decimal(text.strip().replace(",", ".") or "0") * 2
    except InvalidOperation:
        raise ValueError(DAYS) from None
    if not halves.is_finite() or halves != int(halves) or not 0 <= halves <= 10:  # noqa: PLR2004  five days
        raise ValueError(DAYS)
    return int(halves)


def _none(text: object) -> object:
    return "0" if isinstance(text, str) and not text.strip() else text


def _nothing(text: object) -> object:
    return None if text == "" else text


class ProgrammeForm(Form):
    messages: ClassVar = {
        "starts_on": "Enter the first day, such as 5 January 2026",
        "ends_on": "Enter the last day, such as 30 November 2026",
        "assessed_on": "Enter a day such as 30 November 2026, or leave it empty",
        "review_on": "Enter a day such as 30 November 2029, or leave it empty for three years after the end",
        "result": "Choose a result from the list, or leave it open",
    }

    programme: str = ""
    provider: str = ""
    cohort: str = ""
    starts_on: Day
    ends_on: Day
    place: str = ""
    mentor: str = ""
    self_rating: str = ""
    project: str = ""
    sponsor: str = ""
    result: Annotated[AdvisorResult | None, BeforeValidator(_nothing)] = None
    assessed_on: MaybeDay = None
    review_on: MaybeDay = None
    seen: int = Field(default=0, ge=0, le=BIGGEST)

    def given(self) -> Programme:
        return Programme(**{name: value for name, value in self if name not in {"seen", "person"}})

    def change(self, record_id: int) -> ChangeAdvisor:
        return ChangeAdvisor(record_id=record_id, seen=self.seen, programme=self.given())


class KeepForm(ProgrammeForm):
    person: str = ""

    def command(self) -> KeepAdvisor:
        return KeepAdvisor(person=self.person, programme=self.given())


class WorkshopForm(Form):
    messages: ClassVar = {"held_on": "Enter the day of the workshop, such as 5 March 2026"}
    shown_as: ClassVar = {"name": "workshop"}

    workshop: str = ""
    held_on: Day
    attended: Literal["", "yes", "no"] = ""

    def command(self, record_id: int) -> AddWorkshop:
        there = None if not self.attended else self.attended == "yes"
        return AddWorkshop(
            record_id=record_id, name=" ".join(self.workshop.split()), held_on=self.held_on, attended=there
        )


class ScoreForm(Form):
    messages: ClassVar = {"scored_on": "Enter the day of the judgement, such as 5 March 2026"}

    score: str = ""
    scored_on: Day
    note: str = ""

    def command(self, record_id: int) -> ScoreProject:
        """A score that is not on the scale becomes 0, which the command refuses."""
        halves = SCALE.index(self.score) + 1 if self.score in SCALE else 0
        return ScoreProject(record_id=record_id, halves=halves, scored_on=self.scored_on, note=self.note)


class DutiesForm(Form):
    messages: ClassVar = {"days": DAYS, "coaches": COACHES}

    days: Annotated[int, BeforeValidator(_halves)] = 0
    coaches: Annotated[int, BeforeValidator(_none), Field(ge=0, le=BIGGEST)] = 0

    def command(self, record_id: int) -> SetDuties:
        return SetDuties(record_id=record_id, half_days=self.days, coaches=self.coaches)


class ReviewForm(Form):
    messages: ClassVar = {
        "reviewed_on": "Enter the day of the talk, such as 5 March 2026",
        "next_on": "Enter the day of the next review, such as 5 March 2032",
    }
    shown_as: ClassVar = {"held_on": "reviewed_on"}

    reviewed_on: Day
    next_on: Day

    def command(self, record_id: int) -> RecordReview:
        return RecordReview(record_id=record_id, held_on=self.reviewed_on, next_on=self.next_on)


class VerifyForm(Form):
    certificate_id: int = Field(default=0, ge=0, le=BIGGEST)
    how: str = ""

    def command(self, record_id: int) -> VerifyCertificate:
        return VerifyCertificate(record_id=record_id, certificate_id=self.certificate_id, how=self.how)


def certificate_command(posted: Posted, record_id: int) -> AddCertificate:
    file = posted.file("certificate")
    offered = OfferedFile(file.name, file.content, file.too_large) if file else None
    return AddCertificate(record_id=record_id, file=offered)
