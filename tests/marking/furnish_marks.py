"""Work in every state, in hostile words: waiting, held, differing, decided; for the house tests.

Of each of the crowd, and of Sam: one piece waits, two markers differ on one, one is decided and one is held.
"""

import tempfile
from pathlib import Path

from app.access.permissions import Role
from tests.house.stage import HOSTILE, Cast
from tests.marking.judged import BEST, ONE, SLUG, TOGETHER, TWO, WORST, Ward, write_tasks
from tests.world import World

WORDS = {"aim": f"An aim {HOSTILE}", "plan": f"A plan {HOSTILE}"}
SAID = dict.fromkeys(BEST, f"A word {HOSTILE}")


def furnish(world: World, cast: Cast) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world.load_courses(write_tasks(Path(folder)))
    ward = Ward(world)
    first, second = (ward.marker(Role.MARKER, family_name=f"{n} {HOSTILE}") for n in ("First", "Second"))
    admin, marker = cast.people["qi-admin"], cast.people["marker"]
    ward.calibrate(admin)
    ward.calibrate(marker, ONE, TWO)
    for person_id in (*cast.crowd, cast.sam):
        waits, differs, held = _work_of(ward, person_id, first, second)
    colleague = cast.people["staff-other"]
    cast.put("mark", _resubmission(ward, colleague, marker))
    mark = ward.moderation(admin, _differs(ward, colleague, first, second))
    ward.say(admin, mark, BEST, comments=SAID, comment=HOSTILE)
    cast.put("mark", mark, "staff")
    cast.put("mark", held, route="marking:free")
    cast.put("work", differs, route="marking:moderate")
    cast.put("work", waits, route="marking:take")
    cast.put("task_id", ward.activity(TOGETHER))
    for route in ("marking:calibrate", "marking:judge"):
        cast.put("course", SLUG, route=route)
        cast.put("activity", TOGETHER, route=route)


def _work_of(ward: Ward, person: int, first: int, second: int) -> tuple[int, int, int]:
    """What waits, what two markers differ on, and the mark of what somebody holds."""
    waits = ward.handed_in(ONE, by=person, content=WORDS)
    differs = _differs(ward, person, first, second)
    ward.mark(first, ward.handed_in(TOGETHER, by=person, content=WORDS), BEST)
    held = ward.take(second, ward.handed_in(TWO, content=WORDS))
    assert held is not None
    return waits, differs, held


def _differs(ward: Ward, person: int, first: int, second: int) -> int:
    work = ward.handed_in(TWO, by=person, content=WORDS)
    ward.mark(first, work, BEST, comments=SAID, comment=f"Good {HOSTILE}")
    ward.mark(second, work, WORST, comments=SAID, comment=f"Poor {HOSTILE}")
    return work


def _resubmission(ward: Ward, person: int, marker: int) -> int:
    """A mark, complete but not finished, of work that comes back with what was said before."""
    ward.mark(marker, ward.handed_in(ONE, by=person, content=WORDS), WORST, comments=SAID, comment=HOSTILE)
    mark = ward.take(marker, ward.handed_in(ONE, by=person, content=WORDS))
    assert mark is not None
    ward.say(marker, mark, BEST, comments=SAID, comment=HOSTILE)
    return mark
