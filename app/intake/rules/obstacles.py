"""What keeps a plan from being done until somebody says that it is meant so."""

from collections.abc import Mapping

from app.intake.rules.lines import LineKind
from app.intake.rules.plan import MOST_LEAVERS, Plan


def in_the_way(plan: Plan, *, good_rows: bool, leavers_expected: bool) -> str:
    """The first of them in a sentence; empty when nothing is."""
    if plan.problems and not good_rows:
        rows = len({problem.row for problem in plan.problems})
        said = "1 row has" if rows == 1 else f"{rows} rows have"
        return f"{said} errors. Correct what is wrong, or take the good rows alone."
    if plan.too_many_leave and not leavers_expected:
        return (
            f"{plan.counts[LineKind.LEAVER]} of {plan.active} active staff would leave, which is more than 5 in 100. "
            "If that is so, say that it is expected."
        )
    return ""


def too_many_leave(counts: Mapping[str, int]) -> bool:
    """The same of a plan's counts, as a preview keeps them."""
    return counts.get(LineKind.LEAVER, 0) > MOST_LEAVERS * counts.get("active", 0)


def unticked(counts: Mapping[str, int], *, good_rows: bool, leavers_expected: bool) -> dict[str, str]:
    """What a preview asks to be told and was not, by the field that says it."""
    said = {}
    if counts.get("errors") and not good_rows:
        said["good_rows"] = "Put right what is under Errors, or tick that it is left out this time"
    if too_many_leave(counts) and not leavers_expected:
        said["leavers_expected"] = "More than 5 in 100 would leave: look who, and tick that it is true"
    return said
