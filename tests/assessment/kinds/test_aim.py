"""Aims as people write them, good and bad, with what a reader finds in each, and the promises of the aim clinic."""

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assessment.kinds import KINDS
from app.assessment.kinds.aim import CHECKS, LONGEST
from app.assessment.kinds.contract import AnswerProblem, Marked, Verdict
from app.curriculum.kinds import QuestionProblem

AIM = KINDS["aim"]
RAW: dict[str, Any] = {
    "feedback": {check: f"why-{check}" for check in CHECKS},
    "names": ["the Harbour"],
}
GOOD = "By 31 March 2027 reduce falls on Larch ward from 12 to 6 a month"
LINES = (Path(__file__).parent / "data" / "aims.txt").read_text(encoding="utf-8").splitlines()
JUDGED = [line.split(" ", 1) for line in LINES if not line.startswith("#")]


def marked(aim: str | None) -> Marked:
    shown, marking = AIM.split(RAW)
    return AIM.mark(shown, marking, aim)


def advice(aim: str) -> dict[str, Any]:
    view: Any = AIM.page(AIM.split(RAW)[0], aim, "1:aim")
    return dict(zip(CHECKS, view.advice, strict=True))


@pytest.mark.parametrize(("judged", "aim"), JUDGED)
def test_a_program_finds_in_an_aim_what_a_reader_finds(judged: str, aim: str) -> None:
    found = "".join("1" if one.met else "0" for one in advice(aim).values())
    assert found == judged, {check: one.said for check, one in advice(aim).items()}


def test_there_are_many_aims_of_both_sorts() -> None:
    good = sum(judged == "1111" for judged, _ in JUDGED)
    assert len(JUDGED) >= 40
    assert good >= 20
    assert len(JUDGED) - good >= 20


@pytest.mark.parametrize(
    ("aim", "check", "words"),
    [
        (GOOD, "number", "from 12 to 6"),
        (GOOD, "population", "Larch ward"),
        (GOOD, "date", "By 31 March 2027"),
        (GOOD, "verb", "reduce"),
        ("Halve falls within six months", "date", "within six months"),
        ("Halve falls within six months", "number", "Halve"),
        ("Fewer visits to the Harbour", "population", "the Harbour"),
    ],
)
def test_what_is_found_is_said_in_the_writers_own_words(aim: str, check: str, words: str) -> None:
    assert advice(aim)[check].met
    assert words in advice(aim)[check].said


@pytest.mark.parametrize(
    ("aim", "check", "said"),
    [
        ("Improve falls on Larch", "verb", "“Improve”"),
        ("Reduce falls on Larch soon", "date", "“soon”"),
        ("Reduce falls by the end of this year", "date", "this year"),
        ("Reduce falls by 31 April 2027", "date", "There is no “31 April”"),
        ("Reduce waiting for patients", "population", "“patients” could be anybody"),
        ("Increase doses given within 30 minutes on Elm", "number", "“within 30 minutes” says what is counted"),
        ("Reduce falls", "number", "such as “from 40 to 20 minutes”"),
        ("Reduce falls", "population", "such as “for patients on Larch ward”"),
        ("Reduce falls", "date", "such as “by 31 March 2027”"),
    ],
)
def test_what_is_missing_comes_with_its_remedy(aim: str, check: str, said: str) -> None:
    assert not advice(aim)[check].met
    assert said in advice(aim)[check].said


@pytest.mark.parametrize(
    ("aim", "credit"),
    [
        (GOOD, 1.0),
        ("Reduce falls on Larch ward from 12 to 6", 0.75),
        ("Cut red tape", 0.25),
        ("Do good", 0.0),
        (None, 0.0),
    ],
)
def test_each_check_is_a_quarter(aim: str | None, credit: float) -> None:
    result = marked(aim)
    assert result.credit == credit
    assert result.right is (credit == 1)
    assert all("why-" in part.why for part in result.parts)
    assert len(result.for_people) == 3


def test_an_unanswered_question_is_explained_without_blame() -> None:
    assert {part.verdict for part in marked(None).parts} == {Verdict.PLAIN}


def test_an_aim_comes_back_as_it_was_typed_and_one_that_is_too_long_is_shown_again() -> None:
    shown, _ = AIM.split(RAW)
    assert AIM.read(shown, {"answer": [f"  {GOOD}\r\nnow\x00 "], "stay": ["check"]}, "s", None) == f"{GOOD} now"
    assert AIM.read(shown, {"answer": [" \n "]}, "s", "before") is None
    with pytest.raises(AnswerProblem, match="601 characters: 600 is the most") as refused:
        AIM.read(shown, {"answer": ["x" * 601]}, "s", None)
    assert refused.value.typed == "x" * 601
    with pytest.raises(AnswerProblem) as huge:
        AIM.read(shown, {"answer": ["x" * 10_000_000]}, "s", None)
    assert len(huge.value.typed) <= 4 * LONGEST


def test_the_page_holds_nothing_of_the_feedback() -> None:
    shown, _ = AIM.split(RAW)
    assert "why-" not in json.dumps(shown) + json.dumps(asdict(AIM.page(shown, GOOD, "s")))


def test_a_question_without_a_feedback_is_refused_by_name() -> None:
    with pytest.raises(QuestionProblem) as refused:
        AIM.split({"feedback": {"number": "x", "population": "x", "date": "x"}})
    assert refused.value.field == "feedback.verb"


@given(st.text(max_size=LONGEST))
def test_no_text_makes_the_checks_fall_over(text: str) -> None:
    result = marked(text)
    assert 0 <= (result.credit or 0) <= 1


@pytest.mark.parametrize("part", ["a ", "on A ", "from 1 ", "in the x-y ", "all patients ", "1,", "by 1 ", "of one "])
def test_no_text_makes_the_checks_slow(part: str) -> None:
    began = time.perf_counter()
    marked((part * LONGEST)[:LONGEST])
    assert time.perf_counter() - began < 1
