"""When the page says Saved, the answer is there, though the server is killed at that very moment."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.assessment.models import AttemptAnswer
from app.kernel.db import table
from bench.answering import Answering, furnish
from bench.kills import FACTORY, answer_and_kill, kill_often
from bench.nursery import Server
from tests.invariants import check_invariants
from tests.world import World

pytestmark = pytest.mark.slow

KILLS = 100
LEARNERS = 4


@pytest.fixture
def learners(world: World) -> list[Answering]:
    world.load_courses()
    return furnish(world.db, world.settings, datetime.now(UTC), LEARNERS)


def serve(world: World, folder: Path, factory: str) -> Server:
    settings = {"QI_DATABASE_URL": world.settings.database_url, "QI_SPOOL_DIR": str(folder / "spool")}
    return Server(factory, settings, folder / "server.log")


@pytest.fixture
def honest(world: World, tmp_path: Path) -> Iterator[Server]:
    with serve(world, tmp_path, FACTORY) as server:
        yield server


@pytest.fixture
def hasty(world: World, tmp_path: Path) -> Iterator[Server]:
    with serve(world, tmp_path, "tests.faults.hasty:create_app") as server:
        yield server


def test_no_confirmed_answer_is_lost_or_torn_in_a_hundred_kills(
    world: World, learners: list[Answering], honest: Server
) -> None:
    killed = kill_often(honest, world.db, learners, KILLS)
    assert killed.wrong == []
    assert killed.kills == KILLS
    assert min(one.confirmed for one in learners) > KILLS / LEARNERS, "hardly anything was being saved"
    check_invariants(world.db)


def test_a_server_that_answers_before_it_commits_is_caught(
    world: World, learners: list[Answering], hasty: Server
) -> None:
    lost = []
    for _ in range(6):
        hasty.start()
        answer_and_kill(hasty, learners, 0.5)
        lost += [said for one in learners if (said := one.lost(world.db))]
        if lost:
            break
    assert any("was confirmed" in said for said in lost)


def test_a_torn_answer_is_caught(world: World, learners: list[Answering], honest: Server) -> None:
    """The search must be able to find what it looks for."""
    honest.start()
    answer_and_kill(honest, learners, 0.5)
    one = next(one for one in learners if one.quiz == "try-measures")
    assert one.lost(world.db) == ""
    with world.db.write() as session:
        row = session.get_one(AttemptAnswer, _saved(world, one))
        row.value = json.loads(json.dumps(row.value).replace(f"#{one.confirmed}#", "#0#", 1))
    assert "holds" in one.lost(world.db)


def _saved(world: World, one: Answering) -> int:
    answer = table(AttemptAnswer)
    with world.db.read() as session:
        return int(session.scalars(sa.select(answer.c.id).where(answer.c.attempt_id == one.attempt_id)).one())
