"""The list that a figure opens: exactly the rows that it counts."""

from dataclasses import dataclass
from datetime import date

from app.evidence import wording
from app.evidence.queries import EvidenceRow, PersonSum, TrustEvidence
from app.evidence.rules import Total, Where, grouped
from app.web.words import minutes, plural, short_day

ROWS_SHOWN = 100
DEFINITIONS = {
    Total.PEOPLE: "People who did something in a course in the period, each counted once.",
    Total.COMPLETED: "Courses completed in the period: everything that the course's edition requires was done.",
    Total.PASSED: "Courses in which somebody passed an assessment in the period. Marks are not kept here.",
    Total.LEVELS: "Levels held on the last day of the period, whenever they were earned, none past its refresh date.",
    Total.LEFT: "Levels held on the last day of the period by people who have left: they have no main post today.",
}
HEADINGS = {
    Total.PEOPLE: "People who learned",
    Total.COMPLETED: "Courses completed",
    Total.PASSED: "Assessments passed",
    Total.LEVELS: "Levels held",
    Total.LEFT: "Levels held by people who have left",
}
_LEAVERS = {
    Where.THEN: "People who have left count where they worked then.",
    Where.NOW: "People who have left count under Left.",
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


def definition(show: Total, where: Where) -> str:
    """What is counted, and where whoever has left counts: their part of a total is asked after first."""
    return f"{DEFINITIONS[show]} {_LEAVERS[where]}"


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
        then=_place(person.team_then, person.directorate_then, wording.NO_POST),
        now=_place(person.team_now, person.directorate_now, wording.LEFT),
        what=plural(person.courses, "course"),
        detail=minutes(person.minutes) + apart,
    )


def _row(row: EvidenceRow, show: Total, ends_on: date) -> Line:
    number = f", certificate {grouped(row.certificate)}" if row.certificate else ""
    details = {
        Total.COMPLETED: f"Completed {short_day(row.completed_on)}{number}",
        Total.PASSED: f"Passed {short_day(row.passed_on)}",
    }
    return Line(
        person_id=row.person_id,
        name=row.list_name,
        number=row.employee_number or "",
        then=_place(row.team_then, row.directorate_then, wording.NO_POST),
        now=_place(row.team_now, row.directorate_now, wording.LEFT),
        what=f"{row.course}, {wording.edition(row.edition)}" if show in details else row.level,
        detail=details[show] if show in details else wording.level_explained(row, ends_on),
    )


def _place(team: str, directorate: str, otherwise: str) -> str:
    return f"{team}, {directorate}" if team else otherwise


def shown(count: int, page: int) -> str:
    if count <= ROWS_SHOWN:
        return ""
    first = (page - 1) * ROWS_SHOWN + 1
    return f"{first:,} to {min(page * ROWS_SHOWN, count):,} of {count:,}"
