"""A migration is all or nothing, on a copy's safety, and never leaves a row that points at nothing."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory

from app.kernel.migrate import config, migrate, migration_engine
from app.kernel.shape import WrongSchemaError, check_schema, head, known


def revision(url: str) -> str | None:
    engine = migration_engine(url)
    with engine.connect() as connection:
        try:
            return str(connection.scalar(sa.text("SELECT version_num FROM alembic_version")))
        finally:
            connection.rollback()
            engine.dispose()


def execute(url: str, *statements: str) -> None:
    engine = migration_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))
    engine.dispose()


def check(url: str) -> None:
    engine = migration_engine(url)
    try:
        check_schema(engine)
    finally:
        engine.dispose()


def test_the_files_names_tell_the_same_as_the_migrator() -> None:
    scripts = ScriptDirectory.from_config(config())
    assert head() == scripts.get_current_head()
    assert list(known()) == sorted(script.revision for script in scripts.walk_revisions())


def test_an_empty_database_needs_no_copy(empty_database_url: str, tmp_path: Path) -> None:
    assert migrate(empty_database_url, tmp_path / "backups") is None
    assert not (tmp_path / "backups").exists()
    check(empty_database_url)


def test_migrating_again_does_nothing(database_url: str, tmp_path: Path) -> None:
    assert migrate(database_url, tmp_path / "backups") is None
    assert not (tmp_path / "backups").exists()


def test_a_database_is_copied_before_it_is_changed(empty_database_url: str, tmp_path: Path) -> None:
    migrate(empty_database_url, to="0001")
    execute(empty_database_url, "INSERT INTO directorate (name, starts_on) VALUES ('Medicine', '2020-04-01')")
    copy = migrate(empty_database_url, tmp_path / "backups")
    if not empty_database_url.startswith("sqlite"):
        assert copy is None
        return
    assert copy is not None
    assert copy.name.startswith("before-0001-")
    before = sqlite3.connect(copy)
    assert before.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
    assert before.execute("SELECT name FROM directorate").fetchall() == [("Medicine",)]
    assert before.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    before.close()
    assert revision(empty_database_url) == head()


def test_a_migration_that_would_leave_broken_references_changes_nothing(empty_database_url: str) -> None:
    if not empty_database_url.startswith("sqlite"):
        return
    migrate(empty_database_url, to="0001")
    execute(empty_database_url, "INSERT INTO team (directorate_id, name, starts_on) VALUES (77, 'Lost', '2020-04-01')")
    with pytest.raises(RuntimeError, match="1 rows point at nothing"):
        migrate(empty_database_url)
    assert revision(empty_database_url) == "0001"


def test_a_database_without_tables_is_refused_with_the_command_that_helps(empty_database_url: str) -> None:
    with pytest.raises(WrongSchemaError, match=r"stands at nothing.*: qi migrate"):
        check(empty_database_url)


def test_an_older_database_is_refused_with_the_command_that_helps(empty_database_url: str) -> None:
    migrate(empty_database_url, to="0001")
    with pytest.raises(WrongSchemaError, match=f"stands at 0001, this program needs {head()}: qi migrate"):
        check(empty_database_url)


@pytest.mark.parametrize("deed", [check, migrate], ids=["starting", "migrating"])
def test_a_database_from_a_newer_program_is_refused_and_named(database_url: str, deed: Callable[[str], object]) -> None:
    execute(database_url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(WrongSchemaError, match=r"9999.*newer"):
        deed(database_url)
    assert revision(database_url) == "9999"
