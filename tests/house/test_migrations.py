"""Migrations make what the models say, can be gone back on, and never lose a row, on both databases.

On SQLite, changing a table rebuilds it; with foreign keys switched on, dropping the old one deletes its children
without a word (two of two enrolments, when it was tried). A migration that fails half-way must leave nothing.
"""

import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.kernel.config import ROOT
from app.kernel.migrate import config, downgrade, migrate, migration_engine
from app.kernel.shape import WrongSchemaError, check_schema, current, head
from app.schema import metadata
from tests.house.conftest import Stage

FIRST_RELEASED = "0002"
"""Below this a database holds nothing yet; from here on, no migration may lose a row."""


def _tables(url: str) -> set[str]:
    engine = migration_engine(url)
    with engine.connect() as connection:
        found = set(sa.inspect(connection).get_table_names()) - {"alembic_version"}
    engine.dispose()
    return found


def _counts(url: str) -> dict[str, int]:
    here = _tables(url)
    engine = migration_engine(url)
    with engine.connect() as connection:
        found = {
            t.name: connection.execute(sa.select(sa.func.count()).select_from(t)).scalar_one()
            for t in metadata.sorted_tables
            if t.name in here
        }
    engine.dispose()
    return found


def test_an_empty_database_becomes_what_the_models_say(empty_database_url: str) -> None:
    migrate(empty_database_url)
    engine = migration_engine(empty_database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        assert compare_metadata(context, metadata) == []
    check_schema(engine)
    engine.dispose()


def test_up_down_and_up_again(empty_database_url: str) -> None:
    migrate(empty_database_url)
    assert _tables(empty_database_url) == {t.name for t in metadata.sorted_tables}
    downgrade(empty_database_url, "base")
    assert _tables(empty_database_url) == set()
    migrate(empty_database_url)
    assert _tables(empty_database_url) == {t.name for t in metadata.sorted_tables}


def test_each_migration_keeps_the_rows_of_a_populated_database(own_stage: Stage) -> None:
    url = own_stage.world.settings.database_url
    before = _counts(url)
    assert min(before[name] for name in ("person", "employment", "team", "role_grant", "audit_event")) > 2
    released = [s.revision for s in ScriptDirectory.from_config(config()).walk_revisions()]
    # From the newest down, so that each table is still full when the migration below the one that made it is tried.
    for revision in [r for r in released if r > FIRST_RELEASED]:
        downgrade(url, f"{revision}-1")
        # A table that is new in this revision cannot keep a row below it; every other one does.
        below = _counts(url)
        migrate(url, to=revision)
        assert below == {name: before[name] for name in below}, revision
        assert below == {name: count for name, count in _counts(url).items() if name in below}, revision
        downgrade(url, f"{revision}-1")


def test_rebuilding_every_table_loses_no_row(own_stage: Stage, tmp_path: Path) -> None:
    """What a later migration will do to any table, done to all of them, through the real migrations' own path."""
    url = own_stage.world.settings.database_url
    before = _counts(url)
    how = "always" if own_stage.world.db.is_sqlite else "never"
    rebuild = "\n".join(
        f"    with op.batch_alter_table('{t.name}', recreate='{how}') as table: table.add_column("
        "sa.Column('added_by_a_test', sa.Integer, nullable=True))"
        for t in metadata.sorted_tables
    )
    _upgrade(url, _with_migration(tmp_path, rebuild))
    assert _counts(url) == before


def test_a_migration_that_fails_half_way_leaves_nothing_and_can_be_repeated(
    empty_database_url: str, tmp_path: Path
) -> None:
    migrate(empty_database_url)
    before = _counts(empty_database_url)
    half = "    op.create_table('half', sa.Column('id', sa.Integer))\n    op.execute('DELETE FROM trust')\n"
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            _upgrade(empty_database_url, _with_migration(tmp_path, half + "    1 / 0"))
        assert "half" not in _tables(empty_database_url)
        assert _counts(empty_database_url) == before
    engine = migration_engine(empty_database_url)
    with engine.connect() as connection:
        assert current(connection) == head()
    engine.dispose()


def test_a_server_does_not_start_on_a_database_of_another_shape(empty_database_url: str) -> None:
    engine = migration_engine(empty_database_url)
    with pytest.raises(WrongSchemaError, match="qi migrate"):
        check_schema(engine)
    engine.dispose()


def test_an_existing_file_is_copied_before_it_is_migrated(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'qi.db'}"
    migrate(url, to="0001")
    before = _tables(url)
    copy = migrate(url, backups=tmp_path / "backups")
    assert copy is not None
    assert _tables(f"sqlite:///{copy}") == before < _tables(url)
    assert migrate(url, backups=tmp_path / "backups") is None, "a database that is up to date is not copied"


def _with_migration(folder: Path, body: str) -> Config:
    """The real migrations and one more."""
    scripts = folder / "migrations"
    shutil.rmtree(scripts, ignore_errors=True)
    shutil.copytree(ROOT / "migrations", scripts, ignore=shutil.ignore_patterns("__pycache__"))
    heading = f"import sqlalchemy as sa\nfrom alembic import op\nrevision = '9999'\ndown_revision = '{head()}'\n"
    more = f"{heading}\ndef upgrade():\n{body}\n\ndef downgrade(): ...\n"
    (scripts / "versions" / "9999_of_a_test.py").write_text(more)
    settings = config()
    settings.set_main_option("script_location", str(scripts))
    return settings


def _upgrade(url: str, settings: Config) -> None:
    engine = migration_engine(url)
    with engine.connect() as connection:
        settings.attributes["connection"] = connection
        try:
            command.upgrade(settings, "head")
            connection.commit()
        finally:
            connection.rollback()
    engine.dispose()
