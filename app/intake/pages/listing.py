"""The list behind a number: of a preview, and of the record of an import."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.intake.pages.wording import LABELS, MEANINGS, slug
from app.intake.queries.uploads import A_PAGE, LineRow, ProblemRow
from app.intake.rules.lines import LineKind
from app.web.words import day, plural

ERRORS = "errors"
DECIDE = "decide"
Link = Callable[..., str]
"""An address of this list with other parameters: show, q, page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    label: str
    count: str
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    row: str
    number: str
    name: str
    person_id: int | None
    place: str
    on: str
    changed: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorView:
    """`state` is put right, decide, mend or empty: what can be done about it here."""

    row: str
    number: str
    field: str
    reason: str
    state: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    tabs: tuple[Tab, ...]
    show: str
    label: str
    meaning: str
    words: str
    action: str
    lines: tuple[LineView, ...]
    errors: tuple[ErrorView, ...]
    said: str
    earlier: str
    later: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which list, from the address. `kind` is None for the errors."""

    kind: LineKind | None
    words: str
    page: int


def listing(
    asked: Asked,
    counts: Mapping[str, int],
    lines: list[LineRow],
    errors: tuple[ErrorView, ...],
    found: int,
    link: Link,
) -> Listing:
    """`found` is how many there are in all that match."""
    show = slug(asked.kind) if asked.kind else ERRORS
    more = {"show": show, "q": asked.words}
    return Listing(
        tabs=_tabs(show, counts, link),
        show=show,
        label=LABELS[asked.kind] if asked.kind else "Errors",
        meaning=MEANINGS[asked.kind] if asked.kind else "These rows are not taken as they are.",
        words=asked.words,
        action=link(),
        lines=tuple(line_view(line) for line in lines),
        errors=errors,
        said=_said(asked, found),
        earlier=link(**more, page=asked.page - 1) if asked.page > 1 else "",
        later=link(**more, page=asked.page + 1) if asked.page * A_PAGE < found else "",
    )


def _tabs(show: str, counts: Mapping[str, int], link: Link) -> tuple[Tab, ...]:
    named = [(slug(kind), label, counts.get(kind, 0)) for kind, label in LABELS.items()]
    named.append((ERRORS, "Errors", counts.get("errors", 0)))
    return tuple(
        Tab(label=label, count=f"{count:,}", href=link(show=name) + "#list" if count else "", chosen=name == show)
        for name, label, count in named
    )


def line_view(line: LineRow) -> LineView:
    return LineView(
        row=f"{line.row:,}" if line.row else "",
        number=line.employee_number,
        name=line.name,
        person_id=line.person_id,
        place=line.place,
        on=day(line.day),
        changed=tuple((what, before or "nothing", after or "nothing") for what, before, after in line.changed),
    )


def error_view(problem: ProblemRow, href: str = "", state: str = "") -> ErrorView:
    return ErrorView(
        row=f"{problem.row:,}",
        number=problem.employee_number,
        field=problem.field,
        reason=problem.reason.partition(". Decide")[0] if state == DECIDE else problem.reason,
        state=state,
        href=href,
    )


def _said(asked: Asked, found: int) -> str:
    first = (asked.page - 1) * A_PAGE + 1
    if found <= A_PAGE:
        return f"{plural(found, 'line')}{f' with “{asked.words}”' if asked.words else ''}."
    return f"{first:,} to {min(first + A_PAGE - 1, found):,} of {found:,}."
