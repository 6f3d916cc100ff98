"""Every change says who made it. Personal values lie beside the event, where they can be erased without it."""

from typing import Any

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM, Actor, PersonKind
from app.kernel import audit
from app.kernel.audit import AnonymousDeedError, AuditEvent, AuditValue
from app.kernel.db import table
from tests.world import World


@pytest.mark.parametrize(
    "nobody", [None, Actor(0, PersonKind.STAFF, "Nobody")], ids=["no actor", "an actor without id"]
)
def test_a_deed_without_an_actor_is_refused_and_nothing_is_written(world: World, nobody: Any) -> None:
    with pytest.raises(AnonymousDeedError), world.db.write() as session:
        audit.record(session, nobody, "set need", "requirement", 1, now=world.now)
    with world.db.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(table(AuditEvent))) == 0


def test_an_actor_who_does_not_exist_cannot_be_recorded(world: World) -> None:
    with pytest.raises(sa.exc.IntegrityError), world.db.write() as session:
        audit.record(session, Actor(999, PersonKind.STAFF, "Ghost"), "set need", "requirement", 1, now=world.now)


def test_values_can_be_erased_and_the_event_stays(world: World) -> None:
    with world.db.write() as session:
        event = audit.record(
            session,
            SYSTEM,
            "rename",
            "person",
            1,
            now=world.now,
            subject_id=1,
            changed={"name": ("Ann", "Anne"), "email": (None, "anne@trust.example")},
            fields=("note",),
        )
    with world.db.write() as session:
        session.execute(sa.delete(AuditValue).where(table(AuditValue).c.event_id == event.id))
    with world.db.read() as session:
        kept = session.get_one(AuditEvent, event.id)
        assert (kept.actor_id, kept.action, kept.fields, kept.at) == (1, "rename", "name,email,note", world.now)
        assert session.scalars(sa.select(AuditValue)).all() == []


def test_a_deed_that_fails_leaves_no_event(world: World) -> None:
    def half_a_deed() -> None:
        with world.db.write() as session:
            audit.record(session, SYSTEM, "rename", "person", 1, now=world.now, changed={"name": ("a", "b")})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_a_deed()
    with world.db.read() as session:
        assert session.scalars(sa.select(AuditEvent)).all() == []
