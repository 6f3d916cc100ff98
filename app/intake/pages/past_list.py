"""A list that waits: what it would mean, the courses to decide about, and the record of one that was applied."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.intake.importing_past import PastPreview, may_apply
from app.intake.pages.past import (
    A_PAGE,
    WHO,
    Link,
    PastLineView,
    PastListing,
    counted,
    counts_of,
    first_filled,
    listing,
    plan_lines,
)
from app.intake.pages.past_home import kept_counts
from app.intake.queries.past_kept import PastImportRow
from app.intake.rules.columns import listed
from app.intake.rules.past.decisions import MOST_DECIDED, Meaning
from app.intake.rules.past.plan import UnknownCourse
from app.web.page import Filled, Option, Page
from app.web.words import moment, plural

MEANS = {Meaning.EVIDENCE: "Evidence on their record", Meaning.LEAVE_OUT: "Leave its rows out"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PastPreviewPage(Page):
    template: ClassVar[str] = "intake/past_preview.html"
    who_sees: ClassVar[str] = WHO

    id: int
    file: str
    say: str
    stale: str
    remarks: tuple[str, ...]
    columns: str
    unread: str
    unknown: str
    plan: str
    nothing: bool
    errors: str
    """How many rows have errors, in words; empty when none has."""
    good: str
    form: Filled
    list: PastListing

    @classmethod
    def of(
        cls, shown: PastPreview, show: str, page: int, link: Link, *, stale: str = "", wrong: str = ""
    ) -> "PastPreviewPage":
        plan, counts = shown.plan, counts_of(shown.plan)
        show = show or first_filled(counts)
        lines = plan_lines(plan, show)[(page - 1) * A_PAGE : page * A_PAGE]
        undecided = sum(not course.decided for course in plan.unknown)
        return cls(
            id=shown.file.upload_id or 0,
            file=shown.file.name,
            say=f"{plural(shown.rows, 'row')}: {counted(counts | {'levels': plan.awards})}.",
            stale=stale,
            remarks=(*shown.remarks, *plan.remarks),
            columns=listed(f"{column}: {name}" for column, name in shown.columns.says.items()),
            unread=listed(shown.columns.unread),
            unknown=_unknown(len(plan.unknown), undecided),
            plan=plan.fingerprint,
            nothing=not plan.lines,
            errors=may_apply(shown, good_rows=False),
            good=plural(len(plan.lines), "good row"),
            form=Filled.of({}, {"rows": wrong} if wrong else None),
            list=listing(show, page, counts, lines, link),
        )


def _unknown(count: int, undecided: int) -> str:
    if not count:
        return ""
    said = f"{plural(count, 'course')} in this list {'is' if count == 1 else 'are'} unknown here"
    if not undecided:
        return f"{said}; what each means is decided."
    return f"{said}. What nobody decides is kept as evidence ({undecided:,} of them)."


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseLine:
    """`was` is what was chosen before: what is left so is no decision."""

    number: int
    key: str
    words: str
    rows: str
    was: str
    decided: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCoursesPage(Page):
    template: ClassVar[str] = "intake/past_courses.html"
    who_sees: ClassVar[str] = WHO

    id: int
    file: str
    lines: tuple[CourseLine, ...]
    more: str
    choices: tuple[Option, ...]

    @classmethod
    def of(cls, shown: PastPreview) -> "PastCoursesPage":
        unknown = sorted(shown.plan.unknown, key=lambda course: course.decided)
        more = len(unknown) - MOST_DECIDED
        here = sorted((c for c in shown.picture.courses if c.newest), key=lambda c: c.title.casefold())
        return cls(
            id=shown.file.upload_id or 0,
            file=shown.file.name,
            lines=tuple(_course(number, course) for number, course in enumerate(unknown[:MOST_DECIDED])),
            more=f"{plural(more, 'more course')} can be decided once these are." if more > 0 else "",
            choices=(
                *(Option(value=meaning, text=text) for meaning, text in MEANS.items()),
                *(Option(value=c.slug, text=f"It is {c.title}", group="A course here") for c in here),
            ),
        )


def _course(number: int, course: UnknownCourse) -> CourseLine:
    return CourseLine(
        number=number,
        key=course.key,
        words=course.words,
        rows=plural(course.rows, "row"),
        was=course.course or course.meaning,
        decided=course.decided,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PastImportPage(Page):
    template: ClassVar[str] = "intake/past_import.html"
    who_sees: ClassVar[str] = WHO

    file: str
    say: str
    unfinished: bool
    remarks: tuple[str, ...]
    columns: str
    list: PastListing

    @classmethod
    def of(
        cls, row: PastImportRow, show: str, page: int, lines: Sequence[PastLineView], link: Link
    ) -> "PastImportPage":
        counts = kept_counts(row)
        said = counted(counts)
        kept = {key: counts[key] for key in ("completed", "again", "evidence", "errors")}
        return cls(
            file=row.file_name,
            say=f"Brought in by {row.applied_by} on {moment(row.applied_at)}: {plural(row.rows, 'row')}, {said}.",
            unfinished=row.ended_at is None,
            remarks=tuple(row.remarks),
            columns=listed(f"{column}: {name}" for column, name in row.columns.items()),
            list=listing(show, page, kept, lines, link),
        )
