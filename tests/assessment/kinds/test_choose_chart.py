"""Choosing a chart: afterwards the engine draws it, and counts what the other would have made of the figures."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assessment.kinds import choose_chart as kind
from app.assessment.kinds.contract import AnswerProblem, Verdict
from app.curriculum.kinds import QuestionProblem
from tests.assessment.kinds.charts import STEADY, measure

SEED = "7:which"


def _options(right: str, *wrong: str) -> list[dict[str, Any]]:
    return [{"chart": right, "correct": True, "feedback": "why-right"}] + [
        {"chart": chart, "feedback": f"why-not-{chart}"} for chart in wrong
    ]


def _rated() -> dict[str, Any]:
    """Every month 10,000 people, of whom 5,000 and 5,400 in turn: p is 0.52, and three standard errors are
    3 x sqrt(0.52 x 0.48 / 10,000) = 0.015. All twelve points are 0.02 from the mean, so outside. Their steps are 0.04
    throughout, so that limits from steps, 0.52 ± 2.66 x 0.04, hold them all."""
    given = measure([5000, 5400] * 6, wanted="increase")
    for row in given["points"]:
        row["of"] = 10000
    return {"measure": given, "options": _options("pp", "p", "c", "t")}


def _single() -> dict[str, Any]:
    return {"measure": measure(STEADY), "options": _options("xmr", "c", "p")}


def test_the_right_chart_is_drawn_with_its_limits_and_nothing_else() -> None:
    marked = kind.mark(*kind.split(_rated()), "pp")
    assert (marked.right, marked.credit) == (True, None)
    assert "P′ chart, NHS Making Data Count rules" in marked.figure_html
    assert "Upper limit" in marked.figure_html
    assert marked.figure_html.count("<figure") == 1
    assert [part.verdict for part in marked.parts if part.text.startswith("P′")] == [Verdict.RIGHT]


def test_a_wrong_chart_is_drawn_too_and_what_it_gets_wrong_is_counted() -> None:
    """All twelve lie outside the P limits: 0.505 to 0.535. The P′ limits hold them all."""
    marked = kind.mark(*kind.split(_rated()), "p")
    assert not marked.right
    assert marked.figure_html.count("<figure") == 2
    assert "P chart that you chose" in marked.figure_html
    chosen = next(part for part in marked.parts if part.verdict is Verdict.WRONG)
    best = next(part for part in marked.parts if part.verdict is Verdict.MISSED)
    assert chosen.why.startswith("why-not-p Here 12 of 12 points lie outside its limits, which are 50.5% to 53.5%")
    assert best.why.startswith("why-right Here none of 12 points lie outside its limits")


def test_a_count_chart_is_drawn_from_the_counts_alone() -> None:
    """Mean 5,200, three times its root is 216: each count is 200 away, and inside."""
    parts = kind.mark(*kind.split(_rated()), "c").parts
    chosen = next(part for part in parts if part.verdict is Verdict.WRONG)
    assert "none of 12 points lie outside its limits, which are 4,984 to 5,416" in chosen.why


def test_a_chart_that_cannot_be_drawn_says_so() -> None:
    marked = kind.mark(*kind.split(_single()), "p")
    assert marked.figure_html.count("<figure") == 1
    chosen = next(part for part in marked.parts if part.verdict is Verdict.WRONG)
    assert "cannot be drawn at all. It asks out of how many, and these figures do not say." in chosen.why


def test_several_charts_can_be_right_and_the_chosen_one_is_drawn() -> None:
    raw = _rated()
    raw["options"][1]["correct"] = True
    marked = kind.mark(*kind.split(raw), "p")
    assert marked.right
    assert "P chart, NHS" in marked.figure_html
    assert [part.said for part in marked.parts if part.text.startswith("P′")] == ["Right as well"]


def test_an_unanswered_question_shows_the_chart_and_every_reason() -> None:
    marked = kind.mark(*kind.split(_rated()), None)
    assert not marked.right
    assert all(part.why for part in marked.parts)
    assert "<figure" in marked.figure_html


def test_the_page_says_nothing_of_the_key_and_keeps_the_usual_order() -> None:
    shown, marking = kind.split(_rated())
    other = _rated()
    other["options"] = [*reversed(other["options"])]
    other["options"][0]["correct"], other["options"][-1]["correct"] = True, False
    assert kind.split(other)[0] == shown
    assert json.loads(json.dumps([shown, marking])) == [shown, marking]
    view = kind.page(shown, None, SEED)
    assert "why-" not in repr(view)
    assert [choice.value for choice in view.choices] == ["p", "c", "t", "pp"]
    assert all(choice.hint for choice in view.choices)
    assert (view.rows[0].when, view.rows[0].value, view.rows[0].out_of) == ("January 2024", "5,000", "10,000")


def test_a_chosen_chart_comes_back_and_is_said_in_words() -> None:
    shown, _ = kind.split(_rated())
    assert kind.read(shown, {"answer": ["pp"]}, SEED, None) == "pp"
    assert kind.read(shown, {}, SEED, None) is None
    assert [choice.chosen for choice in kind.page(shown, "c", SEED).choices] == [False, True, False, False]
    assert kind.in_words(shown, "pp") == ("P′ chart",)


@given(st.lists(st.sampled_from(["u", "P", "", "<b>", "pp" * 900]) | st.text()))
def test_no_posted_text_makes_it_fall_over(values: list[str]) -> None:
    shown, marking = kind.split(_rated())
    try:
        answer = kind.read(shown, {"answer": values}, SEED, None)
    except AnswerProblem as problem:
        kind.page(shown, problem.typed, SEED)
        return
    kind.mark(shown, marking, answer)


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"options": _options("xmr", "c")}, "options", "needs 3 or more"),
        ({"options": _options("xmr", "c", "c")}, "options", "used 2 times"),
        ({"options": _options("xmr", "c", "pie")}, "options.2.chart", "must be one of"),
        ({"options": [o | {"correct": False} for o in _options("xmr", "c", "p")]}, "options", "at least one"),
        ({"options": [o | {"correct": True} for o in _options("xmr", "c", "i")]}, "options", "not all"),
        ({"options": _options("p", "c", "xmr")}, "measure", "out of how many"),
        ({"chart": "xmr"}, "chart", "not a field"),
    ],
)
def test_a_badly_written_question_is_refused_by_its_field(change: dict[str, Any], field: str, said: str) -> None:
    with pytest.raises(QuestionProblem) as refused:
        kind.split(_single() | change)
    assert (refused.value.field, said in refused.value.message) == (field, True), refused.value.message
