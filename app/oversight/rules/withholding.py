"""Small numbers: what the board is not told of a directorate, because it could tell of one person."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.oversight.rules.figures import Measure, Part, Report, Value

FEW = 10
"""People of whom fewer are not told of where they are late, or how long they took."""


def is_few(count: Value) -> bool:
    """From one to nine. Nobody is nobody in particular."""
    return count is not None and 0 < count < FEW


def withheld_of(counts: Mapping[int, Value]) -> frozenset[int]:
    """Which of these directorates' counts are not told: the small ones, and where that is one, the next smallest.

    Otherwise what is left of the trust's own count would be the one that is missing.
    """
    few = {place for place, count in counts.items() if is_few(count)}
    if len(few) == 1:
        rest = [(count, place) for place, count in counts.items() if count and place not in few]
        few |= {place for _, place in sorted(rest)[:1]}
    return frozenset(few)


def for_board(report: Report) -> Report:
    """The same report without the figures of a directorate that are about fewer than FEW people."""
    parts = {part.directorate_id: part for part in report.parts}
    now = withheld_of({place: part.totals.get(Measure.OVERDUE) for place, part in parts.items()})
    monthly = [
        withheld_of({place: part.monthly[Measure.OVERDUE][number] for place, part in parts.items()})
        for number in range(len(report.months))
    ]
    shown = (
        _shown(part, part.directorate_id in now, [part.directorate_id in few for few in monthly])
        for part in report.parts
    )
    return replace(report, parts=tuple(shown))


def _shown(part: Part, late_now: bool, late: Sequence[bool]) -> Part:
    totals, withheld = dict(part.totals), set(part.withheld)
    small = {Measure.OVERDUE: list(late), Measure.DAYS: [is_few(count) for count in part.timed]}
    for measure, left_out in ((Measure.OVERDUE, late_now), (Measure.DAYS, is_few(part.timed_year))):
        if left_out:
            totals[measure] = None
            withheld.add(measure)
    return replace(
        part,
        totals=totals,
        monthly={**part.monthly, **{one: _without(part.monthly[one], months) for one, months in small.items()}},
        withheld=frozenset(withheld),
        partly=frozenset(one for one, months in small.items() if any(months)),
    )


def _without(values: Sequence[Value], left_out: Sequence[bool]) -> tuple[Value, ...]:
    return tuple(None if out else value for value, out in zip(values, left_out, strict=True))
