"""A filled trust for all that only look at it: it takes the better part of a minute, so that one serves them all."""

import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.demonstration.fill import YEARS, fill
from app.kernel.config import ROOT, Settings
from app.kernel.migrate import migrate
from tests.conftest import CLUSTER
from tests.invariants import check_invariants
from tests.world import NOW, SOME, World

FEW = 60
MONTHS = timedelta(days=210)
SIGN_OFF: dict[str, Any] = {
    "id": "try-out-a-sign-off",
    "kind": "sign-off",
    "title": "A small test on a real shift",
    "statement": "They tried one change on one shift, and told a colleague what came out.",
    "prompt": "What did you try, when and with whom?",
    "signer": "either",
    "minutes": 5,
    "participatory_minutes": 0,
}


@dataclass
class Filled:
    """A trust that the demonstration filled, and how far along it said it was. Nobody changes it."""

    world: World
    heard: list[tuple[int, int]] = field(default_factory=list)


Fill = Callable[[str], Filled]


@pytest.fixture(scope="session")
def courses_of_then(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real courses, with a sign-off, whatever the real ones ask for, in the course for authors."""
    folder = tmp_path_factory.mktemp("demonstration") / "courses"
    shutil.copytree(ROOT / "courses", folder, ignore=_others)
    file = folder / "gallery" / "course.yaml"
    course = yaml.safe_load(file.read_text())
    for module in course["modules"]:
        module["activities"] = [a for a in module["activities"] if a["kind"] != "sign-off"]
    course["modules"][0]["activities"].append(SIGN_OFF)
    file.write_text(yaml.safe_dump(course, sort_keys=False, allow_unicode=True))
    return folder


def _others(folder: str, names: list[str]) -> set[str]:
    if Path(folder) != ROOT / "courses":
        return set()
    return {name for name in names if name not in SOME and (Path(folder) / name / "course.yaml").exists()}


@pytest.fixture(scope="session")
def fill_anew(courses_of_then: Path, tmp_path_factory: pytest.TempPathFactory) -> Fill:
    """Fill the empty, migrated database at this address."""

    def anew(url: str) -> Filled:
        world = World(Settings(database_url=url, spool_dir=tmp_path_factory.mktemp("filled") / "spool"))
        world.clock.at = NOW - YEARS
        world.load_courses(courses_of_then)
        world.clock.at = NOW
        filled = Filled(world)
        fill(world.db, world.settings, NOW, lambda *told: filled.heard.append(told), people=FEW, since=MONTHS)
        check_invariants(world.db)
        return filled

    return anew


@pytest.fixture(scope="session")
def filled_on_sqlite(fill_anew: Fill, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    filled = fill_anew(_file(tmp_path_factory))
    yield filled
    filled.world.close()


@pytest.fixture(scope="session")
def filled_again(fill_anew: Fill, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """Another trust, filled apart, for comparing."""
    filled = fill_anew(_file(tmp_path_factory))
    yield filled
    filled.world.close()


def _file(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('demonstration') / 'qi.db'}"
    migrate(url)
    return url


@pytest.fixture(scope="session")
def filled_on_postgresql(request: pytest.FixtureRequest, fill_anew: Fill) -> Iterator[Filled]:
    cluster, name = request.config.stash[CLUSTER], f"qi_filled_{secrets.token_hex(6)}"
    filled = fill_anew(cluster.create(name))
    yield filled
    filled.world.close()
    cluster.drop(name)


@pytest.fixture
def filled(database_kind: str, request: pytest.FixtureRequest) -> Filled:
    found: Filled = request.getfixturevalue(f"filled_on_{database_kind}")
    return found
