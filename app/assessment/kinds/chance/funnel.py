"""The funnel: a marble dropped at a target many times, and four rules for moving the funnel after each drop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from app.assessment.kinds.chance.state import Run
from app.charts import NHS_MAKING_DATA_COUNT, Analysis, ChartKind, Plan, Series, analyse
from app.charts.drawing.picture import figure

DROPS = 40
SPREAD = 2.0
RULES = (
    "Rule 1: leave the funnel alone",
    "Rule 2: move it from where it is, against the last miss",
    "Rule 3: set it as far on the other side of the target as the last marble missed",
    "Rule 4: set it over the place where the last marble came to rest",
)
RUN_BY_LEARNER = 2
"""The learner runs the first two; the others are told of."""
ONE_SMALLER, TWO_SMALLER = "rule-1-smaller", "rule-2-smaller"
SHOWS = (ONE_SMALLER, TWO_SMALLER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Where the marbles of one rule came to rest: how far from the target, 0."""

    rule: str
    lowest: str
    highest: str
    wide: str
    typical: str


def drop(seed: str, rule: int) -> list[float]:
    """The rests of all marbles under a rule. Every rule gets the same hand: the same little pushes, drop by drop."""
    chance = Random(f"{seed}|funnel")  # noqa: S311  a marble
    funnel, rests = 0.0, []
    for _ in range(DROPS):
        rest = funnel + _push(chance)
        rests.append(round(rest, 1))
        funnel = _moved(rule, funnel, rest)
    return rests


def _push(chance: Random) -> float:
    """About normal: twelve uniform numbers have variance 1."""
    return SPREAD * (sum(chance.random() for _ in range(12)) - 6)


def _moved(rule: int, funnel: float, rest: float) -> float:
    """The four rules of adjustment (Deming, Out of the Crisis, 1986, chapter 11), with the target at 0."""
    return {1: 0.0, 2: funnel - rest, 3: -rest}.get(rule, rest)


def spreads(run: Run) -> tuple[Spread, ...]:
    return tuple(_spread(f"Rule {place}", rests) for place, rests in enumerate(run.steps, 1))


def _spread(rule: str, rests: Sequence[float]) -> Spread:
    low, high = min(rests), max(rests)
    return Spread(
        rule=rule,
        lowest=f"{low:.1f}".replace("-", "−"),
        highest=f"{high:.1f}".replace("-", "−"),
        wide=f"{high - low:.1f}",
        typical=f"{_deviation(rests):.1f}",
    )


def _deviation(rests: Sequence[float]) -> float:
    mean = sum(rests) / len(rests)
    return float((sum((rest - mean) ** 2 for rest in rests) / (len(rests) - 1)) ** 0.5)


def analysed(rests: Sequence[float], rule: str) -> Analysis:
    return analyse(Series.of(rule, range(1, len(rests) + 1), rests), Plan(ChartKind.XMR, NHS_MAKING_DATA_COUNT))


def drawn(shown: Mapping[str, Any], run: Run, prefix: str, *, read: bool) -> str:
    charts = []
    for place, rests in enumerate(run.steps):
        title = f"{RULES[place]}. Off the target, {shown['unit']}, drop by drop"
        charts.append(figure(analysed(rests, RULES[place]), f"{prefix}-{place + 1}", title=title, plain=not read))
    return "".join(charts)


def reading(run: Run) -> tuple[str, str]:
    """Which of the two rules spread less in this run, and a sentence that says it."""
    one, two = (_deviation(rests) for rests in run.steps[:2])
    said = f"In your run the standard deviation is {one:.1f} under rule 1 and {two:.1f} under rule 2."
    return (ONE_SMALLER if one < two else TWO_SMALLER), said
