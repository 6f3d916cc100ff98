"""A staff file in the browser: being worked on, refused, or shown before anything is written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.intake.models import StaffUpload
from app.intake.pages.columns import ColumnLine, column_lines
from app.intake.pages.home import directorate_options
from app.intake.pages.listing import Listing
from app.intake.pages.wording import STAFF_RECORD, in_a_sentence, not_taken, staff_after
from app.intake.queries.uploads import RowsWrong
from app.intake.rules.lines import LineKind
from app.intake.rules.obstacles import too_many_leave
from app.intake.rules.uploads import PROGRESS, Phase, UploadState, has_stopped
from app.organisation.queries import DirectorateRow
from app.web.form import Invalid
from app.web.page import Filled, Option, Page
from app.web.words import plural

WHOLES = {"trust": "the whole trust", "changes": "changes only, so nobody is ended for being left out"}
MOST_WORDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    name: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingPage(Page):
    template: ClassVar[str] = "intake/working.html"
    partials: ClassVar = {"working": "intake/_working.html"}
    who_sees: ClassVar[str] = STAFF_RECORD

    upload_id: int
    file: str
    title: str
    steps: tuple[Step, ...]
    progress: int
    now: str
    stopped: str
    may_go_on: bool

    @classmethod
    def of(cls, upload: StaffUpload, now: datetime) -> "WorkingPage":
        stopped = has_stopped(upload.state, upload.beat_at, now)
        fallback = "The work on this file stopped before its end. Nothing was changed."
        again = "" if upload.content is not None else " Set it aside and choose the file again."
        return cls(
            upload_id=upload.id,
            file=upload.file_name,
            title="Applying the staff file" if upload.state is UploadState.APPLYING else "Reading the staff file",
            steps=_steps(upload),
            progress=upload.progress,
            now=upload.phase or "Waiting to begin",
            stopped=(upload.said or fallback) + again if stopped else "",
            may_go_on=upload.content is not None,
        )


def _steps(upload: StaffUpload) -> tuple[Step, ...]:
    applying = upload.state is UploadState.APPLYING
    first = 0 if upload.state is UploadState.READING else PROGRESS[Phase.CHECKING]
    left_out = {Phase.KEEPING} if applying else {Phase.APPLYING}
    phases = [p for p in Phase if p not in left_out and PROGRESS[p] >= first]
    at = phases.index(Phase(upload.phase)) if upload.phase in phases else -1
    states = ["done" if n < at else "now" if n == at else "to come" for n in range(len(phases))]
    return tuple(Step(name=phase, state=state) for phase, state in zip(phases, states, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedPage(Page):
    template: ClassVar[str] = "intake/refused.html"
    who_sees: ClassVar[str] = STAFF_RECORD

    upload_id: int
    file: str
    said: str
    form: Filled
    directorates: tuple[Option, ...]
    columns: tuple[ColumnLine, ...]
    header: tuple[str, ...]

    @classmethod
    def of(
        cls, upload: StaffUpload, directorates: list[DirectorateRow], invalid: Invalid | None = None
    ) -> "RefusedPage":
        return cls(
            upload_id=upload.id,
            file=upload.file_name,
            said=upload.said,
            form=Filled.of(invalid.values, invalid.errors) if invalid else Filled.of(chosen_before(upload)),
            directorates=directorate_options(directorates),
            columns=column_lines(upload, invalid),
            header=tuple(upload.header),
        )


def chosen_before(upload: StaffUpload) -> dict[str, str]:
    kind, _, name = upload.whole.partition(" ")
    return {"whole": kind, "directorate": name, "sheet": upload.sheet}


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """Something that stands in the way, or that should be looked at first."""

    count: str
    text: str
    href: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewPage(Page):
    template: ClassVar[str] = "intake/preview.html"
    who_sees: ClassVar[str] = STAFF_RECORD

    upload_id: int
    file: str
    said: str
    say: str
    whole: str
    staff: str
    todos: tuple[Todo, ...]
    untouched: tuple[str, ...]
    opened: tuple[str, ...]
    sites: tuple[str, ...]
    kept_words: str
    columns: tuple[ColumnLine, ...]
    unread: str
    remarks: tuple[str, ...]
    listing: Listing
    plan: str
    apply: str
    ask_good_rows: str
    ask_leavers: str
    corrected: int
    form: Filled

    @classmethod
    def of(
        cls,
        upload: StaffUpload,
        listing: Listing,
        rows: RowsWrong,
        link: Callable[[str], str],
        invalid: Invalid | None = None,
    ) -> "PreviewPage":
        """`link` leads to one of: decisions, next_row, leavers."""
        counts = upload.counts
        sentence = in_a_sentence(counts)
        now, after = staff_after(counts)
        kept = sum(about not in {"team", "site"} for about, _, _ in upload.kept_words)
        errors = counts.get("errors", 0)
        return cls(
            upload_id=upload.id,
            file=upload.file_name,
            said=upload.said,
            say=f"Nothing is written yet. {sentence[:1].upper() + sentence[1:]}." if sentence else "Nothing changes.",
            whole=_whole(upload.whole),
            staff=f"Staff: {now:,} now, {after:,} once it is applied.",
            todos=tuple(_todos(upload, rows.left, link)),
            untouched=not_taken(counts),
            opened=_first_words(upload, "team"),
            sites=_first_words(upload, "site"),
            kept_words=plural(kept, "job role or band", "job roles or bands") if kept else "",
            columns=column_lines(upload),
            unread=", ".join(name for name in upload.header if name not in set(upload.columns.values())),
            remarks=(*upload.remarks, *upload.plan_remarks),
            listing=listing,
            plan=upload.plan,
            apply=sentence,
            ask_good_rows=_good_rows(errors),
            ask_leavers=_leavers(upload),
            corrected=rows.mended,
            form=Filled.of(invalid.values, invalid.errors) if invalid else Filled(),
        )


def _first_words(upload: StaffUpload, what: str) -> tuple[str, ...]:
    found = [words for about, words, _ in upload.kept_words if about == what]
    more = [f"and {len(found) - MOST_WORDS:,} more"] if len(found) > MOST_WORDS else []
    return (*found[:MOST_WORDS], *more)


def _whole(words: str) -> str:
    kind, _, name = words.partition(" ")
    return f"all of {name}" if kind == "directorate" else WHOLES[kind]


def _good_rows(errors: int) -> str:
    if not errors:
        return ""
    return f"Leave out the {plural(errors, 'line')} under Errors this time, and take the good rows alone"


def _leavers(upload: StaffUpload) -> str:
    if not too_many_leave(upload.counts):
        return ""
    return f"{upload.counts[LineKind.LEAVER]:,} of {upload.counts['active']:,} active staff leave, and that is true"


def _todos(upload: StaffUpload, rows_left: int, link: Callable[[str], str]) -> list[Todo]:
    found = []
    if upload.undecided:
        rows = sum(rows for _, _, rows in upload.undecided)
        found.append(
            Todo(
                count=f"{len(upload.undecided):,}",
                text=f"{'word is' if len(upload.undecided) == 1 else 'words are'} not known here, in "
                f"{plural(rows, 'row')}: say what each is, once",
                href=link("decisions"),
                link="Decide",
            )
        )
    if upload.proposals:
        people = len(upload.proposals)
        found.append(
            Todo(
                count=f"{people:,}",
                text=f"{'person' if people == 1 else 'people'} may be somebody who was here before",
                href=link("decisions") + "#people",
                link="Decide",
            )
        )
    if rows_left:
        found.append(
            Todo(
                count=f"{rows_left:,}",
                text=f"{'row has' if rows_left == 1 else 'rows have'} errors",
                href=link("next_row"),
                link="Put them right one by one",
            )
        )
    if _leavers(upload):
        found.append(
            Todo(
                count=f"{upload.counts[LineKind.LEAVER]:,}",
                text=f"people would leave, of {upload.counts['active']:,}: more than 5 in 100. Most often the file is "
                "then a part of the trust",
                href=link("leavers"),
                link="See who",
            )
        )
    return found
