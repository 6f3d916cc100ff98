"""A preview of a staff file as tables and as JSON."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from rich.console import Console
from rich.table import Table

from app.cli.bringing import problem_words, say_end, say_list, say_read
from app.intake.importing import Preview
from app.intake.rules.columns import listed
from app.intake.rules.lines import Line, LineKind
from app.intake.rules.rows import Problem
from app.intake.rules.sites import site_words
from app.web.words import plural

NAMES = {
    LineKind.JOINER: "joiners",
    LineKind.REJOINER: "rejoiners",
    LineKind.MOVER: "movers",
    LineKind.CHANGE: "changes",
    LineKind.SECOND_POST: "second_posts",
    LineKind.ENDED_POST: "ended_posts",
    LineKind.LEAVER: "leavers",
}


def as_json(shown: Preview, *, against: str, applied: int | None) -> Iterator[str]:
    """Everything, for another program: `counts` and the lists they count. In pieces, as fifty thousand lines need."""
    plan = shown.plan
    lists = {name: [line for line in plan.lines if line.kind is kind] for kind, name in NAMES.items()}
    said = {
        "file": shown.file.name,
        "whole": shown.file.whole,
        "plan": plan.fingerprint,
        "would_apply": not against,
        "against": against,
        "applied": applied is not None,
        "import": applied,
        "rows": shown.rows,
        "counts": {name: len(found) for name, found in lists.items()}
        | {"unchanged": len(plan.unchanged), "errors": len(plan.problems)}
        | {"left_out": plan.left_out, "over": plan.over, "active_staff": plan.active},
        "columns": {str(column): name for column, name in shown.columns.says.items()},
        "not_read": list(shown.columns.unread),
        "undecided": [{"about": str(a), "words": w, "rows": n} for (a, w), n in plan.undecided.items()],
        "bands_as_recorded": dict(plan.as_recorded),
        "job_roles_as_recorded": dict(plan.new_roles),
        "sites": [site_words(site) for site in plan.sites],
        "remarks": [*shown.remarks, *plan.remarks],
    }
    yield "{"
    for name, value in said.items():
        yield f"\n {_json(name)}: {_json(value)},"
    for name, lines in lists.items():
        yield from _listed(name, map(_line, lines))
        yield ","
    yield from _listed("unchanged", plan.unchanged)
    yield ","
    yield from _listed("errors", map(_problem, plan.problems))
    yield "\n}\n"


def _listed(name: str, items: Iterable[Any]) -> Iterator[str]:
    yield f"\n {_json(name)}: ["
    between = ""
    for item in items:
        yield f"{between}\n  {_json(item)}"
        between = ","
    yield "]"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "row": problem.row,
        "column": problem.column,
        "reason": problem.reason,
        "employee_number": problem.number,
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "row": line.row,
        "employee_number": line.number,
        "name": line.name,
        "place": line.place,
        "day": line.on.isoformat(),
        "changed": {c.field: [c.before, c.after] for c in line.changed},
    }


def show(out: Console, shown: Preview, *, applied: int | None) -> None:
    """For a person: what the columns are, the counts, then each list as far as somebody would read."""
    plan = shown.plan
    out.print(f"{shown.file.name}: {plural(shown.rows, 'row')}, read as {shown.file.whole}.", markup=False)
    say_read(out, (*shown.remarks, *plan.remarks), shown.columns.says, shown.columns.unread)
    _counts(out, shown)
    for kind in NAMES:
        say_list(out, str(kind), ("Row", "Number", "Name", "Place", "From", "What"), plan.of(kind), _words)
    say_list(out, "error", ("Row", "Column", "Why"), plan.problems, problem_words)
    _decide(out, shown)
    say_end(out, applied, plan.fingerprint)


def _counts(out: Console, shown: Preview) -> None:
    plan = shown.plan
    table = Table("", "")
    for kind, name in NAMES.items():
        table.add_row(name.replace("_", " ").capitalize(), str(plan.counts[kind]))
    table.add_row("Unchanged", str(len(plan.unchanged)))
    table.add_row("Errors", str(len(plan.problems)))
    if plan.left_out:
        table.add_row("Left out", str(plan.left_out))
    if plan.over:
        table.add_row("Left before", str(plan.over))
    out.print(table)


def _words(line: Line) -> tuple[str, ...]:
    what = "; ".join(f"{c.field}: {c.before or 'none'} → {c.after or 'none'}" for c in line.changed)
    return str(line.row or ""), line.number, line.name, line.place, line.on.isoformat(), what


def _decide(out: Console, shown: Preview) -> None:
    for (about, words), rows in shown.plan.undecided.items():
        out.print(f"To decide: the {about} “{words}” ({plural(rows, 'row')}).", markup=False)
    if shown.plan.as_recorded:
        said = listed(f"{band} ({rows})" for band, rows in shown.plan.as_recorded.items())
        out.print(f"Bands kept as recorded: {said}.", markup=False)
    if shown.plan.new_roles:
        said = listed(f"{role} ({rows})" for role, rows in shown.plan.new_roles.items())
        out.print(f"Job roles that are new here, kept as recorded: {said}.", markup=False)
