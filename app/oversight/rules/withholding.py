"""Small numbers: what the board is not told of a directorate, because it could tell of one person."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from app.kernel.suppression import FEWEST, shown_counts
from app.oversight.rules.figures import TRUST, Measure, Part, Report, Value

REST = -1
"""Stands for the directorates that have closed: no line is theirs, but the trust's own figure has them in it."""
ENOUGH = 2
"""Lines to look for few people in: of one line, the whole would tell."""
Places = frozenset[int]
NOBODY: Places = frozenset()


def withheld_of(counts: Mapping[int, int], whole: int, known: Places = NOBODY, fewest: int = FEWEST) -> Places:
    """Which of these directorates' counts are not told, and (TRUST) whether the whole is not.

    What somebody knows all the same, of the directorates that they lead, hides nothing: to them the whole is what is
    left without it. Where nobody is left, there is nothing to hide.
    """
    others = _others(counts, whole, known)
    if not sum(others.values()):
        return NOBODY
    hidden = others.keys() - shown_counts(others, fewest)
    named = hidden - {REST}
    alone = bool(hidden) and len(named) < ENOUGH and sum(others[place] for place in hidden) < fewest
    return frozenset(named | ({TRUST} if alone else set()))


def untold_days(timed: Mapping[int, int], whole: int, known: Places = NOBODY, fewest: int = FEWEST) -> Places:
    """Whose median is not told, by how many times are behind it; the trust's own (TRUST) too where those are few.

    A median cannot be had by subtraction, but that of all, beside that of all but a few, tells much of the few.
    """
    others = {place: count for place, count in _others(timed, whole, known).items() if count}
    hidden = others.keys() - shown_counts(others, fewest)
    return frozenset(hidden - {REST} | ({TRUST} if 0 < sum(others.values()) < fewest else set()))


def _others(counts: Mapping[int, int], whole: int, known: Places) -> dict[int, int]:
    others = {place: count for place, count in counts.items() if place not in known}
    rest = whole - sum(counts.values())
    return others | ({REST: rest} if rest else {})


def for_board(report: Report, known: Places = NOBODY) -> Report:
    """The same report as far as the board is told it; its reader knows these directorates' figures all the same."""
    untold = {
        Measure.OVERDUE: _untold(report, withheld_of, _late, known),
        Measure.DAYS: _untold(report, untold_days, _timed, known),
    }
    return replace(
        report, trust=_shown(report.trust, untold), parts=tuple(_shown(part, untold) for part in report.parts)
    )


def _late(part: Part) -> Sequence[Value]:
    return (*part.monthly[Measure.OVERDUE], part.totals[Measure.OVERDUE])


def _timed(part: Part) -> Sequence[Value]:
    return (*part.timed, part.timed_year)


def _untold(
    report: Report,
    rule: Callable[[Mapping[int, int], int, Places], Places],
    counts: Callable[[Part], Sequence[Value]],
    known: Places,
) -> list[Places]:
    """Where a measure is not told: month by month, and of the total, which comes last."""
    places = [part.directorate_id for part in report.parts]
    times = zip(*(counts(part) for part in (report.trust, *report.parts)), strict=True)
    whole_first = ([int(count or 0) for count in time] for time in times)
    return [rule(dict(zip(places, parts, strict=True)), whole, known) for whole, *parts in whole_first]


def _shown(part: Part, untold: Mapping[Measure, Sequence[Places]]) -> Part:
    place, totals, monthly = part.directorate_id, dict(part.totals), dict(part.monthly)
    withheld, partly = set(), set()
    for measure, (*months, year) in untold.items():
        if place in year:
            totals[measure] = None
            withheld.add(measure)
        if any(place in month for month in months):
            values = zip(part.monthly[measure], months, strict=True)
            monthly[measure] = tuple(None if place in month else value for value, month in values)
            partly.add(measure)
    return replace(part, totals=totals, monthly=monthly, withheld=frozenset(withheld), partly=frozenset(partly))
