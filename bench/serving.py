"""Servers as in production: uvicorn, two workers, uvloop, httptools; and what they use of the machine."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Self

from app.kernel.config import ROOT

WORKERS = 2
TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """A server in processes of its own, from the first answer on."""

    def __init__(self, command: list[str], port: int, path: str, **settings: str) -> None:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("QI_", "PYTHONDONTWRITE"))}
        began = time.monotonic()
        self.port = port
        self.process = subprocess.Popen(command, cwd=ROOT, env=inherited | settings, start_new_session=True)
        self._wait(f"http://127.0.0.1:{port}{path}")
        self.seconds_to_start = time.monotonic() - began

    def _wait(self, url: str) -> None:
        while self.process.poll() is None:
            try:
                with urllib.request.urlopen(url, timeout=5):
                    return
            except OSError:
                time.sleep(0.02)
        raise RuntimeError(f"the server for {url} ended at once")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def processes(self) -> list[int]:
        """The server and everything it started."""
        found, look = [], [self.process.pid]
        while look:
            pid = look.pop()
            found.append(pid)
            look += [int(c) for t in Path(f"/proc/{pid}/task").iterdir() for c in (t / "children").read_text().split()]
        return found

    def memory(self) -> float:
        """Proportional set size in MiB: pages shared between the workers are counted once."""
        lines = [
            line for pid in self.processes() for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        ]
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024

    def cpu(self) -> float:
        """Seconds of processor time used so far: less moved by other programs on the machine than the clock is."""
        total = 0
        for pid in self.processes():
            total += sum(int(part) for part in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13])
        return total / TICKS


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ours(url: str, spool: Path, port: int) -> Server:
    settings = {
        "QI_DATABASE_URL": url,
        "QI_SPOOL_DIR": str(spool),
        "QI_PORT": str(port),
        "QI_WORKERS": str(WORKERS),
    }
    return Server([str(Path(sys.executable).with_name("qi")), "serve"], port, "/healthz", **settings)


def floor(page: Path, port: int) -> Server:
    options = ["--factory", "--port", str(port), "--workers", str(WORKERS), "--loop", "uvloop", "--http", "httptools"]
    quiet = ["--log-level", "warning", "--no-access-log", "--no-server-header"]
    command = [sys.executable, "-m", "uvicorn", "bench.floor:create_app", *options, *quiet]
    return Server(command, port, "/plain", QI_BENCH_PAGE=str(page))
