"""Red beads and the funnel: runs that cannot be run again, and a lesson marked against the run itself."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assessment.kinds import chance
from app.assessment.kinds.chance import beads, funnel
from app.assessment.kinds.contract import AnswerProblem, Verdict
from app.assessment.kinds.tokens import token
from app.curriculum.kinds import QuestionProblem

SEED = "7:which"


def option(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "text": f"Text of {name[:1]}", "feedback": f"why-{name}"} | more


BEADS: dict[str, Any] = {
    "game": "red-beads",
    "workers": ["Ash", "Birch", "Cedar"],
    "days": 3,
    "setting": "An invented factory",
    "questions": [
        {"id": "best", "ask": "Who?", "options": [option("a-wrong"), option("b-right", correct=True)]},
        {"id": "cause", "ask": "Special?", "options": [option("y", when="signal"), option("n", when="no-signal")]},
    ],
    "feedback": "why-of-the-whole",
}
FUNNEL: dict[str, Any] = {
    "game": "funnel",
    "setting": "A table",
    "questions": [
        {"id": "s", "ask": "Less?", "options": [option("o", when="rule-1-smaller"), option("t", when="rule-2-smaller")]}
    ],
    "feedback": "why-of-the-whole",
}
SHOWN, MARKING = chance.split(BEADS)


def step(shown: Mapping[str, Any], number: int, before: Any) -> Any:
    return chance.read(shown, {"stay": [f"step-{number}"]}, SEED, before)


def run(shown: Mapping[str, Any]) -> Any:
    answer = None
    for number in range(1, shown["steps"] + 1):
        answer = step(shown, number, answer)
    return answer


def say(shown: Mapping[str, Any], before: Any, **chosen: str) -> Any:
    posted = {f"say-{token(SEED, q)}": [token(SEED, f"{q}|{o}")] for q, o in chosen.items()}
    return chance.read(shown, posted | {"answering": ["yes"]}, SEED, before)


def test_days_come_one_by_one_and_no_day_is_worked_twice() -> None:
    assert chance.read(SHOWN, {}, SEED, None) is None
    assert step(SHOWN, 2, None) is None
    first = step(SHOWN, 1, None)
    assert len(first["steps"]) == 1
    assert step(SHOWN, 1, first) == first
    assert step(SHOWN, 3, first) == first
    second = step(SHOWN, 2, first)
    assert second["steps"][0] == first["steps"][0]
    whole = step(SHOWN, 3, second)
    assert step(SHOWN, 4, whole) == whole
    assert whole == run(SHOWN)
    assert all(0 <= count <= 50 for day in whole["steps"] for count in day)


def test_another_attempt_draws_other_beads() -> None:
    draws = {tuple(beads.draw(f"{number}:q", 1, 3)) for number in range(20)}
    assert len(draws) > 15


def test_a_fifth_of_the_beads_is_red_and_their_spread_is_that_of_draws_without_putting_back() -> None:
    """Mean 50 x 0.2 = 10; variance 50 x 0.2 x 0.8 x (4000 - 50) / (4000 - 1) = 7.902."""
    counts = [count for day in range(400) for count in beads.draw("long", day, 5)]
    mean = sum(counts) / len(counts)
    variance = sum((count - mean) ** 2 for count in counts) / (len(counts) - 1)
    assert abs(mean - 10) < 0.2
    assert abs(variance - 7.902) < 0.8


def test_the_manager_praises_the_fewest_and_blames_the_most() -> None:
    answer = {"steps": [[10, 4, 17], [3, 9, 9]], "said": {}}
    days = chance.page(SHOWN, answer, SEED).days
    assert "Birch" in days[0].said[0]
    assert "Cedar" in days[0].said[1]
    assert "Ash" in days[1].said[0]
    assert "Birch" in days[1].said[1]
    assert chance.page(SHOWN, answer, SEED).totals == (13, 13, 26)


def test_questions_come_after_the_last_day_and_only_then() -> None:
    early = chance.page(SHOWN, step(SHOWN, 1, None), SEED)
    assert (early.questions, early.figure_html, early.button) == ((), "", "Next day")
    late = chance.page(SHOWN, run(SHOWN), SEED)
    assert [question.ask for question in late.questions] == ["Who?", "Special?"]
    assert late.next == ""
    assert say(SHOWN, step(SHOWN, 1, None), best="b-right") == step(SHOWN, 1, None)


def test_answers_come_back_and_leave_the_run_as_it_was() -> None:
    whole = run(SHOWN)
    answered = say(SHOWN, whole, best="a-wrong", cause="n")
    assert answered == whole | {"said": {"best": "a-wrong", "cause": "n"}}
    assert chance.page(SHOWN, answered, SEED).questions[0].choices[0].chosen
    assert chance.read(SHOWN, {"stay": ["here"]}, SEED, answered) == answered
    assert "Text of a" in " ".join(chance.in_words(SHOWN, answered))
    assert json.loads(json.dumps(answered)) == answered


@pytest.mark.parametrize(
    ("beads_drawn", "right"),
    [
        ([[10, 9, 11], [8, 10, 12], [11, 10, 9]], "n"),  # within 10 ± 8.5 by 3 sqrt(50 x 0.2 x 0.8)
        ([[10, 9, 11], [8, 10, 12], [11, 10, 30]], "y"),  # mean 12.3, limits 12.3 ± 9.1: 30 is outside
    ],
)
def test_the_run_itself_decides_whether_there_is_a_special_cause(beads_drawn: list[list[int]], right: str) -> None:
    wrong = {"y": "n", "n": "y"}[right]
    for said, credit in ((right, 1.0), (wrong, 0.5)):
        marked = chance.mark(SHOWN, MARKING, {"steps": beads_drawn, "said": {"best": "b-right", "cause": said}})
        assert marked.credit == credit
        assert marked.right is (credit == 1)
        assert "In your run" in marked.parts[-1].why
        assert "<svg" in marked.figure_html


def test_nothing_and_half_are_marked_and_explained() -> None:
    for answer in (None, step(SHOWN, 1, None)):
        marked = chance.mark(SHOWN, MARKING, answer)
        assert (marked.right, marked.credit) == (False, 0)
        assert marked.parts[0].why == "why-of-the-whole"
    unanswered = chance.mark(SHOWN, MARKING, run(SHOWN))
    assert unanswered.credit == 0
    assert [part.verdict for part in unanswered.parts] == [Verdict.MISSED] * 2


def test_nothing_that_travels_gives_an_answer_away() -> None:
    shown = json.dumps(SHOWN)
    loud = {"steps": [[10, 9, 11], [8, 10, 12], [11, 10, 30]], "said": {}}
    for answer in (None, run(SHOWN), loud):
        view = json.dumps(asdict(chance.page(SHOWN, answer, SEED)))
        words = ("b-right", "why-", "no-signal", "above the upper", "special cause", "improvement", "concern")
        assert not [word for word in words if word in view.lower()]
    assert "why-" not in shown
    assert "correct" not in shown


def test_rule_two_makes_each_marble_the_difference_of_two_pushes() -> None:
    """Rule 1 leaves the pushes as they are: rest n of rule 2 is push n less push n-1 (all rounded to 0.1)."""
    one, two = funnel.drop(SEED, 1), funnel.drop(SEED, 2)
    assert len(one) == len(two) == 40
    for number in range(1, 40):
        assert two[number] == pytest.approx(one[number] - one[number - 1], abs=0.16)


def test_in_the_long_run_rule_two_doubles_the_variance() -> None:
    def variance(rule: int) -> float:
        rests = [rest for seed in range(100) for rest in funnel.drop(str(seed), rule)]
        return sum(rest**2 for rest in rests) / len(rests)

    assert variance(1) == pytest.approx(4, rel=0.1)
    assert variance(2) == pytest.approx(8, rel=0.1)


def test_the_funnel_is_run_rule_by_rule_and_its_question_decided_by_the_run() -> None:
    shown, marking = chance.split(FUNNEL)
    half = step(shown, 1, None)
    assert chance.page(shown, half, SEED).figure_html.count("<figure") == 1
    whole = run(shown)
    view = chance.page(shown, whole, SEED)
    assert view.figure_html.count("<figure") == 2
    assert len(view.spreads) == 2
    narrow_first = {"steps": [[1.0, -1.0] * 20, [3.0, -3.0] * 20], "said": {"s": "o"}}
    narrow_second = {"steps": [[3.0, -3.0] * 20, [1.0, -1.0] * 20], "said": {"s": "o"}}
    assert chance.mark(shown, marking, narrow_first).right
    assert not chance.mark(shown, marking, narrow_second).right


@given(st.dictionaries(st.sampled_from(["stay", "answering", f"say-{token(SEED, 'best')}"]), st.lists(st.text())))
def test_no_posted_text_makes_it_fall_over(posted: dict[str, list[str]]) -> None:
    for before in (None, run(SHOWN)):
        try:
            answer = chance.read(SHOWN, posted, SEED, before)
        except AnswerProblem as problem:
            answer = problem.typed
        chance.mark(SHOWN, MARKING, answer)


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"game": "dice"}, "game", "red-beads or funnel"),
        ({"workers": ["Ash"]}, "workers", "3 or more"),
        ({"days": 9}, "days", "6"),
        ({"questions": []}, "questions", "1 or more"),
        ({"questions": BEADS["questions"][:1] * 2}, "questions", "used 2 times"),
        (
            {"questions": [{"id": "q", "ask": "?", "options": [option("a"), option("b")]}]},
            "questions.0.options",
            "0 has",
        ),
        (
            {"questions": [BEADS["questions"][0] | {"options": [option("a", when="signal"), option("b")]}]},
            "questions.0.options",
            "signal and no-signal",
        ),
    ],
)
def test_a_badly_written_question_is_refused_by_its_field(fields: dict[str, Any], field: str, said: str) -> None:
    with pytest.raises(QuestionProblem) as refused:
        chance.split(BEADS | fields)
    assert refused.value.field == field
    assert said in refused.value.message
