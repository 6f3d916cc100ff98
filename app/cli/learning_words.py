"""A preview of past learning as tables and as JSON."""

import json
from typing import Any

from rich.console import Console
from rich.table import Table

from app.cli.bringing import problem_words, say_end, say_list, say_read
from app.intake.importing_past import PastPreview
from app.intake.rules.past.plan import PastKind, PastLine, UnknownCourse
from app.intake.rules.past.rows import NotTaken
from app.web.words import plural

NAMES = {PastKind.COMPLETED: "completed", PastKind.AGAIN: "completed_again", PastKind.EVIDENCE: "evidence"}


def as_json(shown: PastPreview, *, against: str, applied: int | None) -> str:
    """Everything, for another program: `counts` and the lists they count."""
    plan = shown.plan
    lists: dict[str, list[Any]] = {name: [_line(line) for line in plan.of(kind)] for kind, name in NAMES.items()}
    lists["unchanged"] = [_not_taken(one) for one in plan.unchanged]
    lists["left_out"] = [_not_taken(one) for one in plan.left_out]
    lists["errors"] = [
        {"row": p.row, "column": p.column, "reason": p.reason, "employee_number": p.number} for p in plan.problems
    ]
    said = {
        "file": shown.file.name,
        "plan": plan.fingerprint,
        "would_apply": not against,
        "against": against,
        "applied": applied is not None,
        "import": applied,
        "rows": shown.rows,
        "counts": {name: len(found) for name, found in lists.items()} | {"levels": plan.awards},
        "columns": {str(column): name for column, name in shown.columns.says.items()},
        "not_read": list(shown.columns.unread),
        "unknown_courses": [
            {"course": u.words, "rows": u.rows, "decided": u.decided, "meaning": str(u.meaning), "here": u.course}
            for u in plan.unknown
        ],
        "remarks": [*shown.remarks, *plan.remarks],
        **lists,
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def _line(line: PastLine) -> dict[str, Any]:
    return {
        "row": line.row,
        "employee_number": line.number,
        "name": line.name,
        "course": line.course,
        "completed_on": line.on.isoformat(),
        "minutes": line.minutes,
        "says": line.says,
    }


def _not_taken(one: NotTaken) -> dict[str, Any]:
    return {"row": one.row, "employee_number": one.number, "course": one.course, "why": one.why}


def show(out: Console, shown: PastPreview, *, applied: int | None) -> None:
    """For a person: what the columns are, the counts, then each list as far as somebody would read."""
    plan = shown.plan
    out.print(f"{shown.file.name}: {plural(shown.rows, 'row')}.", markup=False)
    say_read(out, (*shown.remarks, *plan.remarks), shown.columns.says, shown.columns.unread)
    _counts(out, shown)
    for kind in NAMES:
        say_list(out, str(kind), ("Row", "Number", "Name", "Course", "On", "What"), plan.of(kind), _words)
    say_list(out, "row left out", ("Row", "Number", "Course", "Why"), plan.left_out, _why, "rows left out")
    say_list(out, "error", ("Row", "Column", "Why"), plan.problems, problem_words)
    for course in plan.unknown:
        out.print(_course(course), markup=False)
    say_end(out, applied, plan.fingerprint)


def _words(line: PastLine) -> tuple[str, ...]:
    return str(line.row), line.number, line.name, line.course, line.on.isoformat(), line.says


def _why(one: NotTaken) -> tuple[str, ...]:
    return str(one.row), one.number, one.course, one.why


def _course(course: UnknownCourse) -> str:
    said = f"it is {course.course}" if course.course else str(course.meaning)
    how = f"decided: {said}" if course.decided else "no course here is called so: kept as evidence"
    return f"“{course.words}” ({plural(course.rows, 'row')}), {how}."


def _counts(out: Console, shown: PastPreview) -> None:
    plan = shown.plan
    table = Table("", "")
    for kind, name in NAMES.items():
        table.add_row(name.replace("_", " ").capitalize(), str(plan.counts[kind]))
    for words, count in (
        ("Levels given or lengthened", plan.awards),
        ("Unchanged", len(plan.unchanged)),
        ("Left out", len(plan.left_out)),
        ("Errors", len(plan.problems)),
    ):
        table.add_row(words, str(count))
    out.print(table)
