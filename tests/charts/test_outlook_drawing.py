"""Fans and dots: each picture has a title and a description, its data beside it, and escapes what people wrote."""

import xml.etree.ElementTree as ET
from datetime import date

import pytest

from app.charts.drawing.dots_picture import Dot, Dots, dots_figure
from app.charts.drawing.fan_picture import Fan, Outcome, fan_figure, fan_svg, outcomes

HOSTILE = "<hostile>\"'&"
DAYS = [date(2026, 11, 26), *(date(2027, month, 1) for month in range(1, 13))]


def fan(values: list[tuple[float, ...]], target: float | None = None, *, percent: bool = False) -> Fan:
    return Fan(f"Share {HOSTILE}", outcomes(DAYS[: len(values)], values), target, percent)


@pytest.mark.parametrize(
    "chart",
    [
        fan([(0.1, 0.1, 0.1, 0.1, 0.1), (0.1, 0.2, 0.3, 0.4, 0.5)], 0.6, percent=True),
        fan([(0.0,) * 5, (0.0,) * 5], percent=True),
        fan([(1.0,) * 5, (1.0,) * 5], 1.0, percent=True),
        fan([(0,) * 5, (0,) * 5, (0, 1, 2, 3, 9)], 40),
        fan([(0,) * 5, (0,) * 5], 0),
        fan([(12, 12, 12, 12, 12), (11, 12, 13, 14, 20)]),
    ],
)
def test_a_fan_is_a_figure_with_two_pictures_and_its_data(chart: Fan) -> None:
    figure = ET.fromstring(fan_figure(chart, "fan", f"Said {HOSTILE}"))
    pictures = figure.findall("svg")
    assert len(pictures) == 2
    for picture in pictures:
        assert picture.findtext("title") == f"Share {HOSTILE}"
        assert picture.findtext("desc") == f"Fan chart. Said {HOSTILE}"
        _, _, width, height = map(float, picture.get("viewBox", "").split())
        for line in picture.iter("polyline"):
            for pair in line.get("points", "").split():
                x, y = map(float, pair.split(","))
                assert 0 <= x <= width
                assert 0 <= y <= height
    assert len(figure.findall(".//tbody/tr")) == len(chart.outcomes)


def test_a_target_below_every_outcome_is_drawn_within_the_picture() -> None:
    drawn = ET.fromstring(fan_svg(fan([(150,) * 5, (150, 152, 155, 158, 160)], 90), "f", "said"))
    lines = [line.attrib for line in drawn.iter("line")]
    [target] = [float(line["y1"]) for line in lines if line.get("stroke-dasharray") == "2 3"]
    assert target <= max(float(line["y1"]) for line in lines if line.get("stroke-dasharray") != "2 3") + 0.1


def test_the_data_of_a_fan_are_its_months_in_words() -> None:
    figure = fan_figure(fan([(0.1,) * 5, (0.1, 0.2, 0.3, 0.4, 0.5)], percent=True), "fan", "Said")
    assert '<th scope="row">January 2027</th><td>10%</td><td>20%</td><td>30%</td><td>40%</td><td>50%</td>' in figure


@pytest.mark.parametrize("shares", [[(0.0, 0.0, 0.0)], [(0.1, 0.2, 0.5), (0.9, 1.0, 1.0)]])
def test_dots_are_a_figure_with_two_pictures_and_their_data(shares: list[tuple[float, float, float]]) -> None:
    dots = tuple(Dot(f"Group {HOSTILE} {n}", *limits, "12 of 40", n == 1) for n, limits in enumerate(shares))
    figure = ET.fromstring(dots_figure(Dots(f"Title {HOSTILE}", dots, 0.3), "dots", f"Said {HOSTILE}"))
    for picture in figure.findall("svg"):
        _, _, width, height = map(float, picture.get("viewBox", "").split())
        for circle in picture.iter("circle"):
            assert 0 <= float(circle.get("cx", -1)) <= width
            assert 0 <= float(circle.get("cy", -1)) <= height
    assert len(figure.findall(".//tbody/tr")) == len(shares)


def test_an_outcome_has_its_five_values_in_order() -> None:
    assert Outcome(DAYS[0], 1, 2, 3, 4, 5).values == (1, 2, 3, 4, 5)
