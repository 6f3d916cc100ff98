"""Every kind of question keeps the same promises, whatever it asks."""

import json
from dataclasses import asdict, is_dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assessment.kinds import KINDS
from app.assessment.kinds.contract import AnswerProblem, KindView, QuestionKind, Verdict
from app.assessment.kinds.tokens import token
from app.curriculum.kinds import QuestionProblem
from app.kernel.config import ROOT
from tests.assessment.posting import SEED, posted_for
from tests.assessment.questions import MATCHING, MULTIPLE, NUMERIC, ORDERING, RAW, RIGHT, SECRETS, SINGLE, WRONG

NOT_DRAWN = {"numeric", "read-chart", "choose-chart", "plot", "aim"}
"""Numbers, words of one's own, points of a chart and the charts themselves have names that everybody knows."""
every_kind = pytest.mark.parametrize("kind", [KINDS[name] for name in RAW], ids=list(RAW))
"""Of those that are answered in one go: a kind done in steps makes the same promises in a file of its own."""


@every_kind
def test_what_is_shown_and_how_it_is_marked_are_kept_as_json(kind: QuestionKind) -> None:
    shown, marking = kind.split(RAW[kind.name])
    assert json.loads(json.dumps([shown, marking])) == [shown, marking]


@every_kind
def test_nothing_that_travels_gives_the_answer_away(kind: QuestionKind) -> None:
    shown, _ = kind.split(RAW[kind.name])
    assert "why-" not in json.dumps(shown)
    assert "correct" not in json.dumps(shown)
    for answer in (None, WRONG[kind.name]):
        view = kind.page(shown, answer, SEED)
        assert isinstance(view, KindView)
        assert is_dataclass(view)
        assert not isinstance(view, type)
        assert not [secret for secret in SECRETS if secret in json.dumps(asdict(view))]


@every_kind
def test_an_answer_comes_back_as_it_was_given(kind: QuestionKind) -> None:
    shown, _ = kind.split(RAW[kind.name])
    for answer in (RIGHT[kind.name], WRONG[kind.name]):
        before = (
            answer | {"nodes": [n | {"text": "Before"} for n in answer["nodes"]]} if kind.name == "drivers" else None
        )
        assert kind.read(shown, posted_for(kind, answer), SEED, before) == answer


@every_kind
def test_a_right_answer_is_right_and_a_wrong_one_is_not(kind: QuestionKind) -> None:
    shown, marking = kind.split(RAW[kind.name])
    assert kind.mark(shown, marking, RIGHT[kind.name]).right
    assert not kind.mark(shown, marking, WRONG[kind.name]).right
    assert not kind.mark(shown, marking, None).right


@every_kind
def test_every_marked_answer_says_why(kind: QuestionKind) -> None:
    shown, marking = kind.split(RAW[kind.name])
    for answer in (RIGHT[kind.name], WRONG[kind.name], None):
        marked = kind.mark(shown, marking, answer)
        assert "why-" in marked.why + "".join(p.why for p in marked.parts)
        assert all(p.text for p in marked.parts)
        assert all(p.said for p in marked.parts if p.verdict is not Verdict.PLAIN)


@every_kind
def test_an_answer_can_be_said_in_words(kind: QuestionKind) -> None:
    shown, _ = kind.split(RAW[kind.name])
    words = " ".join(kind.in_words(shown, WRONG[kind.name]))
    assert words
    assert not [secret for secret in SECRETS if secret in words]


@every_kind
def test_another_attempt_gives_its_choices_other_names(kind: QuestionKind) -> None:
    shown, _ = kind.split(RAW[kind.name])
    if kind.name not in NOT_DRAWN:
        assert kind.page(shown, None, "1:which") != kind.page(shown, None, "2:which")
    assert kind.page(shown, None, SEED) == kind.page(shown, None, SEED)


@every_kind
def test_each_kind_has_a_template_of_its_name(kind: QuestionKind) -> None:
    assert (ROOT / "templates" / "assessment" / "kinds" / f"{kind.name}.html").is_file()
    assert KINDS[kind.name] is kind


@every_kind
@given(st.dictionaries(st.sampled_from(["answer", "order", "stay", "place-x", "match-x"]), st.lists(st.text())))
def test_no_posted_text_makes_a_kind_fall_over(kind: QuestionKind, posted: dict[str, list[str]]) -> None:
    shown, marking = kind.split(RAW[kind.name])
    try:
        answer = kind.read(shown, posted, SEED, None)
    except AnswerProblem as problem:
        kind.page(shown, problem.typed, SEED)
        return
    assert answer is None or kind.name in NOT_DRAWN
    kind.mark(shown, marking, answer)


@pytest.mark.parametrize("kind", ["single", "multiple"])
def test_options_keep_their_order_only_where_it_has_a_meaning(kind: str) -> None:
    shown, _ = KINDS[kind].split(RAW[kind] | {"keep_order": True})
    written = [o["text"] for o in RAW[kind]["options"]]
    orders = []
    for seed in range(12):
        view: Any = KINDS[kind].page(shown, None, str(seed))
        assert [c.text for c in view.choices] == written
        drawn: Any = KINDS[kind].page(KINDS[kind].split(RAW[kind])[0], None, str(seed))
        orders.append([c.text for c in drawn.choices])
    assert any(order != written for order in orders)


def test_unticking_everything_takes_the_answer_back() -> None:
    shown, _ = KINDS["multiple"].split(MULTIPLE)
    assert KINDS["multiple"].read(shown, {}, SEED, None) is None


def test_a_half_matched_question_is_kept_and_says_what_is_missing() -> None:
    kind = KINDS["matching"]
    shown, marking = kind.split(MATCHING)
    half = {"left-1": "right-1"}
    assert kind.read(shown, posted_for(kind, half), SEED, None) == half
    assert "not chosen yet" in " ".join(kind.in_words(shown, half))
    assert not kind.mark(shown, marking, half).right


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("27", "27"), (" 27 ", "27"), ("27.0", "27.0"), ("+27", "27"), ("27.", "27"), (".5", ".5"),
        ("1,234", "1234"), ("12 345", "12345"), ("-3", "-3"), ("−3", "-3"), ("", None), ("   ", None),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_type_them(typed: str, kept: str | None) -> None:
    kind = KINDS["numeric"]
    assert kind.read(kind.split(NUMERIC)[0], {"answer": [typed]}, SEED, None) == kept


@pytest.mark.parametrize(
    ("typed", "remedy"),
    [
        ("41%", "write 41"),
        ("41,0", "write 41.0"),
        ("about 41", "in figures"),
        ("٤١", "in figures"),
        ("1e3", "in figures"),
        ("nan", "in figures"),
        ("1,23,4", "in figures"),
        ("9" * 50, "in figures"),
    ],
)
def test_what_is_no_number_is_shown_again_with_what_to_type_instead(typed: str, remedy: str) -> None:
    kind = KINDS["numeric"]
    with pytest.raises(AnswerProblem, match=remedy) as refused:
        kind.read(kind.split(NUMERIC)[0], {"answer": [typed]}, SEED, None)
    assert refused.value.typed == typed[:20]
    assert "27" not in str(refused.value)


@pytest.mark.parametrize(("typed", "right"), [("26.5", True), ("27.5", True), ("27.50001", False), ("26.4", False)])
def test_the_tolerance_is_exact(typed: str, right: bool) -> None:
    kind = KINDS["numeric"]
    shown, marking = kind.split(NUMERIC)
    assert kind.mark(shown, marking, typed).right is right


def test_a_known_mistake_is_answered_with_its_reason() -> None:
    kind = KINDS["numeric"]
    shown, marking = kind.split(NUMERIC)
    assert [p.why for p in kind.mark(shown, marking, "73").parts] == ["why-not-73", "why-27-of-a-hundred"]
    assert kind.mark(shown, marking, "5").parts[0].why == ""


def _order(place: dict[int, int] | None = None, pressed: str = "") -> str:
    """Items a to d on the page, with places chosen by item number, then a button pressed on an item number."""
    kind = KINDS["ordering"]
    shown, _ = kind.split(ORDERING)
    names = [f"step-{n}" for n in (1, 2, 3, 4)]
    posted = posted_for(kind, names)
    for item, wanted in (place or {}).items():
        posted[f"place-{token(SEED, names[item - 1])}"] = [str(wanted)]
    if pressed:
        way, item_number = pressed.split()
        posted["stay"] = [f"{way}:{token(SEED, names[int(item_number) - 1])}"]
    return "".join(item[-1] for item in kind.read(shown, posted, SEED, None))


def test_buttons_move_an_item_by_one_place_and_not_past_the_end() -> None:
    assert _order(pressed="up 3") == "1324"
    assert _order(pressed="down 1") == "2134"
    assert _order(pressed="up 1") == "1234"
    assert _order(pressed="down 4") == "1234"


def test_a_place_can_be_chosen_and_the_others_close_up() -> None:
    assert _order({4: 1}) == "4123"
    assert _order({1: 4}) == "2341"
    assert _order({1: 2, 2: 1}) == "2134"
    assert _order({2: 99}) == "1342"
    assert _order({1: 3}, pressed="up 4") == "2341"


@given(st.dictionaries(st.integers(1, 4), st.integers(0, 99)), st.sampled_from(["", "up 2", "down 3"]))
def test_no_choice_of_places_loses_an_item(places: dict[int, int], pressed: str) -> None:
    assert sorted(_order(places, pressed)) == ["1", "2", "3", "4"]


def change(raw: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {k: v for k, v in (raw | fields).items() if v is not None}


@pytest.mark.parametrize(
    ("kind", "raw", "field", "said"),
    [
        ("single", change(SINGLE, options=SINGLE["options"][:2]), "options", "3 or more"),
        ("single", change(SINGLE, options=[SINGLE["options"][0]] * 3), "options", "exactly one"),
        (
            "single",
            change(SINGLE, options=[SINGLE["options"][1]] + [SINGLE["options"][0]] * 2),
            "options",
            "used 2 times",
        ),
        ("single", change(SINGLE, optoins=[]), "optoins", "not a field"),
        ("single", change(SINGLE, options=None), "options", "is missing"),
        ("single", {"options": [{"id": "a", "text": 3, "feedback": "x"}] * 3}, "options.0.text", "quotation marks"),
        ("single", {"options": [{"id": "A b", "text": "x", "feedback": "x"}] * 3}, "options.0.id", "small letters"),
        ("single", {"options": [{"id": "a", "text": "x", "feedback": " "}] * 3}, "options.0.feedback", "empty"),
        ("multiple", change(MULTIPLE, choose=3), "choose", "2 options are correct"),
        ("multiple", change(SINGLE, options=[SINGLE["options"][0]] * 3), "options", "0 of 3"),
        ("ordering", change(ORDERING, items=ORDERING["items"][:2]), "items", "3 or more"),
        ("ordering", change(ORDERING, feedback=None), "feedback", "is missing"),
        ("matching", change(MATCHING, rights=MATCHING["rights"][1:]), "pairs.0.right", "not an id of `rights`"),
        ("numeric", change(NUMERIC, answer="many"), "answer", "a number"),
        ("numeric", change(NUMERIC, answer=True), "answer", "a number"),
        ("numeric", change(NUMERIC, tolerance=-1), "tolerance", "0 or more"),
        ("numeric", change(NUMERIC, near=[{"value": 27.2, "feedback": "x"}]), "near.0.value", "would be marked right"),
    ],
)
def test_a_badly_written_question_is_refused_by_its_field(
    kind: str, raw: dict[str, Any], field: str, said: str
) -> None:
    with pytest.raises(QuestionProblem) as refused:
        KINDS[kind].split(raw)
    assert refused.value.field == field
    assert said in refused.value.message


def test_the_fields_of_every_question_are_none_of_a_kinds_business() -> None:
    common = {"id": "q", "kind": "any", "stem": "Well?", "source": "course", "explanation": "So it is."}
    for name, raw in RAW.items():
        assert KINDS[name].split(raw | common) == KINDS[name].split(raw)


def test_a_kind_that_is_not_tested_here_has_tests_and_a_template_of_its_own() -> None:
    for name in KINDS.keys() - RAW.keys():
        assert (ROOT / "tests" / "assessment" / "kinds" / f"test_{name}.py").is_file()
        assert (ROOT / "templates" / "assessment" / "kinds" / f"{name}.html").is_file()
