"""`python -m bench --kills 1000`: kill the server again and again while people answer; no confirmed answer is lost."""

import random
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from rich.console import Console
from rich.progress import Progress

from app.assessment.kinds import KINDS
from app.curriculum.loading import load_courses
from app.kernel.config import Settings
from app.kernel.db import Database
from app.kernel.migrate import migrate
from bench.answering import PATIENCE, Answering, furnish
from bench.nursery import Server
from bench.trust import COURSES, FOLDER

FACTORY = "app.main:create_app"
LEARNERS = 4
SEED = 20_261_123
SHORTEST, LONGEST = 0.02, 0.3
"""Seconds from the first answer to the kill."""


@dataclass
class Killed:
    """`wrong`: in which round, and what, for every answer that was lost or torn."""

    kills: int = 0
    wrong: list[str] = field(default_factory=list)


def kill_often(
    server: Server, db: Database, learners: Sequence[Answering], kills: int, told: Callable[[], None] = lambda: None
) -> Killed:
    """Start, answer all at once, kill in the middle of whatever it does, look at every answer; so often."""
    chance, found = random.Random(SEED), Killed()
    while found.kills < kills:
        server.start()
        answer_and_kill(server, learners, chance.uniform(SHORTEST, LONGEST))
        found.kills += 1
        found.wrong += [f"kill {found.kills}: {said}" for one in learners if (said := one.lost(db))]
        found.wrong += [f"kill {found.kills}: refused with {one.refused}" for one in learners if one.refused]
        if found.wrong:
            break
        told()
    return found


def answer_and_kill(server: Server, learners: Sequence[Answering], seconds: float) -> None:
    stop, began = threading.Event(), threading.Barrier(len(learners) + 1)
    threads = [threading.Thread(target=one.answer_on, args=(server.url, stop, began)) for one in learners]
    for thread in threads:
        thread.start()
    began.wait(PATIENCE)
    time.sleep(seconds)
    server.kill()
    stop.set()
    for thread in threads:
        thread.join()


def main(out: Console, kills: int) -> int:
    """Prints what was found; 0 when every confirmed answer was there."""
    folder = FOLDER / "kills"
    shutil.rmtree(folder, ignore_errors=True)
    url = f"sqlite:///{folder / 'qi.db'}"
    migrate(url)
    db, now = Database(url), datetime.now(UTC)
    settings = Settings(database_url=url, spool_dir=folder / "spool")
    load_courses(db, COURSES, KINDS, now)
    learners = furnish(db, settings, now, LEARNERS)
    environment = {"QI_DATABASE_URL": url, "QI_SPOOL_DIR": str(settings.spool_dir)}
    began = time.monotonic()
    with Server(FACTORY, environment, folder / "server.log") as server, Progress(console=out, transient=True) as bar:
        task = bar.add_task("Killing", total=kills)
        found = kill_often(server, db, learners, kills, lambda: bar.advance(task))
    db.close()
    return _report(out, found, learners, time.monotonic() - began, _sound(folder / "qi.db"))


def _sound(path: object) -> bool:
    """SQLite's own look at every page of the file, and at every reference in it."""
    connection = sqlite3.connect(str(path))
    whole = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    joined = not connection.execute("PRAGMA foreign_key_check").fetchall()
    connection.close()
    return whole and joined


def _report(out: Console, found: Killed, learners: Sequence[Answering], seconds: float, sound: bool) -> int:
    confirmed, unheard = sum(one.confirmed for one in learners), sum(one.unheard for one in learners)
    out.print(
        f"{found.kills:,} kills in {seconds:.0f} s while {len(learners)} people answered: {confirmed:,} answers kept, "
        f"{unheard:,} of them unheard, {len(found.wrong)} lost or torn. The file is {'sound' if sound else 'BROKEN'}."
    )
    for said in found.wrong:
        out.print(said)
    return int(bool(found.wrong) or not sound)
