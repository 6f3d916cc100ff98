"""A download is its maker's alone, counted in the audit log, and gone after a day."""

import os
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM, Actor, PersonKind
from app.kernel import spool
from app.kernel.audit import AuditEvent
from app.kernel.errors import NotFoundError
from app.kernel.spool import Export
from tests.world import World


def spooled(world: World, content: bytes = b"a,b") -> Export:
    with world.db.write() as session:
        return spool.spool(
            session,
            world.settings.spool_dir,
            SYSTEM,
            kind="evidence",
            about="Medicine",
            file_name="medicine.csv",
            media_type="text/csv",
            content=content,
            rows=61,
            now=world.now,
        )


def fetch(world: World, actor: Actor, export: Export) -> Export:
    with world.db.read() as session:
        return spool.fetchable(session, actor, export.id, world.now)


def set_time(world: World, at: datetime) -> None:
    """Files carry the machine's time; the tests' clock is another."""
    for file in world.settings.spool_dir.iterdir():
        os.utime(file, (at.timestamp(), at.timestamp()))


def test_the_file_waits_under_a_name_nobody_can_guess(world: World) -> None:
    export = fetch(world, SYSTEM, spooled(world))
    assert len(export.spooled_as) >= 32
    assert (world.settings.spool_dir / export.spooled_as).read_bytes() == b"a,b"


def test_an_export_is_written_down_with_its_row_count(world: World) -> None:
    export = spooled(world)
    with world.db.read() as session:
        event = session.scalars(sa.select(AuditEvent)).one()
    assert (event.action, event.entity, event.entity_id, event.rows) == ("export evidence", "export", export.id, 61)


def test_somebody_elses_export_does_not_exist(world: World) -> None:
    export = spooled(world)
    with pytest.raises(NotFoundError):
        fetch(world, Actor(2, PersonKind.STAFF, "Somebody else"), export)


def test_an_export_can_be_fetched_for_a_day(world: World) -> None:
    export = spooled(world)
    world.later(hours=23, minutes=59)
    fetch(world, SYSTEM, export)
    world.later(minutes=1)
    with pytest.raises(NotFoundError):
        fetch(world, SYSTEM, export)


def test_sweeping_removes_old_files_with_and_without_a_row_and_keeps_the_rest(world: World) -> None:
    spooled(world)
    (world.settings.spool_dir / "left-by-a-crash").write_bytes(b"x")
    set_time(world, world.now)
    world.later(hours=24)
    fresh = spooled(world)
    os.utime(world.settings.spool_dir / fresh.spooled_as, (world.now.timestamp(),) * 2)
    with world.db.write() as session:
        assert spool.sweep(session, world.settings.spool_dir, world.now) == 2
    assert [f.name for f in world.settings.spool_dir.iterdir()] == [fresh.spooled_as]
    with world.db.read() as session:
        gone = [e.gone_at for e in session.scalars(sa.select(Export).order_by("id"))]
    assert gone == [world.now, None]


def test_sweeping_a_folder_that_was_never_made_does_nothing(world: World) -> None:
    with world.db.write() as session:
        assert spool.sweep(session, world.settings.spool_dir / "nowhere", world.now + timedelta(days=2)) == 0
