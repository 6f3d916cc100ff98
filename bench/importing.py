"""Staff files of several sizes on both databases, as HR brings them in, while other people use the program.

Each file is previewed and then applied, by the command line in processes of its own. Meanwhile forty people ask for a
page every two seconds each, and somebody saves something small every twentieth of a second.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from rich.progress import Progress

from app.kernel.config import ROOT
from app.kernel.db import Database
from bench.cases import MODULE, Cast, saving_lines
from bench.databases import OnPostgres, OnSqlite
from bench.raw import highest, rows_after, seconds_to_insert
from bench.serving import free_port, ours
from bench.staff_file import write_files
from bench.trust import FOLDER

EVERY = 2.0
HOMES, MODULES, MATRICES, SAVINGS = 16, 12, 2, 10
"""So many people, each of whom asks for something every two seconds."""
SAVES_EVERY = 0.05
AT_REST = 5.0
LONGEST = 900.0


@dataclass(frozen=True, kw_only=True)
class Imported:
    """One file. Seconds, MB and, for pages, milliseconds; `raw`: the same rows inserted by the driver alone."""

    database: str
    name: str
    rows: int
    lines: int
    preview: float
    apply: float
    memory: float
    raw: float | None
    p50: float
    p95: float
    at_rest: float
    longest_save: float
    longest_write: float
    refused: int


def measured(progress: Progress, database: OnSqlite | OnPostgres, sizes: Sequence[int]) -> Iterator[Imported]:
    task = progress.add_task("Staff files", total=len(sizes) * 2)

    def bring(name: str, path: Path) -> Imported:
        progress.update(task, description=f"{database.name}: {name.lower()}")
        found = _imported(url, path, server.port, lines)
        progress.advance(task)
        return Imported(database=database.name, name=name, raw=None, at_rest=_at(at_rest, 0.95), **found)

    for size in sizes:
        url = database.fresh()
        cast, last = Cast(url), highest(url)
        files = write_files(_folder(), size)
        with ours(url, _folder() / "spool", free_port()) as server:
            lines = list(_lines(cast, server.port))
            at_rest = _Load(server.port, lines, AT_REST).said()
            first = bring("A first file", files.first)
            written = rows_after(url, last)
            month = bring("A month's", files.month)
        cast.db.close()
        yield replace(first, raw=seconds_to_insert(database.fresh(), written))
        yield month


def _folder() -> Path:
    found = FOLDER / "files"
    found.mkdir(parents=True, exist_ok=True)
    return found


def _lines(cast: Cast, port: int) -> Iterator[dict[str, Any]]:
    staff = cast.visitors(list(cast.staff[:: len(cast.staff) // HOMES])[:HOMES])
    [lead] = cast.visitors([cast.lead])
    grid = f"/teams?{urlencode({'directorate': str(cast.directorate), 'team': 'all'})}"
    yield from ({"name": "home", "requests": [who.get("/my-skills")]} for who in staff)
    yield from ({"name": "module", "requests": [who.get(MODULE)]} for who in staff[:MODULES])
    yield from ({"name": "matrix", "requests": [lead.get(grid)]} for _ in range(MATRICES))
    yield from ({"name": "save", **line} for line in islice(saving_lines(cast, port, 0), SAVINGS))


class _Load:
    """Twenty requests a second, until it is asked what it measured."""

    def __init__(self, port: int, lines: list[dict[str, Any]], seconds: float = LONGEST) -> None:
        self.lines = lines
        plan = {"port": port, "lines": [line | {"every": EVERY} for line in lines], "warm_up": 0.5, "seconds": seconds}
        command = [sys.executable, "-m", "bench.load"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        assert self.process.stdin
        self.process.stdin.write(json.dumps(plan))
        self.process.stdin.close()
        self.process.stdin = None

    def stop(self) -> dict[str, Any]:
        self.process.send_signal(signal.SIGTERM)
        return self.said()

    def said(self) -> dict[str, Any]:
        out, _ = self.process.communicate()
        found: dict[str, Any] = json.loads(out)
        for line, version in zip(self.lines, found["versions"], strict=True):
            line["version"] = version
        return found


@dataclass
class _Waiting:
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


def _imported(url: str, path: Path, port: int, lines: list[dict[str, Any]]) -> dict[str, Any]:
    db = Database(url)
    waiting = _Waiting(db)
    _begin(db)
    thread = threading.Thread(target=waiting.save_on)
    thread.start()
    load = _Load(port, lines)
    preview = _by_hr(url, path)
    applied = _by_hr(url, path, "--apply")
    pages = load.stop()
    waiting.stop.set()
    thread.join()
    db.close()
    said = applied.said
    return {
        "rows": said["rows"],
        "lines": sum(said["counts"][kind] for kind in ("joiners", "movers", "changes", "leavers")),
        "preview": preview.seconds,
        "apply": applied.seconds,
        "memory": max(preview.memory, applied.memory),
        "p50": _at(pages, 0.5),
        "p95": _at(pages, 0.95),
        "longest_save": pages["named"]["save"][-1] / 1000,
        "longest_write": waiting.longest,
        "refused": sum(count for status, count in pages["statuses"].items() if status not in {"200", "303"}),
    }


def _begin(db: Database) -> None:
    put = "INSERT INTO throttle (key, window_ends_at, tries) VALUES ('bench', :now, 0) ON CONFLICT DO NOTHING"
    with db.write() as session:
        session.execute(sa.text(put), {"now": str(datetime.now(UTC))})


def _at(found: dict[str, Any], part: float) -> float:
    waits: list[float] = found["waits"]
    return waits[int(len(waits) * part)]


@dataclass(frozen=True)
class _Ran:
    seconds: float
    memory: float
    said: dict[str, Any]


def _by_hr(url: str, path: Path, *words: str) -> _Ran:
    memory, said = path.with_suffix(".memory"), path.with_suffix(".json")
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("QI_", "PYTHONDONTWRITE"))}
    command = [sys.executable, "-m", "bench.hr", str(memory), "people", "import", str(path), "--create-teams"]
    began = time.monotonic()
    with said.open("w") as out:
        subprocess.run(
            [*command, "--format", "json", *words],
            stdout=out,
            stderr=subprocess.PIPE,
            check=True,
            cwd=ROOT,
            env=inherited | {"QI_DATABASE_URL": url},
        )
    return _Ran(time.monotonic() - began, float(memory.read_text()), json.loads(said.read_text()))
