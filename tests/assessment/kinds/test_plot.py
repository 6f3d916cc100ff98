"""A run chart drawn by hand. By size the ten values are 2 3 4 5 6 8 9 13 15 16: the median is 7, the mean 8.1."""

import json
import re
from dataclasses import asdict
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assessment.kinds import plot
from app.assessment.kinds.contract import AnswerProblem, Marked, Verdict
from app.curriculum.kinds import QuestionProblem
from tests.assessment.questions import PLOT, RIGHT

TRUE = RIGHT["plot"]["points"]


def marked(points: list[str], median: str) -> Marked:
    shown, marking = plot.split(PLOT)
    return plot.mark(shown, marking, {"points": points, "median": median})


def but(**heights: str) -> list[str]:
    """The true points with others in some places: but(p3="11")."""
    return [heights.get(f"p{place}", height) for place, height in enumerate(TRUE)]


@pytest.mark.parametrize(
    ("points", "median", "credit"),
    [
        (TRUE, "7", 1),
        (TRUE, "7.5", 1),  # half a step off is near enough
        (TRUE, "7.6", 0.75),
        (TRUE, "", 0.75),
        (but(p0="3.5", p1="8.5"), "7", 1),
        (but(p0="3.6"), "7", 0.925),  # a tenth of three quarters
        (but(p0=""), "7", 0.925),
        ([""] * 10, "7", 0.25),
    ],
)
def test_points_share_three_quarters_and_the_median_has_one(points: list[str], median: str, credit: float) -> None:
    result = marked(points, median)
    assert result.credit == pytest.approx(credit)
    assert result.right is (credit == 1)


def test_what_is_off_is_said_with_how_far() -> None:
    parts = marked(but(p3="11", p4="7", p5=""), "8").parts
    assert [(part.text, part.said, part.verdict) for part in parts[:4]] == [
        ("7 of 10 points", "Where they belong: right", Verdict.RIGHT),
        ("Week 4: 16 calls", "You put it at 11: 5 too low", Verdict.WRONG),
        ("Week 5: 5 calls", "You put it at 7: 2 too high", Verdict.WRONG),
        ("Week 6", "Not placed", Verdict.MISSED),
    ]
    assert parts[4].said == "You drew it at 8: not right"
    assert "about the mean" in parts[4].why
    assert "2, 3, 4, 5, 6, 8, 9, 13, 15, 16" in parts[4].why
    assert "6 and 8, and half-way between them is 7" in parts[4].why


def test_nothing_drawn_is_explained_with_the_chart() -> None:
    shown, marking = plot.split(PLOT)
    result = plot.mark(shown, marking, None)
    assert (result.right, result.credit) == (False, 0)
    assert [part.said for part in result.parts] == ["Not placed", "Not drawn"]
    assert "the median is 7" in result.figure_html


def test_an_odd_number_of_points_has_one_in_the_middle() -> None:
    raw = PLOT | {"points": [*PLOT["points"], {"at": 11, "value": 20}]}
    shown, marking = plot.split(raw)
    part = plot.mark(shown, marking, None).parts[-1]
    assert part.text == "Median line: 8 calls"
    assert "number 6, is 8" in part.why


def test_the_page_begins_empty_and_never_holds_the_median() -> None:
    shown, _ = plot.split(PLOT | {"points": [{"at": n, "value": v} for n, v in enumerate([1, 2] * 5)]})
    view = plot.page(shown, None, "x")
    assert {row.typed for row in view.rows} | {view.median} == {""}
    assert view.picture_html.count('visibility="hidden"') == 2 * 11
    assert "1.5" not in json.dumps(asdict(view)["rows"])
    assert "tolerance" not in json.dumps(shown)
    assert "why-" not in json.dumps(asdict(view))


def test_what_is_placed_is_drawn_and_neighbours_are_joined() -> None:
    shown, _ = plot.split(PLOT)
    html = plot.page(shown, {"points": ["3", "9", "", *[""] * 6, "15"], "median": "8"}, "x").picture_html
    assert html.count('visibility="hidden"') == 2 * 7
    assert "3 of 10 points placed, the median line at 8." in html
    (wide, narrow) = re.findall(r'<path d="([^"]*)"', html)
    for path in (wide, narrow):
        assert path.count("M") == 2
        assert path.count("L") == 1


def test_step_buttons_save_and_change_nothing() -> None:
    shown, _ = plot.split(PLOT)
    posted = {"point-0": ["3"], "point-1": [" 9 "], "median": ["7,5"], "stay": ["draw"]}
    with pytest.raises(AnswerProblem, match="Median line: write the height in figures") as refused:
        plot.read(shown, posted, "x", None)
    assert refused.value.typed == {"points": ["3", "9", *[""] * 8], "median": "7,5"}
    assert plot.page(shown, refused.value.typed, "x").median == "7,5"
    kept = plot.read(shown, posted | {"median": ["7.5"]}, "x", None)
    assert kept == {"points": ["3", "9", *[""] * 8], "median": "7.5"}
    assert plot.read(shown, {"stay": ["draw"], "point-0": ["  "]}, "x", kept) is None


@given(st.dictionaries(st.sampled_from(["point-0", "point-9", "point-10", "median"]), st.lists(st.text(max_size=99))))
def test_whatever_is_typed_is_kept_or_refused_and_can_be_shown(posted: dict[str, list[str]]) -> None:
    shown, marking = plot.split(PLOT)
    try:
        answer = plot.read(shown, posted, "x", None)
    except AnswerProblem as problem:
        answer = None
        view = plot.page(shown, problem.typed, "x")
        assert all(len(row.typed) <= 20 for row in view.rows)
    assert plot.mark(shown, marking, answer).parts


@pytest.mark.parametrize("typed", ["21", "-1", "1e1", "nan", "<script>", "9" * 500])
def test_what_is_off_the_grid_is_refused_by_its_name(typed: str) -> None:
    shown, _ = plot.split(PLOT)
    with pytest.raises(AnswerProblem, match=r"^.*Week 3.*from 0 to 20"):
        plot.read(shown, {"point-2": [typed]}, "x", None)


def test_words_say_what_is_placed_and_what_is_missing() -> None:
    shown, _ = plot.split(PLOT)
    words = plot.in_words(shown, {"points": ["3", *[""] * 8, "15"], "median": ""})
    assert words[:2] == ("Week 1: 3 calls", "Week 10: 15 calls")
    assert words[2].startswith("Not placed yet: Week 2, Week 3")
    assert words[3] == "Median line: not drawn yet"


def test_dates_are_said_as_months() -> None:
    raw = PLOT | {"points": [{"at": date(2025, n, 1), "value": n} for n in range(1, 13)]}
    shown, _ = plot.split(raw)
    assert plot.page(shown, None, "x").rows[2].label == "March 2025"
    assert "Jan" in plot.page(shown, None, "x").picture_html


def change(place: int, **fields: Any) -> dict[str, Any]:
    points = [point | fields if n == place else point for n, point in enumerate(PLOT["points"])]
    return PLOT | {"points": points}


@pytest.mark.parametrize(
    ("raw", "field", "said"),
    [
        (PLOT | {"points": PLOT["points"][:9]}, "points", "10 or more"),
        (change(3, at="soon"), "points.3.at", "a date such as"),
        (change(3, at=True), "points.3.at", "a date such as"),
        (change(3, at=3), "points.3.at", "not after"),
        (change(3, at=date(2025, 1, 1)), "points.3.at", "mixed"),
        (change(3, value=21), "points.3.value", "not on the axis"),
        (change(3, value="many"), "points.3.value", "a number"),
        (PLOT | {"axis": {"low": 0, "high": 20, "step": 3}}, "axis.step", "whole steps"),
        (PLOT | {"axis": {"low": 20, "high": 0, "step": 1}}, "axis.step", "whole steps"),
        (PLOT | {"axis": {"low": 0, "high": 2000, "step": 1}}, "axis.step", "whole steps"),
        (PLOT | {"axis": {"low": 0, "high": 20, "step": 4}, "tolerance": 0.1}, "points.0.value", "near enough"),
        (PLOT | {"tolerance": -1}, "tolerance", "0 or more"),
    ],
)
def test_a_chart_that_nobody_could_draw_is_refused(raw: dict[str, Any], field: str, said: str) -> None:
    with pytest.raises(QuestionProblem) as refused:
        plot.split(raw)
    assert refused.value.field == field
    assert said in refused.value.message
