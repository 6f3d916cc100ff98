"""A PostgreSQL cluster of the tests' own, on a unix socket in a temporary folder, gone when the run ends."""

import grp
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg

PROGRAMS = Path("/usr/lib/postgresql")
TEMPLATE = "qi_template"
SPEED = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "max_wal_size": "2GB",
    "listen_addresses": "",
    "unix_socket_permissions": "0777",
}
HOUR = 3600
REMEDY = "apt-get update && apt-get install -y --no-install-recommends postgresql"


class NoPostgresError(RuntimeError):
    """The tests need a program that this machine lacks. The message is the command that installs it."""


@dataclass(frozen=True)
class Cluster:
    """A running server. `socket` is the folder its socket lies in."""

    socket: str

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://qi@/{database}?host={self.socket}"

    def admin(self, *statements: str) -> None:
        with psycopg.connect(f"host={self.socket} user=qi dbname=postgres", autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def create(self, database: str, template: str | None = TEMPLATE) -> str:
        """A new database, a copy of the migrated one unless `template` is None. Returns its URL."""
        self.admin(f'CREATE DATABASE "{database}" TEMPLATE {template or "template0"}')
        return self.url(database)

    def drop(self, database: str) -> None:
        self.admin(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


class Running:
    """The server process and its folder. `settings` are the server's own: by default fast and safe from nothing."""

    def __init__(self, settings: Mapping[str, str] = SPEED) -> None:
        self.settings = settings
        self.programs = _programs()
        _sweep()
        self.folder = Path(tempfile.mkdtemp(prefix="qi-pg-"))
        self._as = _somebody_else() if os.geteuid() == 0 else None
        if self._as:
            os.chown(self.folder, pwd.getpwnam(self._as).pw_uid, -1)
        self._initialise()
        self.server = self._start()
        self.cluster = Cluster(str(self.folder))
        self._wait()

    def stop(self) -> None:
        self.server.send_signal(signal.SIGINT)
        try:
            self.server.wait(20)
        except subprocess.TimeoutExpired:
            self.server.kill()
            self.server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _initialise(self) -> None:
        command = [str(self.programs / "initdb"), "-D", str(self.folder / "data"), "-U", "qi", "--auth=trust"]
        done = subprocess.run(
            [*self._prefix(), *command, "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
        )
        if done.returncode:
            raise NoPostgresError(f"initdb failed: {done.stderr or done.stdout}")

    def _start(self) -> subprocess.Popen[bytes]:
        options = [part for name, value in self.settings.items() for part in ("-c", f"{name}={value}")]
        folders = ["-D", str(self.folder / "data"), "-k", str(self.folder)]
        with (self.folder / "log").open("wb") as log:
            return subprocess.Popen(
                [*self._prefix(), str(self.programs / "postgres"), *folders, *options],
                stdout=subprocess.DEVNULL,
                stderr=log,
                cwd="/",
                start_new_session=True,
            )

    def _prefix(self) -> list[str]:
        """Run as somebody else when we are root, and end with us however we end."""
        if not shutil.which("setpriv"):
            raise NoPostgresError("apt-get update && apt-get install -y util-linux")
        becoming = []
        if self._as:
            group = grp.getgrgid(pwd.getpwnam(self._as).pw_gid).gr_name
            becoming = [f"--reuid={self._as}", f"--regid={group}", "--clear-groups"]
        return ["setpriv", *becoming, "--pdeathsig", "INT"]

    def _wait(self) -> None:
        for _ in range(400):
            if self.server.poll() is not None:
                break
            try:
                self.cluster.admin("SELECT 1")
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        log = (self.folder / "log").read_text(errors="replace")
        raise NoPostgresError(f"PostgreSQL did not start:\n{log[-2000:]}")


def _sweep() -> None:
    """Take away what runs that were killed left behind: it may lie in memory."""
    for left in Path(tempfile.gettempdir()).glob("qi-pg-*"):
        is_served = (left / "data" / "postmaster.pid").exists()
        if not is_served and time.time() - left.stat().st_mtime > HOUR:
            shutil.rmtree(left, ignore_errors=True)


def _programs() -> Path:
    """The newest installed PostgreSQL's programs. Raises NoPostgresError with the command that installs one."""
    found = sorted(PROGRAMS.glob("*/bin/initdb"), key=lambda p: float(p.parts[-3]))
    if found:
        return found[-1].parent
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    raise NoPostgresError(f"The tests run on PostgreSQL too, and it is not installed. Run:\n  {REMEDY}")


def _somebody_else() -> str:
    """PostgreSQL refuses to run as root: the user that Debian's package made, or nobody."""
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise NoPostgresError("PostgreSQL refuses to run as root, and there is no user called postgres or nobody.")


if __name__ == "__main__":
    try:
        sys.stdout.write(f"{_programs()}\n")
    except NoPostgresError as error:
        sys.exit(str(error))
