"""The filled database: made once, kept in var/bench, copied for each run."""

import hashlib
import os
import shutil
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import sqlalchemy as sa

from app.assessment.kinds import KINDS
from app.curriculum.loading import load_courses
from app.kernel.config import ROOT
from app.kernel.db import Database
from app.kernel.migrate import migrate
from bench.attempts import begin_attempts
from bench.course import write_courses
from bench.history import History
from bench.levels import Levels
from bench.people import Hiring
from bench.rows import Rows
from bench.views import Views

FOLDER = ROOT / "var" / "bench"
COURSES = ROOT / "courses"
SEED = 7_000
FILLING = {
    *("rows.py", "people.py", "history.py", "trust.py", "course.py"),
    *("attempts.py", "levels.py", "views.py"),
}


@dataclass(frozen=True)
class Kind:
    """What a trust is filled with. `levels`: all that is known of levels, and no attempt or mail."""

    name: str
    people: int
    years: int
    levels: bool = False


def filled(kind: Kind) -> tuple[Path, float | None]:
    """The file, and the seconds that filling took; None when it was there."""
    path = FOLDER / f"{kind.name}-{kind.people}-{_signature()}.db"
    if path.exists():
        return path, None
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob(f"{kind.name}-*"):
        old.unlink()
    new = path.with_suffix(".new")
    began = time.monotonic()
    _fill(new, kind)
    new.replace(path)
    return path, time.monotonic() - began


def _fill(path: Path, kind: Kind) -> None:
    url = f"sqlite:///{path}"
    migrate(url)
    db = Database(url)
    now = datetime.now(UTC)
    load_courses(db, write_courses(COURSES, FOLDER / "courses"), KINDS, now)
    random = Random(SEED)
    with db.write() as session:
        rows = Rows(session)
        staff = Hiring(rows, random, now.date(), kind.people, kind.years).hire_all()
        rows.flush()
        since = now.date() - timedelta(days=365 * kind.years)
        History(rows, random, staff, since, answers=not kind.levels).tell()
        if kind.levels:
            rows.flush()
            Levels(rows, random, staff, since).tell()
            Views(rows, random, staff).tell()
        else:
            begin_attempts(rows, random, staff)
        rows.flush()
        session.execute(sa.text("ANALYZE"))
    db.close()  # the last connection's end brings the write-ahead log into the file


def copied(source: Path) -> Path:
    """A copy for one run, which may change it."""
    folder = FOLDER / "run"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return Path(shutil.copyfile(source, folder / "qi.db"))


def _signature() -> str:
    """Changes with the shape of the tables, with the courses and with this filling itself."""
    files = [*(ROOT / "migrations" / "versions").glob("*.py"), *Path(__file__).parent.glob("*.py")]
    files += [f for f in COURSES.rglob("*") if f.is_file()]
    digest = hashlib.sha256()
    for file in sorted(files):
        if file.name in FILLING or file.parent.name != "bench":
            digest.update(os.fsencode(file.name) + file.read_bytes())
    return digest.hexdigest()[:12]
