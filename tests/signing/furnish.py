"""Sign-offs that wait, were rejected, or can be decided by nobody, for Sam and each of the crowd: for house tests."""

import tempfile
from pathlib import Path

import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.curriculum.queries import course_by_slug
from app.kernel.db import table
from app.learning.commands import Enrol, WithdrawAward, enrol, withdraw_award
from app.learning.rules import COACH_TIER
from app.signing import commands
from app.signing.models import SignOff, SignOffEvent
from app.signing.rules import SignOffState
from tests.house.stage import HOSTILE, Cast
from tests.signing.course import COACHED, KEY, OTHER, make_coach, write_course
from tests.signing.furnish_uses import furnish_uses
from tests.world import World

SLUG = "asking-first"


def furnish(world: World, cast: Cast) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world.load_courses(write_course(Path(folder) / "courses", slug=SLUG, tier="qi-coach"))
    lead, coach = cast.people["lead-own"], cast.people["lead-other"]
    make_coach(world, coach)
    for person_id in (*cast.crowd, cast.sam):
        _join(world, person_id)
        _ask(world, person_id, COACHED, coach)
        rejected = _ask(world, person_id, OTHER, lead)
        decision = commands.DecideSignOff(sign_off_id=rejected, confirm=False, comment=f"Which ward? {HOSTILE}")
        with world.db.write() as session:
            commands.decide_sign_off(session, world.settings, world.actor(lead), decision, world.now)
        waiting = _ask(world, person_id, KEY, lead)
    _no_coach_any_more(world, coach)
    furnish_uses(world, cast)
    cast.put("sign_off_id", waiting, "staff")
    cast.put("asked", lead)
    cast.put("seen", _last_event(world))
    for route in ("sign_off", "request", "withdraw"):
        cast.put("course", SLUG, "staff", f"signing:{route}")
        cast.put("activity", KEY, "staff", f"signing:{route}")


def _join(world: World, person_id: int) -> None:
    with world.db.write() as session:
        course = course_by_slug(session, SLUG)
        enrol(session, world.actor(person_id), Enrol(course_id=course.id), world.now)


def _ask(world: World, person_id: int, activity: str, asked_id: int) -> int:
    command = commands.RequestSignOff(
        course=SLUG, activity=activity, account=f"I asked {HOSTILE}", asked_id=asked_id, seen=0
    )
    with world.db.write() as session:
        commands.request_sign_off(session, world.settings, world.actor(person_id), command, world.now)
        newest = sa.select(sa.func.max(table(SignOff).c.id)).where(table(SignOff).c.state == SignOffState.REQUESTED)
        return int(session.scalars(newest).one())


def _last_event(world: World) -> int:
    with world.db.read() as session:
        return int(session.scalars(sa.select(sa.func.max(table(SignOffEvent).c.id))).one())


def _no_coach_any_more(world: World, person_id: int) -> None:
    command = WithdrawAward(person_id=person_id, tier=COACH_TIER, occurred_on=world.today, reason="No longer a coach")
    with world.db.write() as session:
        withdraw_award(session, SYSTEM, command, world.now)
