"""Elements of SVG and HTML as text, with everything that people wrote escaped."""

import re
from collections.abc import Sequence
from functools import cache
from html import escape

_TO_ESCAPE = re.compile("[&<>\"']")
_NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\U0010ffff]")

Attribute = str | float | None


def element(name: str, /, *inside: str, **attributes: Attribute) -> str:
    """An element. `inside` is markup: put text through `text`. `stroke_width` becomes stroke-width, and class_ class.

    Attributes are escaped, numbers keep two decimals, and None leaves the attribute out.
    """
    said = "".join(f' {_name(key)}="{_value(value)}"' for key, value in attributes.items() if value is not None)
    return f"<{name}{said}>{''.join(inside)}</{name}>" if inside else f"<{name}{said}/>"


@cache
def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _value(value: str | float) -> str:
    if isinstance(value, str):
        return _escaped(value)
    return f"{value:.2f}".rstrip("0").rstrip(".")


def text(words: object) -> str:
    """Words as markup. Characters that XML cannot hold are left out."""
    return _escaped(_NOT_IN_XML.sub("", str(words)))


def _escaped(words: str) -> str:
    """Most words of a chart are figures and names of colours: to look is quicker than to replace."""
    return escape(words) if _TO_ESCAPE.search(words) else words


def data_table(
    title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], links: Sequence[str] | None = None
) -> str:
    """A table in HTML whose rows begin with their names; of each that has one in `links`, its name leads there."""
    said = (
        element("tr", element("th", _linked(name, href), scope="row"), *(element("td", text(cell)) for cell in cells))
        for (name, *cells), href in zip(rows, links or [""] * len(rows), strict=True)
    )
    return element(
        "table",
        element("caption", text(title)),
        element("thead", element("tr", *(element("th", text(head), scope="col") for head in heads))),
        element("tbody", *said),
    )


def _linked(words: str, href: str) -> str:
    return element("a", text(words), href=href) if href else text(words)


def points(pairs: list[tuple[float, float]]) -> str:
    return " ".join(f"{x:.2f},{y:.2f}" for x, y in pairs)


def wrapped(words: str, most: int) -> list[str]:
    """Lines of at most `most` characters, broken at spaces, or within a word that is longer than a line."""
    lines = [""]
    for word in words.split():
        rest = word
        if lines[-1] and len(lines[-1]) + 1 + len(rest) > most:
            lines.append("")
        while len(rest) > most:
            lines[-1], rest = rest[:most], rest[most:]
            lines.append("")
        lines[-1] = f"{lines[-1]} {rest}".strip()
    return [line for line in lines if line]


NARROW = set("ijl.,:;'|!ftrI ()\N{NO-BREAK SPACE}")
_BREAKS = re.compile("[ \t\n]+")
"""Where a line may end: at no space that was made to hold two words together."""
BROAD = set("mwMW%@")


BOLDER = 1.07
"""How much wider bold letters are."""


def breadth(words: str, size: float, *, bold: bool = False) -> float:
    """About how wide words are in Arial of a size: a little more than less."""
    letters = sum(
        0.34 if letter in NARROW else 0.88 if letter in BROAD else 0.7 if letter.isupper() else 0.58 for letter in words
    )
    return letters * size * (BOLDER if bold else 1)


def fitted(words: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """Lines no wider than `room`, broken at spaces, or within a word that is wider than a line."""
    lines = [""]
    for word in _BREAKS.split(words):
        longer = f"{lines[-1]} {word}".strip()
        if breadth(longer, size, bold=bold) <= room:
            lines[-1] = longer
            continue
        *whole, rest = _cut(word, size, room, bold=bold)
        lines += [*whole, rest]
    return [line for line in lines if line]


def _cut(word: str, size: float, room: float, *, bold: bool) -> list[str]:
    """A word in pieces that fit, of one letter at least."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and breadth(pieces[-1] + letter, size, bold=bold) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces
