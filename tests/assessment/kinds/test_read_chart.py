"""Reading a chart is marked against the engine: in part, point by point, and never known before."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assessment.kinds import read_chart as kind
from app.assessment.kinds.contract import AnswerProblem, Verdict
from app.curriculum.kinds import QuestionProblem
from tests.assessment.kinds.charts import RUNNING, SHIFTED, STEADY, measure

SEED = "7:which"
ALL_EIGHT = [13, 14, 15, 16, 17, 18, 19, 20]
FEEDBACK = "why-something-changed"


def _raw(values: list[Any], chart: str = "xmr", **fields: Any) -> dict[str, Any]:
    return {"chart": chart, "measure": measure(values, **fields), "feedback": FEEDBACK}


def _answer(points: list[int], *rules: str) -> dict[str, Any]:
    return {"points": points, "rules": list(rules)}


def _credit(values: list[Any], answer: Any, **fields: Any) -> float:
    credit = kind.mark(*kind.split(_raw(values, **fields)), answer).credit
    assert credit is not None
    return credit


def _posted(view: kind.ReadChartView) -> dict[str, list[str]]:
    return {
        "point": [tick.value for tick in view.points if tick.ticked],
        "rule": [tick.value for tick in view.rules if tick.ticked],
    }


def test_the_right_points_and_the_right_rule_are_right() -> None:
    marked = kind.mark(*kind.split(_raw(SHIFTED)), _answer(ALL_EIGHT, "shift"))
    assert (marked.right, marked.credit) == (True, 1)
    assert not [part for part in marked.parts if part.verdict in {Verdict.WRONG, Verdict.MISSED}]
    assert marked.why == FEEDBACK
    assert "A shift of eight points below the mean from January 2025." in marked.figure_html


def test_a_steady_chart_is_right_with_nothing_ticked_and_no_rule() -> None:
    marked = kind.mark(*kind.split(_raw(STEADY)), _answer([], "none"))
    assert (marked.right, marked.credit) == (True, 1)


@pytest.mark.parametrize(
    ("answer", "credit"),
    [
        (_answer(ALL_EIGHT), 0.5),  # every point, no rule
        (_answer([], "shift"), 0.5),  # the rule, no point
        (_answer(ALL_EIGHT[:4], "shift"), 0.75),  # 4 of 8, and 1
        (_answer([1, 2, *ALL_EIGHT], "shift"), 0.9),  # 8 of the 10 that are either
        (_answer(ALL_EIGHT, "shift", "trend"), 0.75),  # 1 of the 2 rules that are either
        (_answer(list(range(1, 21)), "outside", "shift", "trend", "two-of-three"), 0.325),  # 8 of 20, 1 of 4
        (_answer([1], "none"), 0.0),
        (None, 0.0),
    ],
)
def test_credit_is_half_for_points_and_half_for_rules(answer: Any, credit: float) -> None:
    assert _credit(SHIFTED, answer) == pytest.approx(credit)
    assert not kind.mark(*kind.split(_raw(SHIFTED)), answer).right


def test_seeing_signals_where_there_are_none_earns_nothing() -> None:
    assert _credit(STEADY, _answer([2], "outside")) == 0
    assert _credit(STEADY, _answer([2], "none")) == 0.5
    assert _credit(STEADY, None) == 0


def test_missed_and_wrong_points_are_named_by_date_and_value() -> None:
    marked = kind.mark(*kind.split(_raw(SHIFTED)), _answer([2, *ALL_EIGHT[:6]], "trend"))
    said = {part.verdict: part for part in marked.parts if "points" in part.text or "(" in part.text}
    assert said[Verdict.MISSED].said == "You ticked six of eight. Missed: July 2025 (8), August 2025 (7)"
    assert said[Verdict.WRONG].text == "February 2024 (13)"
    rules = {part.text.partition(":")[0]: part for part in marked.parts}
    assert rules["A trend"].verdict is Verdict.WRONG
    assert rules["A trend"].why == "Nowhere do seven points in a row only rise, or only fall."
    assert rules["A shift"].verdict is Verdict.MISSED
    assert "from January 2025" in rules["A shift"].why


def test_every_rule_of_the_set_is_explained_whatever_was_answered() -> None:
    shown, marking = kind.split(_raw(SHIFTED))
    for answer in (None, _answer([1]), _answer([], "none")):
        parts = kind.mark(shown, marking, answer).parts
        assert len([part for part in parts if part.text.startswith(("A point", "A shift", "A trend", "Two of"))]) == 4
        assert all(part.text and part.why for part in parts)
        assert all(part.said for part in parts if part.verdict is not Verdict.PLAIN)


def test_rules_about_the_line_as_a_whole_light_no_points() -> None:
    raw = _raw(RUNNING, "run", rules="anhoej")
    shown, marking = kind.split(raw)
    view = kind.page(shown, None, SEED)
    assert (view.points, [rule.value for rule in view.rules]) == ((), ["long-run", "crossings", "none"])
    assert kind.mark(shown, marking, _answer([], "long-run", "crossings")).right
    assert kind.mark(shown, marking, _answer([], "long-run")).credit == 0.5
    with pytest.raises(AnswerProblem):
        kind.read(shown, {"point": ["1"], "rule": ["long-run"]}, SEED, None)


def test_a_chart_without_limits_is_not_asked_about_limits() -> None:
    shown, _ = kind.split(_raw(SHIFTED, "run"))
    assert [rule.value for rule in kind.page(shown, None, SEED).rules] == ["shift", "trend", "none"]


def test_phases_are_marked_each_by_its_own_lines() -> None:
    """Begun anew in January 2025, each half is steady, and there is nothing left to mark."""
    assert _credit(SHIFTED, _answer([], "none"), rebase=["2025-01-01"]) == 1


def test_a_page_sends_back_what_was_answered() -> None:
    shown, _ = kind.split(_raw(SHIFTED))
    for answer in (_answer([3, 13], "shift", "trend"), _answer([], "none"), _answer([20])):
        assert kind.read(shown, _posted(kind.page(shown, answer, SEED)), SEED, None) == answer
    assert kind.read(shown, _posted(kind.page(shown, None, SEED)), SEED, None) is None


def test_what_is_kept_is_json() -> None:
    split = kind.split(_raw(SHIFTED, target=8, wanted="decrease"))
    assert json.loads(json.dumps(split)) == list(split)


def test_the_page_looks_the_same_whether_or_not_there_is_a_signal() -> None:
    """The same points under rules that find the shift, and under none that could."""
    seen = kind.page(kind.split(_raw(SHIFTED))[0], None, SEED)
    said = re.sub("<[^>]*>", " ", seen.figure_html).lower()
    assert not [word for word in ("shift", "signal", "common cause", "concern", "improvement") if word in said]
    assert set(re.findall(r'class="chart-([a-z_]+)" data-point', seen.figure_html)) == {"common"}
    assert len({re.sub(r'data-point="\d+"|c[xy]="[\d.]+"', "", m) for m in _marks(seen.figure_html)}) == 2
    assert FEEDBACK not in repr(seen)


def _marks(html: str) -> list[str]:
    return re.findall(r"<circle[^>]*data-point[^>]*>", html)


def test_a_gap_cannot_be_ticked() -> None:
    shown, _ = kind.split(_raw([*SHIFTED[:3], None, *SHIFTED[4:]]))
    assert "4" not in [tick.value for tick in kind.page(shown, None, SEED).points]
    with pytest.raises(AnswerProblem):
        kind.read(shown, {"point": ["4"]}, SEED, None)


def test_a_rule_and_none_exclude_each_other_and_nothing_has_to_be_ticked_again() -> None:
    shown, _ = kind.split(_raw(SHIFTED))
    with pytest.raises(AnswerProblem, match="None of these") as refused:
        kind.read(shown, {"point": ["13"], "rule": ["none", "shift"]}, SEED, None)
    view = kind.page(shown, refused.value.typed, SEED)
    assert [tick.value for tick in (*view.points, *view.rules) if tick.ticked] == ["13", "shift", "none"]


def test_answers_are_said_in_words() -> None:
    shown, _ = kind.split(_raw(SHIFTED))
    assert kind.in_words(shown, _answer([1, 20])) == (
        "Points: January 2024 (9), August 2025 (7)",
        "No rule chosen yet",
    )
    assert kind.in_words(shown, _answer([], "none")) == (
        "No point ticked",
        "Rule: None of these: there is only common cause",
    )


@given(
    st.dictionaries(
        st.sampled_from(["point", "rule", "answer"]),
        st.lists(
            st.sampled_from(["0", "1", "٣", "21", "-1", "1e3", "shift", "none", "<script>", "9" * 5000]) | st.text()
        ),
    )
)
def test_no_posted_text_makes_it_fall_over(posted: dict[str, list[str]]) -> None:
    shown, marking = kind.split(_raw(SHIFTED))
    try:
        answer = kind.read(shown, posted, SEED, None)
    except AnswerProblem as problem:
        kind.page(shown, problem.typed, SEED)
        return
    kind.page(shown, answer, SEED)
    kind.mark(shown, marking, answer)


def _points(place: int, **fields: Any) -> dict[str, Any]:
    raw = _raw(SHIFTED)
    raw["measure"]["points"][place] |= fields
    return raw


@pytest.mark.parametrize(
    ("raw", "field", "said"),
    [
        (_raw(SHIFTED[:5]), "measure.points", "needs 8 or more"),
        (_raw(SHIFTED, "pie"), "chart", "must be one of"),
        (_raw(SHIFTED, rules="mine"), "measure.rules", "must be one of nhs, anhoej, ihi, western"),
        (_raw(SHIFTED, "p"), "measure", "out of how many"),
        (_raw(SHIFTED, rebase=["2031-01-01"]), "measure", "No point is at 2031-01-01"),
        (_raw(SHIFTED, baseline=4), "measure", "too short"),
        (_raw([None] * 9), "measure.points", "no point has a value"),
        (_points(3, at="2024-01-01"), "measure.points.3.at", "there twice"),
        (_points(3, at="soon"), "measure.points.3.at", "must be a day such as"),
        (_points(3, at=True), "measure.points.3.at", "must be a day such as"),
        (_points(3, value="many"), "measure.points.3.value", "must be a number"),
        (_points(3, value=True), "measure.points.3.value", "must be a number"),
        (_points(3, value=1e12), "measure.points.3.value", "or less"),
        (_points(3, value=float("nan")), "measure.points.3.value", "must be"),
        (_raw(SHIFTED) | {"feedback": " "}, "feedback", "is empty"),
        (_raw(SHIFTED) | {"colour": "red"}, "colour", "not a field"),
    ],
)
def test_a_badly_written_question_is_refused_by_its_field(raw: dict[str, Any], field: str, said: str) -> None:
    with pytest.raises(QuestionProblem) as refused:
        kind.split(raw)
    assert (refused.value.field, said in refused.value.message) == (field, True), refused.value.message


def test_a_value_larger_than_its_whole_is_refused_at_its_row() -> None:
    raw = _raw(SHIFTED, "p")
    for row in raw["measure"]["points"]:
        row["of"] = 11
    with pytest.raises(QuestionProblem) as refused:
        kind.split(raw)
    assert refused.value.field == "measure.points.1.value"
