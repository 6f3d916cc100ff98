"""A list of completions from beginning to end: read, checked, previewed, applied; one import at a time."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.access.actor import Actor
from app.intake.commands.applying import MovedError
from app.intake.commands.past import BeginPast, TakePast, begin_past, end_past, take_past
from app.intake.queries.past import past_picture
from app.intake.queries.past_kept import kept_past_columns, kept_past_decisions, upload_of
from app.intake.reading import RefusedFileError, Table, read_table
from app.intake.reading.staging import unpacked
from app.intake.rules.columns import fingerprint, listed
from app.intake.rules.past.columns import PastColumn, PastColumns, chosen, proposed
from app.intake.rules.past.decisions import PastDecisions
from app.intake.rules.past.picture import PastPicture
from app.intake.rules.past.plan import PastLine, PastPlan
from app.intake.rules.past.planning import planned
from app.intake.rules.past.rows import CheckedPast, checked
from app.kernel.alone import alone
from app.kernel.clock import Clock, london_date
from app.kernel.db import Database, ReadSession
from app.kernel.errors import RuleBrokenError

BUSY = "Another import is under way. Wait until it has ended, then try again."
TRIES = 3
WRITTEN_AT_ONCE = 10_000
"""Rows of the database in one transaction: a fraction of a second, in which nobody's save waits for long."""


class AnotherPastPlanError(Exception):
    """The database moved, and what would be done now is not what was shown. Holds the new preview."""

    def __init__(self, now: "PastPreview") -> None:
        super().__init__("What is known of people’s learning has changed meanwhile, and the list would now do other.")
        self.now = now


class PastRowsError(RuleBrokenError):
    """Rows have errors, and nobody said that the good ones are to be taken all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastFile:
    """A list, and what a person said of it."""

    name: str
    sheet: str | None = None
    decided: PastDecisions = field(default_factory=dict)
    chosen: Mapping[PastColumn, str] = field(default_factory=dict)
    upload_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastPreview:
    """What a list would do, and all that it was worked out from."""

    file: PastFile
    hash: str
    rows: int
    remarks: tuple[str, ...]
    columns: PastColumns
    checked: CheckedPast
    decisions: PastDecisions
    picture: PastPicture
    plan: PastPlan


def preview(db: Database, file: PastFile, content: bytes, now: datetime) -> PastPreview:
    """Writes nothing. Raises RefusedFileError when the file is refused whole."""
    read = read_table(content, file.name, sheet=file.sheet)
    with db.read() as session:
        columns = columns_of(session, file, read)
        return _previewed(session, file, hashlib.sha256(content).hexdigest(), read, columns, read.remarks, now)


def waiting_preview(session: ReadSession, actor: Actor, upload_id: int, now: datetime) -> PastPreview:
    """The preview of a list that waits in the database. Raises NotFoundError."""
    upload = upload_of(session, actor, upload_id)
    file = PastFile(name=upload.file_name, upload_id=upload.id)
    read = unpacked(upload.content, {})
    columns = PastColumns(read.columns, {PastColumn(c): name for c, name in upload.columns.items()})
    return _previewed(session, file, upload.file_hash, read, columns, tuple(upload.remarks), now)


def _previewed(
    session: ReadSession,
    file: PastFile,
    digest: str,
    read: Table,
    columns: PastColumns,
    remarks: tuple[str, ...],
    now: datetime,
) -> PastPreview:
    decisions = {**kept_past_decisions(session), **file.decided}
    found = checked(read, columns)
    known = past_picture(session, {row.number for row in found.rows}, london_date(now))
    return PastPreview(
        file=file,
        hash=digest,
        rows=len(read.rows),
        remarks=remarks,
        columns=columns,
        checked=found,
        decisions=decisions,
        picture=known,
        plan=planned(known, found, columns, decisions),
    )


def again(db: Database, before: PastPreview, now: datetime) -> PastPreview:
    """The same list against what is known now."""
    with db.read() as session:
        known = past_picture(session, {row.number for row in before.checked.rows}, london_date(now))
    return replace(before, picture=known, plan=planned(known, before.checked, before.columns, before.decisions))


def columns_of(session: ReadSession, file: PastFile, read: Table) -> PastColumns:
    """What the columns say: proposed, kept from before, told. Raises RefusedFileError when one is missing."""
    columns = proposed(read.columns, kept_past_columns(session, fingerprint(read.columns)))
    for column, name in file.chosen.items():
        try:
            columns = chosen(columns, column, name)
        except ValueError as error:
            raise RefusedFileError(str(error)) from None
    if columns.missing:
        raise RefusedFileError(
            f"{file.name} has no column for: {', '.join(columns.missing)}. Its columns are: {listed(read.columns)}. "
            "Add what is missing, or say which column it is."
        )
    return columns


def may_apply(shown: PastPreview, *, good_rows: bool) -> str:
    """Why a preview may not be applied as it is; empty when it may."""
    rows = len({problem.row for problem in shown.plan.problems})
    if not rows or good_rows:
        return ""
    said = "1 row has" if rows == 1 else f"{rows:,} rows have"
    return f"{said} errors. Correct what is wrong, or take the good rows alone."


def apply(db: Database, actor: Actor, shown: PastPreview, clock: Clock, *, good_rows: bool = False) -> int:
    """Do what was shown; returns the id of the import. Raises BusyError while another import is under way.

    Each person's completions are one transaction, a list of usual size is one as a whole. When the database has moved
    meanwhile, the list is previewed again: the same plan goes ahead, and another raises AnotherPastPlanError. A list
    whose import was stopped goes on when it is brought again. Raises PastRowsError for rows with errors.
    """
    if against := may_apply(shown, good_rows=good_rows):
        raise PastRowsError(against)
    with alone(db, "import", BUSY):
        return _Applying(db, actor, shown, clock).run()


class _Applying:
    """Takes people in turns. `left` are the lines that are not done yet."""

    def __init__(self, db: Database, actor: Actor, shown: PastPreview, clock: Clock) -> None:
        self.db, self.actor, self.shown, self.clock = db, actor, shown, clock
        self.left: Sequence[PastLine] = sorted(shown.plan.lines, key=lambda line: (line.person_id, line.row))
        self.begun: int | None = None
        self.tries = TRIES

    def run(self) -> int:
        while self.begun is None or self.left:
            now = self.clock.now()
            try:
                self._turn(first_people(self.left), now)
            except MovedError:
                self._look_again(now)
        return self.begun

    def _turn(self, lines: Sequence[PastLine], now: datetime) -> None:
        shown, begun = self.shown, self.begun
        if london_date(now) != shown.picture.today:
            raise MovedError("A new day has begun since the preview.")
        command = TakePast(source=f"imported from {shown.file.name}", lines=lines, picture=shown.picture)
        with self.db.write() as session:
            if begun is None:
                begun = begin_past(session, self.actor, _beginning(shown), now).id
            take_past(session, self.actor, begun, command, now)
            if len(lines) == len(self.left):
                end_past(session, begun, now)
        self.begun, self.left = begun, self.left[len(lines) :]

    def _look_again(self, now: datetime) -> None:
        self.tries -= 1
        later = again(self.db, self.shown, now)
        lines = sorted(later.plan.lines, key=lambda line: (line.person_id, line.row))
        if lines != self.left or self.tries == 0:
            raise AnotherPastPlanError(later) from None
        self.shown = later


def first_people(lines: Sequence[PastLine], most: int = WRITTEN_AT_ONCE) -> Sequence[PastLine]:
    """The lines of as many people, whole, as one transaction takes; of one person at least."""
    written = 0
    for at, line in enumerate(lines):
        new = at > 0 and line.person_id != lines[at - 1].person_id
        if new and written >= most:
            return lines[:at]
        written += len(line.done) + 4
    return lines


def _beginning(shown: PastPreview) -> BeginPast:
    plan = shown.plan
    counts = {str(kind): count for kind, count in plan.counts.items()}
    return BeginPast(
        file_name=shown.file.name,
        file_hash=shown.hash,
        plan=plan.fingerprint,
        rows=shown.rows,
        counts=counts
        | {
            "levels": plan.awards,
            "unchanged": len(plan.unchanged),
            "left out": len(plan.left_out),
            "errors": len(plan.problems),
        },
        columns={str(column): name for column, name in shown.columns.says.items()},
        fingerprint=fingerprint(shown.columns.header),
        remarks=(*shown.remarks, *plan.remarks),
        problems=plan.problems,
        decided=shown.file.decided,
        upload_id=shown.file.upload_id,
    )
