"""A real server for journeys: a process of its own, on a port of its own, with a clock that the test can move."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fastapi import FastAPI

from app.kernel.clock import SettableClock
from app.kernel.config import ROOT, Settings

CLOCK = "QI_TEST_CLOCK"
SECONDS_TO_START = 60


class SharedClock(SettableClock):
    """Runs like a real clock, so many seconds from the real one, in every process that opens the same file."""

    def __init__(self, file: Path, at: datetime | None = None) -> None:
        self._file = file
        if at is not None:
            self.at = at

    @property
    def at(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(self._file.read_text()))

    @at.setter
    def at(self, moment: datetime) -> None:
        ahead = (moment - datetime.now(UTC)).total_seconds()
        new = self._file.with_suffix(".new")
        new.write_text(str(ahead))
        new.replace(self._file)


def create_app() -> FastAPI:
    """What the server process serves: the app as it is, with the clock of the test."""
    from app.main import create_app as create

    return create(clock=SharedClock(Path(os.environ[CLOCK])))


class Server:
    """uvicorn in a process of its own. `url` is its address."""

    def __init__(
        self, settings: dict[str, str], clock: Path, folder: Path, factory: str = "tests.serving:create_app"
    ) -> None:
        self.factory = factory
        self.listener = socket.create_server(("127.0.0.1", 0))
        port = self.listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.log = folder / "server.log"
        self.settings = Settings.model_validate({k.removeprefix("QI_").lower(): v for k, v in settings.items()})
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("QI_")}
        self.environment = inherited | settings | {"QI_BASE_URL": self.url, CLOCK: str(clock), "PYTHONUNBUFFERED": "1"}
        self.start()

    def start(self) -> None:
        """Begin to answer; returns when the server does. (The socket listens already, so one question waits for it.)"""
        options = ["--factory", "--fd", str(self.listener.fileno()), "--log-level", "warning", "--no-server-header"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "uvicorn", self.factory, *options],
                cwd=ROOT,
                env=self.environment,
                pass_fds=[self.listener.fileno()],
                stdout=log,
                stderr=log,
            )
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=SECONDS_TO_START) as answer:
                assert answer.read() == b"ok"
        except OSError as error:
            self.kill()
            raise RuntimeError(f"the server did not start: {self.log.read_text()[-3000:]}") from error

    def kill(self) -> None:
        """SIGKILL: as when the power fails."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """SIGTERM, then what the server complained of while it ran: an empty text when nothing."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()
        self.listener.close()

    @property
    def complaints(self) -> str:
        return self.log.read_text(errors="replace")
