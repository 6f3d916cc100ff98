"""A staff file meets a full disk and a stopped database: said plainly, nothing half done, and well again afterwards."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from app.intake.importing import Preview
from app.kernel.config import ROOT, Settings
from app.kernel.faults import disk_is_full
from app.kernel.migrate import migrate
from tests.faults.test_databases_that_fail import Disk
from tests.intake.staff_file import Importing, row, write
from tests.invariants import check_invariants
from tests.postgres import Running
from tests.world import World

pytestmark = pytest.mark.slow

SOME, MANY = 20, 2_000
KIB = 1024


def rows(number: int) -> list[dict[str, str]]:
    return [row(f"{n:08}", manager="00000000" if n else "") for n in range(number)]


def as_before(hr: Importing, shown: Preview) -> None:
    """Nothing of what was shown is done: the same file still asks for all of it."""
    assert hr.look(*rows(MANY)).plan.fingerprint == shown.plan.fingerprint
    check_invariants(hr.world.db)


@pytest.fixture
def world(sqlite_template: Path, tmp_path: Path) -> Iterator[World]:
    """A trust on SQLite, whose disk is this machine's own."""
    path = tmp_path / "trust.db"
    shutil.copyfile(sqlite_template, path)
    made = World(Settings(database_url=f"sqlite:///{path}", spool_dir=tmp_path / "spool"))
    yield made
    made.close()


@pytest.fixture
def disk(world: World) -> Disk:
    found = Disk()
    found.watch(world.db.engine)
    return found


def test_on_a_full_disk_a_file_is_previewed_and_not_applied_until_there_is_room(
    world: World, disk: Disk, tmp_path: Path
) -> None:
    hr = Importing(world, tmp_path)
    hr.do(*rows(SOME))
    disk.fill(world)
    shown = hr.look(*rows(MANY))
    with pytest.raises(OperationalError) as error:
        hr.apply(shown)
    assert disk_is_full(error.value)
    as_before(hr, shown)
    disk.make_room()
    hr.apply(shown)
    assert hr.look(*rows(MANY)).plan.lines == ()


@pytest.mark.parametrize("limit", [16 * KIB, 600 * KIB])
def test_a_disk_that_takes_no_more_ends_the_command_with_a_sentence(world: World, tmp_path: Path, limit: int) -> None:
    """No file may grow beyond the limit: of what is laid out beside the database, or of what is written to it."""
    hr = Importing(world, tmp_path)
    shown = hr.look(*rows(MANY))
    path = write(tmp_path, *rows(MANY))
    limited = f"import resource as r; r.setrlimit(r.RLIMIT_FSIZE, ({limit}, {limit})); from app.cli import app; app()"
    stopped = brought(world, path, limited)
    assert stopped.returncode == 1
    assert stopped.stderr.startswith(("The database did not answer: disk I/O error", "The disk that holds"))
    assert "Traceback" not in stopped.stderr
    as_before(hr, shown)
    assert brought(world, path, "from app.cli import app; app()").returncode == 0
    assert hr.look(*rows(MANY)).plan.lines == ()


def brought(world: World, path: Path, program: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", program, "people", "import", str(path), "--apply", "--create-teams"]
    environment = os.environ | {"QI_DATABASE_URL": world.settings.database_url, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [*command, "--format", "json"], capture_output=True, text=True, check=False, cwd=ROOT, env=environment
    )


@pytest.fixture
def cluster() -> Iterator[Running]:
    running = Running()
    yield running
    running.stop()


@pytest.mark.parametrize("moment", ["FROM employment", "CREATE TEMPORARY", "INSERT INTO person", "INSERT INTO staff"])
def test_a_postgresql_that_stops_in_the_middle_leaves_nothing_half_done(
    cluster: Running, tmp_path: Path, moment: str
) -> None:
    url = cluster.cluster.create("trust", template=None)
    migrate(url)
    world = World(Settings(database_url=url, spool_dir=tmp_path / "spool"))
    hr = Importing(world, tmp_path)
    hr.do(*rows(SOME))
    shown = hr.look(*rows(MANY))
    stops = [moment]

    @event.listens_for(world.db.engine, "before_cursor_execute")
    def _stop(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if stops and stops[0] in statement:
            stops.clear()
            cluster.server.send_signal(signal.SIGINT)
            cluster.server.wait(30)

    with pytest.raises(OperationalError):
        hr.apply(hr.look(*rows(MANY)))
    assert not stops
    with pytest.raises(OperationalError):
        hr.look(*rows(MANY))
    cluster.server = cluster._start()
    cluster._wait()
    as_before(hr, shown)
    hr.apply(hr.look(*rows(MANY)))
    assert hr.look(*rows(MANY)).plan.lines == ()
    check_invariants(world.db)
    world.close()
