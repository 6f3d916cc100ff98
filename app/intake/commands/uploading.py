"""Deeds of HR on a staff file in the browser: bring it, put rows right, decide on words, apply it, set it aside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.access.actor import Actor
from app.intake.commands.staging import clear_preview
from app.intake.models import StaffUpload, StaffUploadProblem
from app.intake.queries.uploads import open_upload, reaches, rows_with_errors, rows_wrong
from app.intake.rules.decisions import Decisions
from app.intake.rules.obstacles import unticked
from app.intake.rules.uploads import OPEN, OPEN_AS, UploadState, at_work
from app.kernel import audit
from app.kernel.clock import london_date
from app.kernel.db import WriteSession, table
from app.kernel.errors import BadInputError, NotFoundError, RuleBrokenError, StaleError

_problem = table(StaffUploadProblem)


@dataclass(frozen=True, slots=True, kw_only=True)
class BringFile:
    """`whole` as in StaffFile; `chosen` is what a person said of columns: what each says, by its name in the file."""

    file_name: str
    whole: str
    sheet: str = ""
    chosen: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PutRowRight:
    """What row `row` says instead, by the columns' names."""

    upload_id: int
    row: int
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideWords:
    upload_id: int
    decided: Decisions


@dataclass(frozen=True, slots=True, kw_only=True)
class AskApply:
    """`plan` is the fingerprint of the plan that the person saw."""

    upload_id: int
    plan: str
    good_rows: bool
    leavers_expected: bool


def bring_file(session: WriteSession, actor: Actor, command: BringFile, now: datetime) -> StaffUpload:
    """Raises RuleBrokenError while another file waits or is worked on."""
    reaches(actor)
    if other := open_upload(session, now):
        raise RuleBrokenError(
            f"{other.made_by} brought {other.file_name} on {london_date(other.made_at):%-d %B}, and it waits still. "
            "Apply it or set it aside first: two files at once would not know of each other."
        )
    upload = StaffUpload(
        made_by_id=actor.person_id,
        made_at=now,
        file_name=command.file_name,
        file_hash="",
        whole=command.whole,
        sheet=command.sheet,
        state=UploadState.READING,
        open_as=OPEN_AS,
        beat_at=now,
        chosen=dict(command.chosen),
    )
    session.add(upload)
    try:
        session.flush()
    except IntegrityError:
        raise RuleBrokenError("Somebody else brought a staff file at this very moment. Look at that one.") from None
    audit.record(session, actor, "bring staff file", "staff_upload", upload.id, now=now, fields=("file_name",))
    return upload


def put_row_right(session: WriteSession, actor: Actor, command: PutRowRight, now: datetime) -> int:
    """Keep what the row says instead. Returns how many rows still have errors."""
    upload = _waiting(session, actor, command.upload_id)
    corrections = {row: dict(values) for row, values in upload.corrections.items()}
    corrections.setdefault(str(command.row), {}).update(command.values)
    upload.corrections = corrections
    of_row = (_problem.c.upload_id == upload.id) & (_problem.c.row == command.row)
    session.execute(sa.update(_problem).where(of_row).values(put_right=True))
    audit.record(session, actor, "correct staff file", "staff_upload", upload.id, now=now, fields=("corrections",))
    session.flush()
    return len(rows_with_errors(session, upload.id))


def decide_words(session: WriteSession, actor: Actor, command: DecideWords, now: datetime) -> StaffUpload:
    """Keep the decisions with the file until it is applied; the plan is then worked out anew."""
    upload = _waiting(session, actor, command.upload_id)
    told = {(about, words): [verdict, target] for about, words, verdict, target in upload.decided}
    for (about, words), decision in command.decided.items():
        told[str(about), words] = [str(decision.verdict), decision.target]
    upload.decided = [[about, words, *said] for (about, words), said in told.items()]
    _to_work(upload, UploadState.WORKING, now)
    audit.record(session, actor, "decide words", "staff_upload", upload.id, now=now, fields=("decided",))
    return upload


def work_again(session: WriteSession, actor: Actor, upload_id: int, now: datetime) -> StaffUpload:
    """Work the plan out anew: after corrections, or when the work on it was killed."""
    upload = _held(session, actor, upload_id)
    open_still = upload.state in OPEN and upload.content is not None
    if at_work(upload.state, upload.beat_at, now) or not open_still:
        raise RuleBrokenError("This file is being worked on, or its rows were not kept. Choose the file again.")
    _to_work(upload, UploadState.WORKING, now)
    audit.record(session, actor, "work out again", "staff_upload", upload.id, now=now)
    return upload


def ask_apply(session: WriteSession, actor: Actor, command: AskApply, now: datetime) -> StaffUpload:
    """Raises StaleError when the plan is another by now, or rows were put right since it was made.

    Raises BadInputError, by field, when what stands in the way was not said to be meant so.
    """
    upload = _waiting(session, actor, command.upload_id)
    if upload.plan != command.plan:
        raise StaleError("The preview is another by now. Look at it again.")
    if rows_wrong(session, upload.id).mended:
        raise StaleError("Rows were put right since this preview. Work it out again, then apply it.")
    lacking = unticked(upload.counts, good_rows=command.good_rows, leavers_expected=command.leavers_expected)
    if lacking:
        raise BadInputError(lacking)
    upload.good_rows, upload.leavers_expected = command.good_rows, command.leavers_expected
    upload.asked_by_id = actor.person_id
    _to_work(upload, UploadState.APPLYING, now)
    audit.record(session, actor, "apply staff file", "staff_upload", upload.id, now=now)
    return upload


def set_aside(session: WriteSession, actor: Actor, upload_id: int, now: datetime) -> None:
    """Nothing of the file is kept."""
    upload = _held(session, actor, upload_id)
    if at_work(upload.state, upload.beat_at, now):
        raise RuleBrokenError("This file is being worked on. Wait until that has ended.")
    if upload.state is UploadState.APPLIED:
        raise RuleBrokenError("This file has been applied.")
    clear_preview(session, upload_id)
    audit.record(session, actor, "set staff file aside", "staff_upload", upload.id, now=now)
    session.delete(upload)


def _held(session: WriteSession, actor: Actor, upload_id: int) -> StaffUpload:
    """The upload, and nobody else changes it until the transaction ends."""
    reaches(actor)
    upload = session.get(StaffUpload, upload_id, populate_existing=True, with_for_update=True)
    if upload is None:
        raise NotFoundError("upload")
    return upload


def _waiting(session: WriteSession, actor: Actor, upload_id: int) -> StaffUpload:
    upload = _held(session, actor, upload_id)
    if upload.state is not UploadState.SHOWN:
        raise RuleBrokenError("This file is being worked on, or has been applied. Look at it again.")
    return upload


def _to_work(upload: StaffUpload, state: UploadState, now: datetime) -> None:
    assert state in OPEN
    upload.state, upload.open_as = state, OPEN_AS
    upload.progress, upload.phase, upload.said, upload.beat_at = 0, "", "", now
