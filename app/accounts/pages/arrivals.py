"""Somebody begins here or comes back, and the letter that lets them in."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from app.organisation.options import band_options, basis_options, filled, staff_group_options, team_options
from app.organisation.queries import PersonRow, TeamRow
from app.web.form import Invalid
from app.web.page import Filled, Option, Page
from app.web.words import day, moment


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffFormPage(Page):
    """Somebody new, or somebody who comes back: the same questions about the post."""

    template: ClassVar[str] = "accounts/staff_form.html"
    who_sees: ClassVar[str] = "People who look after staff records in this part of the trust."

    title: str
    said: str
    action: str
    new: bool
    form: Filled
    bases: tuple[Option, ...]
    teams: tuple[Option, ...]
    staff_groups: tuple[Option, ...]
    bands: tuple[Option, ...]

    @classmethod
    def of(
        cls, action: str, teams: list[TeamRow], today: date, invalid: Invalid | None, row: PersonRow | None = None
    ) -> "StaffFormPage":
        start = {"basis": "employed", "first": day(today)}
        if row is not None:
            start |= {"job_role": row.job_role, "staff_group": row.staff_group, "band": row.band}
            start |= {"email": row.email or "", "employee_number": row.employee_number or "", "basis": str(row.basis)}
        return cls(
            title=f"{row.name} comes back" if row else "Add a member of staff",
            said="Their record and what they learned are theirs again. Roles they once held do not come back."
            if row
            else "An account is opened with it. Invite them on the next page.",
            action=action,
            new=row is None,
            form=filled(invalid, start),
            bases=basis_options(),
            teams=team_options(teams),
            staff_groups=staff_group_options(row.staff_group if row else ""),
            bands=band_options(row.band if row else ""),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPage(Page):
    """Shown once, to print: it says nothing of who the person is to the trust."""

    template: ClassVar[str] = "accounts/letter.html"
    who_sees: ClassVar[str] = (
        "Only you, and only now: the code is kept nowhere. Give the letter to nobody but the person it is for."
    )

    name: str
    username: str
    code: str
    address: str
    until: str
    contact: str
    printed_on: str
    back: str

    @classmethod
    def of(
        cls,
        name: str,
        username: str,
        code: str,
        ends_at: datetime,
        *,
        address: str,
        contact: str,
        today: date,
        back: str,
    ) -> "LetterPage":
        return cls(
            name=name,
            username=username,
            code=code,
            address=address,
            until=moment(ends_at),
            contact=contact,
            printed_on=day(today),
            back=back,
        )
