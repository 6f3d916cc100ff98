"""Who has joined and is not decided about: whoever came into the trust, and nobody who was here before."""

from datetime import timedelta

from app.access.actor import SYSTEM
from app.capability.queries.waiting import waiting
from app.organisation.commands import Rejoin, rejoin
from app.organisation.models import Person
from tests.capability.conftest import Scene


def joiners(scene: Scene) -> list[int]:
    with scene.world.db.read() as session:
        return [j.person_id for j in waiting(session, scene.actor(), scene.world.now).joiners]


def hired(scene: Scene, days_ago: int, team: str = "Larch", directorate: str = "Medicine") -> Person:
    world = scene.world
    return world.hire(team=world.team(team, directorate), starts_on=world.today - timedelta(days=days_ago))


def test_whoever_moved_here_from_another_team_or_directorate_has_not_joined(scene: Scene) -> None:
    world, larch = scene.world, scene.world.team("Larch", "Medicine")
    new = hired(scene, 20)
    inside, outside = hired(scene, 900, "Hazel"), hired(scene, 900, "Theatres", "Surgery")
    for person in (inside, outside):
        world.move(person, larch, on=world.today - timedelta(days=10))
    assert joiners(scene) == [new.id]


def test_whoever_left_and_came_back_has_joined_again(scene: Scene) -> None:
    world = scene.world
    back = hired(scene, 900)
    world.leave(back, world.today - timedelta(days=300))
    command = Rejoin(
        person_id=back.id,
        employee_number="80012",
        team_id=world.team("Larch", "Medicine").id,
        job_role="Staff nurse",
        staff_group="Nursing and Midwifery Registered",
        starts_on=world.today - timedelta(days=5),
    )
    with world.db.write() as session:
        rejoin(session, SYSTEM, command, world.now)
    assert joiners(scene) == [back.id]
