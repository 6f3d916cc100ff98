"""Which patterns count as signals. A rule set is a value: choose one of these, or `replace` what a trust does its way.

Sources: qi-domain §3.1 (Making Data Count), §3.3 (Anhøj; IHI). Each rule is told where it is worked out: signals, runs.
"""

from dataclasses import dataclass
from enum import StrEnum


class Interruption(StrEnum):
    """What a point on the centre line (or a missing one) does to a shift, and a tie with its neighbour to a trend."""

    BREAKS = "breaks"
    SKIPPED = "skipped"


class TwoOfThree(StrEnum):
    """Which points count as near a limit: only those within it, or also those beyond it."""

    WITHIN = "within"
    BEYOND = "beyond"


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The lengths and choices of one way of reading charts.

    `shift` and `trend` count points; None switches a rule off. `third_anywhere` lets the third of two-of-three lie
    on the other side. `runs` asks for the longest run and crossings, and `many_runs` also for too many. A moving range
    times `range_factor` is three sigma. Below `trial_below` points the limits are called trial limits. Below
    `least_baseline` points a frozen baseline is refused; `baseline_per_phase` freezes it in each phase.
    """

    name: str
    title: str
    range_factor: float
    shift: int | None = None
    trend: int | None = None
    two_of_three: TwoOfThree | None = None
    third_anywhere: bool = False
    outside_limits: bool = True
    runs: bool = False
    many_runs: bool = False
    on_line: Interruption = Interruption.BREAKS
    ties: Interruption = Interruption.BREAKS
    trial_below: int = 13
    least_baseline: int = 2
    baseline_per_phase: bool = True


NHS_MAKING_DATA_COUNT = RuleSet(
    name="nhs",
    title="NHS Making Data Count",
    range_factor=2.66,
    shift=7,
    trend=7,
    two_of_three=TwoOfThree.WITHIN,
    trial_below=13,
    least_baseline=12,
)
"""NHSRplotthedots 0.2.2 (qi-domain §3.1)."""

ANHOEJ = RuleSet(
    name="anhoej",
    title="Anhøj",
    range_factor=3 / 1.128,
    runs=True,
    on_line=Interruption.SKIPPED,
    ties=Interruption.SKIPPED,
    trial_below=10,
    baseline_per_phase=False,
)
"""Anhøj and Olesen, PLOS ONE 9(11):e113825, as in qicharts2, which ignores a frozen baseline where it re-bases."""

IHI_RUN = RuleSet(
    name="ihi",
    title="IHI run chart",
    range_factor=2.66,
    shift=6,
    trend=5,
    runs=False,
    many_runs=True,
    on_line=Interruption.SKIPPED,
    ties=Interruption.SKIPPED,
    trial_below=10,
)
"""Perla, Provost and Murray, BMJ Quality & Safety 20:46 (qi-domain §3.3). An astronomical point is left to judgement;
on charts with limits, one outside them is named."""

WESTERN_ELECTRIC = RuleSet(
    name="western",
    title="Western Electric",
    range_factor=3 / 1.128,
    shift=8,
    two_of_three=TwoOfThree.BEYOND,
    third_anywhere=True,
    trial_below=20,
)
"""Statistical Quality Control Handbook, 1956, without four of five beyond one sigma, which no label names; 3/1.128 as
in Montgomery's textbook; 20 points as in the Health Care Data Guide."""

RULE_SETS = {rules.name: rules for rules in (NHS_MAKING_DATA_COUNT, ANHOEJ, IHI_RUN, WESTERN_ELECTRIC)}
