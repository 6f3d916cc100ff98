"""HR's list behind the levels that are held: each date says which edition it rests on, and by which rule it ends."""

from datetime import date

from app.access.actor import SYSTEM
from app.access.permissions import Role
from app.learning.commands import GrantAward, grant_award
from tests.client import document
from tests.evidence.scene import learn
from tests.organisation.away import go_on_leave
from tests.world import World

LIST = "/evidence/trust?period=gmc&show=levels"


def grant(world: World, person_id: int, on: date) -> None:
    command = GrantAward(person_id=person_id, tier="pocket-qi", occurred_on=on, source="elsewhere")
    with world.db.write() as session:
        grant_award(session, SYSTEM, command, world.now)


def test_each_date_in_the_list_behind_levels_held_explains_itself(world: World) -> None:
    world.load_courses()
    eli, bea, cal = world.hire("Eli", "Early"), world.hire("Bea", "Baker"), world.hire("Cal", "Carver")
    learn(world, eli, on=date(2024, 3, 4))
    grant(world, bea.id, date(2026, 6, 1))
    grant(world, cal.id, date(2023, 6, 5))
    grant(world, cal.id, date(2026, 5, 4))
    go_on_leave(world, bea, date(2026, 9, 1), date(2026, 9, 11))
    shown = document(world.client(world.with_role(Role.HR)).get(LIST)).text
    assert "Completed 4 March 2024, edition 2; it does not lapse." in shown
    assert "Completed 1 June 2026; refresh by 11 June 2029 (3 years later, moved by 10 days of leave)." in shown
    assert "Completed 5 June 2023, refreshed 4 May 2026; refresh by 4 May 2029 (3 years later)." in shown
