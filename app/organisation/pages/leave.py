"""Long leave: where it is recorded, ended and removed."""

from dataclasses import dataclass
from typing import ClassVar, Self

from app.organisation.options import filled
from app.organisation.queries import LeaveRow, PersonRow
from app.organisation.rules import LEAVE_NAMES, LeaveKind
from app.organisation.wording import leave_spell
from app.web.form import Invalid
from app.web.page import Filled, Option, Page
from app.web.words import day

WHO_MANAGES = (
    "People who look after staff records in this part of the trust. Nobody else is told what kind of leave it is: "
    "others see at most that somebody is on leave."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavePage(Page):
    template: ClassVar[str] = "organisation/leave.html"
    who_sees: ClassVar[str] = WHO_MANAGES

    person_id: int
    name: str
    form: Filled
    kinds: tuple[Option, ...]

    @classmethod
    def of(cls, row: PersonRow, invalid: Invalid | None) -> Self:
        kinds = tuple(Option(value=str(k), text=LEAVE_NAMES[k]) for k in LeaveKind)
        return cls(person_id=row.person_id, name=row.name, form=filled(invalid, {}), kinds=kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackPage(Page):
    template: ClassVar[str] = "organisation/back.html"
    who_sees: ClassVar[str] = WHO_MANAGES

    person_id: int
    leave_id: int
    name: str
    now: str
    form: Filled

    @classmethod
    def of(cls, person: PersonRow, row: LeaveRow, invalid: Invalid | None) -> Self:
        known = {"back": day(row.ends_on)} if row.ends_on else {}
        return cls(
            person_id=row.person_id,
            leave_id=row.id,
            name=person.name,
            now=f"{LEAVE_NAMES[row.kind]}. {leave_spell(row)}.",
            form=filled(invalid, known),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveLeavePage(Page):
    template: ClassVar[str] = "organisation/remove_leave.html"
    who_sees: ClassVar[str] = WHO_MANAGES

    person_id: int
    leave_id: int
    name: str
    now: str

    @classmethod
    def of(cls, person: PersonRow, row: LeaveRow) -> Self:
        now = f"{LEAVE_NAMES[row.kind]}. {leave_spell(row)}."
        return cls(person_id=row.person_id, leave_id=row.id, name=person.name, now=now)
