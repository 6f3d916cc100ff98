"""Mini-tasks: Sam and each of the crowd have a draft, Sam's colleague has handed in, their lead reads what was said."""

from app.marking.rules import MarkPlace
from tests.house.stage import HOSTILE, Cast
from tests.marking.work_writer import MINI_TASK, Writer, mark, release
from tests.world import World

ROUTES = ("work", "save_work", "check_work", "hand_in", "take_back", "write_again")


def furnish(world: World, cast: Cast) -> None:
    world.load_courses()
    for person_id in (*cast.crowd, cast.sam):
        _write(world, person_id)
    _write(world, cast.people["staff-other"]).hand_in()
    judged = _write(world, cast.people["lead-own"])
    work = judged.hand_in()
    for place in MarkPlace:
        points = dict.fromkeys((p.id for p in judged.own.guide.points), place is MarkPlace.SECOND)
        comments = dict.fromkeys(points, f"Said {HOSTILE}")
        mark(world, work, place, marks={p: int(v) for p, v in points.items()}, comments=comments, comment=HOSTILE)
    release(world, work, 0)
    for route in ROUTES:
        for name, value in zip(("course", "activity"), MINI_TASK, strict=True):
            cast.put(name, value, route=f"marking:{route}")


def _write(world: World, person_id: int) -> Writer:
    writer = Writer(world, person_id, *MINI_TASK).enrol()
    writer.save({part.id: f"Cold tea {HOSTILE}" for part in writer.own.guide.parts})
    return writer
