"""A page as a test sees it: parsed strictly, with its headings, words, links and forms at hand."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Self
from xml.etree.ElementTree import Element

from tinyhtml5 import inputstream
from tinyhtml5.parser import HTMLParser


class _Expressions(dict[tuple[Collection[str], bool], re.Pattern[str]]):
    """The parser's memory of expressions, which 2.1 asks under one key and fills under another: it compiled each anew,
    a quarter of all its time.
    """

    def __missing__(self, key: tuple[Collection[str], bool]) -> re.Pattern[str]:
        characters, opposite = key
        listed = "".join(f"\\x{ord(character):02x}" for character in characters)
        self[key] = found = re.compile(f"[{'' if opposite else '^'}{listed}]+")
        return found


inputstream.characters_until_regex = _Expressions()

NOT_FILLED_IN = {"hidden", "submit", "button", "reset", "image"}


@dataclass(frozen=True)
class FormInPage:
    """A form with the values it would send untouched."""

    action: str
    method: str
    fields: dict[str, list[str]]
    words: str


class Document:
    """One HTML answer. `whole` is false for the part of a page that htmx asked for."""

    @classmethod
    @lru_cache(maxsize=16)
    def of(cls, html: str) -> Self:
        """The same text is parsed once: the client checks an answer, and then a test reads it."""
        return cls(html)

    def __init__(self, html: str) -> None:
        self.html = html
        self.whole = "<html" in html[:2000].lower()
        parser = HTMLParser(namespace_html_elements=False)
        tree = parser.parse(html) if self.whole else parser.parse_fragment(html)
        self.root: Element = tree
        self.parse_errors = [f"{code} {data or ''} at {where}".strip() for where, code, data in parser.errors]

    @cached_property
    def elements(self) -> list[Element]:
        return [e for e in self.root.iter() if isinstance(e.tag, str)]

    def all(self, *tags: str) -> list[Element]:
        return [e for e in self.elements if e.tag in tags]

    @cached_property
    def ids(self) -> Counter[str]:
        return Counter(e.attrib["id"] for e in self.elements if "id" in e.attrib)

    @cached_property
    def parents(self) -> dict[Element, Element]:
        return {child: parent for parent in self.elements for child in parent}

    def above(self, element: Element) -> Iterator[Element]:
        while (parent := self.parents.get(element)) is not None:
            yield parent
            element = parent

    @property
    def h1(self) -> str:
        return words(self.all("h1")[0]) if self.all("h1") else ""

    @property
    def title(self) -> str:
        return words(self.all("title")[0]) if self.all("title") else ""

    @property
    def text(self) -> str:
        """Everything a reader sees inside `main` (or the whole part)."""
        main = self.all("main")
        return words(main[0] if main else self.root)

    @property
    def links(self) -> dict[str, str]:
        """Address by the link's words; the first of several with the same words."""
        found: dict[str, str] = {}
        for link in self.all("a"):
            found.setdefault(words(link), link.attrib.get("href", ""))
        return found

    @property
    def forms(self) -> list[FormInPage]:
        return [
            FormInPage(f.attrib.get("action", ""), f.attrib.get("method", "get").lower(), _values(f), words(f))
            for f in self.all("form")
        ]


def words(element: Element) -> str:
    return " ".join("".join(_visible(element)).split())


def _visible(element: Element) -> Iterator[str]:
    if element.tag in {"script", "style", "template"}:
        return
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield from _visible(child)
        yield child.tail or ""


def _values(form: Element) -> dict[str, list[str]]:
    sent: dict[str, list[str]] = {}
    for field in form.iter():
        name = field.attrib.get("name")
        if not name or "disabled" in field.attrib:
            continue
        for value in _sent_by(field):
            sent.setdefault(name, []).append(value)
    return sent


def _sent_by(field: Element) -> list[str]:
    kind = field.attrib.get("type", "text")
    if field.tag == "select":
        options = list(field.iter("option"))
        chosen = [o for o in options if "selected" in o.attrib] or options[:1]
        return [o.attrib.get("value", words(o)) for o in chosen]
    if field.tag == "textarea":
        return [(field.text or "").removeprefix("\n")]
    if field.tag != "input" or kind in NOT_FILLED_IN - {"hidden"}:
        return []
    if kind in {"checkbox", "radio"}:
        return [field.attrib.get("value", "on")] if "checked" in field.attrib else []
    return [field.attrib.get("value", "")]
