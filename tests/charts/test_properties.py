"""What must hold of any data: moved, scaled or mirrored data move, scale or mirror the chart; phases stand alone."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.charts import NHS_MAKING_DATA_COUNT, RULE_SETS, Analysis, ChartKind, Label, Plan, RuleSet, analyse
from tests.charts.files import chart, labels, numbered

# Whole numbers, so that moving and doubling them is exact.
VALUES = st.lists(st.one_of(st.none(), st.integers(-50, 50)), min_size=1, max_size=45)
RULES = st.sampled_from(list(RULE_SETS.values()))
KINDS = st.sampled_from([ChartKind.XMR, ChartKind.I, ChartKind.RUN])
MIRRORED = {
    Label.COMMON: Label.COMMON,
    Label.ABOVE: Label.BELOW,
    Label.TREND_UP: Label.TREND_DOWN,
    Label.NEAR_UPPER: Label.NEAR_LOWER,
    Label.SHIFT_HIGH: Label.SHIFT_LOW,
}
MIRRORED |= {low: high for high, low in MIRRORED.items()}


def _lines(analysis: Analysis) -> list[float | None]:
    return [line for point in analysis.points for line in (point.centre, point.lower, point.upper)]


def _moved(lines: list[float | None], times: float, plus: float) -> list[Any]:
    return [None if line is None else pytest.approx(line * times + plus, abs=1e-9) for line in lines]


@given(VALUES, RULES, KINDS, st.integers(-1000, 1000))
def test_moving_the_data_moves_the_chart(values: list[float | None], rules: RuleSet, kind: ChartKind, by: int) -> None:
    before, after = chart(values, kind, rules), chart([v if v is None else v + by for v in values], kind, rules)
    assert _lines(after) == _moved(_lines(before), 1, by)
    assert labels(after) == labels(before)
    assert after.runs == before.runs


@given(VALUES, RULES, KINDS, st.sampled_from([0.25, 2, 1024]))
def test_scaling_the_data_scales_the_chart(
    values: list[float | None], rules: RuleSet, kind: ChartKind, times: float
) -> None:
    before, after = chart(values, kind, rules), chart([v if v is None else v * times for v in values], kind, rules)
    assert _lines(after) == _moved(_lines(before), times, 0)
    assert labels(after) == labels(before)
    shown = chart(values, kind, rules, multiply=times)
    assert _lines(shown) == _moved(_lines(before), times, 0)
    assert labels(shown) == labels(before)


@given(VALUES, RULES, KINDS)
def test_mirroring_the_data_mirrors_the_chart(values: list[float | None], rules: RuleSet, kind: ChartKind) -> None:
    before, after = chart(values, kind, rules), chart([v if v is None else -v for v in values], kind, rules)
    assert labels(after) == [MIRRORED[Label(label)].value for label in labels(before)]
    for one, other in zip(before.points, after.points, strict=True):
        assert (other.lower, other.upper) == tuple(_moved([one.upper, one.lower], -1, 0))
    assert after.runs == before.runs


@given(VALUES, RULES, KINDS)
def test_time_turned_round_keeps_the_limits(values: list[float | None], rules: RuleSet, kind: ChartKind) -> None:
    before, after = chart(values, kind, rules), chart(values[::-1], kind, rules)
    assert _lines(after) == pytest.approx(_lines(before))


@given(VALUES, RULES, KINDS, st.sets(st.integers(1, 45), max_size=3))
def test_a_rebase_is_the_analysis_of_the_parts(
    values: list[float | None], rules: RuleSet, kind: ChartKind, starts: set[int]
) -> None:
    begun = sorted({1, *(start for start in starts if start <= len(values))})
    whole = analyse(numbered(values), Plan(kind, rules, rebase=tuple(begun)))
    found: list[tuple[float | None, ...]] = []
    for first, end in pairwise([*begun, len(values) + 1]):
        part = chart(values[first - 1 : end - 1], kind, rules)
        found += [(p.y, p.centre, p.lower, p.upper) for p in part.points]
        assert whole.phases[begun.index(first)].runs == part.runs
        assert labels(whole)[first - 1 : end - 1] == labels(part)
    assert [(p.y, p.centre, p.lower, p.upper) for p in whole.points] == found


@given(VALUES, KINDS)
def test_a_baseline_as_long_as_the_series_changes_nothing(values: list[float | None], kind: ChartKind) -> None:
    frozen = chart(values, kind, NHS_MAKING_DATA_COUNT, baseline=max(12, len(values)))
    assert frozen.points == chart(values, kind).points


@given(VALUES.filter(lambda values: len(values) > 12), KINDS)
def test_a_frozen_baseline_is_deaf_to_what_follows(values: list[float | None], kind: ChartKind) -> None:
    frozen, first = chart(values, kind, baseline=12), chart(values[:12], kind)
    assert frozen.points[-1].centre == first.points[-1].centre
    assert frozen.points[-1].upper == first.points[-1].upper
