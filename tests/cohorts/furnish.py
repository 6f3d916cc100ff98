"""Cohorts that are planned and one that was dropped: for the house tests."""

from datetime import timedelta

from app.cohorts.commands import DropCohort, PlanCohorts, Wanted, drop_cohort, plan_cohorts
from app.cohorts.queries import cohort_by_id
from tests.house.stage import HOSTILE, Cast
from tests.world import World


def furnish(world: World, cast: Cast) -> None:
    admin, medicine = world.actor(cast.people["qi-admin"]), world.directorate(f"Medicine {HOSTILE}").id
    for turn in range(len(cast.crowd) + 1):
        first = world.today + timedelta(days=30 + 7 * turn)
        wanted = Wanted(
            starts_on=first,
            ends_on=first + timedelta(days=1),
            places=30,
            kept=((medicine, 10),),
            title=f"Cohort {HOSTILE}",
            note=f"Note {HOSTILE}",
        )
        with world.db.write() as session:
            [gone] = plan_cohorts(session, admin, PlanCohorts(tier="pocket-qi", wanted=wanted), world.now)
            drop_cohort(session, admin, DropCohort(cohort_id=gone.id, reason=f"Why {HOSTILE}"), world.now)
            [made] = plan_cohorts(session, admin, PlanCohorts(tier="pocket-qi", wanted=wanted), world.now)
            cast.put("cohort_id", made.id)
            cast.put("cohort_seen", cohort_by_id(session, made.id).seen)
