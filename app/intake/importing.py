"""A staff file from beginning to end: read, checked, previewed, applied; one at a time."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.accounts.models import Credential
from app.intake.commands import (
    ApplyImport,
    MovedError,
    apply_import,
    numbers_needed,
    prepared,
)
from app.intake.headers import StaffFile, columns_of
from app.intake.models import StaffImport
from app.intake.queries import foreseen, kept_decisions, picture
from app.intake.reading import RefusedFileError, Table, read_content, read_table
from app.intake.rules.checking import checked
from app.intake.rules.columns import Columns, fingerprint, listed
from app.intake.rules.decisions import Decisions, decision_key
from app.intake.rules.obstacles import in_the_way
from app.intake.rules.picture import Picture
from app.intake.rules.plan import Plan, Whole, WholeKind
from app.intake.rules.planning import planned
from app.intake.rules.rows import CheckedRows
from app.intake.rules.uploads import Phase
from app.kernel.alone import alone
from app.kernel.bulk import reserve
from app.kernel.clock import Clock, london_date
from app.kernel.db import Database, ReadSession, table
from app.kernel.errors import RuleBrokenError

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
    assert file.path is not None
    content = read_content(file.path)
    digest = hashlib.sha256(content).hexdigest()
    return previewed(db, file, read_table(content, file.name, sheet=file.sheet), digest, now)


def previewed(
    db: Database,
    file: StaffFile,
    read: Table,
    digest: str,
    now: datetime,
    say: Callable[[Phase], None] = lambda _phase: None,
) -> Preview:
    """The same for a file that has been read already; `digest` is the file's own, `say` hears what is being done."""
    say(Phase.CHECKING)
    with db.read() as session:
        columns = columns_of(session, file, read)
        decisions = {**kept_decisions(session), **file.decided}
    rows, remarks, count = checked(read, columns), read.remarks, len(read.rows)
    del read  # the whole file, columns that nobody asked for as well: it is needed no more
    say(Phase.COMPARING)
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
    plan = planned(known, rows, whole, decisions, columns.says, create=file.create)
    with db.read() as session:
        return known, whole, replace(plan, remarks=(*plan.remarks, *foreseen(session, plan, known)))


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
            upload_id=shown.file.upload_id,
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


def may_apply(shown: Preview, *, good_rows: bool, leavers_expected: bool) -> str:
    """Why a preview may not be applied as it is; empty when it may."""
    return in_the_way(shown.plan, good_rows=good_rows, leavers_expected=leavers_expected)
