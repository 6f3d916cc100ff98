"""A full disk and a stopped database: a page that says so, reading goes on where it can, and all is well afterwards."""

import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Engine

from app.assessment.kinds.contract import ANSWER_FIELD
from app.kernel.config import Settings
from app.kernel.migrate import migrate
from tests.assessment.course import Learner, write_courses
from tests.client import HouseClient, document
from tests.invariants import check_invariants
from tests.postgres import Running
from tests.world import World

pytestmark = pytest.mark.slow

AS_LARGE_AS_MAY_BE = 1_073_741_823


@dataclass
class Disk:
    """The disk under an SQLite database, which can be declared full or locked away."""

    pragma: str = ""

    def watch(self, engine: Engine) -> None:
        @event.listens_for(engine, "checkout")
        def _set(connection: sa.engine.interfaces.DBAPIConnection, *_: object) -> None:
            if self.pragma:
                connection.execute(self.pragma)

    def fill(self, world: World) -> None:
        with world.db.read() as session:
            pages = session.scalar(sa.text("PRAGMA page_count"))
        self.pragma = f"PRAGMA max_page_count={pages}"

    def make_room(self) -> None:
        self.pragma = f"PRAGMA max_page_count={AS_LARGE_AS_MAY_BE}"


@dataclass
class Sitting:
    """Somebody with a question before them."""

    client: HouseClient
    path: str
    saved: int = 0

    def save(self) -> int:
        answer = self.client.post(self.path, data={"version": self.saved, ANSWER_FIELD: self.saved + 1})
        if answer.status_code == 303:
            self.saved += 1
        else:
            assert answer.status_code == 503, answer.text
            page = document(answer)
            assert page.h1 == "We cannot do this just now"
            assert "Nothing was saved." in page.text
            assert answer.headers["retry-after"] == "30"
        return answer.status_code

    def value(self) -> str:
        page = self.client.get(self.path)
        assert page.status_code == 200
        [form] = [f for f in document(page).forms if f.action == self.path]
        return form.fields[ANSWER_FIELD][-1]


def sit_down(world: World) -> Sitting:
    world.load_courses(write_courses(world.settings.spool_dir.parent / "courses"))
    learner = Learner(world, world.hire().id)
    attempt = learner.start("try-it")
    number = next(a.number for a in learner.sitting(attempt).asked if a.kind == "numeric")
    return Sitting(world.client(learner.person_id, raises=False), f"/attempts/{attempt.id}/questions/{number}")


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
    found.watch(world.app.state.core.db.engine)
    return found


def test_on_a_full_disk_reading_goes_on_and_saving_says_why(world: World, disk: Disk) -> None:
    sitting = sit_down(world)
    assert sitting.save() == 303
    disk.fill(world)
    tries = 0
    while sitting.save() == 303:
        tries += 1
        assert tries < 2000, "the disk never became full"
    assert "The disk that holds the trust's data is full." in sitting.client.post(
        sitting.path, data={"version": sitting.saved, ANSWER_FIELD: 10**6}
    ).text.replace("&#39;", "'")
    assert sitting.value() == str(sitting.saved)
    world.later(minutes=10)
    assert sitting.value() == str(sitting.saved)
    check_invariants(world.db)
    disk.make_room()
    assert sitting.save() == 303
    assert sitting.value() == str(sitting.saved)
    check_invariants(world.db)


def test_a_database_that_can_only_be_read_is_still_read(world: World, disk: Disk) -> None:
    sitting = sit_down(world)
    assert sitting.save() == 303
    disk.pragma = "PRAGMA query_only=ON"
    world.later(minutes=10)
    assert sitting.value() == "1"
    assert sitting.save() == 503
    disk.pragma = "PRAGMA query_only=OFF"
    assert sitting.save() == 303


@pytest.fixture
def cluster() -> Iterator[Running]:
    running = Running()
    yield running
    running.stop()


def test_a_stopped_postgresql_is_said_and_the_first_request_after_its_return_works(
    cluster: Running, tmp_path: Path
) -> None:
    url = cluster.cluster.create("trust", template=None)
    migrate(url)
    world = World(Settings(database_url=url, spool_dir=tmp_path / "spool"))
    sitting = sit_down(world)
    assert [sitting.save() for _ in range(3)] == [303] * 3
    for _ in range(2):
        cluster.server.send_signal(signal.SIGINT)
        cluster.server.wait(30)
        stopped = sitting.client.get(sitting.path)
        assert stopped.status_code == 503
        assert "The trust's database did not answer." in document(stopped).text
        assert sitting.save() == 503
        assert sitting.client.get("/healthz").status_code == 503
        cluster.server = cluster._start()
        cluster._wait()
        assert sitting.value() == str(sitting.saved)
        assert sitting.save() == 303
    check_invariants(world.db)
    world.close()
