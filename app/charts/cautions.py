"""What a reader should know before they trust a chart's lines."""

from collections.abc import Sequence

from app.charts.rulesets import RuleSet
from app.charts.series import Series

SHORT_BASELINE = 12
"""Points that the Making Data Count tool asks of a baseline (qi-domain §3.1)."""


def warnings_of(series: Series, rules: RuleSet, baseline: int | None, known: Sequence[int]) -> tuple[str, ...]:
    """Sentences about short phases, short or idle baselines, and gaps. `known` are each phase's points with a value.

    A phase of fewer than 13 points has trial limits (Making Data Count; NHSRplotthedots warns), or of fewer than 10
    under run-chart rules (qi-domain §3.3).
    """
    return (
        *(
            _short(number, count, len(known), rules)
            for number, count in enumerate(known, 1)
            if count < rules.trial_below
        ),
        *_baseline(rules, baseline, len(known), len(series.xs)),
        *_gaps(series),
    )


def _short(number: int, count: int, phases: int, rules: RuleSet) -> str:
    where = f"Phase {number}" if phases > 1 else "The series"
    points = "1 point" if count == 1 else f"{count} points"
    return f"{where} has {points}, fewer than {rules.trial_below}: its lines are trial ones."


def _baseline(rules: RuleSet, baseline: int | None, phases: int, points: int) -> list[str]:
    if baseline is None:
        return []
    if phases > 1 and not rules.baseline_per_phase:
        return [f"The {rules.title} rules freeze no baseline where a chart begins anew: it was ignored."]
    if baseline > points:
        return [f"The baseline of {baseline} points is longer than the series: all {points} were used."]
    return [f"The baseline has {baseline} points, fewer than {SHORT_BASELINE}."] if baseline < SHORT_BASELINE else []


def _gaps(series: Series) -> list[str]:
    gaps = sum(value is None for value in series.values)
    if not gaps:
        return []
    return [f"{'1 value is' if gaps == 1 else f'{gaps} values are'} missing, and left out as a gap."]
