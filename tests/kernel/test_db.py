"""Sessions that look cannot write, writers stand in line, and nothing counted is lost."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError, ProgrammingError, StatementError

from app.accounts.models import Credential, Throttle
from app.kernel import db as kernel_db
from app.kernel import writer_lock
from app.kernel.db import NestedWriteError, ReadingCannotWriteError, table
from app.kernel.errors import BusyError
from app.organisation.models import Trust
from tests.world import NOW, World

PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 5000}
_throttle, _trust = table(Throttle), table(Trust)


def tries(world: World, key: str = "k") -> int | None:
    with world.db.read() as session:
        return session.scalar(sa.select(_throttle.c.tries).where(_throttle.c.key == key))


def test_a_moment_comes_back_aware_and_in_utc(world: World) -> None:
    summer = datetime(2026, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    with world.db.write() as session:
        session.add(Throttle(key="k", window_ends_at=summer))
    with world.db.read() as session:
        found = session.scalars(sa.select(_throttle.c.window_ends_at)).one()
    assert found == summer
    assert found.tzinfo is UTC
    assert found.hour == 23


def test_a_moment_without_a_zone_is_refused(world: World) -> None:
    with pytest.raises(StatementError, match="a moment without a time zone"), world.db.write() as session:
        session.add(Throttle(key="k", window_ends_at=NOW.replace(tzinfo=None)))
    assert tries(world) is None


def test_a_reading_session_refuses_a_new_row(world: World) -> None:
    with world.db.read() as session:
        session.add(Throttle(key="k", window_ends_at=NOW))
        with pytest.raises(ReadingCannotWriteError):
            session.flush()
    assert tries(world) is None


def test_a_reading_session_refuses_a_changed_and_a_deleted_row(world: World) -> None:
    with world.db.read() as session:
        session.get_one(Trust, 1).staff_data_source = "me"
        with pytest.raises(ReadingCannotWriteError):
            session.flush()
    with world.db.read() as session:
        session.delete(session.get_one(Trust, 1))
        with pytest.raises(ReadingCannotWriteError):
            session.flush()


@pytest.mark.parametrize(
    "statement",
    [
        sa.update(_trust).values(staff_data_source="me"),
        sa.update(Trust).values(staff_data_source="me"),
        sa.delete(_throttle),
        sa.insert(_throttle).values(key="k", window_ends_at=NOW, tries=1),
    ],
    ids=["update", "update entity", "delete", "insert"],
)
def test_a_reading_session_refuses_a_writing_statement(world: World, statement: sa.Executable) -> None:
    with world.db.read() as session, pytest.raises(ReadingCannotWriteError):
        session.execute(statement)
    with world.db.read() as session:
        assert session.scalar(sa.select(_trust.c.staff_data_source)) == ""


def test_a_snapshot_answers_every_question_as_of_the_first(world: World) -> None:
    with world.db.snapshot() as session:
        assert session.scalar(sa.select(_trust.c.staff_data_source)) == ""
        with world.db.write() as writing:
            writing.execute(sa.update(_trust).values(staff_data_source="a file"))
        assert session.scalar(sa.select(_trust.c.staff_data_source)) == ""
        session.add(Throttle(key="k", window_ends_at=NOW))
        with pytest.raises(ReadingCannotWriteError):
            session.flush()
    with world.db.snapshot() as session:
        assert session.scalar(sa.select(_trust.c.staff_data_source)) == "a file"


def test_a_fault_in_a_write_leaves_nothing(world: World) -> None:
    def half_a_deed() -> None:
        with world.db.write() as session:
            session.add(Throttle(key="k", window_ends_at=NOW))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_a_deed()
    assert tries(world) is None


def test_a_write_that_was_rolled_back_inside_ends_cleanly(world: World) -> None:
    with world.db.write() as session:
        session.add(Throttle(key="k", window_ends_at=NOW))
        session.flush()
        session.rollback()
    assert tries(world) is None
    with world.db.write() as session:
        session.add(Throttle(key="k", window_ends_at=NOW, tries=1))
    assert tries(world) == 1


def test_every_pooled_sqlite_connection_is_safe(world: World) -> None:
    if not world.db.is_sqlite:
        with ExitStack() as several:
            for session in [several.enter_context(world.db.read()) for _ in range(6)]:
                assert session.scalar(sa.text("SHOW timezone")) == "UTC"
                assert session.scalar(sa.text("SHOW statement_timeout")) == "30s"
        return
    with ExitStack() as several:
        for session in [several.enter_context(world.db.read()) for _ in range(6)]:
            assert {name: session.scalar(sa.text(f"PRAGMA {name}")) for name in PRAGMAS} == PRAGMAS


def test_six_threads_counting_fifty_each_lose_nothing(world: World) -> None:
    with world.db.write() as session:
        session.add(Throttle(key="k", window_ends_at=NOW))

    def count(_: int) -> None:
        for _turn in range(50):
            with world.db.write() as session:
                row = session.get_one(Throttle, "k", with_for_update=True)
                row.tries += 1

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(count, range(6)))
    assert tries(world) == 300


def test_reading_goes_on_while_somebody_writes(world: World) -> None:
    with world.db.write() as writing:
        writing.add(Throttle(key="k", window_ends_at=NOW))
        writing.flush()
        assert tries(world) is None
    assert tries(world) == 0


def test_a_write_inside_a_write_is_an_error_and_not_a_standstill(world: World) -> None:
    with pytest.raises(NestedWriteError), world.db.write(), world.db.write():
        pass
    with world.db.write() as session:
        session.add(Throttle(key="k", window_ends_at=NOW))
    assert tries(world) == 0


def test_a_writer_that_never_ends_makes_others_say_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    if not world.db.is_sqlite:
        return
    monkeypatch.setattr(writer_lock, "SECONDS_IN_LINE", 0.05)
    holding, done = threading.Event(), threading.Event()

    def hold() -> None:
        with world.db.write():
            holding.set()
            done.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    holding.wait(10)
    with pytest.raises(BusyError, match="try again"), world.db.write():
        pass
    assert tries(world) is None
    done.set()
    holder.join()
    with world.db.write() as session:
        session.add(Throttle(key="k", window_ends_at=NOW))


def test_two_programs_write_in_turn(world: World) -> None:
    """Two Database objects stand for two processes: each has its own lock file handle and its own threads' lock."""
    other = kernel_db.Database(world.settings.database_url)
    with world.db.write() as session:
        session.add(Throttle(key="k", window_ends_at=NOW))

    def count(db: kernel_db.Database) -> None:
        for _turn in range(40):
            with db.write() as session:
                session.get_one(Throttle, "k", with_for_update=True).tries += 1

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(count, [world.db, other, world.db, other]))
    other.close()
    assert tries(world) == 160


def test_a_reference_to_nothing_is_refused(world: World) -> None:
    with pytest.raises(sa.exc.IntegrityError), world.db.write() as session:
        session.add(Credential(person_id=99, username="a", username_key="a"))


def test_what_a_statement_carried_is_in_no_error_and_so_in_no_log(world: World) -> None:
    with pytest.raises((OperationalError, ProgrammingError)) as refused, world.db.read() as session:
        session.execute(sa.text("SELECT * FROM nowhere WHERE name = :name"), {"name": "a diagnosis"})
    assert "a diagnosis" not in str(refused.value)
