"""Pages about people and posts."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.access.actor import Actor
from app.access.permissions import Permission
from app.organisation.options import band_options, filled, staff_group_options, team_options
from app.organisation.queries import PersonRow, TeamRow
from app.organisation.rules import holds_on, last_day
from app.web.form import Invalid
from app.web.page import Filled, Option, Page
from app.web.words import day, plural

MOST_FOUND = 50
STAFF_RECORD = "People who look after staff records in this part of the trust. Patient partners are in no such list."


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    id: int
    name: str
    job: str
    team: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage(Page):
    template: ClassVar[str] = "organisation/people.html"
    who_sees: ClassVar[str] = STAFF_RECORD

    words: str
    said: str
    people: tuple[PersonLine, ...]
    searched: bool
    may_add: bool
    may_import: bool

    @classmethod
    def of(cls, actor: Actor, words: str, people: list[PersonRow], today: date) -> "PeoplePage":
        found = f"{plural(len(people), 'person', 'people')} found"
        more = len(people) >= MOST_FOUND
        return cls(
            words=words,
            said=f"The first {MOST_FOUND} people found. Add a word to see fewer." if more else f"{found}.",
            people=tuple(person_line(row, today) for row in people),
            searched=bool(words),
            may_add=actor.may(Permission.MANAGE_PEOPLE),
            may_import=actor.reach(Permission.MANAGE_PEOPLE).trust,
        )


def person_line(row: PersonRow, today: date) -> PersonLine:
    return PersonLine(
        id=row.person_id,
        name=row.list_name,
        job=row.job_role,
        team=f"{row.team}, {row.directorate}",
        state=state_of(row, today),
    )


def state_of(row: PersonRow, today: date) -> str:
    """Where somebody stands in time, in words; empty for the usual case."""
    if row.starts_on > today:
        return f"Begins {day(row.starts_on)}"
    if not holds_on(row.starts_on, row.ends_on, today):
        return f"Left {day(last_day(row.ends_on))}"
    return f"Until {day(last_day(row.ends_on))}" if row.ends_on else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MovePage(Page):
    template: ClassVar[str] = "organisation/move.html"
    who_sees: ClassVar[str] = STAFF_RECORD

    person_id: int
    name: str
    now: str
    form: Filled
    teams: tuple[Option, ...]
    staff_groups: tuple[Option, ...]
    bands: tuple[Option, ...]

    @classmethod
    def of(cls, row: PersonRow, teams: list[TeamRow], invalid: Invalid | None) -> "MovePage":
        present = {"team_id": str(row.team_id), "job_role": row.job_role, "band": row.band}
        return cls(
            person_id=row.person_id,
            name=row.name,
            now=f"{row.job_role}, {row.team}, {row.directorate}, since {day(row.starts_on)}",
            form=filled(invalid, present | {"staff_group": row.staff_group}),
            teams=team_options(teams),
            staff_groups=staff_group_options(row.staff_group),
            bands=band_options(row.band),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPage(Page):
    template: ClassVar[str] = "organisation/end.html"
    who_sees: ClassVar[str] = STAFF_RECORD

    person_id: int
    name: str
    now: str
    form: Filled

    @classmethod
    def of(cls, row: PersonRow, invalid: Invalid | None) -> "EndPage":
        now = f"{row.job_role}, {row.team}, {row.directorate}"
        return cls(person_id=row.person_id, name=row.name, now=now, form=filled(invalid, {}))
