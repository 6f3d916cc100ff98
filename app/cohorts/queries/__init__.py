"""Planned cohorts, for whom they are, and what they offer each directorate."""

from app.cohorts.queries.planned import (
    CohortRow,
    Kept,
    cohort_by_id,
    cohorts,
    cohorts_between,
    offered,
    open_directorates,
)

__all__ = ["CohortRow", "Kept", "cohort_by_id", "cohorts", "cohorts_between", "offered", "open_directorates"]
