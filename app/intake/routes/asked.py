"""Which list an address asks for, and lists as files."""

from collections.abc import Mapping

from app.intake.forms import ListForm
from app.intake.pages.listing import ERRORS, Asked
from app.intake.pages.wording import LABELS, kind_of
from app.intake.queries.uploads import LineRow, ProblemRow
from app.intake.rules.lines import LineKind
from app.kernel.errors import NotFoundError
from app.web import csv
from app.web.download import File
from app.web.form import Invalid, Posted
from app.web.visit import Steps, Visit

MOST_IN_A_FILE = 400_000
HEADER = ("What", "Row", "Employee number", "Name", "Where", "From", "Column", "Before", "After", "Why not taken")


def asked_for(visit: Visit | Steps, counts: Mapping[str, int]) -> Asked:
    """What the address says; without a word, the first list that is not empty. Raises NotFoundError."""
    params = visit.request.query_params
    form = ListForm.parse(Posted({name: params.getlist(name) for name in params}))
    if isinstance(form, Invalid):
        raise NotFoundError("list")
    kind = kind_of(form.show)
    if form.show and kind is None and form.show != ERRORS:
        raise NotFoundError("list")
    if not form.show:
        kind = next((k for k in LABELS if counts.get(k)), None if counts.get("errors") else LineKind.JOINER)
    return Asked(kind=kind, words=" ".join(form.q.split()), page=form.page)


def lists_file(name: str, about: str, lines: list[LineRow], problems: list[ProblemRow]) -> File:
    """Everything in one CSV: a line for each thing that changes, and one for each error."""
    rows: list[tuple[csv.Value, ...]] = []
    for line in lines:
        who = (line.kind.value, line.row, line.employee_number, line.name, line.place, line.day)
        rows += [(*who, *change, "") for change in line.changed] or [(*who, "", "", "", "")]
    for problem in problems:
        rows.append(
            ("error", problem.row, problem.employee_number, "", "", None, problem.field, "", "", problem.reason)
        )
    content = csv.csv_bytes(HEADER, rows)
    return File(kind="staff file", about=about, name=name, media_type=csv.MEDIA_TYPE, content=content, rows=len(rows))
