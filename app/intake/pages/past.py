"""What the lists behind the numbers of past learning are called, and how a line of them is shown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.intake.queries.past_kept import PastLineRow
from app.intake.rules.past.plan import PastKind, PastLine, PastPlan
from app.intake.rules.past.rows import NotTaken
from app.intake.rules.rows import Problem
from app.web.words import plural, short_day

A_PAGE = 50
Link = Callable[..., str]

WHO = (
    "HR and QI team administrators who look after the people of the whole trust can see this page. What stands here of "
    "a person is on their own record too."
)
AGAIN = (
    "The course is completed here already, or more than once in the list: each is added on its day and may refresh the "
    "level."
)
EVIDENCE = "Courses of elsewhere: kept on the person’s record, where an assessor may recognise them."
SHOWN = {
    "completed": ("Courses completed", "A course here is thereby completed, on the day that the list says."),
    "again": ("Completed again", AGAIN),
    "evidence": ("Evidence", EVIDENCE),
    "same": ("Unchanged", "These rows say what is known already."),
    "out": ("Left out", "These rows are not taken."),
    "errors": ("Errors", "These rows cannot be taken as they are."),
}
KINDS = {"completed": PastKind.COMPLETED, "again": PastKind.AGAIN, "evidence": PastKind.EVIDENCE}


@dataclass(frozen=True, slots=True, kw_only=True)
class PastTab:
    label: str
    count: str
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PastLineView:
    """`who` and `on` are empty where a row is not taken; `says` is what happens, or why not."""

    row: str
    number: str
    who: str
    person_id: int | None
    course: str
    on: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PastListing:
    tabs: tuple[PastTab, ...]
    label: str
    meaning: str
    column: str
    """What the third column is: the course, or for errors the column of the file."""
    lines: tuple[PastLineView, ...]
    said: str
    earlier: str
    later: str


def listing(show: str, page: int, counts: Mapping[str, int], lines: Sequence[PastLineView], link: Link) -> PastListing:
    """`lines` are those of this page alone."""
    label, meaning = SHOWN[show]
    first, count = (page - 1) * A_PAGE + 1, counts[show]
    return PastListing(
        tabs=tuple(
            PastTab(
                label=name,
                count=f"{counts[key]:,}",
                href=link(show=key) + "#list" if counts[key] else "",
                chosen=key == show,
            )
            for key, (name, _) in SHOWN.items()
            if key in counts
        ),
        label=label,
        meaning=meaning,
        column="Column" if show == "errors" else "Course",
        lines=tuple(lines),
        said=plural(count, "row") if count <= A_PAGE else f"{first:,} to {first + len(lines) - 1:,} of {count:,}",
        earlier=link(show=show, page=page - 1) + "#list" if page > 1 else "",
        later=link(show=show, page=page + 1) + "#list" if page * A_PAGE < count else "",
    )


def counts_of(plan: PastPlan) -> dict[str, int]:
    counts = {key: plan.counts[kind] for key, kind in KINDS.items()}
    return counts | {"same": len(plan.unchanged), "out": len(plan.left_out), "errors": len(plan.problems)}


def first_filled(counts: Mapping[str, int]) -> str:
    """Errors first, because they stand in the way; else the first list with something in it."""
    if counts["errors"]:
        return "errors"
    return next((key for key, count in counts.items() if count), "completed")


def plan_lines(plan: PastPlan, show: str) -> list[PastLineView]:
    if show in KINDS:
        return [line_view(line) for line in plan.of(KINDS[show])]
    if show == "errors":
        return [problem_view(problem) for problem in plan.problems]
    return [_not_taken(one) for one in (plan.unchanged if show == "same" else plan.left_out)]


def line_view(line: PastLine) -> PastLineView:
    return PastLineView(
        row=f"{line.row:,}",
        number=line.number,
        who=line.name,
        person_id=line.person_id,
        course=line.course,
        on=short_day(line.on),
        says=line.says,
    )


def kept_view(line: PastLineRow) -> PastLineView:
    return PastLineView(
        row=f"{line.row:,}",
        number=line.employee_number,
        who=line.name,
        person_id=line.person_id,
        course=line.course,
        on=short_day(line.completed_on),
        says=line.says,
    )


def problem_view(problem: Problem) -> PastLineView:
    return PastLineView(
        row=f"{problem.row:,}",
        number=problem.number,
        who="",
        person_id=None,
        course=problem.column,
        on="",
        says=problem.reason,
    )


def _not_taken(one: NotTaken) -> PastLineView:
    return PastLineView(
        row=f"{one.row:,}", number=one.number, who="", person_id=None, course=one.course, on="", says=one.why
    )


def counted(counts: Mapping[str, int]) -> str:
    """Eight courses completed, 3 pieces of evidence and 2 rows left out: in a sentence, without its end."""
    parts = [
        plural(counts.get("completed", 0), "course completed", "courses completed") if counts.get("completed") else "",
        plural(counts.get("again", 0), "further completion") if counts.get("again") else "",
        plural(counts.get("levels", 0), "level given or lengthened", "levels given or lengthened")
        if counts.get("levels")
        else "",
        plural(counts.get("evidence", 0), "piece of evidence", "pieces of evidence") if counts.get("evidence") else "",
        plural(counts.get("out", 0), "row left out", "rows left out") if counts.get("out") else "",
        plural(counts.get("errors", 0), "row with errors", "rows with errors") if counts.get("errors") else "",
    ]
    said = [part for part in parts if part]
    if not said:
        return "nothing new"
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
