"""What an import does when others write, when another import runs, and when it is killed."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.intake.importing import AnotherPlanError
from app.intake.models import StaffImport, StaffImportLine
from app.kernel.config import ROOT
from app.kernel.db import table
from app.kernel.errors import BusyError
from app.organisation.models import Employment, Person
from tests.intake.staff_file import Importing, row, write
from tests.invariants import check_invariants
from tests.world import World

MANY = 3_000
KILLS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.9)


@pytest.fixture
def hr(world: World, tmp_path: Path) -> Importing:
    return Importing(world, tmp_path)


def test_somebody_else_hired_meanwhile_does_not_stop_the_same_plan(hr: Importing) -> None:
    shown = hr.look(row("1"), row("2"), whole="changes")
    hr.world.hire(team=hr.world.team("Clinic", "Elsewhere"))
    hr.apply(shown)
    assert hr.posts("1")
    assert hr.person("1").id != hr.person("2").id


def test_the_same_person_hired_meanwhile_is_previewed_again_and_nothing_is_done(hr: Importing) -> None:
    shown = hr.look(row("1", "Okafor"), row("2"), whole="changes")
    hr.world.hire(family_name="Okafor", employee_number="1", team="Ward 7")
    with pytest.raises(AnotherPlanError) as error:
        hr.apply(shown)
    assert hr.posts("2") == []
    assert error.value.now.plan.fingerprint != shown.plan.fingerprint
    hr.apply(error.value.now)
    assert hr.posts("2")


def test_a_new_day_is_previewed_again(hr: Importing) -> None:
    hr.do(row("1"), row("2"))
    hr.world.later(days=1)
    shown = hr.look(row("1"))
    hr.world.later(days=1)
    with pytest.raises(AnotherPlanError):
        hr.apply(shown)
    assert hr.posts("2")[0][5] is None


def test_of_two_imports_at_once_one_is_done(hr: Importing) -> None:
    shown = hr.look(*(row(str(n)) for n in range(200)))
    together = threading.Barrier(2)
    refused: list[Exception] = []

    def run() -> None:
        together.wait(10)
        try:
            hr.apply(shown)
        except (BusyError, AnotherPlanError) as error:
            refused.append(error)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert _counts(hr.world) == (200, 200, 1, 200)


def _counts(world: World) -> tuple[int, ...]:
    """Members of staff with a number, posts, imports and their lines."""
    with world.db.read() as session:
        return tuple(
            session.scalar(sa.select(sa.func.count()).select_from(table(model)).where(*some)) or 0
            for model, some in (
                (Person, (table(Person).c.kind == "staff",)),
                (Employment, ()),
                (StaffImport, ()),
                (StaffImportLine, ()),
            )
        )


@pytest.mark.slow
def test_of_two_imports_from_two_processes_one_is_done_and_the_other_says_why(world: World, tmp_path: Path) -> None:
    path, go = write(tmp_path, *(row(f"{n:08}") for n in range(MANY))), tmp_path / "go"
    command = _command(path, go)
    environment = _environment(world)
    both = [subprocess.Popen(command, env=environment, cwd=ROOT, **PIPES) for _ in range(2)]
    for process in both:
        _until_it_applies(process)
    go.touch()
    said = [process.communicate()[1] for process in both]
    assert sorted(process.returncode for process in both) == [0, 1]
    [why] = [words for words, process in zip(said, both, strict=True) if process.returncode]
    assert "Another import" in why or "would now do something else" in why
    people, posts, imports, lines = _counts(world)
    assert (people, posts, imports, lines) == (MANY, MANY, 1, MANY)


@pytest.mark.slow
def test_a_killed_import_leaves_nothing_half_done_and_can_be_started_again(world: World, tmp_path: Path) -> None:
    path = write(tmp_path, *(row(f"{n:08}", manager="00000000" if n else "") for n in range(MANY)))
    command, environment = _command(path), _environment(world)
    _counts(world)
    done = (MANY, MANY, MANY)
    for wait in KILLS:
        process = subprocess.Popen(command, env=environment, cwd=ROOT, **PIPES)
        _until_it_applies(process)
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        people, posts, imports, lines = _counts(world)
        assert (people, posts, lines) in {(0, 0, 0), done}, f"killed after {wait} s"
        assert bool(imports) == bool(lines)
        check_invariants(world.db)
    assert subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=False).returncode == 0
    people, posts, _, lines = _counts(world)
    assert (people, posts, lines) == done


def _command(path: Path, go: Path | None = None) -> list[str]:
    run = [sys.executable, "-c", RUN, str(go or path), "people", "import", str(path)]
    return [*run, "--apply", "--create-teams", "--format", "json"]


def _environment(world: World) -> dict[str, str]:
    return os.environ | {"QI_DATABASE_URL": world.settings.database_url, "PYTHONPATH": str(ROOT)}


def _until_it_applies(process: "subprocess.Popen[str]") -> None:
    assert process.stderr
    while (said := process.stderr.readline()) and "applying" not in said:
        pass


PIPES: Any = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}

# The command line as it is; it says on the error stream when it comes to applying, so that a kill falls there, and
# then waits until a file is there.
RUN = """
import pathlib, sys, time
from app.cli import app, staff
whole, go = staff.apply, pathlib.Path(sys.argv.pop(1))
def told(*given, **said):
    print("applying", file=sys.stderr, flush=True)
    while not go.exists():
        time.sleep(0.001)
    return whole(*given, **said)
staff.apply = told
app()
"""
