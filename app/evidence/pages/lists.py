"""The list that a figure opens: exactly the rows that it counts."""

from dataclasses import dataclass
from datetime import date

from app.evidence import wording
from app.evidence.queries import EvidenceRow, PersonSum, TrustEvidence
from app.evidence.rules import Total, grouped
from app.web.words import minutes, plural, short_day

ROWS_SHOWN = 100
DEFINITIONS = {
    Total.PEOPLE: "People who did something in a course in the period, each counted once.",
    Total.COMPLETED: "Courses completed in the period: everything that the course's edition requires was done.",
    Total.PASSED: "Courses in which somebody passed an assessment in the period. Marks are not kept here.",
    Total.LEVELS: "Levels held on the last day of the period, whenever they were earned.",
}
HEADINGS = {
    Total.PEOPLE: "People who learned",
    Total.COMPLETED: "Courses completed",
    Total.PASSED: "Assessments passed",
    Total.LEVELS: "Levels held",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of the open list."""

    person_id: int
    name: str
    number: str
    then: str
    now: str
    what: str
    detail: str


def lines(evidence: TrustEvidence, show: Total) -> tuple[Line, ...]:
    if show is Total.PEOPLE:
        return tuple(map(_person, evidence.people()))
    return tuple(_row(row, show, evidence.filters.period.ends_on) for row in evidence.behind(show))


def _person(person: PersonSum) -> Line:
    apart = f", participatory {minutes(person.participatory_minutes)}" if person.participatory_minutes else ""
    return Line(
        person_id=person.person_id,
        name=person.list_name,
        number=person.employee_number or "",
        then=_place(person.team_then, person.directorate_then, "No post on that day"),
        now=_place(person.team_now, person.directorate_now, "Left"),
        what=plural(person.courses, "course"),
        detail=minutes(person.minutes) + apart,
    )


def _row(row: EvidenceRow, show: Total, ends_on: date) -> Line:
    number = f", certificate {grouped(row.certificate)}" if row.certificate else ""
    details = {
        Total.COMPLETED: f"Completed {short_day(row.completed_on)}{number}",
        Total.PASSED: f"Passed {short_day(row.passed_on)}",
        Total.LEVELS: wording.level_explained(row, ends_on),
    }
    return Line(
        person_id=row.person_id,
        name=row.list_name,
        number=row.employee_number or "",
        then=_place(row.team_then, row.directorate_then, "No post on that day"),
        now=_place(row.team_now, row.directorate_now, "Left"),
        what=row.level if show is Total.LEVELS else f"{row.course}, {wording.edition(row.edition)}",
        detail=details[show],
    )


def _place(team: str, directorate: str, otherwise: str) -> str:
    return f"{team}, {directorate}" if team else otherwise


def shown(count: int, page: int) -> str:
    if count <= ROWS_SHOWN:
        return ""
    first = (page - 1) * ROWS_SHOWN + 1
    return f"{first:,} to {min(page * ROWS_SHOWN, count):,} of {count:,}"
