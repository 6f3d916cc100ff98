"""A trust of 50,000 is brought in by one process in little memory: its first file, and that of the month after it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.intake.commands import uploading
from app.intake.commands.uploading import BringFile
from app.kernel.config import ROOT
from bench.staff_file import write_files
from tests.intake.bringing import Bringing
from tests.world import World

pytestmark = pytest.mark.slow

ROWS = 50_000
MOST_MEGABYTES = 200


def brought(world: World, path: Path) -> tuple[dict[str, int], float]:
    """As HR brings it in: the counts, and the most memory that the process held, in MB."""
    memory = path.with_suffix(".memory")
    command = [sys.executable, "-m", "bench.hr", str(memory), "people", "import", str(path), "--create-teams"]
    done = subprocess.run(
        [*command, "--apply", "--format", "json"],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=ROOT,
        env=os.environ | {"QI_DATABASE_URL": world.settings.database_url},
    )
    return json.loads(done.stdout)["counts"], float(memory.read_text())


def read_apart(bringing: Bringing, data: bytes, memory: Path) -> float:
    """The same file in the browser, read by a process of its own: the most memory that it held, in MB."""
    world = bringing.world
    with world.db.write() as session:
        brought = uploading.bring_file(
            session, world.actor(bringing.hr), BringFile(file_name="staff.csv", whole="changes", chosen={}), world.now
        )
        bringing.id = brought.id
    words = ["apart", "read", str(bringing.id), world.now.isoformat(), str(len(data))]
    subprocess.run(
        [sys.executable, "-m", "bench.hr", str(memory), *words],
        input=data,
        check=True,
        cwd=ROOT,
        env=os.environ | {"QI_DATABASE_URL": world.settings.database_url},
    )
    return float(memory.read_text())


def test_fifty_thousand_rows_take_less_memory_than_their_budget(world: World, tmp_path: Path) -> None:
    assert world.now
    files = write_files(tmp_path, ROWS)
    counts, first = brought(world, files.first)
    assert counts["joiners"] == ROWS
    assert first < MOST_MEGABYTES
    counts, month = brought(world, files.month)
    assert {kind: counts[kind] for kind in ("joiners", "leavers")} == {"joiners": 600, "leavers": 400}
    assert counts["movers"] > 700
    assert month < MOST_MEGABYTES


def test_in_the_browser_a_first_file_of_which_every_row_waits_for_a_decision_takes_no_more(
    bringing: Bringing, tmp_path: Path
) -> None:
    files = write_files(tmp_path, ROWS)
    took = read_apart(bringing, files.first.read_bytes(), tmp_path / "memory")
    assert bringing.upload().counts["errors"] == ROWS
    assert took < MOST_MEGABYTES
