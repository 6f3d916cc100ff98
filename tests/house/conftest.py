"""`stage`: the furnished trust, built once for each run of tests and copied for each test."""

import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from app.kernel.config import Settings
from app.schema import metadata
from tests.client import HouseClient
from tests.conftest import CLUSTER
from tests.house.stage import Cast, furnish
from tests.postgres import Cluster
from tests.world import World

Rows = dict[str, list[tuple[object, ...]]]


@dataclass
class Set:
    """A furnished database to copy from: a file, or the name of a database in the cluster."""

    cast: Cast
    file: Path | None
    database: str


class Stage:
    """A furnished world and its app, put back as it was after each test that changed it."""

    def __init__(self, world: World, cast: Cast, again: Callable[[], None]) -> None:
        self.world, self.cast, self._again = world, cast, again
        self._watch: sqlite3.Connection | None = None
        self._version = 0
        self._base: Rows | None = None

    def client(self, visitor: str) -> HouseClient:
        client = self.world.client()
        if visitor in self.cast.tokens:
            client.cookies.set("qi_session", self.cast.tokens[visitor], domain=client.base_url.host, path="/")
        return client

    def rows(self) -> Rows:
        """Every row of every table."""
        with self.world.db.read() as session:
            return {
                t.name: sorted((tuple(map(repr, row)) for row in session.execute(sa.select(t))), key=str)
                for t in metadata.sorted_tables
            }

    def changed(self) -> set[str]:
        """The tables that differ from how the stage was furnished. (SQLite says cheaply that nobody wrote at all.)"""
        if self._base is None:
            self._base = self.rows()
            self._look_out()
            return set()
        if self._watch is not None and self._now() == self._version:
            return set()
        after = self.rows()
        return {name for name in after if after[name] != self._base[name]}

    def restore(self) -> None:
        """Put the database back as it was furnished."""
        self.world.db.engine.dispose()
        self.world.app.state.core.db.engine.dispose()
        self._blink()
        self._again()
        self._look_out()

    def close(self) -> None:
        self._blink()
        self.world.close()

    def statements(self, ask: Callable[[], object]) -> list[str]:
        """The statements that the app sends while something is asked of it."""
        seen: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
            if not statement.startswith(("BEGIN", "PRAGMA")):
                seen.append(statement)

        engine = self.world.app.state.core.db.engine
        event.listen(engine, "before_cursor_execute", note)
        ask()
        event.remove(engine, "before_cursor_execute", note)
        return seen

    def _look_out(self) -> None:
        path = self.world.settings.sqlite_path
        if path is not None:
            self._watch = sqlite3.connect(path)
            self._version = self._now()

    def _blink(self) -> None:
        if self._watch is not None:
            self._watch.close()
            self._watch = None

    def _now(self) -> int:
        assert self._watch
        return int(self._watch.execute("PRAGMA data_version").fetchone()[0])


class Sets:
    """The furnished databases of this run, made when first asked for."""

    def __init__(self, folder: Path, template: Path, cluster: Cluster | None) -> None:
        self.folder, self.template, self.cluster = folder, template, cluster
        self.made: dict[tuple[str, int], Set] = {}
        self.standing: dict[tuple[str, int], Stage] = {}

    def stage(self, kind: str, crowd: int) -> Stage:
        """The stage that the tests of one worker share."""
        if (kind, crowd) not in self.standing:
            folder = self.folder / f"{kind}{crowd}"
            folder.mkdir()
            self.standing[kind, crowd] = self.new_stage(kind, crowd, folder)
            self.standing[kind, crowd].changed()
        return self.standing[kind, crowd]

    def new_stage(self, kind: str, crowd: int, folder: Path) -> Stage:
        source = self.get(kind, crowd)
        url, again = self.copy(source, folder)
        if (self.folder / "spool").exists():
            shutil.copytree(self.folder / "spool", folder / "spool", dirs_exist_ok=True)
        return Stage(World(Settings(database_url=url, spool_dir=folder / "spool")), source.cast, again)

    def strike(self, stage: Stage) -> None:
        """Take a stage down, with its database."""
        stage.close()
        if self.cluster and not stage.world.settings.sqlite_path:
            self.cluster.drop(str(sa.make_url(stage.world.settings.database_url).database))

    def get(self, kind: str, crowd: int) -> Set:
        if (kind, crowd) not in self.made:
            self.made[kind, crowd] = self._build(kind, crowd)
        return self.made[kind, crowd]

    def _build(self, kind: str, crowd: int) -> Set:
        name, file = f"qi_stage_{secrets.token_hex(4)}", None
        if kind == "sqlite":
            file = self.folder / f"{name}.db"
            shutil.copyfile(self.template, file)
            url = f"sqlite:///{file}"
        else:
            assert self.cluster
            url = self.cluster.create(name)
        world = World(Settings(database_url=url, spool_dir=self.folder / "spool"))
        try:
            return Set(furnish(world, crowd), file, name)
        finally:
            world.close()

    def copy(self, source: Set, folder: Path) -> tuple[str, Callable[[], None]]:
        """The URL of a copy, and how to make the copy anew in the same place."""
        if source.file:
            file, target = source.file, folder / "qi.db"

            def again() -> None:
                for stale in folder.glob("qi.db*"):
                    stale.unlink()
                shutil.copyfile(file, target)

            again()
            return f"sqlite:///{target}", again
        cluster = self.cluster
        assert cluster
        name = f"qi_{secrets.token_hex(6)}"

        def anew() -> None:
            cluster.drop(name)
            cluster.create(name, template=source.database)

        anew()
        return cluster.url(name), anew


@pytest.fixture(scope="session")
def sets(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, pytestconfig: pytest.Config
) -> Iterator[Sets]:
    made = Sets(tmp_path_factory.mktemp("sets"), sqlite_template, pytestconfig.stash.get(CLUSTER, None))
    yield made
    for stage in made.standing.values():
        made.strike(stage)


@pytest.fixture
def set_stage(database_kind: str, sets: Sets) -> Iterator[Callable[[int], Stage]]:
    """The stage with so many people in the crowd; whatever a test changes is put back."""
    used: dict[int, Stage] = {}

    def find(crowd: int) -> Stage:
        used[crowd] = sets.stage(database_kind, crowd)
        return used[crowd]

    yield find
    for stage in used.values():
        if stage.changed():
            stage.restore()


@pytest.fixture
def stage(set_stage: Callable[[int], Stage]) -> Stage:
    return set_stage(1)


@pytest.fixture
def own_stage(database_kind: str, sets: Sets, tmp_path: Path) -> Iterator[Stage]:
    """A stage that the test may take to pieces."""
    stage = sets.new_stage(database_kind, 1, tmp_path)
    yield stage
    sets.strike(stage)
