"""`python -m tests.intake.killing URL FOLDER NOW`: an import killed at its first statement, its second, and so on.

Each time a child is forked, brings in the file of its round (FOLDER/1.csv, FOLDER/2.csv …) and kills itself when it
comes to the statement whose turn it is; commits count as statements. A round begins when a line is read, and a line
says whether the child was killed, and before what. It ends with the first child that was not killed.
"""

import os
import signal
import sys
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from app.access.actor import SYSTEM
from app.intake.headers import StaffFile
from app.intake.importing import apply, preview
from app.kernel.db import Database


class Stopped:
    """A clock that always says the same."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


def main(url: str, folder: Path, now: datetime) -> None:
    for number in count(1):
        if not sys.stdin.readline():
            sys.exit("nobody asks any more")
        read, write = os.pipe()
        child = os.fork()
        if not child:
            _import(url, folder / f"{number}.csv", now, number, write)
            os._exit(0)
        os.close(write)
        _, status = os.waitpid(child, 0)
        with os.fdopen(read) as told:
            print("killed" if os.WIFSIGNALED(status) else "done", told.read(), flush=True)
        if not os.WIFSIGNALED(status):
            sys.exit(os.waitstatus_to_exitcode(status))


def _import(url: str, file: Path, now: datetime, turn: int, told: int) -> None:
    db, seen = Database(url), count(1)

    def step(what: str) -> None:
        if next(seen) == turn:
            os.write(told, what[:60].replace("\n", " ").encode())
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(_connection: Any, _cursor: Any, sql: str, *_: Any) -> None:
        step(sql)

    def commit(_connection: sa.Connection) -> None:
        step("COMMIT")

    shown = preview(db, StaffFile(path=file, name=file.name, whole="trust", create=True), now)
    event.listen(db.engine, "before_cursor_execute", statement)
    event.listen(db.engine, "commit", commit)
    apply(db, SYSTEM, shown, Stopped(now), leavers_expected=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), datetime.fromisoformat(sys.argv[3]))
