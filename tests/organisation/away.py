"""Long leave in one line, for every room's tests."""

from datetime import date

from app.access.actor import SYSTEM
from app.organisation.commands import EndLeave, RecordLeave, end_leave, record_leave
from app.organisation.models import Person
from app.organisation.rules import LeaveKind
from tests.world import World


def go_on_leave(
    world: World,
    person: Person | int,
    starts_on: date | None = None,
    ends_on: date | None = None,
    kind: LeaveKind = LeaveKind.PARENTAL,
) -> int:
    """Away from that day (today unless said otherwise), until the first day back if there is one."""
    person_id = person if isinstance(person, int) else person.id
    command = RecordLeave(person_id=person_id, kind=kind, starts_on=starts_on or world.today, ends_on=ends_on)
    with world.db.write() as session:
        return record_leave(session, SYSTEM, command, world.now).id


def come_back(world: World, leave_id: int, on: date | None = None) -> None:
    with world.db.write() as session:
        end_leave(session, SYSTEM, EndLeave(leave_id=leave_id, on=on or world.today), world.now)
