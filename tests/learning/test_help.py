"""Help says whom to ask: the QI team's contact, and the coach of each directorate."""

from app.access.actor import SYSTEM
from app.learning.commands import GrantAward, WithdrawAward, grant_award, withdraw_award
from app.organisation.models import Person
from tests.world import World


def coach(world: World, person: Person) -> None:
    with world.db.write() as session:
        command = GrantAward(person_id=person.id, tier="qi-coach", occurred_on=world.today, source="Coaching programme")
        grant_award(session, SYSTEM, command, world.now)


def test_everyone_finds_the_coaches_who_work_here_with_their_directorate(world: World) -> None:
    world.load_courses()
    reader = world.hire()
    coach(world, world.hire("Marco", "O'Hara", team=world.team("Larch", "Forensic services")))
    gone = world.hire("Ann", "Gone")
    coach(world, gone)
    withdrawn = world.hire("Bea", "Former")
    coach(world, withdrawn)
    world.later(days=1)
    world.leave(gone)
    with world.db.write() as session:
        taken = WithdrawAward(person_id=withdrawn.id, tier="qi-coach", occurred_on=world.today, reason="Stepped down")
        withdraw_award(session, SYSTEM, taken, world.now)
    page = world.client(reader).get("/help").text
    assert "Marco O&#39;Hara" in page
    assert "Forensic services" in page
    assert "Ann Gone" not in page
    assert "Bea Former" not in page


def test_a_trust_without_coaches_says_whom_to_ask(world: World) -> None:
    assert "Nobody who works here holds the coach’s level yet" in world.client(world.hire()).get("/help").text
