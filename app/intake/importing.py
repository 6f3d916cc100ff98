"""A staff file from beginning to end: read, checked, previewed, applied; one at a time."""

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from app.access.actor import SYSTEM, Actor
from app.accounts.models import Credential
from app.intake.commands import (
    ApplyImport,
    MovedError,
    WelcomeJoiner,
    apply_import,
    give_up_joiner,
    numbers_needed,
    prepared,
    welcome_joiner,
)
from app.intake.models import StaffImport
from app.intake.queries import kept_columns, kept_decisions, picture, waiting
from app.intake.reading import RefusedFileError, Table, read_table
from app.intake.rules.checking import checked
from app.intake.rules.columns import Column, Columns, chosen, fingerprint, listed, missing, proposed
from app.intake.rules.decisions import Decisions, decision_key
from app.intake.rules.obstacles import in_the_way
from app.intake.rules.picture import Picture
from app.intake.rules.plan import Plan, Whole, WholeKind
from app.intake.rules.planning import planned
from app.intake.rules.rows import CheckedRows
from app.kernel.alone import alone
from app.kernel.bulk import reserve
from app.kernel.clock import Clock, london_date
from app.kernel.config import Settings
from app.kernel.db import Database, ReadSession, table
from app.kernel.errors import DomainError, RuleBrokenError

log = logging.getLogger("qi.intake")

BUSY = "Another import of the staff record is under way. Wait until it has ended, then try again."
TRIES = 3
_credential = table(Credential)


class AnotherPlanError(Exception):
    """The database moved, and what would be done now is not what was shown. Holds the new preview."""

    def __init__(self, now: "Preview") -> None:
        super().__init__("What is known of staff has changed meanwhile, and the file would now do something else.")
        self.now = now


class StandsInTheWayError(RuleBrokenError):
    """Rows have errors, or many would leave, and nobody said that it is to be done all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffFile:
    """A file, and what a person said of it. `whole`: trust, changes, or `directorate NAME`."""

    path: Path
    name: str
    sheet: str | None = None
    whole: str = "changes"
    create: bool = False
    decided: Decisions = field(default_factory=dict)
    chosen: Mapping[Column, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a file would do, and all that it was worked out from."""

    file: StaffFile
    hash: str
    rows: int
    remarks: tuple[str, ...]
    columns: Columns
    checked: CheckedRows
    decisions: Decisions
    picture: Picture
    whole: Whole
    plan: Plan


def preview(db: Database, file: StaffFile, now: datetime) -> Preview:
    """Writes nothing. Raises RefusedFileError when the file is refused whole."""
    digest = hashlib.sha256(file.path.read_bytes()).hexdigest()
    read = read_table(file.path, file.name, sheet=file.sheet)
    with db.read() as session:
        columns = _columns(session, file, read)
        decisions = {**kept_decisions(session), **file.decided}
    rows, remarks, count = checked(read, columns), read.remarks, len(read.rows)
    del read  # the whole file, columns that nobody asked for as well: it is needed no more
    known, whole, plan = _planned(db, file, columns, rows, decisions, now)
    return Preview(
        file=file,
        hash=digest,
        rows=count,
        remarks=remarks,
        columns=columns,
        checked=rows,
        decisions=decisions,
        picture=known,
        whole=whole,
        plan=plan,
    )


def again(db: Database, before: Preview, now: datetime) -> Preview:
    """The same file against what is known now."""
    known, whole, plan = _planned(db, before.file, before.columns, before.checked, before.decisions, now)
    return replace(before, picture=known, whole=whole, plan=plan)


def _planned(
    db: Database, file: StaffFile, columns: Columns, rows: CheckedRows, decisions: Decisions, now: datetime
) -> tuple[Picture, Whole, Plan]:
    with db.read() as session:
        known = picture(session, london_date(now), rows.words())
    whole = whole_of(file.whole, known)
    return known, whole, planned(known, rows, whole, decisions, columns.says, create=file.create)


def _columns(session: ReadSession, file: StaffFile, read: Table) -> Columns:
    columns = proposed(read.columns, kept_columns(session, fingerprint(read.columns)))
    for column, name in file.chosen.items():
        try:
            columns = chosen(columns, column, name)
        except ValueError as error:
            raise RefusedFileError(str(error)) from None
    lacking = missing(columns)
    if lacking:
        raise RefusedFileError(
            f"{file.name} has no column for: {', '.join(lacking)}. Its columns are: {listed(read.columns)}. "
            "Add what is missing, or name the columns as the staff record does."
        )
    return columns


def whole_of(words: str, known: Picture) -> Whole:
    """What a file is the whole of. Raises RefusedFileError for words that say nothing of the kind."""
    kind, _, name = words.strip().partition(" ")
    if kind in {WholeKind.TRUST, WholeKind.CHANGES} and not name.strip():
        return Whole(WholeKind(kind))
    named = [d.id for d in known.directorates if decision_key(d.name) == decision_key(name)]
    if kind == WholeKind.DIRECTORATE and named:
        return Whole(WholeKind.DIRECTORATE, named[0])
    raise RefusedFileError(
        "A file is the whole of “trust”, of “directorate NAME” (one that is here), or holds “changes” only. "
        f"The directorates are: {listed(d.name for d in known.directorates) or 'none yet'}."
    )


def apply(
    db: Database,
    actor: Actor,
    shown: Preview,
    clock: Clock,
    *,
    good_rows: bool = False,
    leavers_expected: bool = False,
) -> StaffImport:
    """Do what was shown, whole or not at all. Raises BusyError while another import is under way.

    Raises StandsInTheWayError when rows have errors and not `good_rows`, or when more than 5 in 100 would leave and
    not `leavers_expected`. When the database has moved meanwhile, the file is previewed again; the same plan goes
    ahead, and another raises AnotherPlanError.
    """
    with alone(db, "import", BUSY):
        for _ in range(TRIES):
            against = may_apply(shown, good_rows=good_rows, leavers_expected=leavers_expected)
            if against:
                raise StandsInTheWayError(against)
            try:
                return _apply(db, actor, shown, clock.now())
            except MovedError:
                later = again(db, shown, clock.now())
                if later.plan.fingerprint != shown.plan.fingerprint:
                    raise AnotherPlanError(later) from None
                shown = later
    raise AnotherPlanError(shown)


def _apply(db: Database, actor: Actor, shown: Preview, now: datetime) -> StaffImport:
    if london_date(now) != shown.picture.today:
        raise MovedError("A new day has begun since the preview.")
    with db.read() as session:
        addresses = _addresses(session, shown.plan)
    with db.write() as session:
        last = {model: reserve(session, model, count) for model, count in numbers_needed(shown.plan).items()}
    with db.apart() as connection:
        ready = prepared(connection, shown.plan, shown.picture, addresses, actor, last, now)
        command = ApplyImport(
            plan=shown.plan,
            plan_mark=shown.plan.fingerprint,
            prepared=ready,
            moved=shown.picture.moved,
            whole=shown.whole,
            rows=shown.rows,
            file_name=shown.file.name,
            file_hash=shown.hash,
            fingerprint=fingerprint(shown.columns.header),
            columns={str(column): name for column, name in shown.columns.says.items()},
            decided=shown.file.decided,
            remarks=shown.remarks,
        )
        with db.write(connection) as session:
            return apply_import(session, actor, command, now)


def _addresses(session: ReadSession, plan: Plan) -> list[int]:
    """Of those who get another address, whoever signs in with the one they had."""
    if not any(c.field == "e-mail" for line in plan.lines for c in line.changed):
        return []
    asked = {line.person_id for line in plan.lines if any(c.field == "e-mail" for c in line.changed)}
    signed = sa.select(_credential.c.person_id).where(_credential.c.username.contains("@"))
    return [person_id for person_id in session.scalars(signed) if person_id in asked]


def welcome_waiting(db: Database, settings: Settings, now: datetime, most: int) -> int:
    """Welcome so many of those who joined with an import and wait for it. Returns how many waited."""
    with db.read() as session:
        found = waiting(session, most)
    for row in found:
        command = WelcomeJoiner(line_id=row.line_id, person_id=row.person_id)
        try:
            with db.write() as session:
                welcome_joiner(session, settings, SYSTEM, command, now)
        except DomainError:
            log.exception("joiner %d could not be welcomed; HR can invite them", row.person_id)
            with db.write() as session:
                give_up_joiner(session, command)
    return len(found)


def may_apply(shown: Preview, *, good_rows: bool, leavers_expected: bool) -> str:
    """Why a preview may not be applied as it is; empty when it may."""
    return in_the_way(shown.plan, good_rows=good_rows, leavers_expected=leavers_expected)
