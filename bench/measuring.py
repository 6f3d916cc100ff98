"""Each case at each concurrency, by the load generator in its own process."""

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rich.progress import Progress

from app.kernel.config import ROOT
from bench.cases import CONCURRENCY, Case
from bench.serving import Server

PLAIN, PAGE = "Bare route", "Bare page of the module page's size"
WARM_UP = 0.5
Cells = dict[tuple[str, int], "Cell"]


@dataclass(frozen=True)
class Cell:
    """One case at one concurrency: times in milliseconds, the rate a second, the bytes and the CPU of one answer."""

    p50: float
    p95: float
    p99: float
    rate: float
    bytes: float
    cpu: float


def measure(progress: Progress, server: Server, bare: Server, ours: list[Case], seconds: float, rounds: int) -> Cells:
    """Each round measures everything once, floor and product by turns, so that a slow minute slows both."""
    bottom = [Case(PLAIN, _bare("/plain"), {200}), Case(PAGE, _bare("/page"), {200})]
    found: dict[tuple[str, int], list[Cell]] = {}
    task = progress.add_task("Measuring", total=rounds * len(CONCURRENCY) * (len(ours) + len(bottom)))
    for _ in range(rounds):
        for many in CONCURRENCY:
            for case in (*bottom, *ours):
                progress.update(task, description=f"{case.name}, {many} at once")
                cell = one_cell(bare if case in bottom else server, case, many, seconds)
                found.setdefault((case.name, many), []).append(cell)
                progress.advance(task)
    return {key: _median(cells) for key, cells in found.items()}


def _bare(path: str) -> Iterator[dict[str, Any]]:
    while True:
        yield {"requests": [f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n"]}


def one_cell(target: Server, case: Case, many: int, seconds: float) -> Cell:
    """One case by so many at once, for so many seconds."""
    lines = [line | {"every": case.every} for line in case.take(many)]
    if len(lines) < many:
        raise SystemExit(f"{case.name}: only {len(lines)} people in the filled trust can do this")
    plan = {"port": target.port, "lines": lines, "warm_up": WARM_UP, "seconds": seconds}
    before = target.cpu()
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"],
        input=json.dumps(plan),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=ROOT,
    )
    found = json.loads(done.stdout)
    used = target.cpu() - before
    for line, version in zip(case.take(many), found["versions"], strict=True):
        line["version"] = version
    wrong = {int(status) for status in found["statuses"]} - case.answers
    if wrong:
        raise SystemExit(f"{case.name}, {many} at once, was answered {found['statuses']}")
    return _figures(found, used)


def _figures(found: dict[str, Any], used: float) -> Cell:
    waits = found["waits"]
    count = len(waits)
    return Cell(
        p50=waits[count // 2],
        p95=waits[int(count * 0.95)],
        p99=waits[int(count * 0.99)],
        rate=count / found["seconds"],
        bytes=found["received"] / count,
        cpu=used / found["answers"] * 1000,
    )


def _median(cells: list[Cell]) -> Cell:
    middle = {name: statistics.median(getattr(c, name) for c in cells) for name in Cell.__dataclass_fields__}
    return Cell(**middle)
