"""A measure set: types against the file, definitions on being complete, and nothing said that gives the types away."""

import json
from dataclasses import asdict
from typing import Any

import pytest

from app.assessment.kinds import KINDS
from app.assessment.kinds.contract import Answer, AnswerProblem, Marked, Verdict
from app.assessment.kinds.measures.definition import hollow
from app.assessment.kinds.tokens import token
from app.curriculum.kinds import QuestionProblem

MEASURES = KINDS["measures"]
SEED = "9:set"
RAW: dict[str, Any] = {
    "aim": "Days to the letter down from 16 to 5 by 30 September 2027",
    "measures": [
        {"id": "is-outcome", "text": "Days to the letter", "types": ["outcome"], "feedback": "why-days"},
        {"id": "is-process", "text": "Dictated in the room", "types": ["process"], "feedback": "why-dictated"},
        {"id": "is-balancing", "text": "Letters corrected", "types": ["balancing"], "feedback": "why-corrected"},
        {"id": "is-either", "text": "Clinics that end late", "types": ["balancing", "process"], "feedback": "why-late"},
        {"id": "is-none", "text": "Referrals", "types": ["none"], "feedback": "why-referrals"},
    ],
    "feedback": "why-all",
}
DEFINED = {"counted": "Days to the postmark", "over": "Visits on Mondays", "often": "Each Friday", "who": "Ward clerk"}
TYPES = {
    "is-outcome": "outcome",
    "is-process": "process",
    "is-balancing": "balancing",
    "is-either": "process",
    "is-none": "none",
}
RIGHT: Answer = {
    "types": TYPES,
    "definitions": {kind: {**DEFINED, "measure": f"is-{kind}"} for kind in ("outcome", "process", "balancing")},
}


def posted_for(answer: Answer) -> dict[str, list[str]]:
    """The fields that a browser sends: every field, the empty ones too."""
    posted = {f"type-{token(SEED, m)}": [answer["types"].get(m, "")] for m in TYPES}
    for kind in ("outcome", "process", "balancing"):
        parts = answer["definitions"].get(kind, {})
        posted |= {f"{kind}-{field}": [parts.get(field, "")] for field in DEFINED}
        posted[f"{kind}-measure"] = [token(SEED, parts["measure"]) if "measure" in parts else ""]
    return posted


def mark(answer: Answer) -> Marked:
    return MEASURES.mark(*MEASURES.split(RAW), answer)


def with_outcome(**parts: str) -> Answer:
    return RIGHT | {"definitions": RIGHT["definitions"] | {"outcome": RIGHT["definitions"]["outcome"] | parts}}


def definition(answer: Answer) -> Any:
    return next(part for part in mark(answer).parts if part.text.startswith("Definition of the outcome"))


@pytest.mark.parametrize(
    "answer", [RIGHT, {"types": {"is-none": "outcome"}, "definitions": {"process": {"who": "Ward clerk"}}}]
)
def test_an_answer_comes_back_whole_or_in_part(answer: Answer) -> None:
    shown, _ = MEASURES.split(RAW)
    assert MEASURES.read(shown, posted_for(answer), SEED, None) == answer


def test_an_empty_form_is_no_answer_and_unknown_words_are_dropped() -> None:
    shown, _ = MEASURES.split(RAW)
    assert MEASURES.read(shown, posted_for({"types": {}, "definitions": {}}), SEED, RIGHT) is None
    hostile = {f"type-{token(SEED, 'is-none')}": ["boss"], "outcome-measure": ["is-outcome"], "none-who": ["x"]}
    assert MEASURES.read(shown, hostile, SEED, None) is None


def test_a_line_that_is_too_long_is_shown_again() -> None:
    shown, _ = MEASURES.split(RAW)
    with pytest.raises(AnswerProblem, match="“Over what” of the outcome measure has 201 characters") as refused:
        MEASURES.read(shown, posted_for(with_outcome(over="x" * 201)), SEED, None)
    assert refused.value.typed["definitions"]["outcome"]["over"] == "x" * 201
    MEASURES.page(shown, refused.value.typed, SEED)


def test_nothing_on_the_page_tells_the_types() -> None:
    shown, _ = MEASURES.split(RAW)
    assert "types" not in json.dumps(shown)
    assert "why-" not in json.dumps(shown)
    page = json.dumps(asdict(MEASURES.page(shown, RIGHT, SEED)))
    assert "is-" not in page
    assert "why-" not in page


def test_a_complete_set_is_right_by_either_type_where_a_measure_has_two() -> None:
    for either in ("process", "balancing"):
        result = mark(RIGHT | {"types": TYPES | {"is-either": either}})
        assert (result.right, result.credit) == (True, 1.0)
        assert result.for_people


def test_each_type_is_a_point_and_each_definition_is_a_point() -> None:
    """Five types and three definitions are eight points."""
    assert mark(None).credit == 0
    assert mark({"types": TYPES, "definitions": {}}).credit == 5 / 8
    assert mark(RIGHT | {"types": TYPES | {"is-none": "outcome"}}).credit == 7 / 8
    assert mark(with_outcome(often="regularly")).credit == 7.75 / 8
    assert mark({"types": {"is-none": "none"}, "definitions": {}}).credit == 1 / 8
    assert not mark(with_outcome(often="regularly")).right


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"often": "as needed"}, "“How often” says nothing that two people would read alike: “as needed”"),
        ({"who": ""}, "“Who collects it” is missing"),
        ({"over": "days to the POSTMARK!"}, "“Over what” repeats another part"),
        ({"measure": ""}, "No measure was chosen"),
        ({"measure": "is-process"}, "you did not call this measure outcome measure"),
    ],
)
def test_what_is_missing_from_a_definition_is_named(parts: dict[str, str], said: str) -> None:
    part = definition(with_outcome(**parts))
    assert part.verdict is Verdict.WRONG
    assert said in part.why


@pytest.mark.parametrize(
    "words", ["regularly", "staff", "The team, as needed", "n/a", "-", "??", "xx", "when possible"]
)
def test_words_that_anybody_reads_differently_define_nothing(words: str) -> None:
    assert hollow(words)


@pytest.mark.parametrize("words", ["daily", "every Friday", "the ward clerk", "per 100 visits", "all patients", "MRSA"])
def test_words_that_say_something_are_enough(words: str) -> None:
    assert not hollow(words)


def test_every_mark_says_why_and_every_answer_can_be_said() -> None:
    for answer in (None, RIGHT, {"types": {}, "definitions": {"outcome": {"who": "Ward clerk"}}}):
        assert all(part.text and part.why and part.said for part in mark(answer).parts)
    words = MEASURES.in_words(MEASURES.split(RAW)[0], {"types": {}, "definitions": {"outcome": {"who": "Ward clerk"}}})
    assert "Referrals: not chosen yet" in words
    assert any("who collects it: Ward clerk" in line for line in words)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"define": ["none"]}, "define.0"),
        ({"measures": RAW["measures"][1:]}, "define.0"),
        ({"measures": RAW["measures"] * 2}, "measures"),
        ({"measures": [*RAW["measures"][:4], RAW["measures"][4] | {"types": ["other"]}]}, "measures.4.types.0"),
        ({"aim": ""}, "aim"),
    ],
)
def test_a_badly_written_question_is_refused_by_its_field(change: dict[str, Any], field: str) -> None:
    with pytest.raises(QuestionProblem) as refused:
        MEASURES.split(RAW | change)
    assert refused.value.field == field
