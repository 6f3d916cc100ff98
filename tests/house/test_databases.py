"""Two databases carry the trust, and what keeps each of them safe must be switched on in every connection.

A migrated, empty database already is a trust: a command on it has a system actor to be recorded under.
"""

import sqlalchemy as sa

from app.access.actor import SYSTEM_PERSON_ID
from tests.world import World


def test_a_migrated_database_already_is_a_trust(world: World) -> None:
    with world.db.read() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM trust")) == 1
        kind = session.scalar(sa.text("SELECT kind FROM person WHERE id = :id"), {"id": SYSTEM_PERSON_ID})
    assert kind == "system"


def test_each_test_has_a_database_of_its_own(world: World) -> None:
    with world.db.write() as session:
        session.execute(sa.text("UPDATE trust SET staff_data_source = 'me'"))
    with world.db.read() as session:
        assert session.scalar(sa.text("SELECT staff_data_source FROM trust")) == "me"


def test_every_sqlite_connection_survives_power_loss_and_keeps_its_references(world: World) -> None:
    if not world.db.is_sqlite:
        with world.db.read() as session:
            assert session.scalar(sa.text("SHOW timezone")) == "UTC"
        return
    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 5000}
    for opened in (world.db.read, world.db.write):
        with opened() as session:
            assert {name: session.scalar(sa.text(f"PRAGMA {name}")) for name in expected} == expected


def test_the_server_says_that_it_and_its_database_answer(world: World) -> None:
    assert world.client().get("/healthz").text == "ok"
