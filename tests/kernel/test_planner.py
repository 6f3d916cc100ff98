"""After a night the database knows how many rows its tables have."""

import sqlalchemy as sa

from app.worker import do_night
from tests.world import World


def test_after_a_night_sqlite_has_counted_the_rows_of_its_tables_and_a_second_time_counts_again(world: World) -> None:
    team = world.team("Larch", "Medicine")
    for number in range(3):
        world.hire("Rea", f"Reed{number}", team=team)
    for hired in (3, 4):
        do_night(world.db, world.settings, world.now)
        if world.db.is_sqlite:
            with world.db.read() as session:
                counts = session.scalars(sa.text("SELECT stat FROM sqlite_stat1 WHERE tbl = 'employment'")).all()
            assert {int(count.split()[0]) for count in counts} == {hired}
        world.hire("Rea", f"Reed{hired}", team=team)
