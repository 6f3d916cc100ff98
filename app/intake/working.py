"""The work on a staff file that HR brought in the browser: read, planned, applied, with word of how it goes.

It is done in a process of its own (app.intake.apart): what a large file takes of memory and time ends with it.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from itertools import islice
from typing import Any

from app.access.actor import Actor
from app.intake.commands import staging
from app.intake.commands.guarding import shut_out
from app.intake.headers import MissingColumnsError, StaffFile, columns_of
from app.intake.importing import AnotherPlanError, Preview, apply, previewed
from app.intake.models import StaffUpload
from app.intake.queries.acting import actor_now
from app.intake.reading import RefusedFileError, Table, read_table
from app.intake.reading.staging import packed, rows_kept, unpacked
from app.intake.rules.columns import Column, Columns
from app.intake.rules.decisions import Decision, Unknown, Verdict
from app.intake.rules.plan import Plan
from app.intake.rules.rows import Problem
from app.intake.rules.uploads import FAULT, MOVED, PROGRESS, Phase, UploadState
from app.kernel.clock import Clock
from app.kernel.db import Database, WriteSession
from app.kernel.errors import DomainError

log = logging.getLogger("qi.intake")

BEAT_EVERY = 5.0
AT_ONCE = 2_000
"""Lines of a preview that are written in one transaction: others wait a moment, and little memory is taken."""


class SupersededError(Exception):
    """Somebody has set the file aside or begun it anew meanwhile: this work has nothing more to say."""


class Work:
    """The work on one upload. Each part says how it goes, and ends with a state that its page can show."""

    def __init__(self, db: Database, upload_id: int, clock: Clock) -> None:
        self.db, self.upload_id, self.clock = db, upload_id, clock
        self.during = UploadState.READING

    def read(self, content: bytes) -> None:
        """From the file's bytes to a preview."""
        with self._heard_of(UploadState.READING):
            self._say(Phase.READING)
            upload = self._upload()
            try:
                table = read_table(content, upload.file_name, sheet=upload.sheet or None)
                with self.db.read() as session:
                    columns = columns_of(session, staff_file(upload), table)
            except MissingColumnsError as error:
                self._refuse(error, **_of_columns(error.columns))
            except RefusedFileError as error:
                self._refuse(error)
            else:
                self._keep_table(sha256(content).hexdigest(), table, columns)
                del content, table  # from here on the rows that are kept count, without the columns that are not read
                self._plan()

    def plan(self) -> None:
        """From the rows that are kept, corrected and with what was decided, to a preview."""
        with self._heard_of(UploadState.WORKING):
            self._plan()

    def apply(self) -> None:
        """Do what the preview showed, or show the one that is right by now."""
        with self._heard_of(UploadState.APPLYING):
            upload = self._upload()
            shown = self._previewed(upload)
            if shown is None:
                return
            if shown.plan.fingerprint != upload.plan:
                self._keep_preview(shown.plan, MOVED)
                return
            self._say(Phase.APPLYING)
            self._apply(upload, shown)

    def _apply(self, upload: StaffUpload, shown: Preview) -> None:
        said = {"good_rows": upload.good_rows, "leavers_expected": upload.leavers_expected}
        try:
            apply(self.db, self._actor(upload), shown, self.clock, **said)
        except AnotherPlanError as error:
            self._keep_preview(error.now.plan, MOVED)
        except DomainError as error:
            self._note(state=UploadState.SHOWN, said=str(error))
        else:
            with self.db.write() as session:
                staging.forget_applied(session, self.upload_id)

    def _plan(self) -> None:
        upload = self._upload()
        shown = self._previewed(upload)
        if shown is not None:
            plan, leaving = shown.plan, shown.plan.leaving(shown.picture.today)
            del shown  # the rows, and what they were compared with
            with self.db.read() as session:
                said = shut_out(session, upload.made_by_id, leaving, self.clock.now())
            self._keep_preview(plan, said)

    def _previewed(self, upload: StaffUpload) -> Preview | None:
        """None when the file is refused after all."""
        try:
            return previewed(self.db, staff_file(upload), _table(upload), upload.file_hash, self.clock.now(), self._say)
        except RefusedFileError as error:
            self._refuse(error)
            return None

    def _keep_table(self, file_hash: str, table: Table, columns: Columns) -> None:
        self._note(
            file_hash=file_hash,
            content=packed(table, set(columns.says.values())),
            rows=len(table.rows),
            remarks=list(table.remarks),
            sheets=list(table.sheets),
            **_of_columns(columns),
        )

    def _keep_preview(self, plan: Plan, said: str) -> None:
        self._say(Phase.KEEPING)
        with self.db.write() as session:
            self._mark(session)
            staging.clear_preview(session, self.upload_id)
        self._in_parts(plan.lines, staging.keep_lines)
        self._in_parts(self._with_cells(plan.problems), staging.keep_problems)
        self._note(state=UploadState.SHOWN, said=said, progress=100, **staging.in_short(plan))

    def _with_cells(self, problems: tuple[Problem, ...]) -> Iterator[tuple[Problem, dict[str, str]]]:
        """Each problem with what its row says, by the columns' names. Both are in the order of the rows."""
        if not problems:
            return
        content, corrected = _kept(self._upload())
        rows = rows_kept(content, corrected)
        number, cells = next(rows)
        for problem in problems:
            while number != problem.row:
                number, cells = next(rows)
            yield problem, cells

    def _in_parts(self, rows: Iterable[Any], keep: Callable[[WriteSession, int, list[Any]], None]) -> None:
        waiting = iter(rows)
        while part := list(islice(waiting, AT_ONCE)):
            with self.db.write() as session:
                self._mark(session)
                keep(session, self.upload_id, part)

    def _refuse(self, error: RefusedFileError, **values: object) -> None:
        self._note(state=UploadState.REFUSED, said=str(error), **values)

    def _say(self, phase: Phase) -> None:
        self._note(phase=phase, progress=PROGRESS[phase])

    def _note(self, **values: object) -> None:
        with self.db.write() as session:
            self._mark(session, **values)

    def _mark(self, session: WriteSession, **values: object) -> None:
        """Raises SupersededError."""
        if not staging.note(session, self.upload_id, self.during, self.clock.now(), **values):
            raise SupersededError

    def _upload(self) -> StaffUpload:
        """Raises SupersededError."""
        with self.db.read() as session:
            upload = session.get(StaffUpload, self.upload_id)
        if upload is None or upload.state is not self.during:
            raise SupersededError
        return upload

    def _actor(self, upload: StaffUpload) -> Actor:
        """Whoever asked for it, with the grants they hold now."""
        assert upload.asked_by_id is not None
        with self.db.read() as session:
            return actor_now(session, upload.asked_by_id, self.clock.now())

    @contextmanager
    def _heard_of(self, during: UploadState) -> Iterator[None]:
        """Say every few seconds that the work goes on; of a fault, that it does not."""
        self.during = during
        ended = threading.Event()
        beating = threading.Thread(target=self._beat, args=(ended,), daemon=True)
        beating.start()
        faulty = False
        try:
            yield
        except SupersededError:
            log.info("the work on upload %d was given up for another", self.upload_id)
        except Exception:
            log.exception("the work on upload %d stopped", self.upload_id)
            faulty = True
        finally:
            ended.set()
            beating.join()
        if faulty:
            self.stopped(FAULT)

    def stopped(self, said: str) -> None:
        """Nothing more is to be heard of it: its page says so at once."""
        long_ago = self.clock.now() - timedelta(days=1)
        with self.db.write() as session:
            staging.note(session, self.upload_id, self.during, long_ago, said=said)

    def _beat(self, ended: threading.Event) -> None:
        while not ended.wait(BEAT_EVERY):
            try:
                self._note()
            except SupersededError:
                return
            except Exception:
                log.warning("upload %d could not be marked as worked on", self.upload_id, exc_info=True)


def staff_file(upload: StaffUpload) -> StaffFile:
    """What HR said of the file, as an import takes it."""
    return StaffFile(
        upload_id=upload.id,
        name=upload.file_name,
        sheet=upload.sheet or None,
        whole=upload.whole,
        decided={
            (Unknown(about), words): Decision(Verdict(verdict), target)
            for about, words, verdict, target in upload.decided
        },
        chosen={Column(column): name for column, name in upload.chosen.items()},
    )


def _table(upload: StaffUpload) -> Table:
    content, corrected = _kept(upload)
    return unpacked(content, corrected, tuple(upload.remarks))


def _kept(upload: StaffUpload) -> tuple[bytes, dict[int, dict[str, str]]]:
    assert upload.content is not None
    return upload.content, {int(row): values for row, values in upload.corrections.items()}


def _of_columns(columns: Columns) -> dict[str, Any]:
    return {"header": list(columns.header), "columns": {str(column): name for column, name in columns.says.items()}}
