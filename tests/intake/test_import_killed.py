"""An import that is killed, wherever that is, leaves everything as it was or everything done."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.intake.headers import StaffFile
from app.intake.importing import Preview, preview
from app.intake.models import StaffImport, StaffImportLine
from app.kernel.audit import AuditEvent
from app.kernel.config import ROOT
from app.kernel.db import table
from app.kernel.errors import BusyError
from app.organisation.models import Team
from tests.intake.staff_file import Importing, row, write
from tests.world import World

pytestmark = pytest.mark.slow

MOST = 120


@pytest.fixture
def hr(world: World, tmp_path: Path) -> Importing:
    return Importing(world, tmp_path)


def _rounds(hr: Importing) -> None:
    """In each, somebody joins, somebody moves to a new team, one takes another name, and one leaves."""
    for number in range(1, MOST):
        rows = [row(f"stay-{n}", team=f"Ward {number}" if n == number % 3 else "Ward") for n in range(3)]
        rows += [row("named", f"Name {number}"), row("two", assignment="a", primary="Y")]
        rows += [row("two", assignment="b", primary="N", band=f"Band {number % 3 + 4}")]
        rows += [row(f"join-{n}", manager="named") for n in range(number, number + 5)]
        write(hr.folder, *rows, name=f"{number}.csv")


def test_killed_at_any_statement_nothing_is_half_done_and_it_can_be_started_again(hr: Importing) -> None:
    world = hr.world
    hr.do(*(row(f"stay-{n}", team="Ward") for n in range(3)), row("named", "Name 0"), row("join-0"))
    world.later(days=1)
    _rounds(hr)
    undone: set[str] = set()
    with _killing(hr) as process:
        assert process.stdin
        assert process.stdout
        for number in range(1, MOST):
            before, written = _look(hr, number).plan, _written(world)
            process.stdin.write("go\n")
            process.stdin.flush()
            how, _, what = process.stdout.readline().strip().partition(" ")
            left = _look(hr, number)
            if left.plan.lines:
                undone.add(what.split()[0])
                assert left.plan.fingerprint == before.fingerprint, f"half done when it came to {what}"
                assert _written(world) == written
                _again(hr, left)
                assert _look(hr, number).plan.lines == ()
            elif how == "done":
                break
    assert process.returncode == 0
    assert undone >= {"SELECT", "CREATE", "INSERT", "UPDATE", "COMMIT"}
    assert number > 20


def _killing(hr: Importing) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.intake.killing", hr.world.settings.database_url, str(hr.folder)]
    return subprocess.Popen(
        [*command, hr.world.now.isoformat()], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )


def _written(world: World) -> list[int]:
    models = (AuditEvent, StaffImport, StaffImportLine, Team)
    with world.db.read() as session:
        return [session.scalar(sa.select(sa.func.count()).select_from(table(model))) or 0 for model in models]


def _look(hr: Importing, number: int) -> Preview:
    path = hr.folder / f"{number}.csv"
    return preview(hr.world.db, StaffFile(path=path, name="staff.csv", whole="trust", create=True), hr.world.now)


def _again(hr: Importing, left: Preview) -> None:
    """On PostgreSQL the server notices a moment later that whoever held the import's lock is no more."""
    for _ in range(100):
        try:
            hr.apply(left)
        except BusyError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the lock was never let go")
