"""A decision about a board chart: the right one follows from the engine's reading, or the question is refused."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assessment.kinds import scenario as kind
from app.assessment.kinds.contract import AnswerProblem, Verdict
from app.assessment.kinds.tokens import token
from app.curriculum.kinds import QuestionProblem
from tests.assessment.kinds.charts import SHIFTED, STEADY, measure

SEED = "7:which"


def _decision(name: str, when: Any = None, *, correct: bool = False) -> dict[str, Any]:
    made = {"id": name, "text": f"Decide on {len(name)}", "feedback": f"why-{name}", "when": when, "correct": correct}
    return {key: value for key, value in made.items() if value not in (None, False)}


def _raw(values: list[Any], right: Any, wrong: Any = None, **fields: Any) -> dict[str, Any]:
    return {
        "chart": "xmr",
        "measure": measure(values, **fields),
        "decisions": [
            _decision("wrong-one", wrong),
            _decision("the-right-one", right, correct=True),
            _decision("wrong", None),
        ],
    }


HIT_AND_MISS = _raw(
    STEADY,
    {"variation": "common_cause", "assurance": "inconsistent"},
    {"variation": ["concern"]},
    target=11,
    wanted="decrease",
)
"""STEADY has limits of about 6.2 and 14.9, with 11 between them, and no signal."""


def test_the_decision_that_the_chart_calls_for_is_right() -> None:
    marked = kind.mark(*kind.split(HIT_AND_MISS), "the-right-one")
    assert (marked.right, marked.credit) == (True, None)
    assert marked.why == (
        "The chart reads: the last point is common cause; the target is hit and missed by chance; "
        "there is no signal of special cause."
    )
    assert "The process will hit and miss its target by chance if nothing changes." in marked.figure_html


@pytest.mark.parametrize("answer", ["wrong-one", "wrong", None])
def test_every_decision_says_why_and_when_it_would_fit(answer: str | None) -> None:
    marked = kind.mark(*kind.split(HIT_AND_MISS), answer)
    assert not marked.right
    by_why = {part.why.split()[0]: part for part in marked.parts}
    assert by_why["why-the-right-one"].verdict is Verdict.MISSED
    assert by_why["why-wrong-one"].why.endswith(
        "It would fit if this were so: the last point is part of a signal of concern."
    )
    assert by_why["why-wrong"].why == "why-wrong"


@pytest.mark.parametrize(
    ("values", "fields", "reading"),
    [
        (STEADY, {}, {"variation": "common_cause", "assurance": "none", "signal": False}),
        (STEADY, {"target": 5, "wanted": "decrease"}, {"assurance": "consistent_fail"}),
        (STEADY, {"target": 5, "wanted": "increase"}, {"assurance": "consistent_pass"}),
        (STEADY, {"target": 20, "wanted": "increase"}, {"assurance": "consistent_fail"}),
        (SHIFTED, {}, {"variation": ["improvement", "neutral"], "signal": True}),
        (SHIFTED, {"wanted": "decrease"}, {"variation": "improvement_low"}),
        (SHIFTED, {"wanted": "increase"}, {"variation": "concern"}),
    ],
)
def test_each_reading_can_carry_a_decision(values: list[Any], fields: dict[str, Any], reading: Any) -> None:
    """The limits of STEADY are 6.2 and 14.9; SHIFTED ends in a shift to low values."""
    assert kind.mark(*kind.split(_raw(values, reading, **fields)), "the-right-one").right


@pytest.mark.parametrize(
    ("raw", "field", "said"),
    [
        (_raw(STEADY, {"variation": "concern"}), "decisions.1.when", "The chart is read otherwise: the last point is"),
        (_raw(STEADY, {"signal": True}), "decisions.1.when", "there is no signal of special cause"),
        (_raw(STEADY, {"signal": False}, {"variation": "common_cause"}), "decisions.0.when", "holds too"),
        (_raw(STEADY, None), "decisions.1.when", "is missing"),
        (_raw(STEADY, {}), "decisions.1.when", "needs `variation`"),
        (_raw(STEADY, {"variation": "fine"}), "decisions.1.when.variation.0", "must be one of"),
        (_raw(STEADY, {"weather": "fine"}), "decisions.1.when.weather", "not a field"),
        (_raw(STEADY, {"signal": False}) | {"show": "some"}, "show", "must be one of"),
        (_raw(STEADY, {"signal": False}) | {"decisions": [_decision("a"), _decision("b")]}, "decisions", "3 or more"),
        (_raw(STEADY, {"signal": False}) | {"decisions": [_decision("a")] * 3}, "decisions", "used 3 times"),
        (
            _raw(STEADY, {"signal": False}) | {"decisions": [_decision(n) for n in "abc"]},
            "decisions",
            "exactly one is right",
        ),
        (_raw([None] * 9, {"signal": False}), "measure.points", "no point has a value"),
    ],
)
def test_what_contradicts_the_engine_or_is_badly_written_is_refused(raw: Any, field: str, said: str) -> None:
    with pytest.raises(QuestionProblem) as refused:
        kind.split(raw)
    assert (refused.value.field, said in refused.value.message) == (field, True), refused.value.message


def test_the_page_says_nothing_of_the_key() -> None:
    shown, marking = kind.split(HIT_AND_MISS)
    assert json.loads(json.dumps([shown, marking])) == [shown, marking]
    for answer in (None, "wrong"):
        view = repr(kind.page(shown, answer, SEED))
        assert not [secret for secret in ("why-", "right-one", "wrong", "'when'") if secret in view]
    orders = {tuple(choice.text for choice in kind.page(shown, None, f"{n}:which").choices) for n in range(12)}
    assert len(orders) > 1


def test_the_chart_is_shown_read_or_unread_as_the_file_says() -> None:
    read = kind.page(kind.split(HIT_AND_MISS)[0], None, SEED).figure_html
    plain = kind.page(kind.split(HIT_AND_MISS | {"show": "plain"})[0], None, SEED).figure_html
    assert "Hit and miss" in read
    assert not re.findall("Hit and miss|Common cause|signal", plain)


def test_a_decision_comes_back_and_is_said_in_words() -> None:
    shown, _ = kind.split(HIT_AND_MISS)
    assert kind.read(shown, {"answer": [token(SEED, "wrong-one")]}, SEED, None) == "wrong-one"
    assert kind.read(shown, {}, SEED, None) is None
    assert [c.chosen for c in kind.page(shown, "wrong", SEED).choices].count(True) == 1
    assert kind.in_words(shown, "wrong") == ("Decide on 5",)


@given(st.lists(st.sampled_from(["the-right-one", "", "<b>"]) | st.text()))
def test_no_posted_text_makes_it_fall_over(values: list[str]) -> None:
    shown, marking = kind.split(HIT_AND_MISS)
    try:
        answer = kind.read(shown, {"answer": values}, SEED, None)
    except AnswerProblem as problem:
        kind.page(shown, problem.typed, SEED)
        return
    assert answer is None
    kind.mark(shown, marking, answer)
