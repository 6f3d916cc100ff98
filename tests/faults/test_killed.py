"""When the page says Saved, the answer is there, though the server is killed at that very moment."""

import random
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.assessment.course import write_courses
from tests.faults.learners import Answering
from tests.invariants import check_invariants
from tests.serving import Server, SharedClock
from tests.world import NOW, World

pytestmark = pytest.mark.slow

ROUNDS = 8
LEARNERS = 3


@pytest.fixture
def clock_file(tmp_path: Path) -> Path:
    return tmp_path / "clock"


@pytest.fixture
def learners(world: World, clock_file: Path, tmp_path: Path) -> list[Answering]:
    world.clock = SharedClock(clock_file, NOW)
    world.load_courses(write_courses(tmp_path / "courses"))
    return [Answering.begin(world) for _ in range(LEARNERS)]


def serve(world: World, clock_file: Path, folder: Path, factory: str) -> Server:
    settings = {"QI_DATABASE_URL": world.settings.database_url, "QI_SPOOL_DIR": str(folder / "spool")}
    return Server(settings, clock_file, folder, factory)


@pytest.fixture
def honest(world: World, learners: list[Answering], clock_file: Path, tmp_path: Path) -> Iterator[Server]:
    server = serve(world, clock_file, tmp_path, "tests.serving:create_app")
    yield server
    server.stop()


@pytest.fixture
def hasty(world: World, learners: list[Answering], clock_file: Path, tmp_path: Path) -> Iterator[Server]:
    server = serve(world, clock_file, tmp_path, "tests.faults.hasty:create_app")
    yield server
    server.stop()


def answer_and_kill(server: Server, learners: list[Answering], seconds: float) -> None:
    """All learners answer; when the time is over the server is killed in the middle of whatever it does."""
    stop = threading.Event()
    threads = [threading.Thread(target=one.answer_on, args=(server.url, stop)) for one in learners]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    server.kill()
    stop.set()
    for thread in threads:
        thread.join()


def test_no_confirmed_answer_is_lost_when_the_server_is_killed(
    world: World, learners: list[Answering], honest: Server
) -> None:
    chance = random.Random(20_261_123)
    for _ in range(ROUNDS):
        before = sum(one.confirmed for one in learners)
        answer_and_kill(honest, learners, chance.uniform(0.05, 0.6))
        assert [one.lost(world) for one in learners] == [""] * LEARNERS
        assert [one.refused for one in learners] == [[]] * LEARNERS
        honest.start()
        assert before <= sum(one.confirmed for one in learners)
    assert sum(one.confirmed for one in learners) > ROUNDS * LEARNERS
    check_invariants(world.db)


def test_a_server_that_answers_before_it_commits_is_caught(
    world: World, learners: list[Answering], hasty: Server
) -> None:
    lost = []
    for _ in range(6):
        answer_and_kill(hasty, learners, 0.5)
        lost += [said for one in learners if (said := one.lost(world))]
        if lost:
            break
        hasty.start()
    assert any("was confirmed" in said for said in lost)
