"""A plan is applied: all of it in one transaction, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.accounts.models import SignInSession
from app.intake.commands.guarding import shut_out
from app.intake.commands.numbering import NUMBERED
from app.intake.commands.preparing import Prepared
from app.intake.commands.staging import note
from app.intake.models import StaffColumns, StaffDecision, StaffImport
from app.intake.queries import moved_mark
from app.intake.rules.decisions import Decisions
from app.intake.rules.plan import Plan, Whole
from app.intake.rules.uploads import UploadState
from app.kernel import audit
from app.kernel.bulk import hold, is_free
from app.kernel.db import WriteSession, table
from app.kernel.errors import DomainError, NotAllowedError, RuleBrokenError
from app.organisation.commands.posts import staff_data_changed

_session, _columns, _decision = table(SignInSession), table(StaffColumns), table(StaffDecision)
AT_ONCE = 500
LONGEST_SOURCE = 120


class MovedError(DomainError):
    """What is known of staff is no longer what the preview was made from."""

    status = 409


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyImport:
    """`plan_mark` is the plan's fingerprint, `moved` the mark of its picture; `decided` are decisions to be kept.

    `upload_id` is the upload that is applied with it, of a file that came by the browser.
    """

    plan: Plan
    plan_mark: str
    prepared: Prepared
    moved: str
    whole: Whole
    rows: int
    file_name: str
    file_hash: str
    fingerprint: str
    columns: Mapping[str, str]
    decided: Decisions
    remarks: tuple[str, ...]
    upload_id: int | None = None


def apply_import(session: WriteSession, actor: Actor, command: ApplyImport, now: datetime) -> StaffImport:
    """Do what the plan says. Raises MovedError, having changed nothing, when the picture is another by now.

    Raises RuleBrokenError when nobody could look after the program any more.
    """
    if not actor.reach(Permission.MANAGE_PEOPLE).trust:
        raise NotAllowedError("Only somebody who manages people in the whole trust can import the staff record.")
    ready = command.prepared
    hold(session, *NUMBERED)
    if moved_mark(session) != command.moved or not all(is_free(session, m, last) for m, last in ready.last.items()):
        raise MovedError("What is known of staff has changed since the preview.")
    if why := shut_out(session, actor.person_id, ready.leavers, now):
        raise RuleBrokenError(why)
    for rows in (
        *(ready.directorates, ready.teams, ready.sites, *ready.opened, ready.people, ready.named, ready.renamed),
        *(ready.ended, *ready.put, ready.begun, ready.back, ready.leaves, ready.events),
    ):
        rows.write(session)
    _end_sessions(session, ready.leavers, now)
    record = _record(session, actor, command, now)
    ready.lines.write(session)
    ready.problems.write(session)
    _keep(session, command, now)
    _settle(session, command, record, now)
    staff_data_changed(session, now, f"Staff file {command.file_name}"[:LONGEST_SOURCE])
    return record


def _end_sessions(session: WriteSession, leavers: tuple[int, ...], now: datetime) -> None:
    """Whoever has left is signed out now, not at their next request."""
    for start in range(0, len(leavers), AT_ONCE):
        theirs = _session.c.person_id.in_(leavers[start : start + AT_ONCE]) & _session.c.ended_at.is_(None)
        session.execute(sa.update(_session).where(theirs).values(ended_at=now))


def _record(session: WriteSession, actor: Actor, command: ApplyImport, now: datetime) -> StaffImport:
    plan = command.plan
    counts = {str(kind): count for kind, count in plan.counts.items()}
    more = {"unchanged": len(plan.unchanged), "errors": len(plan.problems), "left out": plan.left_out}
    more |= {"sites": len(plan.sites)} if plan.sites else {}
    record = StaffImport(
        id=command.prepared.record,
        applied_at=now,
        applied_by_id=actor.person_id,
        file_name=command.file_name[:200],
        file_hash=command.file_hash,
        plan=command.plan_mark,
        whole=command.whole.kind,
        directorate_id=command.whole.directorate_id,
        rows=command.rows,
        counts=counts | more,
        columns=dict(command.columns),
        remarks=[*command.remarks, *plan.remarks],
    )
    session.add(record)
    session.flush()
    audit.record(session, actor, "import staff record", "staff_import", record.id, now=now, rows=len(plan.lines))
    return record


def _settle(session: WriteSession, command: ApplyImport, record: StaffImport, now: datetime) -> None:
    """Raises RuleBrokenError, with which nothing is done, when the file is not being applied any more."""
    if command.upload_id is None:
        return
    became = {"state": UploadState.APPLIED, "import_id": record.id}
    if not note(session, command.upload_id, UploadState.APPLYING, now, **became):
        raise RuleBrokenError("This file was set aside, or is being worked out again.")


def _keep(session: WriteSession, command: ApplyImport, now: datetime) -> None:
    """What was decided of columns and words, for the next file."""
    session.execute(sa.delete(_columns).where(_columns.c.fingerprint == command.fingerprint))
    session.add(StaffColumns(fingerprint=command.fingerprint, columns=dict(command.columns), kept_at=now))
    for (about, words), decision in command.decided.items():
        session.execute(sa.delete(_decision).where(_decision.c.about == about, _decision.c.words == words))
        session.add(
            StaffDecision(about=about, words=words, verdict=decision.verdict, target=decision.target, decided_at=now)
        )
