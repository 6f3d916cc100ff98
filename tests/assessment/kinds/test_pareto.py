"""A table in order of size, and the vital few: 50, 30, 10 and 10 of 100, so two of four reach 80 per cent."""

import json
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assessment.kinds import pareto
from app.assessment.kinds.contract import AnswerProblem, Marked, Verdict
from app.assessment.kinds.tokens import token
from app.charts import in_order, places, vital_few
from app.charts import pareto as chart_of
from app.curriculum.kinds import QuestionProblem
from tests.assessment.questions import PARETO, RIGHT

SEED = "3:which"


def marked(order: str, vital: str) -> Marked:
    """By the last figures of the ids: marked("1243", "12")."""
    ids = {row["id"][-1]: row["id"] for row in PARETO["categories"]}
    shown, marking = pareto.split(PARETO)
    return pareto.mark(shown, marking, {"order": [ids[n] for n in order], "vital": [ids[n] for n in vital]})


@pytest.mark.parametrize(
    ("order", "vital", "credit"),
    [
        ("1234", "12", 1),
        ("1243", "12", 1),  # the two tens tie
        ("2134", "12", 0.75),  # two of four in their place; the few are right
        ("1234", "1", 0.75),  # half of the few
        ("1234", "123", 0.75),  # both found, one besides
        ("1234", "34", 0.5),
        ("1234", "", 0.5),
        ("1234", "1234", 0.5),  # to mark everything is to choose nothing
        ("3412", "", 0),
    ],
)
def test_half_is_for_the_order_and_half_for_the_few(order: str, vital: str, credit: float) -> None:
    result = marked(order, vital)
    assert result.credit == pytest.approx(credit)
    assert result.right is (credit == 1)


def test_each_category_is_told_why_it_is_in_or_out() -> None:
    whys = [part.why for part in marked("1234", "12").parts]
    assert "50%, still short of 80%" in whys[0]
    assert "why-typed" in whys[0]
    assert "from 50% to 80%, which reaches 80%" in whys[1]
    assert "already make 80%" in whys[2]
    assert "already make 90%" in whys[3]


def test_what_was_right_of_a_category_is_said_beside_what_was_not() -> None:
    first, second, *_ = marked("2134", "1").parts
    assert (first.verdict, first.said) == (
        Verdict.WRONG,
        "You put it in place 2: not right. You marked it as vital: right.",
    )
    assert second.said == "You put it in place 1: not right. You did not mark it, but it is vital."


def test_nothing_answered_is_explained_with_the_chart() -> None:
    shown, marking = pareto.split(PARETO)
    result = pareto.mark(shown, marking, None)
    assert (result.right, result.credit) == (False, 0)
    assert {part.verdict for part in result.parts} == {Verdict.PLAIN}
    assert "the first 2 categories make up 80% of 100" in result.figure_html


def other(**counts: int) -> dict[str, Any]:
    rows = [{"id": name.lower(), "text": name, "count": count} for name, count in counts.items()]
    return PARETO | {"categories": rows}


def test_other_goes_last_however_large() -> None:
    shown, marking = pareto.split(other(Other=15, A=50, B=30, C=5))
    answer = {"order": ["a", "b", "c", "other"], "vital": ["a", "b"]}
    assert pareto.mark(shown, marking, answer).right
    assert not pareto.mark(shown, marking, answer | {"order": ["a", "b", "other", "c"]}).right


@pytest.mark.parametrize(
    ("raw", "field", "said"),
    [
        (other(A=25, B=25, C=25, D=25), "share", "no few"),
        (other(A=40, B=20, C=20, D=20) | {"share": 60}, "share", "tie where 60%"),
        (other(A=40, B=20, C=5, Other=35), "share", "no few"),
        (other(A=0, B=0, C=0, D=0), "categories", "nothing to count"),
        (other(A=1, B=2, C=3), "categories", "4 or more"),
        (other(A=-1, B=2, C=3, D=4), "categories.0.count", "0 or more"),
        (other(A=1, B=2, C=3, D=4, a=5), "categories", "used 2 times"),
    ],
)
def test_a_task_without_one_right_answer_is_refused(raw: dict[str, Any], field: str, said: str) -> None:
    with pytest.raises(QuestionProblem) as refused:
        pareto.split(raw)
    assert refused.value.field == field
    assert said in refused.value.message


def test_the_chart_before_marking_is_in_the_learners_order_and_names_no_few() -> None:
    shown, _ = pareto.split(PARETO)
    assert pareto.page(shown, None, SEED).figure_html == ""
    for answer in (RIGHT["pareto"], {"order": ["useful-3", "useful-4", "vital-1", "vital-2"], "vital": []}):
        html = pareto.page(shown, answer, SEED).figure_html
        names = {row["id"]: row["text"] for row in PARETO["categories"]}
        at = [html.index(f">{names[item]}<") for item in answer["order"]]
        assert at == sorted(at)
        assert "make up" not in html
        assert "vital" not in html.lower()


def test_up_draw_and_marks_are_posted_without_script() -> None:
    shown, _ = pareto.split(PARETO)
    order = ["useful-3", "vital-1", "vital-2", "useful-4"]
    posted = {"order": [",".join(token(SEED, item) for item in order)], "vital": [token(SEED, "vital-2")]}
    drawn = pareto.read(shown, posted | {"stay": ["draw"]}, SEED, None)
    assert drawn == {"order": order, "vital": ["vital-2"]}
    moved = pareto.read(shown, posted | {"stay": [f"up:{token(SEED, 'vital-1')}"]}, SEED, None)
    assert moved["order"] == ["vital-1", "useful-3", "vital-2", "useful-4"]
    assert moved["vital"] == ["vital-2"]
    again = pareto.page(shown, moved, SEED)
    assert [(item.text, item.vital) for item in again.items][:3] == [
        ("Not typed", False), ("No stamp", False), ("Not signed", True),
    ]  # fmt: skip


@given(st.lists(st.text(max_size=12), max_size=6))
def test_marks_that_were_not_on_the_page_are_refused(vital: list[str]) -> None:
    shown, _ = pareto.split(PARETO)
    order = ",".join(token(SEED, row["id"]) for row in PARETO["categories"])
    if not vital:
        return
    with pytest.raises(AnswerProblem):
        pareto.read(shown, {"order": [order], "vital": vital}, SEED, None)


def test_names_are_escaped_in_pictures() -> None:
    shown, marking = pareto.split(other(A=50, B=30, C=10, D=10) | {"title": "<script>alert(1)</script>"})
    answer = {"order": ["a", "b", "c", "d"], "vital": []}
    for html in (pareto.page(shown, answer, SEED).figure_html, pareto.mark(shown, marking, answer).figure_html):
        assert "<script" not in html


def test_words_name_places_and_marks() -> None:
    shown, _ = pareto.split(PARETO)
    assert pareto.in_words(shown, RIGHT["pareto"])[:3] == ("1. Not typed: vital", "2. Not signed: vital", "3. Lost")
    assert pareto.in_words(shown, RIGHT["pareto"] | {"vital": []})[-1] == "None is marked as vital yet"


def test_the_page_keeps_its_ids_to_itself() -> None:
    shown, _ = pareto.split(PARETO)
    text = json.dumps(asdict(pareto.page(shown, RIGHT["pareto"], SEED)))
    assert not [row["id"] for row in PARETO["categories"] if row["id"] in text]


def test_the_engine_says_how_few_are_vital_and_who_shares_a_place() -> None:
    chart = chart_of("any", {"Other": 30, "a": 40, "b": 10, "c": 10, "d": 10})
    assert places(chart) == {
        "a": range(1, 2), "b": range(2, 5), "c": range(2, 5), "d": range(2, 5), "Other": range(5, 6),
    }  # fmt: skip
    assert [bar.name for bar in vital_few(chart, 0.5)] == ["a", "b"]
    assert [bar.cumulative for bar in in_order("any", {"a": 1, "b": 3}).categories] == [0.25, 1]
