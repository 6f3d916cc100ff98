"""What every test may ask for: `world`, a trust of its own on SQLite, on PostgreSQL or on both, one after the other."""

import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import settings as hypothesis_settings

from app.kernel.config import Settings
from app.kernel.migrate import migrate
from tests.invariants import check_invariants
from tests.memory import keep_files_in_memory
from tests.postgres import TEMPLATE, Cluster, Running
from tests.world import World

CLUSTER = pytest.StashKey[Cluster]()
RUNNING = pytest.StashKey[Running]()

keep_files_in_memory()

hypothesis_settings.register_profile("house", derandomize=True, deadline=None, max_examples=60, database=None)
hypothesis_settings.register_profile("quick", hypothesis_settings.get_profile("house"), max_examples=15)
hypothesis_settings.register_profile("fuzz", derandomize=False, deadline=None, max_examples=2000, print_blob=True)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=["sqlite", "postgresql", "both"],
        default="sqlite",
        help="which database each test's world stands on",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL once for the whole run; a worker of pytest-xdist is told where it is."""
    if config.getoption("--database") == "sqlite":
        return
    if hasattr(config, "workerinput"):
        config.stash[CLUSTER] = Cluster(config.workerinput["qi_cluster"])
        return
    running = config.stash[RUNNING] = Running()
    config.stash[CLUSTER] = running.cluster
    migrate(running.cluster.create(TEMPLATE, template=None))


def pytest_unconfigure(config: pytest.Config) -> None:
    if RUNNING in config.stash:
        config.stash[RUNNING].stop()


class TellWorkers:
    """Known to pytest only where pytest-xdist is: its hook."""

    @pytest.hookimpl
    def pytest_configure_node(self, node: Any) -> None:
        if CLUSTER in node.config.stash:
            node.workerinput["qi_cluster"] = node.config.stash[CLUSTER].socket


def pytest_plugin_registered(plugin: object, manager: pytest.PytestPluginManager) -> None:
    if manager.hasplugin("xdist") and not manager.hasplugin("qi-tell-workers"):
        manager.register(TellWorkers(), "qi-tell-workers")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    chosen = [mark for mark in metafunc.definition.iter_markers("parametrize") if mark.args[0] == "database_kind"]
    if "database_kind" in metafunc.fixturenames and not chosen:
        wanted = metafunc.config.getoption("--database")
        metafunc.parametrize("database_kind", ["sqlite", "postgresql"] if wanted == "both" else [wanted])


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty database, made once and copied for each test."""
    path = tmp_path_factory.mktemp("template") / "qi.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def loaded_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path | None], Path]:
    """The same with the real courses loaded, or those of a folder, once for each content: hundreds begin there."""
    made: dict[str, Path] = {}

    def template(folder: Path | None) -> Path:
        content = content_of(folder)
        if content not in made:
            made[content] = tmp_path_factory.mktemp("loaded") / "qi.db"
            shutil.copyfile(sqlite_template, made[content])
            _load(f"sqlite:///{made[content]}", folder)
        return made[content]

    return template


@pytest.fixture(scope="session")
def loaded_database(request: pytest.FixtureRequest) -> Iterator[Callable[[Path | None], str]]:
    """The same on PostgreSQL: the name of a database to copy."""
    cluster, made = request.config.stash[CLUSTER], dict[str, str]()

    def template(folder: Path | None) -> str:
        content = content_of(folder)
        if content not in made:
            made[content] = f"qi_loaded_{secrets.token_hex(6)}"
            _load(cluster.create(made[content]), folder)
        return made[content]

    yield template
    for name in made.values():
        cluster.drop(name)


def _load(url: str, folder: Path | None) -> None:
    loading = World(Settings(database_url=url))
    loading.load_courses(folder)
    loading.close()


def content_of(folder: Path | None) -> str:
    """What tells one folder of courses from another: the hash of its names and bytes."""
    digest = hashlib.sha256()
    paths = sorted(folder.rglob("*")) if folder else []
    for path in paths:
        digest.update(str(path.relative_to(paths[0].parent)).encode() + b"\0")
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()


@pytest.fixture
def database_url(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated, empty database of this test's own."""
    if database_kind == "sqlite":
        path = tmp_path / "qi.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    cluster = request.config.stash[CLUSTER]
    name = f"qi_{secrets.token_hex(6)}"
    yield cluster.create(name)
    cluster.drop(name)


@pytest.fixture
def empty_database_url(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without a single table: for tests of migrations."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    cluster = request.config.stash[CLUSTER]
    name = f"qi_{secrets.token_hex(6)}"
    yield cluster.create(name, template=None)
    cluster.drop(name)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings that know nothing of the machine's environment."""
    return Settings(database_url=database_url, spool_dir=tmp_path / "spool")


def begin_loaded(settings: Settings, request: pytest.FixtureRequest, folder: Path | None) -> None:
    """Put a copy of a database with the courses of a folder, or the real ones, in the place of an empty one."""
    if settings.sqlite_path is not None:
        shutil.copyfile(request.getfixturevalue("loaded_file")(folder), settings.sqlite_path)
        return
    cluster, name = request.config.stash[CLUSTER], sa.make_url(settings.database_url).database
    assert name
    cluster.drop(name)
    cluster.create(name, template=request.getfixturevalue("loaded_database")(folder))


@pytest.fixture
def world(settings: Settings, request: pytest.FixtureRequest) -> Iterator[World]:
    made = World(settings, begin_loaded=lambda folder: begin_loaded(settings, request, folder))
    yield made
    try:
        if made.was_used:
            check_invariants(made.db)
    finally:
        made.close()
