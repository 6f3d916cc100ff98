"""PDSA in a simulated ward: steps that stand once taken, and marks that do not depend on what chance gave."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assessment.kinds import pdsa
from app.assessment.kinds.contract import AnswerProblem, Verdict
from app.assessment.kinds.tokens import token
from app.assessment.kinds.wards import WARDS, baseline_of, run_test
from app.charts import NHS_MAKING_DATA_COUNT, Plan, Series, analyse
from app.curriculum.kinds import QuestionProblem

SEED = "7:which"
RAW: dict[str, Any] = {
    "ward": "hand-hygiene",
    "cycles": 2,
    "setting": "An invented ward",
    "feedback": "why-of-the-whole",
    "ask": ["Whom would you ask?"],
}
SHOWN, MARKING = pdsa.split(RAW)


def plan(number: int, *changes: str, press: bool = True, **typed: str) -> dict[str, list[str]]:
    fields = {"predicted": "70", "why": "Gel where hands are needed", "points": "8"} | typed
    posted = {f"{name}-{number}": [value] for name, value in fields.items()}
    posted |= {f"plan-{number}": ["open"], f"change-{number}": [token(SEED, change) for change in changes]}
    return posted | ({"stay": [f"run-{number}"]} if press else {"stay": ["here"]})


def study(number: int, press: bool = True, **typed: str) -> dict[str, list[str]]:
    fields = {"amount": "1", "side": "above", "signal": "no", "learnt": "Ask more", "act": "adopt"} | typed
    posted = {f"{name}-{number}": [value] for name, value in fields.items()} | {f"study-{number}": ["open"]}
    return posted | ({"stay": [f"keep-{number}"]} if press else {"stay": ["here"]})


def read(posted: Mapping[str, list[str]], before: Any) -> Any:
    return pdsa.read(SHOWN, posted, SEED, before)


def cycle(values: list[int], size: int, **study: str) -> dict[str, Any]:
    """One cycle with data of our own, so that what is right can be worked out by hand."""
    told = {"side": "", "amount": "", "signal": "", "learnt": "", "act": "adapt"} | study
    return {
        "plan": {"changes": ["bed-end"], "why": "A reason", "predicted": "60", "points": str(len(values))},
        "data": {"values": values, "out_of": [size] * len(values), "beside": 2},
        "study": told,
        "kept": True,
    }


def log(*cycles: dict[str, Any]) -> dict[str, Any]:
    return {"cycles": list(cycles), "draft": {"changes": [], "why": "", "predicted": "", "points": ""}}


def verdicts(answer: Any) -> list[Verdict]:
    return [part.verdict for part in pdsa.mark(SHOWN, MARKING, answer).parts]


@pytest.mark.parametrize("ward", WARDS.values(), ids=list(WARDS))
def test_a_ward_begins_with_common_cause_and_twelve_points_or_more(ward: Any) -> None:
    before = baseline_of(ward)
    assert len(before.values) >= 12
    series = Series.of("before", range(1, len(before.values) + 1), before.values, before.out_of)
    assert not analyse(series, Plan(ward.chart, NHS_MAKING_DATA_COUNT)).signal


@pytest.mark.parametrize("ward", WARDS.values(), ids=list(WARDS))
def test_the_same_test_returns_the_same_data_and_another_returns_others(ward: Any) -> None:
    change = ward.changes[0].id
    once = run_test(ward, SEED, 1, {change}, 8)
    assert once == run_test(ward, SEED, 1, [change], 8)
    assert len(once.values) == 8
    others = [
        run_test(ward, "8:which", 1, {change}, 8),
        run_test(ward, SEED, 2, {change}, 8),
        run_test(ward, SEED, 1, {ward.changes[1].id}, 8),
        run_test(ward, SEED, 1, {change}, 9),
    ]
    assert once not in others


@pytest.mark.parametrize(
    ("ward", "helps", "nothing", "harm"),
    [
        ("discharge-medicines", "third-dispenser", "poster", "one-check"),
        ("falls", "toilet-rounds", "posters", "rails"),
        ("clinic-attendance", "text", "colour", "discharge"),
        ("hand-hygiene", "bed-end", "poster", "gloves"),
    ],
)
def test_some_changes_help_some_do_nothing_and_one_has_a_price(ward: str, helps: str, nothing: str, harm: str) -> None:
    """Over 400 periods: in shares of the mean without a change, and of the count beside it."""

    def mean(*changes: str) -> tuple[float, int]:
        data = run_test(WARDS[ward], "long", 1, changes, 400)
        return sum(data.values) / (sum(data.out_of) if data.out_of else 400), data.beside

    before, beside = mean()
    assert abs(mean(helps)[0] / before - 1) > 0.1
    assert abs(mean(nothing)[0] / before - 1) < 0.07
    assert mean(harm)[1] > 1.5 * beside


def test_a_test_runs_once_and_its_plan_stands() -> None:
    after = read(plan(1, "bed-end"), None)
    assert after["cycles"][0]["plan"]["changes"] == ["bed-end"]
    assert len(after["cycles"][0]["data"]["values"]) == 8
    assert read(plan(1, "bed-end", predicted="70.0"), after) == after, "the same press came twice"
    assert read(plan(2, "huddle"), after) == after
    assert read({"stay": ["run-1"]}, after) == after
    assert read({}, after) == after


def test_a_study_that_was_kept_stands_and_the_next_plan_opens() -> None:
    ran = read(plan(1, "bed-end"), None)
    kept = read(study(1), ran)
    assert kept["cycles"][0]["kept"]
    assert read(study(1), kept) == read(study(2), kept) == kept
    view = pdsa.page(SHOWN, kept, SEED)
    assert (view.step, view.number) == ("plan", 2)
    assert "end of every bed" in view.in_force
    assert token(SEED, "bed-end") not in [change.value for change in view.changes]


def test_no_form_goes_on_after_the_last_cycle() -> None:
    whole = None
    for number, change in ((1, "bed-end"), (2, "huddle")):
        whole = read(study(number), read(plan(number, change), whole))
    assert pdsa.page(SHOWN, whole, SEED).step == "over"
    assert read(plan(3, "kind-gel"), whole) == whole
    assert read(study(2), whole) == whole


def test_a_change_that_was_adopted_is_in_force_in_the_next_test() -> None:
    adopted = read(plan(2, "huddle"), read(study(1, act="adopt"), read(plan(1, "bed-end"), None)))
    dropped = read(plan(2, "huddle"), read(study(1, act="abandon"), read(plan(1, "bed-end"), None)))
    both = run_test(WARDS["hand-hygiene"], SEED, 2, {"bed-end", "huddle"}, 8)
    alone = run_test(WARDS["hand-hygiene"], SEED, 2, {"huddle"}, 8)
    assert adopted["cycles"][1]["data"]["values"] == list(both.values)
    assert dropped["cycles"][1]["data"]["values"] == list(alone.values)


def test_half_a_plan_is_kept_and_runs_nothing() -> None:
    half = read(plan(1, "bed-end", press=False, predicted="abo", points=""), None)
    assert half["cycles"] == []
    assert half["draft"]["predicted"] == "abo"
    assert "not run yet" in " ".join(pdsa.in_words(SHOWN, half))
    assert pdsa.page(SHOWN, half, SEED).plan.predicted == "abo"
    assert read(plan(1, press=False, predicted="", why="", points=""), half) is None


def test_half_a_study_is_kept_with_the_log() -> None:
    ran = read(plan(1, "bed-end"), None)
    half = read(study(1, press=False, act=""), ran)
    assert half["cycles"][0]["data"] == ran["cycles"][0]["data"]
    assert not half["cycles"][0]["kept"]
    assert pdsa.page(SHOWN, half, SEED).study.signal == "no"


@pytest.mark.parametrize(
    ("changes", "typed", "said"),
    [
        ((), {}, "Choose a change"),
        (("bed-end",), {"predicted": ""}, "Predict a number from 0 to 100"),
        (("bed-end",), {"predicted": "101"}, "Predict a number from 0 to 100"),
        (("bed-end",), {"predicted": "<b>"}, "Predict a number"),
        (("bed-end",), {"points": "2"}, "from 3 to 20"),
        (("bed-end",), {"points": "21"}, "from 3 to 20"),
        (("bed-end",), {"points": "5.5"}, "a whole number"),
        (("bed-end",), {"points": "9" * 50}, "a whole number"),
    ],
)
def test_a_test_needs_a_change_a_number_and_a_sample(
    changes: tuple[str, ...], typed: dict[str, str], said: str
) -> None:
    with pytest.raises(AnswerProblem, match=said) as refused:
        read(plan(1, *changes, press=True, **typed), None)
    assert refused.value.typed["cycles"] == []
    assert refused.value.typed["draft"]["why"] == "Gel where hands are needed"
    pdsa.page(SHOWN, refused.value.typed, SEED)


@pytest.mark.parametrize("typed", [{"amount": ""}, {"side": ""}, {"signal": ""}, {"act": "burn"}, {"amount": "-2"}])
def test_a_study_is_kept_only_when_it_is_whole(typed: dict[str, str]) -> None:
    ran = read(plan(1, "bed-end"), None)
    with pytest.raises(AnswerProblem) as refused:
        read(study(1, press=True, **typed), ran)
    assert not refused.value.typed["cycles"][0]["kept"]
    assert refused.value.typed["cycles"][0]["data"] == ran["cycles"][0]["data"]


@given(st.dictionaries(st.sampled_from(["plan-1", "change-1", "why-1", "predicted-1", "points-1", "stay"]),
                       st.lists(st.text() | st.just("run-1"), max_size=3)))  # fmt: skip
def test_no_posted_text_makes_it_fall_over(posted: dict[str, list[str]]) -> None:
    try:
        answer = read(posted, None)
    except AnswerProblem as problem:
        answer = problem.typed
    pdsa.page(SHOWN, answer, SEED)
    pdsa.mark(SHOWN, MARKING, answer)
    assert len(json.dumps(answer)) < 10_000


def test_long_text_and_signs_that_no_keyboard_types_are_bounded() -> None:
    half = read(plan(1, press=False, why="a\x00b\r\nc" + "x" * 100_000), None)
    assert half["draft"]["why"].startswith("ab\nc")
    assert len(half["draft"]["why"]) == 600


def test_the_page_says_nothing_of_signals_before_it_is_marked() -> None:
    """Seven paddles of 100 per cent are far above any limit; the page must not say so."""
    answer = log(cycle([50] * 8, 50))
    view = json.dumps(asdict(pdsa.page(SHOWN, answer, SEED)))
    words = ("shift", "above the upper", "special cause", "improvement", "why-of-the-whole")
    assert not [word for word in words if word in view.lower()]
    assert "above the upper" in pdsa.mark(SHOWN, MARKING, answer).figure_html.lower()


def test_a_log_by_the_book_is_right_whatever_the_data_were() -> None:
    """24 of 40 is 60 per cent, as predicted. 40 of 40 is 40 points above it, and beyond three sigma of any baseline."""
    calm = cycle([24] * 3, 40, side="same", signal="no", act="abandon")
    loud = cycle([40] * 8, 40, side="above", amount="40", signal="yes", act="adopt")
    marked = pdsa.mark(SHOWN, MARKING, log(calm, loud))
    assert marked.right
    assert marked.credit == 1
    assert all(part.why for part in marked.parts)
    assert marked.for_people == ("Whom would you ask?",)


def test_what_one_test_showed_is_not_read_into_the_next() -> None:
    """40 of 40 is a signal. 24 of 40 lies near any baseline of about 60 per cent, whatever came before it."""
    loud = cycle([40] * 8, 40, side="above", amount="40", signal="yes")
    calm = cycle([24] * 3, 40, side="same", signal="no")
    assert verdicts(log(loud, calm)) == [Verdict.RIGHT] * 8
    assert verdicts(log(loud, calm | {"study": calm["study"] | {"signal": "yes"}}))[7] is Verdict.WRONG


def test_a_study_that_was_typed_but_not_kept_counts() -> None:
    loud = cycle([40] * 8, 40, side="above", amount="40", signal="yes") | {"kept": False}
    assert verdicts(log(loud))[:4] == [Verdict.RIGHT] * 4


def test_each_criterion_is_a_quarter_of_its_cycle() -> None:
    """Two cycles of four points: one cycle with one point lost, and one that was not run, leave three of eight."""
    blind = cycle([40] * 8, 40, side="above", amount="40", signal="no", act="abandon")
    marked = pdsa.mark(SHOWN, MARKING, log(blind))
    assert marked.credit == 3 / 8
    assert not marked.right
    assert "although the chart had a signal" in marked.for_people[0]


def test_two_changes_at_once_and_a_number_without_a_reason_lose_their_points() -> None:
    both = cycle([24] * 3, 40, side="same", signal="no")
    both["plan"] |= {"changes": ["bed-end", "huddle"], "why": ""}
    assert verdicts(log(both))[:4] == [Verdict.WRONG, Verdict.WRONG, Verdict.RIGHT, Verdict.RIGHT]


@pytest.mark.parametrize(
    ("side", "amount", "right"),
    [
        ("above", "3.3", True), ("above", "3", True), ("above", "3.4", False), ("above", "4", False),
        ("below", "3.3", False), ("same", "", False), ("", "3.3", False), ("above", "", False), ("above", "3.30", True),
    ],
)  # fmt: skip
def test_a_comparison_is_right_to_the_place_it_was_rounded_to(side: str, amount: str, right: bool) -> None:
    """19 of 30 is 63.3 per cent: 3.3 above the 60 that were predicted."""
    told = verdicts(log(cycle([19] * 3, 30, side=side, amount=amount, signal="no")))
    assert (told[2] is Verdict.RIGHT) is right


def test_nothing_at_all_is_marked_and_explained() -> None:
    for answer in (None, read(plan(1, press=False), None)):
        marked = pdsa.mark(SHOWN, MARKING, answer)
        assert (marked.right, marked.credit, marked.figure_html) == (False, 0, "")
        assert [part.verdict for part in marked.parts] == [Verdict.MISSED] * 2


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"ward": "moon"}, "ward", "hand-hygiene"),
        ({"cycles": 1}, "cycles", "2 or more"),
        ({"cycles": 6}, "cycles", "5"),
        ({"wards": 1}, "wards", "not a field"),
        ({"setting": ""}, "setting", "empty"),
    ],
)
def test_a_badly_written_question_is_refused_by_its_field(fields: dict[str, Any], field: str, said: str) -> None:
    with pytest.raises(QuestionProblem) as refused:
        pdsa.split(RAW | fields)
    assert refused.value.field == field
    assert said in refused.value.message
