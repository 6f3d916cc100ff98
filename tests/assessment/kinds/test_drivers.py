"""A driver diagram is built step by step, drawn as it stands, and marked on how its boxes hang together."""

import json
import re
from dataclasses import asdict
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.assessment.kinds import KINDS
from app.assessment.kinds.contract import Answer, AnswerProblem, Marked, Verdict
from app.assessment.kinds.tokens import token
from app.curriculum.kinds import QuestionProblem

DRIVERS = KINDS["drivers"]
SEED = "3:tree"
CARDS = [{"id": f"second-{n}", "text": f"Card number {n}", "feedback": f"why-card-{n}"} for n in (1, 2, 3)]
GIVEN: dict[str, Any] = {"aim": "Falls down from 14 to 7 by 31 May 2027", "cards": CARDS, "feedback": "why-structure"}
TYPED: dict[str, Any] = {"feedback": "why-structure"}


def tree(*boxes: str, aim: str = "An aim") -> Answer:
    """Boxes as `id kind parent words`, with - for no parent."""
    nodes = []
    for box in boxes:
        name, kind, parent, *words = box.split(" ", 3)
        nodes.append(
            {"id": name, "kind": kind.replace("card", ""), "text": "".join(words), "parent": parent.replace("-", "")}
        )
    return {"aim": aim, "nodes": nodes}


SOUND = tree(
    "n1 primary aim Nobody gets up alone", "n2 primary aim The way is safe", "n3 secondary n1 Offered in time",
    "n4 idea n3 Ask at ten", "n5 idea n2 Sweep the floor",
)  # fmt: skip


def pressed(before: Answer, button: str = "", raw: dict[str, Any] = TYPED, **posted: str) -> Answer:
    """What is saved after the fields of this page and one button; `text_n1` is the words of box n1."""
    fields = {}
    for field, value in posted.items():
        name, _, box = field.partition("_")
        fields[f"{name}-{token(SEED, box)}" if box else name] = [value]
    named = re.sub(r"(?<=:)(n\d|card-[\w-]+)(?=:|$)", lambda m: token(SEED, m[1]), button)
    new = re.sub(r"[0-9a-f]{10}$", button.rpartition(":")[2], named) if button.startswith("add") else named
    return DRIVERS.read(DRIVERS.split(raw)[0], fields | ({"stay": [new]} if button else {}), SEED, before)


def outline(answer: Answer) -> list[str]:
    return [" ".join(filter(None, (n["id"], n["kind"], n["parent"]))) for n in answer["nodes"]]


def mark(answer: Answer, raw: dict[str, Any] = TYPED) -> Marked:
    return DRIVERS.mark(*DRIVERS.split(raw), answer)


def problems(answer: Answer) -> dict[str, str]:
    return {part.text.split(":")[0]: part.why for part in mark(answer).parts if part.verdict is Verdict.WRONG}


def test_a_tree_grows_from_nothing_by_its_buttons_alone() -> None:
    one = pressed(None, "add:primary:aim:n1", answer="Less waiting")
    two = pressed(one, "add:secondary:n1:n2", answer="Less waiting", text_n1="Enough beds")
    three = pressed(two, "add:idea:n2:n3", text_n2="Known at nine")
    assert outline(three) == ["n1 primary aim", "n2 secondary n1", "n3 idea n2"]
    assert [n["text"] for n in three["nodes"]] == ["Enough beds", "Known at nine", ""]
    assert three["aim"] == "Less waiting"


def test_a_press_that_arrives_twice_does_nothing_the_second_time() -> None:
    for button in ("add:primary:aim:n6", "remove:n2", "to:n2:0"):
        once = pressed(SOUND, button)
        assert once != SOUND
        assert pressed(once, button) == once


def test_a_removed_box_leaves_what_hung_on_it_unconnected() -> None:
    assert outline(pressed(SOUND, "remove:n1")) == ["n2 primary aim", "n3 secondary", "n4 idea n3", "n5 idea n2"]
    assert outline(pressed(SOUND, "remove:n3"))[2] == "n4 idea"


def test_a_box_moves_among_its_siblings_and_not_past_their_end() -> None:
    assert outline(pressed(SOUND, "to:n2:0"))[:2] == ["n2 primary aim", "n1 primary aim"]
    assert pressed(SOUND, "to:n2:99") == SOUND
    assert pressed(SOUND, "to:n4:0") == SOUND


def test_a_box_can_be_hung_elsewhere_with_a_list() -> None:
    assert outline(pressed(SOUND, place_n3=f"secondary:{token(SEED, 'n2')}"))[2] == "n3 secondary n2"
    assert outline(pressed(SOUND, place_n5="idea:aim"))[4] == "n5 idea aim"
    assert outline(pressed(SOUND, place_n5=""))[4] == "n5"
    moved = pressed(SOUND, place_n1=f"secondary:{token(SEED, 'n2')}")
    assert outline(moved)[:3] == ["n1 secondary n2", "n2 primary aim", "n3 secondary"]


@pytest.mark.parametrize(
    "value", ["secondary:n1", "idea:nowhere", "primary:x", "boss", "secondary:" + token(SEED, "n3"), ":" * 99]
)
def test_no_posted_place_makes_a_circle_or_hangs_a_box_on_nothing_there(value: str) -> None:
    kinds = {n["id"]: n["kind"] for n in SOUND["nodes"]}
    for node in pressed(SOUND, place_n3=value)["nodes"]:
        assert node["parent"] in {"", "aim", *kinds}
        assert node["parent"] != node["id"]


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(["n1", "n2", "n3", "n4"]), st.sampled_from(["n1", "n2", "n3", "n4", "aim"]),
                          st.sampled_from(["primary", "secondary", "idea", ""])), max_size=6))  # fmt: skip
def test_however_boxes_are_moved_none_is_lost_and_every_one_is_on_the_page(moves: list[tuple[str, str, str]]) -> None:
    answer = SOUND
    for box, on, kind in moves:
        value = f"{kind}:{on if on == 'aim' else token(SEED, on)}"
        posted: dict[str, Any] = {f"place_{box}": value}
        answer = pressed(answer, **posted)
    view: Any = DRIVERS.page(DRIVERS.split(TYPED)[0], answer, SEED)
    assert sorted(_tokens((*view.boxes, *view.left_over))) == sorted(token(SEED, f"n{n}") for n in range(1, 6))


def _tokens(boxes: tuple[Any, ...]) -> list[str]:
    return [name for box in boxes for name in (box.token, *_tokens(box.below))]


def test_thirty_boxes_are_the_most_and_their_words_are_cut() -> None:
    full = tree(*(f"n{n} primary aim Driver {n}" for n in range(1, 31)))
    assert pressed(full, "add:primary:aim:n31") == full
    view: Any = DRIVERS.page(DRIVERS.split(TYPED)[0], full, SEED)
    assert view.add == ""
    assert len(pressed(SOUND, text_n1="x" * 5000)["nodes"][0]["text"]) == 120
    with pytest.raises(AnswerProblem, match="300 is the most") as refused:
        pressed(SOUND, answer="y" * 301, text_n1="Kept")
    assert refused.value.typed["nodes"][0]["text"] == "Kept"
    assert "y" * 301 in json.dumps(asdict(DRIVERS.page(DRIVERS.split(TYPED)[0], refused.value.typed, SEED)))


def test_cards_wait_until_they_are_placed_and_their_ids_stay_behind() -> None:
    shown, _ = DRIVERS.split(GIVEN)
    view = DRIVERS.page(shown, None, SEED)
    assert DRIVERS.read(shown, {}, SEED, None) is None
    assert "second-" not in json.dumps(asdict(view))
    assert "why-" not in json.dumps(shown)
    placed = pressed(None, raw=GIVEN, **{"place_card-second-2": "primary"})
    assert sorted(outline(placed)) == ["card-second-1", "card-second-2 primary aim", "card-second-3"]
    whys = [part.why for part in mark(placed, GIVEN).parts]
    assert {"why-card-1", "why-card-2", "why-card-3"} <= set(whys)


def test_a_sound_diagram_is_right() -> None:
    result = mark(SOUND)
    assert (result.right, result.credit) == (True, 1.0)
    assert len(result.for_people) == 3


@pytest.mark.parametrize(
    ("answer", "name", "said"),
    [
        (tree("n1 primary aim A", "n2 idea n1 B"), "At least two primary drivers", "must be true"),
        (tree(*("n1 primary aim A", "n2 primary aim B"), "n3 secondary - C"), "Nothing is left over", "“C”"),
        (tree("n1 card - C"), "Nothing is left over", "“C”"),
        (tree("n1 primary aim A", "n2 idea - B"), "Every change idea serves a driver", "“B” hangs on nothing"),
        (
            tree("n1 primary aim A", "n2 idea aim B"),
            "Every change idea serves a driver",
            "“B” hangs straight on the aim",
        ),
        (tree("n1 primary aim A"), "Every driver leads to a change idea", "“A”"),
        (tree("n1 primary aim A", "n2 secondary n1 B", "n3 idea n1 C"), "Every driver leads to a change idea", "“B”"),
        (tree("n1 primary aim A", "n2 primary aim"), "Every box has words of its own", "a box without words"),
        (tree("n1 primary aim Beds", "n2 primary aim beds"), "Every box has words of its own", "“beds”"),
        (tree("n1 primary aim A", aim=""), "The aim is written", "no"),
    ],
)
def test_each_fault_of_structure_is_named_with_its_box(answer: Answer, name: str, said: str) -> None:
    assert said in problems(answer)[name]
    assert not mark(answer).right


def test_credit_is_the_mean_of_what_was_looked_at() -> None:
    """Aim 1; two primaries 1; left over 1 of 1; ideas served 1 of 2; drivers used 2 of 3; words 5 of 5."""
    answer = tree("n1 primary aim A", "n2 primary aim B", "n3 secondary n1 C", "n4 idea n3 D", "n5 idea - E")
    assert mark(answer).credit == pytest.approx((1 + 1 + 1 + 1 / 2 + 2 / 3 + 1) / 6)


def test_a_diagram_that_is_not_begun_earns_nothing() -> None:
    assert mark(tree("n1 card - C")).credit == 0
    assert mark(tree()).credit == 0
    assert mark(None).credit == 0
    assert {part.verdict for part in mark(None).parts} == {Verdict.PLAIN}


def test_the_picture_is_sound_markup_with_all_the_words_and_none_of_their_code() -> None:
    nasty = tree("n1 primary aim <script>alert(1)</script>", "n2 idea n1 " + "W" * 120, "n3 idea aim \"'&")
    html = mark(nasty).figure_html
    root = ET.fromstring(html)
    assert "<script" not in html
    assert "style=" not in html
    assert len(root.findall("svg")) == 2
    for svg in root.findall("svg"):
        assert svg.find("title") is not None
        assert svg.find("desc") is not None
        width = float(svg.attrib["viewBox"].split()[2])
        assert all(float(r.attrib.get("x", 0)) + float(r.attrib["width"]) <= width for r in svg.iter("rect"))
    assert "".join(root.itertext()).count("W") >= 3 * 120


def test_two_boxes_of_one_column_never_lie_on_each_other() -> None:
    ideas = [f"n{n} idea n1 " + "word " * n for n in range(2, 12)]
    root = ET.fromstring(mark(tree("n1 primary aim " + "Long " * 20, *ideas, "n12 idea - E")).figure_html)
    for svg in root.findall("svg"):
        boxes = [tuple(float(r.attrib[k]) for k in ("x", "y", "width", "height")) for r in svg.findall("rect")[1:]]
        for one in boxes:
            for two in boxes:
                apart = (one[0] + one[2] <= two[0] or two[0] + two[2] <= one[0]
                         or one[1] + one[3] <= two[1] or two[1] + two[3] <= one[1])  # fmt: skip
                assert one is two or apart


def test_an_answer_in_words_says_what_is_missing() -> None:
    assert DRIVERS.in_words(DRIVERS.split(TYPED)[0], tree("n1 primary aim", aim="")) == (
        "Aim: not written yet",
        "Primary driver 1: no words yet",
    )


@pytest.mark.parametrize(
    ("raw", "field"),
    [({}, "feedback"), (GIVEN | {"cards": CARDS * 2}, "cards"), (GIVEN | {"aim": "x" * 301}, "aim")],
)
def test_a_badly_written_question_is_refused_by_its_field(raw: dict[str, Any], field: str) -> None:
    with pytest.raises(QuestionProblem) as refused:
        DRIVERS.split(raw)
    assert refused.value.field == field
