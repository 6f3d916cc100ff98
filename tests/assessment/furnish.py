"""A practice that is open, one that was handed in, and an adjustment, for Sam and for each of the crowd.

The partners' course has no questions yet; that a partner finds nobody's attempt is asked with Sam's.
"""

from app.access.actor import SYSTEM
from app.assessment.commands import GrantAdjustment, grant_adjustment
from app.assessment.kinds.matching import MatchingView
from app.assessment.kinds.matching import page as matching_page
from app.assessment.queries import Asked
from app.assessment.rules import Leeway
from tests.assessment.course import SLUG, Learner
from tests.house.stage import HOSTILE, Cast
from tests.world import World

OPEN, DONE, CHECK = "try-who-helps", "try-three-questions", "check"
ADJUSTED = "why-somebody-has-more-time"


def furnish(world: World, cast: Cast) -> None:
    world.load_courses()
    for person_id in (*cast.crowd, cast.sam):
        learner = Learner(world, person_id)
        done = learner.hand_in(learner.start(DONE))
        opened = learner.start(OPEN)
        adjustment_id = _adjust(world, person_id)
    cast.put("adjustment_id", adjustment_id, "staff")
    cast.put("activity", CHECK, route="assessment:before")
    for route in ("assessment:before", "assessment:start", "assessment:bank"):
        cast.put("course", SLUG, route=route)
    cast.put("activity", OPEN, route="assessment:start")
    cast.put("activity", DONE, route="assessment:bank")
    cast.put("course", "patients-and-carers", route="assessment:gain")
    cast.put("activity", "how-sure", route="assessment:gain")
    cast.put("attempt", opened.id, "staff")
    cast.put("attempt", done.id, "staff", route="assessment:result")
    cast.put("number", 1)
    cast.put("answer", _answer(learner.sitting(opened).question(1)))


def _adjust(world: World, person_id: int) -> int:
    command = GrantAdjustment(
        person_id=person_id,
        leeway=Leeway(percent=25, tries=1),
        arrangement=f"{ADJUSTED} {HOSTILE}",
        reason=f"{ADJUSTED} {HOSTILE}",
        starts_on=world.today,
    )
    with world.db.write() as session:
        return grant_adjustment(session, SYSTEM, command, world.now).id


def _answer(asked: Asked) -> str:
    """The fields of an answer, as a browser sends them."""
    view = matching_page(asked.shown, None, asked.seed)
    assert isinstance(view, MatchingView)
    left = view.lefts[0]
    return f"match-{left.token}={left.choices[0].value}"
