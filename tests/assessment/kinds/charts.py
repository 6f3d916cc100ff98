"""Measures as a course writer would write them, with signals that one can count by hand."""

from typing import Any


def measure(values: list[Any], **fields: Any) -> dict[str, Any]:
    """Months from January 2024."""
    points = [{"at": f"{2024 + n // 12}-{n % 12 + 1:02}-01", "value": value} for n, value in enumerate(values)]
    return {"title": "Falls each month", "points": points} | fields


SHIFTED = [9, 13] * 6 + [8, 7] * 4
"""Mean (132 + 60) / 20 = 9.6. Eleven steps of 4, one from 13 to 8, seven of 1: 56 / 19 = 2.95, so limits 9.6 ± 7.84
and near limits 9.6 ± 5.23. The last eight points are below the mean, the one before them is above it, and no point is
near a limit: there is a shift, of points 13 to 20, and none of the other rules is broken."""

STEADY = [10, 12, 11, 9, 11, 10, 12, 10, 9, 11, 10, 12]
"""Mean 10.58, steps 2 1 2 2 1 2 2 1 2 1 2: 18 / 11 = 1.64, so limits 10.58 ± 4.35, and near limits 7.68 to 13.48.
No point is near a limit, no seven lie on one side, none rise or fall for long."""

RUNNING = [5, 6, 5, 6, 5, 6, 5, 6, 9, 8, 9, 8, 9, 8, 9, 8]
"""Median 7: all sixteen points off it, runs of 8 and 8, crossed once. Chance explains round(4) + 3 = 7."""
