"""A process of its own for the work on a staff file: `python -m app.intake.apart read|plan|apply UPLOAD MOMENT BYTES`.

The file's bytes come by its standard input, so that they lie on no disk; how many there are is said before.
"""

import logging
import os
import subprocess
import sys
import threading
from datetime import datetime

from app.intake.working import Work
from app.kernel import config
from app.kernel.clock import ClockFrom
from app.kernel.config import ROOT, Settings
from app.kernel.db import Database

CUT_SHORT = "Only a part of the file arrived, because the program was stopped. Nothing was changed."


def begin(settings: Settings, what: str, upload_id: int, now: datetime, content: bytes = b"") -> threading.Thread:
    """Begin the work and do not wait for it. The thread that is returned ends with it."""
    process = subprocess.Popen(  # noqa: S603  this very program
        [sys.executable, "-m", "app.intake.apart", what, str(upload_id), now.isoformat(), str(len(content))],
        cwd=ROOT,
        env=_environment(settings),
        stdin=subprocess.PIPE,
        start_new_session=True,
    )
    waiting = threading.Thread(target=process.communicate, args=(content,), daemon=True)
    waiting.start()
    return waiting


def _environment(settings: Settings) -> dict[str, str]:
    told = {f"QI_{name.upper()}": str(value) for name, value in settings.model_dump().items()}
    return {name: value for name, value in os.environ.items() if not name.startswith("QI_")} | told


def main(what: str, upload_id: str, moment: str, size: str) -> None:
    """Raises KeyError for a word that is no work."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    db = Database(config.load().database_url, pool_size=2)
    work = Work(db, int(upload_id), ClockFrom(datetime.fromisoformat(moment)))
    {"read": lambda: _read(work, int(size)), "plan": work.plan, "apply": work.apply}[what]()
    db.close()


def _read(work: Work, size: int) -> None:
    """A file of which only the beginning arrived would be read as the whole of it, and its other people as leavers."""
    whole = [sys.stdin.buffer.read()]
    if len(whole[0]) == size:
        work.read(whole.pop())  # handed over, so that they can be forgotten as soon as they are read
    else:
        work.stopped(CUT_SHORT)


if __name__ == "__main__":
    main(*sys.argv[1:])
