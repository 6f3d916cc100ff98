"""Course text becomes HTML that says what was written, and nothing that was written becomes markup."""

import re
from xml.etree import ElementTree as ET

import pytest
import tinyhtml5
from hypothesis import given
from hypothesis import strategies as st

from app.curriculum.files import Shelf, SourceFile, unprintable
from app.curriculum.format import Source, Term
from app.curriculum.problems import Findings
from app.curriculum.text import Library, prepare, prepare_words
from app.curriculum.text.figures import Figures
from app.kernel.config import ROOT

SOURCES = {"guide": Source.model_validate({"id": "guide", "text": "A <guide> & more", "url": "https://x.example/a"})}
TERMS = {"run chart": Term(term="run chart", definition="Dots & a line", source="A <book>")}


def _prepare(text: str, prefix: str = "") -> tuple[str, Findings]:
    findings = Findings()
    library = Library(SOURCES, TERMS, Figures(Shelf(ROOT / "courses", findings), "induction"), findings)
    return prepare(SourceFile("courses/x/01.md", text), library, prefix).html, findings


def _tree(html: str) -> ET.Element:
    return tinyhtml5.parse(f"<!doctype html><html><body>{html}</body></html>", namespace_html_elements=False)  # type: ignore[no-any-return]


def _words(html: str) -> str:
    return " ".join("".join(_tree(html).itertext()).split())


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</p></div><script>x</script>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt&#58;alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "![a](x.png)",
    "![a](x.png){onerror=alert(1)}",
    "<svg onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<a href='javascript:x'>a</a>",
    "`<script>alert(1)</script>`",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;",
    "::: try <script>alert(1)</script>\nx\n:::",
    '::: think "><script>alert(1)</script>\nx\n:::',
    '::: figure x.svg | "><script>alert(1)</script>\n| a |\n| - |\n:::',
    '| "><script> | b |\n| --- | --- |\n| <b onclick=x> | y |',
    '## "><script>alert(1)</script>',
    '[[run chart"><script>]]',
    '[@guide"><script>]',
    '[x](https://a.example/"onmouseover="alert(1))',
    "[x][y]\n\n[y]: javascript:alert(1)",
    "{{ 7*7 }} {% raw %} {{config}}",
    "::: help\n{{crisis}}<script>{{crisis\n:::",
    "```\n<script>alert(1)</script>\n```",
    "    <script>alert(1)</script>",
    "<!-- --><script>x</script><!-- -->",
    "<https://a.example/><script>x</script>",
    "<javascript:alert(1)>",
]


def _is_harmless(html: str) -> None:
    for element in _tree(html).iter():
        assert element.tag not in {
            "script",
            "style",
            "iframe",
            "object",
            "img",
            "form",
            "input",
            "link",
            "meta",
            "base",
        }
        for name, value in element.attrib.items():
            assert not name.startswith("on"), name
            assert name != "style"
            if name in {"href", "src"}:
                assert value.startswith(("https://", "mailto:", "#")), value


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_was_written_becomes_markup(text: str) -> None:
    html, _ = _prepare(text)
    _is_harmless(html)
    _is_harmless(prepare_words("q.yaml", 1, text, Findings()).html)


@pytest.mark.parametrize("text", [t for t in HOSTILE if re.search(r"^<[a-zA-Z/!](?!ttps)|^!?\[a\]", t)])
def test_markup_and_unsafe_links_are_told(text: str) -> None:
    _, findings = _prepare(text)
    assert findings


LINES = st.text(st.characters(exclude_categories=("Cs", "Co", "Cn", "Cc")), min_size=1, max_size=60)
MARKS = st.sampled_from([*"<>&\"'`*_[](){}!|#:@\\ \n", "](", "[[", "{{", "::: ", "<script>", "&#", "javascript:"])


@given(st.lists(st.one_of(LINES, MARKS), max_size=25).map("".join))
def test_any_text_at_all_stays_text(text: str) -> None:
    if unprintable(text):
        return
    html, _ = _prepare(text)
    _is_harmless(html)


@given(st.lists(st.one_of(LINES, MARKS), max_size=12).map("".join))
def test_any_stem_at_all_stays_text(text: str) -> None:
    _is_harmless(prepare_words("q.yaml", 1, text, Findings()).html)


@given(st.text(st.sampled_from("abc <>&\"'"), min_size=1, max_size=40))
def test_signs_are_shown_as_they_were_written(text: str) -> None:
    shown = _words(prepare_words("q.yaml", 1, f"Say {text}", Findings()).html)
    assert shown == " ".join(f"Say {text}".split())


def test_terms_and_sources_lead_to_the_end_of_the_page_and_back() -> None:
    html, findings = _prepare("A [[run chart]] and a [[Run chart]] [@guide], again [@guide].")
    assert not findings
    tree = _tree(html)
    links = [a.attrib["href"] for a in tree.iter("a")]
    ids = {e.attrib["id"] for e in tree.iter() if "id" in e.attrib}
    assert [link for link in links if link.startswith("#") and link[1:] not in ids] == []
    assert links.count("#term-run-chart") == 2
    assert links.count("#source-guide") == 2
    assert {"#use-run-chart", "#cite-guide", "https://x.example/a"} <= set(links)
    assert "Dots & a line (A <book>)" in _words(html)
    assert "A <guide> & more" in _words(html)


def test_headings_keep_their_ids_and_two_of_a_name_are_told_apart() -> None:
    html, _ = _prepare("## What they saw\n\nx\n\n## Was it better?\n\ny\n\n## What they saw\n\nz\n")
    assert [h.attrib["id"] for h in _tree(html).iter("h2")] == [
        "at-what-they-saw",
        "at-was-it-better",
        "at-what-they-saw-2",
    ]


def test_an_easy_text_has_ids_of_its_own() -> None:
    text = "## One\n\nA [[run chart]] [@guide].\n"
    ids = [re.findall(r'id="([^"]+)"', _prepare(text, prefix)[0]) for prefix in ("", "easy-")]
    assert ids[0]
    assert not set(ids[0]) & set(ids[1])


def test_a_table_names_its_rows_and_columns_and_scrolls_by_itself() -> None:
    html, _ = _prepare("::: example Four nights\n| Night | Jobs |\n| --- | --: |\n| Tuesday | 13 |\n| | 9 |\n:::\n")
    tree = _tree(html)
    frame = next(d for d in tree.iter("div") if d.attrib.get("role") == "group")
    assert (frame.attrib["tabindex"], frame.attrib["aria-label"]) == ("0", "Table: Four nights")
    assert [(h.text, h.attrib["scope"]) for h in tree.iter("th")] == [
        ("Night", "col"),
        ("Jobs", "col"),
        ("Tuesday", "row"),
    ]
    assert [c.attrib.get("class") for c in tree.iter("td")] == ["app-number", None, "app-number"]
    assert "style=" not in html


def test_a_box_before_the_first_heading_skips_no_level() -> None:
    before, _ = _prepare("::: try First\nx\n:::\n")
    after, _ = _prepare("## One\n\n::: try First\nx\n:::\n")
    assert re.findall(r"<(h\d)", before) == ["h2"]
    assert re.findall(r"<(h\d)", after) == ["h2", "h3"]


def test_a_thought_is_folded_without_a_script() -> None:
    html, _ = _prepare("::: think Why?\nBecause.\n:::\n")
    details = next(_tree(html).iter("details"))
    assert "Why?" in "".join(details.find("summary").itertext())  # type: ignore[union-attr]
    assert "Because." in "".join(details.itertext())


def test_the_words_of_the_trust_stay_tokens_in_help_alone() -> None:
    html, findings = _prepare("::: help\nAsk {{ qi_team }}.\n:::\n")
    assert "{{qi_team}}" in html
    assert not findings
    html, findings = _prepare("Ask {{qi_team}}.")
    assert "{{" not in html
    assert findings
