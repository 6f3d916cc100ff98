"""The picture: readable without colour, by a screen reader, at 320 pixels and under a strict security policy."""

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.charts import RULE_SETS, Analysis, ChartKind, Label, Plan, Series, Wanted, analyse, summarise
from app.charts.drawing.frame import LOOKS, NARROW, Look
from app.charts.drawing.markup import breadth, wrapped
from app.charts.drawing.notes import Annotation
from app.charts.drawing.page import STYLE, page
from app.charts.drawing.picture import figure, svg
from app.charts.drawing.scales import moments, value_ticks
from app.charts.numbers import compact
from app.charts.numbers import figure as shown
from app.charts.rulesets import NHS_MAKING_DATA_COUNT
from tests.charts.files import chart

HOSTILE = '<script>alert(1)</script> & "O\'Neill" \x00\ud800'
WALKED = [20.0, 22, 18, 24] * 5 + [40]


def _plan(**choices: object) -> Plan:
    return Plan(ChartKind.XMR, NHS_MAKING_DATA_COUNT, **choices)  # type: ignore[arg-type]


def _monthly(values: list[float], **choices: object) -> Analysis:
    months = [date(2023 + n // 12, n % 12 + 1, 1) for n in range(len(values))]
    return analyse(Series.of("Falls", months, values), _plan(**choices))


def _texts(picture: str) -> list[str]:
    return [found.text or "" for found in ET.fromstring(picture).iter("text")]


def test_the_picture_is_named_and_described_for_those_who_do_not_see_it() -> None:
    falls = _monthly(WALKED, wanted=Wanted.DECREASE)
    root = ET.fromstring(svg(falls, "falls"))
    assert root.get("role") == "img"
    title, description = root[0], root[1]
    assert (title.tag, title.text, description.tag) == ("title", "Falls", "desc")
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert summarise(falls) in (description.text or "")


def test_ids_are_unique_on_a_page_of_several() -> None:
    falls = _monthly(WALKED)
    ids = re.findall(r'\bid="([^"]+)"', figure(falls, "one") + figure(falls, "two"))
    assert len(ids) == len(set(ids)) == 10


def test_the_figure_has_its_data_as_a_table() -> None:
    whole = ET.fromstring(figure(_monthly(WALKED), "falls"))
    rows = whole.findall(".//tbody/tr")
    assert len(rows) == len(WALKED)
    assert ["".join(cell.itertext()) for cell in rows[0]][:2] == ["January 2023", "20"]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_colour_never_speaks_alone(look: object) -> None:
    """Each kind of point that occurs has its own shape and its words below; the signs have words beside them."""
    falls = _monthly(WALKED, wanted=Wanted.DECREASE, target=100)
    picture = svg(falls, "falls", look=look)  # type: ignore[arg-type]
    said = " | ".join(_texts(picture))
    assert "Above the upper limit (concern)" in said
    assert "Concern, high" in said
    assert "Passes the target" in said
    shapes = {
        label: {re.sub(r"[\d.]+", "", tag) for tag in re.findall(rf"<(\w+)[^>]*chart-{label}\"", picture)}
        for label in ("common", "above")
    }
    assert shapes == {"common": {"circle"}, "above": {"polygon"}}


def test_no_two_kinds_of_signal_share_a_shape_in_one_direction() -> None:
    from app.charts.drawing.marks import mark

    outlines = {label: re.search(r'points="([^"]+)"', mark(0, 0, 1, label, Wanted.NEUTRAL)) for label in Label}
    high = [outlines[label] for label in (Label.ABOVE, Label.NEAR_UPPER, Label.SHIFT_HIGH)]
    assert len({found.group(1) for found in high if found}) == 3


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_last_value_lines_and_target_are_labelled_directly(look: object) -> None:
    said = _texts(svg(_monthly(WALKED, target=12), "falls", look=look))  # type: ignore[arg-type]
    assert "Last 40" in said
    for name in ("Upper", "Mean", "Lower", "Target 12"):
        assert any(words.startswith(name) for words in said), name


@pytest.mark.parametrize("look", LOOKS)
def test_a_signal_in_the_runs_is_not_drawn_as_common_cause(look: Look) -> None:
    """Anhoej's rules judge the row and label no point of it: twelve low and twelve high values are a signal."""
    plan = Plan(ChartKind.RUN, RULE_SETS["anhoej"])
    moved = analyse(
        Series.of("Falls", list(range(24)), [float(n % 3) for n in range(12)] + [9.0 + n % 3 for n in range(12)]), plan
    )
    assert moved.phases[-1].runs.too_long
    said = _texts(svg(moved, "Falls", look=look))
    assert "Signal in the runs" in said
    assert not [words for words in said if "ommon cause" in words]
    usual = analyse(Series.of("Falls", list(range(24)), [1.0, 2, 0, 3, 1, 2] * 4), plan)
    assert "Common cause" in _texts(svg(usual, "Falls", look=look))


def test_annotations_and_phases_are_drawn_and_said() -> None:
    begun = date(2024, 1, 1)
    falls = _monthly(WALKED, rebase=(begun,))
    notes = [Annotation(begun, "New chairs"), Annotation(date(1999, 1, 1), "Never")]
    said = _texts(svg(falls, "falls", annotations=notes))
    assert "1. January 2024: New chairs" in said
    assert "Mean 21" in said, "the centre of the first phase stands in the plot, the last one in the margin"
    assert not any("Never" in words for words in said)


def test_a_narrow_picture_has_text_of_eleven_pixels_at_320() -> None:
    """Of 320 pixels a page keeps 16 at each side."""
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', svg(_monthly(WALKED), "f", look=NARROW))]
    assert min(sizes) * (320 - 32) / NARROW.width >= 11


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_nothing_is_written_outside_the_picture(look: object) -> None:
    values = [1_234_567.0 * (1 + n % 5) for n in range(30)]
    root = ET.fromstring(svg(_monthly(values, target=9e6), "falls", look=look))  # type: ignore[arg-type]
    width, height = (float(part) for part in (root.get("viewBox") or "").split()[2:])
    for found in root.iter("text"):
        long = breadth(found.text or "", float(found.get("font-size") or 0))
        x, y = float(found.get("x") or 0), float(found.get("y") or 0)
        left = x - {"start": 0, "middle": long / 2, "end": long}[found.get("text-anchor") or "start"]
        assert left >= -1, found.text
        assert left + long <= width + 4, found.text
        assert 0 <= y <= height, found.text


def test_a_strict_policy_has_nothing_to_refuse() -> None:
    whole = figure(_monthly(WALKED), "falls", annotations=[Annotation(date(2023, 3, 1), "Began")])
    assert not re.search(r"\bstyle=|<style|<script|\bon\w+=|https?://", whole)


def test_what_people_write_stays_text() -> None:
    months = [date(2023, n, 1) for n in range(1, 13)]
    hostile = analyse(Series.of(HOSTILE, months, [float(n % 5) for n in range(12)]), _plan())
    whole = page(HOSTILE, [figure(hostile, "it", title=HOSTILE, annotations=[Annotation(months[1], HOSTILE)])])
    assert "<script>" not in whole
    assert "O'Neill" in "".join(ET.fromstring(whole.partition("\n")[2]).itertext())


def test_the_page_asks_for_nothing_and_prints() -> None:
    whole = page("Falls", [figure(_monthly(WALKED), "falls")])
    assert not re.search(r"(?:src|href|url|@import)\b", whole)
    assert "@media print" in STYLE


@given(
    st.lists(st.one_of(st.none(), st.floats(-1e9, 1e9)), min_size=1, max_size=30),
    st.sampled_from([ChartKind.RUN, ChartKind.XMR, ChartKind.MR]),
    st.sampled_from(list(RULE_SETS.values())),
)
def test_any_series_can_be_drawn(values: list[float | None], kind: ChartKind, rules: object) -> None:
    drawn = figure(chart(values, kind, rules), "any")  # type: ignore[arg-type]
    assert "nan" not in re.sub(r"<[^>]*>", "", drawn)
    ET.fromstring(drawn)


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [(0, 10, [0, 2, 4, 6, 8, 10]), (3, 97, [0, 20, 40, 60, 80, 100]), (-1, 1, [-1, -0.5, 0, 0.5, 1])],
)
def test_ticks_are_round(low: float, high: float, ticks: list[float]) -> None:
    assert value_ticks(low, high, 5) == pytest.approx(ticks)


def test_dates_are_told_by_round_months() -> None:
    months = [date(2023 + n // 12, n % 12 + 1, 1) for n in range(24)]
    assert moments(months, 4) == [date(2023, 1, 1), date(2023, 7, 1), date(2024, 1, 1), date(2024, 7, 1)]
    assert moments([date(2024, 1, 1), date(2024, 1, 9)], 5)[1] == date(2024, 1, 3)


@pytest.mark.parametrize(
    ("value", "words"), [(1234, "1,234"), (12.34, "12.3"), (0.04567, "0.0457"), (-5, "−5"), (0, "0"), (100, "100")]
)
def test_figures_have_three_digits(value: float, words: str) -> None:
    assert shown(value) == words


def test_short_figures() -> None:
    assert (compact(2_067_444), compact(23_400), compact(9_999)) == ("2.07m", "23.4k", "9,999")
    assert shown(0.457, percent=True) == "45.7%"


def test_long_words_are_wrapped() -> None:
    assert wrapped("a bc def " + "x" * 12, 5) == ["a bc", "def", "xxxxx", "xxxxx", "xx"]


def test_a_plain_figure_is_the_same_whatever_is_to_be_found() -> None:
    """Two series that differ in nothing but their rules, so that one signals and the other cannot."""
    choices = {"wanted": Wanted.DECREASE, "target": 12}
    signals = _monthly([20.0, 22, 18, 24] * 3 + [40] + [15.0, 16, 14] * 4, **choices)
    assert {Label.ABOVE, Label.SHIFT_LOW} <= {point.label for point in signals.points}
    deaf = replace(NHS_MAKING_DATA_COUNT, shift=None, trend=None, two_of_three=None, outside_limits=False)
    nothing = analyse(
        Series.of("Falls", [p.x for p in signals.points], [p.y for p in signals.points]),
        replace(signals.plan, rules=deaf),
    )
    assert not nothing.signal
    assert figure(signals, "falls", plain=True) == figure(nothing, "falls", plain=True)


def test_a_plain_figure_tells_of_no_signal_in_any_place() -> None:
    whole = figure(_monthly(WALKED, wanted=Wanted.DECREASE, target=12), "falls", plain=True)
    said = " ".join(ET.fromstring(whole).itertext()).lower()
    assert not [
        word for word in ("signal", "common", "concern", "shift", "above", "hit and miss", "misses") if word in said
    ]
    assert set(re.findall(r'class="chart-(\w+)" data-point', whole)) == {"common"}
    assert "the last value is 40" in said
    assert "target 12" in said


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_the_marks_of_a_plain_picture_carry_their_places(look: Look) -> None:
    months = [date(2024, n, 1) for n in range(1, 6)]
    gap = analyse(Series.of("Falls", months, [3, 4, None, 5, 4]), _plan())
    assert re.findall(r'data-point="(\d+)"', svg(gap, "falls", look=look, plain=True)) == ["1", "2", "4", "5"]
    assert "data-point" not in svg(gap, "falls", look=look)
