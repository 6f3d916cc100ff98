"""What keeps a plan from being done until somebody says that it is meant so."""

from app.intake.rules.lines import LineKind
from app.intake.rules.plan import Plan


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
