"""Targets, and time to learn that was asked for and refused: for the house tests."""

from datetime import timedelta

from app.capability.commands import Cell, SetNeeds, set_needs
from app.capability.rules import Need
from app.planning.commands import (
    AnswerRelease,
    AskReleases,
    NewTarget,
    SetTargets,
    answer_release,
    ask_releases,
    set_targets,
)
from app.planning.queries.overview import to_answer
from app.planning.rules import ReleaseState, TargetKind, financial_year
from tests.house.stage import HOSTILE, Cast
from tests.world import World


def furnish(world: World, cast: Cast) -> None:
    admin, lead = world.actor(cast.people["qi-admin"]), world.actor(cast.people["lead-own"])
    _set_targets(world, cast)
    for turn in range(len(cast.crowd) + 1):
        for name in (f"Plan {turn} {HOSTILE}", f"Refuses {turn} {HOSTILE}"):
            team = world.team(name, f"Medicine {HOSTILE}")
            one = world.hire(f"Learner{HOSTILE}", f"{turn}{HOSTILE}", team=team, manager_id=cast.people["qi-admin"])
            cell = Cell(one.id, "pocket-qi", 0)
            due = world.today + timedelta(days=90)
            with world.db.write() as session:
                set_needs(session, lead, SetNeeds(cells=(cell,), need=Need.REQUIRED, due=due), world.now)
    with world.db.write() as session:
        ask_releases(session, world.settings, lead, AskReleases(), world.now)
    with world.db.read() as session:
        rows = to_answer(session, admin, world.now)
    for row in rows:
        if row.team.startswith("Refuses"):
            command = AnswerRelease(release_id=row.id, state=ReleaseState.CANNOT, reason=f"Why {HOSTILE}")
            with world.db.write() as session:
                answer_release(session, world.settings, admin, command, world.now)
    with world.db.read() as session:
        rows = to_answer(session, admin, world.now)
    cast.put("release_id", next(r.id for r in rows if r.state is ReleaseState.ASKED), route="planning:answer")
    cast.put("release_id", next(r.id for r in rows if r.state is ReleaseState.CANNOT), route="planning:replan")


def _set_targets(world: World, cast: Cast) -> None:
    cast.put("into_id", world.directorate(f"Surgery {HOSTILE}").id)
    whole = NewTarget(tier="pocket-qi", value=20)
    nurses = NewTarget(
        tier="pocket-qi", staff_group="Nursing and Midwifery Registered", kind=TargetKind.ABSOLUTE, value=2
    )
    command = SetTargets(
        directorate_id=world.directorate(f"Medicine {HOSTILE}").id,
        year=financial_year(world.today),
        targets=(whole, nurses),
        reason=f"Agreed {HOSTILE}",
    )
    with world.db.write() as session:
        set_targets(session, world.actor(cast.people["qi-admin"]), command, world.now)
