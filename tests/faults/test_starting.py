"""One command starts everything and ends everything; what stands in its way is named with the remedy."""

import fcntl
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from queue import Empty, Queue

import pytest

from app.kernel.config import ROOT
from app.kernel.db import Database
from tests.invariants import check_invariants
from tests.kernel.inbox import free_port

pytestmark = pytest.mark.slow

QI = str(Path(sys.executable).with_name("qi"))
SECONDS_TO_END = 5


class Command:
    """`qi …` as a person runs it: its lines as they come, ended with Ctrl-C."""

    def __init__(self, folder: Path, *arguments: str, **settings: str) -> None:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("QI_")}
        self.port = int(settings.get("QI_PORT", free_port()))
        own = {"QI_DATABASE_URL": f"sqlite:///{folder / 'qi.db'}", "QI_SPOOL_DIR": str(folder / "spool")}
        self.process = subprocess.Popen(
            [QI, *arguments],
            cwd=ROOT,
            env=inherited | own | {"QI_PORT": str(self.port)} | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.said: list[str] = []
        self._lines: Queue[str] = Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(line)

    def wait_for(self, words: str, seconds: float = 120) -> str:
        """The first line with these words."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                line = self._lines.get(timeout=0.1)
            except Empty:
                if self.process.poll() is not None and self._lines.empty():
                    break
                continue
            self.said.append(line)
            if words in line:
                return line
        raise AssertionError(f"{words!r} was never said, but:\n{''.join(self.said)}")

    def end(self) -> tuple[int, str]:
        """Its exit code and everything it said, once it has ended by itself."""
        code = self.process.wait(120)
        time.sleep(0.2)
        while not self._lines.empty():
            self.said.append(self._lines.get())
        return code, "".join(self.said)

    def children(self) -> list[int]:
        return children_of(self.process.pid)

    def clean_up(self) -> None:
        for pid in self.children() if self.process.poll() is None else []:
            os.kill(pid, signal.SIGKILL)
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()


@pytest.fixture
def started() -> Iterator[list[Command]]:
    commands: list[Command] = []
    yield commands
    for command in commands:
        command.clean_up()


def children_of(parent: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def command_line(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text()


def until(look: Callable[[], list[int]], fits: Callable[[list[int]], bool]) -> list[int]:
    """What is there as soon as it fits."""
    deadline = time.monotonic() + 30
    while not fits(found := look()):
        assert time.monotonic() < deadline, found
        time.sleep(0.05)
    return found


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def fetch(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=20) as answer:
        return str(answer.read().decode())


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_says_when_it_is_ready_and_one_key_ends_server_and_worker(
    tmp_path: Path, started: list[Command], how: signal.Signals
) -> None:
    command = Command(tmp_path, "start", "--no-demonstration")
    started.append(command)
    assert f"http://127.0.0.1:{command.port}" in command.wait_for("Ready")
    assert fetch(command.port) == "ok"
    both = command.children()
    assert len(both) == 2
    command.process.send_signal(how)
    began = time.monotonic()
    code, said = command.end()
    assert (code, "Traceback" in said) == (0, False), said
    assert time.monotonic() - began < SECONDS_TO_END + 1
    assert not any(alive(pid) for pid in both)
    check_database(tmp_path)


def check_database(folder: Path) -> None:
    db = Database(f"sqlite:///{folder / 'qi.db'}")
    check_invariants(db)
    db.close()


def test_ctrl_c_ends_it_while_a_browser_keeps_its_line_open(tmp_path: Path, started: list[Command]) -> None:
    command = Command(tmp_path, "start", "--no-demonstration")
    started.append(command)
    command.wait_for("Ready")
    with socket.create_connection(("127.0.0.1", command.port)) as line:
        line.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert b"200 OK" in line.recv(4096)
        began = time.monotonic()
        command.process.send_signal(signal.SIGINT)
        assert command.end()[0] == 0
        assert time.monotonic() - began < SECONDS_TO_END + 1


def test_a_busy_port_is_named_with_another_and_nothing_is_begun(tmp_path: Path, started: list[Command]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        command = Command(tmp_path, "start", QI_PORT=str(port))
        started.append(command)
        code, said = command.end()
    assert code == 1
    assert f"Port {port} on 127.0.0.1 cannot be used" in said
    assert f"QI_PORT={port + 1}" in said
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


def test_a_bad_setting_is_named_and_nothing_is_begun(tmp_path: Path, started: list[Command]) -> None:
    command = Command(tmp_path, "start", QI_BASE_URL="http://qi.trust.example")
    started.append(command)
    code, said = command.end()
    assert code == 2
    assert "QI_BASE_URL: must be https://" in said
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


def test_several_server_processes_start_and_end_together(tmp_path: Path, started: list[Command]) -> None:
    command = Command(tmp_path, "start", "--no-demonstration", QI_WORKERS="2")
    started.append(command)
    command.wait_for("Ready")
    assert fetch(command.port) == "ok"
    servers = [child for pid in command.children() for child in children_of(pid)]
    assert len(servers) >= 2
    command.process.send_signal(signal.SIGINT)
    assert command.end()[0] == 0
    assert not any(alive(pid) for pid in servers)


def test_a_server_process_that_dies_is_replaced_by_another_fork(tmp_path: Path, started: list[Command]) -> None:
    """Forks share what is loaded: a worker started afresh would import it all again, and say so in its command line."""
    command = Command(tmp_path, "start", "--no-demonstration", QI_WORKERS="2")
    started.append(command)
    command.wait_for("Ready")
    watching = command.children()[0]
    first = until(lambda: children_of(watching), lambda found: len(found) == 2)
    os.kill(first[0], signal.SIGKILL)
    now = until(lambda: children_of(watching), lambda found: len(found) == 2 and first[0] not in found)
    assert all(command_line(pid) == command_line(watching) for pid in now)
    assert fetch(command.port) == "ok"
    command.process.send_signal(signal.SIGINT)
    assert command.end()[0] == 0
    assert not any(alive(pid) for pid in now)


def test_a_worker_that_dies_takes_the_server_with_it(tmp_path: Path, started: list[Command]) -> None:
    command = Command(tmp_path, "start", "--no-demonstration")
    started.append(command)
    command.wait_for("Ready")
    server, worker = command.children()
    os.kill(worker, signal.SIGKILL)
    code, _said = command.end()
    assert code != 0
    assert not alive(server)


def test_a_second_start_keeps_everything_and_loads_nothing(tmp_path: Path, started: list[Command]) -> None:
    for _ in range(2):
        command = Command(tmp_path, "start", "--no-demonstration")
        started.append(command)
        command.wait_for("Ready")
        with closing(sqlite3.connect(tmp_path / "qi.db")) as db:
            rows = [db.execute(f"SELECT count(*) FROM {t}").fetchone() for t in ("revision", "edition", "person")]
        command.process.send_signal(signal.SIGINT)
        assert command.end()[0] == 0
        if command is started[0]:
            first = rows
    assert rows == first
    assert not (tmp_path / "backups").exists()


def test_a_fill_that_was_killed_leaves_an_empty_trust(tmp_path: Path, started: list[Command]) -> None:
    command = Command(tmp_path, "demo")
    started.append(command)
    wait_until_it_fills(command, tmp_path)
    command.process.kill()
    command.process.wait()
    with closing(sqlite3.connect(tmp_path / "qi.db")) as db:
        assert db.execute("SELECT count(*) FROM person").fetchone() == (1,)
        assert db.execute("SELECT demonstration FROM trust").fetchone() == (0,)
        assert db.execute("SELECT count(*) FROM employment").fetchone() == (0,)
    check_database(tmp_path)
    again = Command(tmp_path, "people", "list")
    started.append(again)
    code, said = again.end()
    assert (code, "Traceback" in said) == (0, False), said


def wait_until_it_fills(command: Command, folder: Path) -> None:
    """The fill is one long write: the courses are there, and the writers' lock stays taken."""
    taken = 0
    for _ in range(2400):
        assert command.process.poll() is None, command.end()[1]
        taken = taken + 1 if has_courses(folder) and is_locked(folder) else 0
        if taken > 20:
            return
        time.sleep(0.05)
    raise AssertionError("the fill never began")


def has_courses(folder: Path) -> bool:
    if not (folder / "qi.db").exists():
        return False
    with closing(sqlite3.connect(folder / "qi.db", timeout=10)) as db:
        try:
            return bool(db.execute("SELECT count(*) FROM course").fetchone()[0])
        except sqlite3.OperationalError:
            return False


def is_locked(folder: Path) -> bool:
    with (folder / "qi.db.writer").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False
