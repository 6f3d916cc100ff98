"""Pairs that may be one person, one that was judged to be two, and merges that can be undone: for the house tests."""

from app.access.actor import SYSTEM
from app.intake.commands.merging import JudgeTwo, MergePeople, judge_two, merge_people
from tests.house.stage import HOSTILE, Cast
from tests.world import World


def furnish(world: World, cast: Cast) -> None:
    first, second = _pairs(world, 1 + len(cast.crowd), "Twin")[0]
    cast.put("one_id", first, "staff")
    cast.put("other_id", second, "staff")
    cast.put("one_id", cast.rosie, "partner")
    cast.put("other_id", second, "partner")
    for one, other in _pairs(world, len(cast.crowd), "Namesake"):
        with world.db.write() as session:
            judge_two(session, SYSTEM, JudgeTwo(one, other), world.now)
    for kept, gone in _pairs(world, 1 + len(cast.crowd), "Once"):
        asked = MergePeople(kept_id=kept, gone_id=gone, reason=f"Entered twice {HOSTILE}")
        with world.db.write() as session:
            cast.put("merge_id", merge_people(session, SYSTEM, asked, world.now).id)


def _pairs(world: World, how_many: int, name: str) -> list[tuple[int, int]]:
    """Two members of staff of the same name, in one team; each with an account."""
    found = []
    for number in range(how_many):
        one, other = (world.hire(f"{name}{HOSTILE}", f"{number}{HOSTILE}").id for _ in range(2))
        world.open_account(one)
        found.append((one, other))
    return found
