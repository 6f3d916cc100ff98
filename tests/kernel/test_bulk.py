"""Many rows in one statement: laid out where nobody waits, and gone with the connection if they are not written."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from app.accounts.models import Throttle
from app.kernel.bulk import Ready
from app.kernel.db import Database, table
from tests.world import World

FIELDS = ("key", "window_ends_at", "tries")
ENDS = datetime(2026, 11, 23, tzinfo=UTC)
MANY = [(f"{number:05}", ENDS, number) for number in range(6_000)]


def tries(db: Database) -> list[int]:
    with db.read() as session:
        return list(session.scalars(sa.select(table(Throttle).c.tries).order_by(table(Throttle).c.key)))


def test_rows_are_inserted_and_changed_by_a_column(world: World) -> None:
    with world.db.apart() as connection:
        made = Ready(connection, Throttle, FIELDS, MANY)
        changed = Ready(connection, Throttle, ("key", "tries"), [("00001", 99), ("00000", 98)], by="key")
        assert tries(world.db) == [], "nothing is in the database before it is written"
        with world.db.write(connection) as session:
            made.write(session)
            changed.write(session)
    assert tries(world.db)[:3] == [98, 99, 2]
    assert len(tries(world.db)) == len(MANY)
    with world.db.read() as session:
        assert session.scalars(sa.select(Throttle)).first().window_ends_at == ENDS  # type: ignore[union-attr]


def test_no_rows_are_no_statement(world: World) -> None:
    with world.db.apart() as connection:
        none = Ready(connection, Throttle, FIELDS, iter(()))
        with world.db.write(connection) as session:
            none.write(session)
    assert tries(world.db) == []


def test_somebody_else_can_write_while_rows_are_laid_out(world: World) -> None:
    with world.db.apart() as connection:
        made = Ready(connection, Throttle, FIELDS, MANY[:3])
        world.directorate("Elsewhere")
        with world.db.write(connection) as session:
            made.write(session)
    assert len(tries(world.db)) == 3


def test_what_is_not_written_is_gone_with_its_connection(world: World) -> None:
    for _ in range(3):
        with world.db.apart() as connection:
            Ready(connection, Throttle, FIELDS, MANY[:3])
    with world.db.read() as session, pytest.raises(sa.exc.DBAPIError):
        session.execute(sa.text("SELECT * FROM ready_1"))


def test_a_write_that_fails_takes_all_of_it_back(world: World) -> None:
    with world.db.apart() as connection:
        good = Ready(connection, Throttle, FIELDS, MANY[:3])
        with pytest.raises(sa.exc.IntegrityError):
            _write(world.db, connection, good, Ready(connection, Throttle, FIELDS, MANY[3:4] * 2))
    assert tries(world.db) == []


def _write(db: Database, connection: sa.Connection, *ready: Ready) -> None:
    with db.write(connection) as session:
        for rows in ready:
            rows.write(session)
