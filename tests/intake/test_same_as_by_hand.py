"""An import writes many at once what the deeds by hand write one by one: the rows are the same."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.organisation.models import Employment, LongLeave, Person
from tests.intake.staff_file import Importing, row
from tests.organisation.away import go_on_leave
from tests.world import World

OWN = {
    "id",
    "recorded_at",
    "person_id",
    "employee_number",
    "email",
    "email_key",
    "entity_id",
    "subject_id",
    "at",
    "made_at",
}
ACTIONS = {"hire", "move", "end employment", "rejoin", "record leave", "end leave"}


@pytest.fixture
def hr(world: World, tmp_path: Path) -> Importing:
    return Importing(world, tmp_path)


def _written(world: World, number: str) -> dict[str, list[dict[str, Any]]]:
    """What stands in the tables of one person, but for what is each person's own."""
    post, person, event, leave = table(Employment), table(Person), table(AuditEvent), table(LongLeave)
    with world.db.read() as session:
        who = session.scalar(sa.select(post.c.person_id).where(post.c.employee_number == number))
        found = {
            "posts": session.execute(sa.select(post).where(post.c.person_id == who).order_by(post.c.starts_on)),
            "leaves": session.execute(sa.select(leave).where(leave.c.person_id == who).order_by(leave.c.starts_on)),
            "people": session.execute(sa.select(person).where(person.c.id == who)),
            "events": session.execute(
                sa.select(event.c.action, event.c.entity, event.c.actor_id)
                .where(event.c.subject_id == who, event.c.action.in_(ACTIONS))
                .order_by(event.c.id)
            ),
        }
        return {
            name: [{k: v for k, v in one._mapping.items() if k not in OWN} for one in rows.all()]
            for name, rows in found.items()
        }


def test_joining_moving_leaving_and_coming_back_are_the_same_by_file_and_by_hand(hr: Importing) -> None:
    world = hr.world
    ward, theatre = world.team("Ward 7"), world.team("Theatre", "Surgery")
    by_hand = world.hire("Ash", "Ng", team=ward, employee_number="8", email="hand@trust.example")
    in_file = row("9", "Ng", email="file@trust.example")
    hr.do(in_file, whole="changes")
    assert _written(world, "9") == _written(world, "8")
    world.later(days=10)
    world.move(by_hand, theatre)
    in_file |= {"directorate": "Surgery", "team": "Theatre"}
    hr.do(in_file, whole="changes")
    assert _written(world, "9") == _written(world, "8")
    world.later(days=10)
    go_on_leave(world, by_hand)
    in_file |= {"status": "Maternity & Adoption"}
    hr.do(in_file, whole="changes")
    assert _written(world, "9") == _written(world, "8")
    world.later(days=2)
    world.leave(by_hand, on=date(2026, 12, 15))
    hr.do(in_file | {"end": "2026-12-14"}, whole="changes")
    assert _written(world, "9") == _written(world, "8")
    world.later(days=30)
    _back(world, by_hand.id, ward.id)
    hr.do(row("9", "Ng", email="file@trust.example", start=world.today.isoformat()), whole="changes")
    assert _written(world, "9") == _written(world, "8")


def _back(world: World, person_id: int, team_id: int) -> None:
    from app.access.actor import SYSTEM
    from app.organisation.commands import Rejoin, rejoin

    command = Rejoin(
        person_id=person_id, employee_number="8", team_id=team_id, starts_on=world.today, band="5",
        staff_group="Nursing and Midwifery Registered", job_role="Staff Nurse",
    )  # fmt: skip
    with world.db.write() as session:
        rejoin(session, SYSTEM, command, world.now)
