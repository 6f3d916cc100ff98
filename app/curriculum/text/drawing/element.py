"""A drawing as a tree, and what may be in it."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from app.curriculum.problems import one_of_these

NAMESPACE = "http://www.w3.org/2000/svg"
ELEMENTS = {
    "svg", "title", "desc", "g", "defs", "marker", "text", "tspan",
    "rect", "circle", "ellipse", "line", "polyline", "polygon", "path",
}  # fmt: skip
ATTRIBUTES = {
    "id", "viewBox", "xmlns", "role", "aria-labelledby", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry",
    "dx", "dy", "width", "height", "d", "points", "fill", "stroke", "stroke-width", "stroke-dasharray",
    "stroke-linecap", "stroke-linejoin", "fill-opacity", "stroke-opacity", "opacity", "fill-rule", "transform",
    "font-size", "font-weight", "font-style", "font-family", "text-anchor", "dominant-baseline", "letter-spacing",
    "paint-order", "marker-start", "marker-mid", "marker-end",
    "markerWidth", "markerHeight", "markerUnits", "refX", "refY", "orient",
}  # fmt: skip
WORDY = {"text", "tspan", "title", "desc"}
COLOURS = {"#212b32", "#4c6272", "#d8dde0", "#005eb8", "#8a1c00", "#ffffff", "#fff", "white", "none", "currentcolor"}
CHART_COLOURS = {"#e3e8eb", "#a1260d", "#6b7f8d", "#8a99a4", "#41a6e6", "#ffa000", "#9c4f00", "#b59ad6", "#5b2e91"}
"""Those of the charts that this program draws, as readers know them from its other pages."""
REFERENCE = re.compile(r"^url\(#([A-Za-z][\w.-]*)\)$")
_PLAIN = re.compile(r"^[\w\s.,#+-]*$")
_TRANSFORM = re.compile(r"^(\s*(translate|scale|rotate|skewX|skewY|matrix)\([\d\s.,eE+-]*\),?)*\s*$")


@dataclass(slots=True)
class Element:
    tag: str
    attributes: dict[str, str]
    line: int
    children: "list[Element | str]" = field(default_factory=list)

    def walk(self) -> "Iterator[Element]":
        yield self
        for child in self.elements:
            yield from child.walk()

    @property
    def elements(self) -> "list[Element]":
        return [c for c in self.children if isinstance(c, Element)]

    @property
    def words(self) -> str:
        return " ".join("".join(c if isinstance(c, str) else c.words for c in self.children).split())


def attribute_fault(
    tag: str, name: str, value: str, colours: AbstractSet[str] = frozenset(COLOURS)
) -> tuple[str, str] | None:
    """What is wrong with an attribute and the remedy; None when it may stay."""
    shown = value[:40]
    if name not in ATTRIBUTES:
        return (
            f"<{tag[:40]}> has the attribute {name[:40]}",
            "Delete it; fill=, stroke= and font-size= set how it looks",
        )
    if name == "xmlns":
        return None if value == NAMESPACE else (f"xmlns is {shown}", f'Write xmlns="{NAMESPACE}"')
    if name in {"fill", "stroke"}:
        known = value.strip().casefold() in colours
        return None if known else (f"uses the colour {shown}", one_of_these(value, colours))
    if name == "font-family":
        return None if value == "inherit" else (f"sets the font {shown}", 'Write font-family="inherit"')
    fits = _PLAIN.match(value) or (name == "transform" and _TRANSFORM.match(value))
    fits = fits or (name.startswith("marker-") and REFERENCE.match(value))
    return None if fits else (f"{name} holds {shown}", "Use numbers and plain words, and url(#id) in marker-end only")
