"""The load generator: a process of its own that keeps so many lines open and sends the next request at once, or one
every so many seconds a line. It ends after its time, or when it is told to with SIGTERM.

`python -m bench.load` reads a plan as JSON and writes what it measured as JSON. Raw sockets, httptools and uvloop keep
it light, but it shares the machine's cores with the server: what it measures is a lower bound.
"""

import asyncio
import json
import random
import signal
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast

import httptools
import uvloop

VERSION = b"@version"
"""Stands where a line's own counter goes: how often it has been answered well, in eight digits."""
SECONDS_TO_END = 60.0


@dataclass
class Measured:
    """What came back within the measured time."""

    begins: float
    ends: float
    answers: int = 0
    waits: list[float] = field(default_factory=list)
    named: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statuses: Counter[int] = field(default_factory=Counter)
    received: int = 0
    last: float = 0.0

    def end(self) -> None:
        self.ends = min(self.ends, time.perf_counter())


class Line(asyncio.Protocol):
    """One browser: a request, its answer, the next request."""

    def __init__(self, plan: dict[str, Any], measured: Measured, done: "asyncio.Future[None]") -> None:
        self.every = plan.get("every", 0.0)
        self.requests = [text.encode("latin-1") for text in plan["requests"]]
        self.version = plan.get("version", 0)
        self.name = plan.get("name", "")
        self.measured, self.done = measured, done
        self.got = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        asyncio.get_running_loop().call_later(random.random() * self.every, self._send)

    def _send(self) -> None:
        request = self.requests[self.version % len(self.requests)].replace(VERSION, b"%08d" % self.version)
        self.got = 0
        self.parser = httptools.HttpResponseParser(self)
        self.sent = time.perf_counter()
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        self.got += len(data)
        self.parser.feed_data(data)

    def on_message_complete(self) -> None:
        now, measured = time.perf_counter(), self.measured
        status = self.parser.get_status_code()
        self.version += status < 400
        measured.answers += 1
        if now >= measured.begins:
            measured.waits.append((now - self.sent) * 1000)
            measured.named[self.name].append(measured.waits[-1])
            measured.statuses[status] += 1
            measured.received += self.got
            measured.last = now
        if now < measured.ends:
            asyncio.get_running_loop().call_later(max(0.0, self.sent + self.every - now), self._send)
        else:
            self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            if exc is not None or time.perf_counter() < self.measured.ends:
                self.measured.statuses[0] += 1
            self.done.set_result(None)


def _itself(line: Line) -> Line:
    return line


async def run(plan: dict[str, Any]) -> dict[str, Any]:
    loop = asyncio.get_running_loop()
    begins = time.perf_counter() + plan["warm_up"]
    measured = Measured(begins, begins + plan["seconds"])
    loop.add_signal_handler(signal.SIGTERM, measured.end)
    lines = [Line(one, measured, loop.create_future()) for one in plan["lines"]]
    for line in lines:
        await loop.create_connection(partial(_itself, line), "127.0.0.1", plan["port"])
    await asyncio.wait_for(asyncio.gather(*(line.done for line in lines)), plan["seconds"] + SECONDS_TO_END)
    return {
        "answers": measured.answers,
        "waits": sorted(measured.waits),
        "named": {name: sorted(waits) for name, waits in measured.named.items()},
        "statuses": measured.statuses,
        "received": measured.received,
        "seconds": max(measured.last - begins, 1e-9),
        "versions": [line.version for line in lines],
    }


def main() -> None:
    plan = json.load(sys.stdin)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        json.dump(runner.run(run(plan)), sys.stdout)


if __name__ == "__main__":
    main()
