"""Pareto: the order of the bars, and their shares, by hand (qi-domain §3.5)."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.charts import ChartError, pareto
from app.charts.drawing.pareto_picture import summary
from tests.charts.test_command import run


def test_bars_fall_ties_keep_their_order_and_other_comes_last() -> None:
    chart = pareto("harms", {"Other": 50, "falls": 10, "drugs": 20, "sores": 10, "lines": 10})
    assert [bar.name for bar in chart.categories] == ["drugs", "falls", "sores", "lines", "Other"]
    assert [bar.share for bar in chart.categories] == [0.2, 0.1, 0.1, 0.1, 0.5]
    assert [bar.cumulative for bar in chart.categories] == pytest.approx([0.2, 0.3, 0.4, 0.5, 1])


def test_its_summary_names_the_vital_few() -> None:
    chart = pareto("harms", {"a": 50, "b": 30, "c": 15, "d": 5})
    assert summary(chart) == "Of 4 categories, the first 2 categories make up 80% of 100; the first of all is a."


@given(st.dictionaries(st.text(min_size=1), st.integers(0, 1000), min_size=1).filter(lambda d: sum(d.values()) > 0))
def test_shares_add_up(counts: dict[str, float]) -> None:
    chart = pareto("any", counts)
    assert chart.categories[-1].cumulative == 1
    assert sum(bar.count for bar in chart.categories) == chart.total


def test_nothing_and_less_than_nothing_are_refused() -> None:
    with pytest.raises(ChartError, match="nothing to count"):
        pareto("none", {"a": 0})
    with pytest.raises(ChartError, match="below zero"):
        pareto("less", {"a": -1})


def test_words_are_counted_and_counts_are_added(tmp_path: Path) -> None:
    file = tmp_path / "harms.csv"
    file.write_text("harm,count\nfall,2\nsore,3\nfall,4\n,9\n")
    for words in (["--value", "harm"], ["--value", "count", "--date", "harm"]):
        result = run(str(file), *words, "--chart", "pareto", "--format", "json")
        assert result.exit_code == 0, result.output
        (found,) = json.loads(result.stdout)
        counts = [(point["x"], point["y"]) for point in found["points"]]
        assert counts == ([("fall", 2), ("sore", 1)] if words[1] == "harm" else [("fall", 6), ("sore", 3)])
    for form in ("svg", "html", "table"):
        assert "fall" in run(str(file), "--value", "harm", "--chart", "pareto", "--format", form).stdout
