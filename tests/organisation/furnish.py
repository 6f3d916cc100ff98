"""Somebody who was on long leave years ago, and came back: for the house tests."""

from datetime import date

from tests.house.stage import Cast
from tests.organisation.away import go_on_leave
from tests.world import World


def furnish(world: World, cast: Cast) -> None:
    for person_id in (*cast.crowd, cast.sam):
        leave_id = go_on_leave(world, person_id, date(2023, 5, 1), date(2023, 11, 6))
    cast.put("leave_id", leave_id)
