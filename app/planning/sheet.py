"""The plan as a file: a line for each level of each directorate that is shown, as on the screen."""

from app.planning.queries.plans import Line, Plan
from app.planning.rules import year_end
from app.planning.wording import target_words
from app.web.csv import Value, csv_bytes
from app.web.words import day

HEADER = (
    "Directorate",
    "Level",
    "Staff group",
    "Year ends",
    "Staff",
    "Target set",
    "Target in people",
    "Hold it",
    "Learning",
    "Needed and not begun",
    "Requested",
    "Demand",
    "Places kept, by the year's end",
    "Places shared, by the year's end",
    "Places later",
    "Gap",
)


def content(plan: Plan) -> bytes:
    return csv_bytes(HEADER, (_row(plan, line) for line in plan.lines))


def _row(plan: Plan, line: Line) -> list[Value]:
    counted, target = line.counted, line.target
    return [
        line.directorate.name,
        line.tier.title,
        line.staff_group,
        year_end(plan.year),
        counted.staff,
        target_words(target.kind, target.value, target.staff_group) if target else "",
        line.wanted,
        counted.held,
        counted.learning,
        counted.needed,
        counted.requested,
        counted.demand,
        None if line.staff_group else line.places.own,
        None if line.staff_group else line.places.shared,
        None if line.staff_group else line.later.own + line.later.shared,
        line.gap,
    ]


def about(plan: Plan) -> str:
    """What is in the file, for the audit log's readers."""
    place = plan.one.name if plan.one else "every directorate in reach"
    return f"Plan of {place} until {day(year_end(plan.year))}, as at {day(plan.on)}"[:300]


def file_name(plan: Plan) -> str:
    """plan-medicine-2027-03-31.csv"""
    place = plan.one.name if plan.one else "all"
    words = "-".join("".join(c if c.isalnum() else " " for c in place.lower()).split())[:80]
    return f"plan-{words or 'directorate'}-{year_end(plan.year).isoformat()}.csv"
