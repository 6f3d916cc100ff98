"""The QI team plans cohorts, changes what it planned, and drops what will not take place."""

from app.cohorts.commands.planning import (
    ChangeCohort,
    DropCohort,
    PlanCohorts,
    Wanted,
    change_cohort,
    drop_cohort,
    plan_cohorts,
)

__all__ = ["ChangeCohort", "DropCohort", "PlanCohorts", "Wanted", "change_cohort", "drop_cohort", "plan_cohorts"]
