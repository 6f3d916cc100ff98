"""A drawing can hold nothing that runs, fetches or expands, and has words for people who do not see it."""

import re
from xml.etree import ElementTree as ET

import pytest

from app.curriculum.files import SourceFile
from app.curriculum.problems import Findings
from app.curriculum.text.drawing import read_svg, written
from tests.curriculum.guide import HOME, Folder

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 400" role="img">'
WORDS = "<title>A title</title><desc>What it shows</desc>"


def _drawing(inside: str, head: str = HEAD) -> str:
    return f"{head}{WORDS}{inside}</svg>"


HOSTILE = {
    "script": _drawing("<script>alert(1)</script>"),
    "script in another namespace": _drawing('<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>'),
    "a handler": _drawing('<rect onclick="alert(1)" width="1" height="1"/>'),
    "a handler on the root": _drawing("", HEAD.replace("<svg", '<svg onload="alert(1)"')),
    "a link": _drawing('<a href="javascript:alert(1)"><text>x</text></a>'),
    "an xlink": _drawing('<use xlink:href="http://evil.example/x.svg#y" xmlns:xlink="http://www.w3.org/1999/xlink"/>'),
    "an image": _drawing('<image href="http://evil.example/x.png"/>'),
    "foreign": _drawing("<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'>x</body></foreignObject>"),
    "animation": _drawing('<rect width="1" height="1"><animate attributeName="href" values="javascript:x"/></rect>'),
    "set": _drawing('<set attributeName="onmouseover" to="alert(1)"/>'),
    "style": _drawing("<style>@import url(http://evil.example/x.css)</style>"),
    "style attribute": _drawing('<rect style="fill:url(http://evil.example/x)" width="1" height="1"/>'),
    "a class": _drawing('<rect class="app-menu" width="1" height="1"/>'),
    "paint from elsewhere": _drawing('<rect fill="url(http://evil.example/x#y)" width="1" height="1"/>'),
    "a marker from elsewhere": _drawing('<path d="M0 0" marker-end="url(http://evil.example/x#y)"/>'),
    "a marker that is missing": _drawing('<path d="M0 0" marker-end="url(#nowhere)"/>'),
    "a drawing inside": _drawing(_drawing("")),
    "an iframe": _drawing("<iframe/>"),
    "a doctype": f'<!DOCTYPE svg SYSTEM "http://evil.example/x.dtd">{_drawing("")}',
    "entities that double": f'<!DOCTYPE svg [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>{_drawing("<text>&b;</text>")}',
    "a file by entity": f'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>{_drawing("<text>&a;</text>")}',
    "an unknown entity": _drawing("<text>&nope;</text>"),
    "a stylesheet instruction": f'<?xml-stylesheet href="http://evil.example/x.css"?>{_drawing("")}',
    "not closed": f"{HEAD}{WORDS}",
    "not a drawing": f"<html>{WORDS}</html>",
    "another namespace": _drawing("", HEAD.replace("www.w3.org/2000/svg", "evil.example")),
    "too deep": _drawing("<g>" * 40 + "</g>" * 40),
    "too many": _drawing("<g/>" * 4000),
    "another colour": _drawing('<rect fill="#ff00ff" width="1" height="1"/>'),
    "another font": _drawing('<text font-family="Comic Sans MS" x="1" y="1">x</text>'),
    "words outside text": _drawing("stray words"),
    "no title": f"{HEAD}<desc>x</desc></svg>",
    "no description": f"{HEAD}<title>x</title></svg>",
    "an empty description": f"{HEAD}<title>x</title><desc> </desc></svg>",
    "no role": _drawing("", HEAD.replace(' role="img"', "")),
    "no viewBox": _drawing("", HEAD.replace(' viewBox="0 0 640 400"', "")),
    "a viewBox of nothing": _drawing("", HEAD.replace("0 0 640 400", "0 0 0 0")),
    "a viewBox of NaN": _drawing("", HEAD.replace("0 0 640 400", "0 0 nan nan")),
    "a fixed width": _drawing("", HEAD.replace("<svg", '<svg width="900"')),
    "two ids": _drawing('<g id="a"/><g id="a"/>'),
    "a slash in an id": _drawing('<g id="a&quot;&gt;&lt;script&gt;"/>'),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_it_is_refused_with_a_line_and_a_remedy(text: str) -> None:
    findings = Findings()
    read_svg(SourceFile("courses/x/figures/a.svg", text), findings)
    assert findings
    assert all(p.line >= 1 and p.remedy for p in findings)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_and_even_unrefused_it_would_do_nothing(text: str) -> None:
    root = read_svg(SourceFile("courses/x/figures/a.svg", text), Findings())
    if root is None or "viewBox" not in root.attributes:
        return
    said = written(root, "f1-")
    assert not re.search(
        r"script|onload|onclick|evil\.example|javascript|<style|style=|<image|<a |DOCTYPE|foreign", said
    )


def test_a_good_drawing_says_the_same_words_and_its_ids_are_its_own() -> None:
    arrow = '<defs><marker id="end" viewBox="0 0 9 9" orient="auto"><path d="M0 0 L9 4 z"/></marker></defs>'
    text = _drawing(f'{arrow}<path d="M0 0 H9" marker-end="url(#end)"/><text x="1" y="20">5 &lt; 6 &amp; 7</text>')
    findings = Findings()
    root = read_svg(SourceFile("a.svg", text), findings)
    assert not findings
    assert root is not None
    one, two = (ET.fromstring(written(root, prefix)) for prefix in ("f1-", "f2-"))
    ids = [{e.attrib["id"] for e in drawing.iter() if "id" in e.attrib} for drawing in (one, two)]
    assert ids[0] == {"f1-title", "f1-desc", "f1-end"}
    assert not ids[0] & ids[1]
    assert one.attrib["aria-labelledby"] == "f1-title f1-desc"
    assert one.find("path").attrib["marker-end"] == "url(#f1-end)"  # type: ignore[union-attr]
    assert one.find("text").text == "5 < 6 & 7"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("box", "size", "said"),
    [
        ("0 0 320 160", 13, "is only 13 high"),
        ("0 0 1280 400", 16, "is only 8 high"),
        ("0 0 640 400", 16, "is only 7 high on a phone"),
    ],
)
def test_text_too_small_to_read_is_told(folder: Folder, box: str, size: int, said: str) -> None:
    cups = f"{HOME}/figures/cups.svg"
    folder.swap(cups, "0 0 320 160", box)
    folder.swap(cups, 'font-size="16"', f'font-size="{size}"')
    assert any(said in p.message for p in folder.problems())


def test_a_narrow_drawing_makes_a_wide_one_fit_a_phone(folder: Folder) -> None:
    cups = f"{HOME}/figures/cups.svg"
    folder.write(f"{HOME}/figures/cups.narrow.svg", (folder / cups).read_text())
    folder.swap(cups, "0 0 320 160", "0 0 640 320")
    assert folder.problems() == []
