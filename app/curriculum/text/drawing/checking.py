"""What a whole drawing must have: words for people who do not see it, room on every screen, ids that exist."""

import re
from math import inf

from app.curriculum.problems import Findings, one_of_these
from app.curriculum.text.drawing.element import NAMESPACE, REFERENCE, Element

USUAL_SIZE = 16.0
LARGEST_BOX = 10_000
_NUMBER = re.compile(r"^\s*(\d+(?:\.\d+)?)(?:px)?\s*$")


def check_drawing(root: Element, name: str, findings: Findings) -> None:
    if root.tag != "svg" or root.attributes.get("xmlns", NAMESPACE) != NAMESPACE:
        findings.add(name, root.line, "is not a drawing", f'Begin it with <svg xmlns="{NAMESPACE}" viewBox="…">')
        return
    if view_box(root) is None:
        findings.add(name, root.line, "has no viewBox", 'Add one such as viewBox="0 0 640 400" to <svg>')
    if root.attributes.get("role") != "img":
        findings.add(name, root.line, 'has no role="img"', 'Add role="img" to <svg>')
    if "width" in root.attributes or "height" in root.attributes:
        findings.add(name, root.line, "has a fixed width or height", "Delete both: viewBox alone fits every screen")
    for tag in ("title", "desc"):
        if not any(c.tag == tag and c.words for c in root.elements):
            findings.add(name, root.line, f"has no <{tag}>", f"Add <{tag}> with words for people who do not see it")
    _check_ids(root, name, findings)


def _check_ids(root: Element, name: str, findings: Findings) -> None:
    ids: set[str] = set()
    for element in root.walk():
        own = element.attributes.get("id")
        if own in ids:
            findings.add(name, element.line, f"the id '{own}' is used twice", "Give each part its own id")
        if own:
            ids.add(own)
    for element in root.walk():
        for missing in sorted(_references(element) - ids):
            findings.add(name, element.line, f"refers to '{missing}'", one_of_these(missing, ids))


def _references(element: Element) -> set[str]:
    urls = {found[1] for value in element.attributes.values() if (found := REFERENCE.match(value))}
    return urls | set(element.attributes.get("aria-labelledby", "").split())


def view_box(root: Element) -> tuple[float, float] | None:
    """Width and height of the drawing in its own units; None when they are not given."""
    try:
        _x, _y, width, height = (float(n) for n in root.attributes.get("viewBox", "").replace(",", " ").split())
    except ValueError:
        return None
    return (width, height) if 0 < width < LARGEST_BOX and 0 < height < LARGEST_BOX else None


def smallest_text(root: Element, inherited: float = USUAL_SIZE) -> float:
    """The smallest font size that has words, in the drawing's units; infinite when it has none."""
    found = _NUMBER.match(root.attributes.get("font-size", ""))
    size = float(found[1]) if found else inherited
    has_words = root.tag in {"text", "tspan"} and any(isinstance(c, str) and c.strip() for c in root.children)
    return min(size if has_words else inf, *(smallest_text(c, size) for c in root.elements), inf)
