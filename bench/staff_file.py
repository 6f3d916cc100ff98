"""`python -m bench --staff-file 5000 50000`: a first staff file and a month's, in a process of their own.

Meanwhile somebody else saves something every twentieth of a second: the longest that they waited is measured too.
"""

import csv
import json
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import sqlalchemy as sa
from rich.console import Console
from rich.table import Table

from app.access.actor import SYSTEM
from app.intake.importing import StaffFile, apply, preview
from app.kernel.clock import SystemClock
from app.kernel.config import ROOT
from app.kernel.db import Database
from app.kernel.migrate import migrate
from app.organisation.rules import STAFF_GROUPS
from bench.trust import FOLDER

HEADER = (
    "Employee Number", "Assignment No.", "First Name", "Last Name", "Work Email", "Directorate", "Team", "Staff Group",
    "Job Role", "Band", "Supervisor Employee Number", "Start Date", "End Date",
)  # fmt: skip
TEAM = 20
DIRECTORATES = 10
MOVED, LEFT, JOINED = 0.015, 0.008, 0.012
"""What a month brings, as parts of all staff."""
SAVES_EVERY = 0.05
SEED = 20_261_123


@dataclass
class Waiting:
    """Somebody who saves something small again and again."""

    db: Database
    longest: float = 0.0
    stop: threading.Event = field(default_factory=threading.Event)

    def save_on(self) -> None:
        while not self.stop.wait(SAVES_EVERY):
            began = time.monotonic()
            with self.db.write() as session:
                session.execute(sa.text("UPDATE throttle SET tries = tries + 1 WHERE key = 'bench'"))
            self.longest = max(self.longest, time.monotonic() - began)


def main(out: Console, sizes: list[int]) -> int:
    table = Table("", "people", "lines", "preview s", "apply s", "longest wait s", "memory MB", title="Staff files")
    for size in sizes:
        for name, said in _measured(size):
            table.add_row(
                name, f"{size:,}", f"{said['lines']:,}", *(f"{said[k]:.1f}" for k in ("preview", "apply", "longest")),
                f"{said['memory']:.0f}",
            )  # fmt: skip
    out.print(table)
    return 0


def _measured(size: int) -> Iterator[tuple[str, dict[str, float]]]:
    folder = FOLDER / "staff-file"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    url = f"sqlite:///{folder / 'qi.db'}"
    migrate(url)
    random = Random(SEED)
    people = [_person(number, size) for number in range(size)]
    _write(folder / "first.csv", people)
    yield "A first file", _run(url, folder / "first.csv")
    for person in random.sample(people[TEAM:], int(size * MOVED)):
        person[6] = people[random.randrange(size)][6]
        person[5] = f"Directorate {person[6].split('-')[0].split()[1]}"
    staying = people[:TEAM] + random.sample(people[TEAM:], size - TEAM - int(size * LEFT))
    joined = [_person(size + number, size) for number in range(int(size * JOINED))]
    _write(folder / "month.csv", staying + joined)
    yield "A month's", _run(url, folder / "month.csv")


def _person(number: int, size: int) -> list[str]:
    team = number % max(1, size // TEAM)
    home = team % DIRECTORATES
    started = date(2026, 1, 1) - timedelta(days=number * 7 % 9_000)
    manager = "" if number == 0 else f"{number // TEAM:08}"
    return [
        f"{number:08}", f"{number:08}-1", f"Given{number % 997}", f"Family{number}", f"p{number}@trust.example",
        f"Directorate {home}", f"Team {home}-{team}", STAFF_GROUPS[number % 9], "Worker", f"Band {number % 5 + 3}",
        manager, started.isoformat(), "",
    ]  # fmt: skip


def _write(path: Path, people: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *people])


def _run(url: str, file: Path) -> dict[str, float]:
    db = Database(url)
    waiting = Waiting(db)
    with db.write() as session:
        put = "INSERT INTO throttle (key, window_ends_at, tries) VALUES ('bench', :now, 0) ON CONFLICT DO NOTHING"
        session.execute(sa.text(put), {"now": str(datetime.now(UTC))})
    thread = threading.Thread(target=waiting.save_on)
    thread.start()
    command = [sys.executable, "-m", "bench.staff_file", url, str(file)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    waiting.stop.set()
    thread.join()
    db.close()
    found: dict[str, float] = json.loads(done.stdout)
    return found | {"longest": waiting.longest}


def _import(url: str, path: Path) -> None:
    """In the process of its own: import the file, and say how long it took."""
    db, clock = Database(url), SystemClock()
    began = time.monotonic()
    shown = preview(db, StaffFile(path=path, name=path.name, whole="trust", create=True), clock.now())
    seen = time.monotonic()
    apply(db, SYSTEM, shown, clock)
    said = {
        "preview": seen - began,
        "apply": time.monotonic() - seen,
        "lines": len(shown.plan.lines),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    db.close()
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    _import(sys.argv[1], Path(sys.argv[2]))
