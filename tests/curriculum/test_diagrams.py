"""A figure from data: whatever is in it, its words stay in the picture, apart from each other, and large enough."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import Any, NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.charts.drawing.markup import breadth
from app.curriculum.files import SourceFile
from app.curriculum.format import DIAGRAMS, Diagram, checked_by_kind
from app.curriculum.problems import Findings
from app.curriculum.text.diagrams import drawn, faults, table_html
from app.curriculum.text.drawing import Element, read_svg, smallest_text, written
from app.kernel.config import ROOT
from tests.curriculum.diagrams import diagram_of
from tests.document import Document

GALLERY = ROOT / "courses" / "gallery" / "figures"
LETTERS = "abcdefghijklmnopqrstuvwxyzABCMW0123456789-,' "
SIDES = {None: 0.0, "middle": 0.5, "end": 1.0}


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float
    words: str


def _boxes(drawing: Element) -> Iterator[Box]:
    """Where each line of words stands, as wide as the charts reckon it to be."""
    for element in drawing.walk():
        if element.tag == "text":
            at = element.attributes
            size = float(at["font-size"])
            wide = breadth(element.words, size, bold=at.get("font-weight") == "bold")
            anchor = at.get("text-anchor")
            left = float(at["x"]) - wide * SIDES[None if anchor == "start" else anchor]
            baseline = float(at["y"])
            yield Box(left, baseline - size * 0.75, left + wide, baseline + size * 0.2, element.words)


def _size(drawing: Element) -> tuple[float, float]:
    _, _, width, height = (float(part) for part in drawing.attributes["viewBox"].split())
    return width, height


def _assert_readable(diagram: Diagram, *, apart: bool = True) -> None:
    made = drawn(diagram)
    for drawing, wanted in ((made.wide, 640), (made.narrow, 320)):
        width, height = _size(drawing)
        boxes = list(_boxes(drawing))
        assert width == wanted
        assert height < 10_000
        assert smallest_text(drawing) >= 14
        for box in boxes:
            assert box.left >= -1, box
            assert box.right <= width + 1, box
            assert box.top >= 0, box
            assert box.bottom <= height, box
        # Lines in the order of their tops: those further down cannot meet those that end above them.
        ordered = sorted(boxes, key=lambda box: box.top)
        for place, one in enumerate(ordered if apart else ()):
            for other in ordered[place + 1 :]:
                if other.top >= one.bottom:
                    break
                assert one.right <= other.left + 1 or other.right <= one.left + 1, (one, other)


def _said(most: int) -> st.SearchStrategy[str]:
    """Words of any length up to the most, many of them as long as may be, and some without any space."""
    long = st.text(LETTERS, min_size=most, max_size=most)
    solid = st.text("MWmw", min_size=most, max_size=most)
    return st.one_of(st.text(LETTERS, min_size=1, max_size=most), long, solid).map(str.strip).filter(bool)


def _list(what: Any, least: int, most: int) -> Any:
    return st.one_of(st.lists(what, min_size=least, max_size=most), st.lists(what, min_size=most, max_size=most))


def _of(required: dict[str, Any], **optional: Any) -> Any:
    return st.fixed_dictionaries(required, optional=optional)


def _chart(
    count: int, days: int, values: list[float | None], kind: str, about: dict[str, Any], notes: list[tuple[int, str]]
) -> dict[str, Any]:
    """A point every so many days, or numbered where there are none."""
    when = [date(2025, 1, 3) + timedelta(days * n) if days else n + 1 for n in range(count)]
    points = [{"at": at, "value": value} for at, value in zip(when, [7.0, *values], strict=False)]
    said = [{"at": when[place % count], "text": words} for place, words in notes]
    return {"chart": kind, "measure": {"points": points, **about}, "notes": said}


IDEAS = st.lists(_said(60), max_size=3)
MINUTES = st.one_of(st.none(), st.integers(0, 1_000_000))
LANES = st.lists(_said(30), min_size=1, max_size=4, unique=True)
DRIVER = st.one_of(
    _of({"text": _said(60)}, secondary=_list(_of({"text": _said(60)}, ideas=IDEAS), 0, 3)),
    _of({"text": _said(60)}, ideas=IDEAS),
)
KINDS: dict[str, Any] = {
    "model-for-improvement": _of({}, aim=_said(70), measure=_said(70), change=_said(70)),
    "pdsa-ramp": _of({"cycles": _list(_of({"test": _said(50), "learned": _said(60)}), 2, 6)}),
    "driver-diagram": _of({"aim": _said(60), "drivers": _list(DRIVER, 2, 5)}),
    "process-map": LANES.flatmap(
        lambda lanes: _of(
            {
                "lanes": st.just(lanes),
                "steps": _list(
                    _of(
                        {"lane": st.sampled_from(lanes), "text": _said(40)},
                        minutes=MINUTES,
                        wait=MINUTES,
                        decision=st.booleans(),
                    ),
                    3,
                    12,
                ),
            }
        )
    ),
    "fishbone": _of(
        {"problem": _said(80), "bones": _list(_of({"name": _said(40), "causes": _list(_said(40), 1, 4)}), 3, 6)}
    ),
    "pareto": _of(
        {
            "unit": _said(80),
            "categories": st.lists(
                _of({"text": _said(60), "count": st.integers(1, 1_000_000_000)}),
                min_size=3,
                max_size=12,
                unique_by=lambda category: category["text"],
            ),
        }
    ),
    "sequence": _of({"steps": _list(_of({"text": _said(30), "about": _said(80)}), 3, 7)}),
    "ladder": _of({"rungs": _list(_of({"text": _said(40), "example": _said(80)}), 3, 8)}),
}
KINDS["chart"] = st.builds(
    _chart,
    st.integers(8, 60),
    st.sampled_from([0, 1, 7, 30, 91]),
    st.lists(st.one_of(st.none(), st.floats(1, 1e6), st.integers(1, 20).map(float)), min_size=60, max_size=60),
    st.sampled_from(["run", "xmr", "i", "mr", "c", "g", "t"]),
    _of({"title": _said(100)}, target=st.floats(0, 1e6), wanted=st.sampled_from(["increase", "decrease"])),
    st.lists(st.tuples(st.integers(0, 59), _said(80)), max_size=6),
)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_words_of_any_length_stay_inside_and_apart(kind: str, data: st.DataObject) -> None:
    diagram = diagram_of(kind, data.draw(KINDS[kind]))
    assume(not list(faults(diagram)))
    _assert_readable(diagram)


def _gallery(name: str) -> Diagram:
    findings = Findings()
    read = checked_by_kind(DIAGRAMS, SourceFile(name, (GALLERY / name).read_text()), findings)
    assert list(findings) == []
    assert read is not None
    return read[0]


EXAMPLES = sorted(file.name for file in GALLERY.glob("*.yaml"))


def test_the_gallery_shows_one_of_each_kind() -> None:
    assert {type(_gallery(name)) for name in EXAMPLES} == set(DIAGRAMS.values())


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_is_readable_and_passes_for_a_drawing_made_by_hand(name: str) -> None:
    diagram = _gallery(name)
    _assert_readable(diagram)
    for drawing in (drawn(diagram).wide, drawn(diagram).narrow):
        findings = Findings()
        markup = written(drawing, "f1-").replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"')
        read_svg(SourceFile("f.svg", markup), findings)
        # The charts' own colours are those that readers know from every other chart.
        assert [p.message for p in findings if "uses the colour" not in p.message] == []
        assert diagram.title in markup.replace("&#39;", "'").replace("&#34;", '"')


@pytest.mark.parametrize("name", [n for n in EXAMPLES if n not in {"before-noon.yaml", "complaints.yaml"}])
def test_diagrams_keep_to_the_palette(name: str) -> None:
    findings = Findings()
    markup = written(drawn(_gallery(name)).wide, "f1-").replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"')
    read_svg(SourceFile("f.svg", markup), findings)
    assert list(findings) == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_word_of_the_data_is_in_the_table(name: str) -> None:
    diagram = _gallery(name)
    page = Document(f"<!doctype html><html><head><title>x</title></head><body>{table_html(drawn(diagram).table, 'T')}")
    cells = " ".join(cell.text or "" for cell in [*page.all("td"), *page.all("th")])
    left_out = {"kind", "title", "description", "unit", "each", "counted", "out_of", "rules", "wanted", "chart"}
    data = diagram.model_dump(exclude={"measure"} if name == "before-noon.yaml" else set())
    for words in _words({key: value for key, value in data.items() if key not in left_out}):
        assert words in cells, words


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from () if key == "at" else _words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner)


def test_rungs_stand_from_the_lowest_up() -> None:
    made = drawn(diagram_of("ladder", {"rungs": [{"text": f"Rung{n}", "example": "x"} for n in "abc"]}))
    heights = [box.top for name in ("Runga", "Rungb", "Rungc") for box in _boxes(made.wide) if name in box.words]
    assert all(lower > upper for lower, upper in pairwise(heights))


def test_notes_at_neighbouring_points_do_not_cover_each_other() -> None:
    points = [{"at": n, "value": float(n % 4)} for n in range(1, 31)]
    notes = [{"at": n, "text": "Changed"} for n in (10, 11, 12, 13)]
    data = {"chart": "run", "measure": {"title": "Cups", "points": points}, "notes": notes}
    for drawing in (drawn(diagram_of("chart", data)).wide, drawn(diagram_of("chart", data)).narrow):
        flags = [e.attributes for e in drawing.walk() if e.tag == "circle" and float(e.attributes["r"]) == 10.5]
        assert len(flags) == 4
        for one, other in combinations(flags, 2):
            far = max(abs(float(one[side]) - float(other[side])) for side in ("cx", "cy"))
            assert far >= 21
