"""Evidence as files: the same frozen result as CSV rows, as a workbook, and as the values of a printed record."""

from datetime import date, datetime
from typing import Any

from app.access.actor import Actor
from app.evidence import wording
from app.evidence.queries import EvidenceRow, Figures, Filters, PersonEvidence, TrustEvidence, trust_evidence
from app.evidence.queries.person import CourseLine, LevelLine
from app.evidence.rules import RecordKind, Where, grouped
from app.kernel import audit
from app.kernel.clock import london_date
from app.kernel.db import WriteSession
from app.recognition.queries import ElsewhereRow
from app.web.csv import Value
from app.web.words import day
from app.web.xlsx import Sheet

Line = tuple[Value, ...]

COLUMNS: tuple[tuple[str, str], ...] = (
    ("Employee number", "From the staff record; empty for bank staff, students, rotating doctors and volunteers."),
    ("Name", "Family name first."),
    ("Staff group", "In the post they held on the day; of their present post where that is not known."),
    ("Job role", "As staff group."),
    ("Band", "As staff group."),
    ("Directorate then", "Where they worked on the day. Somebody who moved has a row for each post they learned in."),
    ("Team then", "As directorate then."),
    ("Directorate now", "Where their main post is on the day of the export. Empty: they have left."),
    ("Team now", "As directorate now."),
    ("Record", "Learning: a course worked on in the period. Level held: on its last day, not past its refresh date."),
    ("Level", "The level of the trust's programme that the course belongs to, or that they held."),
    ("Course", "The course's title in the newest words of its edition. Empty for a level."),
    ("Edition", "The edition that they followed. It changes when marking or completion changes."),
    ("First day", "The first day in the period on which they did something in the course, in this post."),
    ("Last day", "The last such day."),
    ("Minutes", "Time that the course allows for what they did in the period, participatory time included."),
    ("Participatory minutes", "Of which with other people."),
    ("Completed on", "The day on which everything that the edition requires was done. Empty: not in this period."),
    ("Passed", "Passed: they passed an assessment of the course in the period. Marks and attempts are never exported."),
    ("Certificate", "The number of the certificate, once it has been issued."),
    ("Certificate withdrawn", "Yes: the certificate is no longer valid."),
    ("Held since", "The day since which the level has been held without a break; a refresh does not begin it anew."),
    ("Refresh by", "The last day on which the level is held without a refresher; leave moves it. Empty: no lapse."),
)
HEADER = tuple(name for name, _ in COLUMNS)
PERSON_HEADER = (
    "Employee number", "Name", "Record", "Level", "Course", "Edition", "First day", "Last day", "Minutes",
    "Participatory minutes", "Completed on", "Passed", "Certificate", "Certificate withdrawn", "Held since",
    "Refresh by", "Provider", "Minutes elsewhere", "Source",
)  # fmt: skip
_KINDS = {RecordKind.LEARNING: "Learning", RecordKind.LEVEL: "Level held"}
_LAPSED = "Level completed, refresh overdue"


def trust_line(row: EvidenceRow) -> Line:
    """One row of evidence, column by column as HEADER has them."""
    learning = row.kind is RecordKind.LEARNING
    return (
        row.employee_number,
        row.list_name,
        row.staff_group,
        row.job_role,
        row.band,
        row.directorate_then,
        row.team_then,
        row.directorate_now,
        row.team_now,
        _KINDS[row.kind],
        row.level,
        row.course,
        row.edition,
        row.first_on,
        row.last_on,
        row.minutes if learning else None,
        row.participatory_minutes if learning else None,
        row.completed_on,
        "Passed" if row.passed_on else "",
        grouped(row.certificate) if row.certificate else "",
        "Yes" if row.certificate_withdrawn else "",
        row.held_since,
        row.held_until,
    )


def trust_lines(evidence: TrustEvidence) -> list[Line]:
    return [trust_line(row) for row in evidence.rows]


def trust_sheets(evidence: TrustEvidence, levels: dict[str, str], chosen: list[tuple[str, str]]) -> list[Sheet]:
    """The workbook: totals, rows, and what each column means. `levels` names each tier; `chosen` says the filters."""
    totals: list[Line] = [("All", "", *_figures(evidence.figures))]
    totals += [("Level", levels.get(slug, slug), *_figures(of)) for slug, of in evidence.by_level.items()]
    nowhere = wording.nowhere(evidence.filters.where)
    totals += [("Directorate", name or nowhere, *_figures(of)) for name, of in evidence.by_directorate.items()]
    if evidence.filters.where is Where.THEN:
        totals.append(("Where they are now", wording.LEFT, *_figures(evidence.left)))
    return [
        Sheet("Totals", TOTALS_HEADER, totals),
        Sheet("Evidence", HEADER, trust_lines(evidence)),
        Sheet("What was asked for", ("What", "Chosen"), chosen),
        Sheet("Data dictionary", ("Column", "What it means"), [*COLUMNS, *TOTALS]),
    ]


TOTALS = (
    ("People", "People who did something in a course in the period, each counted once; also those who have left."),
    ("Courses completed", "Rows with a day of completion."),
    ("Passed", "Rows in which an assessment was passed."),
    ("Levels held", "Rows that are a level held on the last day of the period; also of people who have left."),
    ("Minutes", "The sum of the minutes."),
    ("Participatory minutes", "The sum of the participatory minutes."),
)
TOTALS_HEADER = ("Of", "Name", *(name for name, _ in TOTALS))


def _figures(figures: Figures) -> tuple[int, ...]:
    return (
        figures.people,
        figures.completed,
        figures.passed,
        figures.levels,
        figures.minutes,
        figures.participatory_minutes,
    )


def export_trust_csv(
    session: WriteSession, actor: Actor, filters: Filters, now: datetime
) -> tuple[tuple[str, ...], list[Line]]:
    """Header and rows for somebody at the command line, who takes them at once; written down with their count."""
    evidence = trust_evidence(session, actor, filters, london_date(now))
    lines = trust_lines(evidence)
    audit.record(session, actor, "export trust evidence", "trust", 1, now=now, rows=len(lines))
    return HEADER, lines


def person_lines(evidence: PersonEvidence) -> list[Line]:
    """Column by column as PERSON_HEADER has them."""
    who = (evidence.person.employee_number, evidence.person.list_name)
    levels: list[Line] = [
        (*who, "Level held", line.title, *([None] * 10), line.held_since, line.held_until, *([None] * 3))
        for line in evidence.levels
    ]
    levels += [(*who, _LAPSED, *_lapsed_cells(line)) for line in evidence.lapsed]
    courses: list[Line] = [(*who, "Learning", *_course(line), *([None] * 5)) for line in evidence.courses]
    return levels + courses + [(*who, "Learning from elsewhere", *_elsewhere_cells(row)) for row in evidence.elsewhere]


def _lapsed_cells(line: LevelLine) -> Line:
    """It is completed and no longer held, so that the column of what is held stays empty."""
    return (line.title, *([None] * 6), line.held_since, *([None] * 4), line.held_until, *([None] * 3))


def _elsewhere_cells(row: ElsewhereRow) -> Line:
    """Its minutes have a column of their own, so that the sum of the programme's minutes stays true."""
    empty = [None] * 5
    return (row.level, row.title, *empty, row.completed_on, *empty, row.provider, row.minutes, row.source)


def _course(line: CourseLine) -> Line:
    return (
        line.level,
        line.title,
        line.edition,
        line.first_on,
        line.last_on,
        line.minutes,
        line.participatory_minutes,
        line.completed_on,
        "Passed" if line.passed else "",
        grouped(line.certificate) if line.certificate else "",
        "Yes" if line.certificate_withdrawn else "",
    )


def rows_in(evidence: PersonEvidence) -> int:
    return len(evidence.levels) + len(evidence.lapsed) + len(evidence.courses) + len(evidence.elsewhere)


def record_values(evidence: PersonEvidence, trust: str, made_by: str, *, demonstration: bool) -> dict[str, Any]:
    """What the printed record shows, as words: for typst and for the HTML file."""
    person = evidence.person
    facts = [
        ("Employee number", person.employee_number or "none"),
        ("Post", f"{person.job_role}, {person.team}, {person.directorate}"),
        ("Period", wording.span(evidence.period)),
    ]
    return {
        "heading": "Evidence of learning about quality improvement",
        "trust": trust,
        "name": person.name,
        "description": f"Levels, courses, minutes and certificates, {wording.span(evidence.period)}",
        "facts": facts,
        "sentence": wording.in_appraisal(evidence),
        "regulator": wording.for_regulator(person.staff_group),
        "as_at": day(evidence.period.ends_on),
        "period": wording.span(evidence.period),
        "levels": [(line.title, day(line.held_since), _refresh(line.held_until)) for line in evidence.levels],
        "lapsed": [(line.title, day(line.held_since), wording.overdue(line)) for line in evidence.lapsed],
        "courses": [_course_words(line) for line in evidence.courses],
        "sums": wording.sums(evidence),
        "elsewhere": [_elsewhere_words(row) for row in evidence.elsewhere],
        "sums_elsewhere": wording.sums_elsewhere(evidence),
        "never_here": wording.NEVER_HERE,
        "footer": f"{trust}. Made on {day(evidence.as_at)} by {made_by}, from the trust's learning record.",
        "demonstration": demonstration,
        "says_demonstration": wording.SAYS_DEMONSTRATION,
    }


def _refresh(until: date | None) -> str:
    return day(until) if until else "Does not lapse"


def _course_words(line: CourseLine) -> tuple[str, ...]:
    number = grouped(line.certificate) if line.certificate else "none issued" if line.completed_on else ""
    return (
        line.title,
        str(line.edition or "not known"),
        str(line.minutes),
        str(line.participatory_minutes),
        wording.state(line),
        f"{number} (withdrawn)" if line.certificate_withdrawn else number,
    )


def _elsewhere_words(row: ElsewhereRow) -> tuple[str, ...]:
    time = str(row.minutes) if row.minutes else "not said"
    return (row.title, row.provider or "not said", day(row.completed_on), time, wording.came_as(row))
