"""A drawing as markup for the page."""

from markupsafe import escape

from app.curriculum.text.drawing.element import CHART_COLOURS, COLOURS, ELEMENTS, REFERENCE, Element, attribute_fault

LABELS = ("title", "desc")
KNOWN_COLOURS = frozenset(COLOURS | CHART_COLOURS)


def written(root: Element, prefix: str) -> str:
    """The drawing as markup whose ids begin with `prefix`, so that it can stand beside others in one page."""
    attributes = {"viewBox": root.attributes["viewBox"], "role": "img", "aria-labelledby": " ".join(LABELS)}
    kept = {k: v for k, v in root.attributes.items() if k not in attributes and k not in {"id", "xmlns"}}
    children = [
        Element(c.tag, {"id": c.tag}, c.line, c.children) if isinstance(c, Element) and c.tag in LABELS else c
        for c in root.children
    ]
    return _written(Element("svg", attributes | kept, root.line, children), prefix)


def _written(element: Element, prefix: str) -> str:
    """Whatever the check would refuse is left out here too: a drawing that was never checked does no harm."""
    if element.tag not in ELEMENTS:
        return ""
    attributes = "".join(
        f' {name}="{escape(_own(name, value, prefix))}"'
        for name, value in element.attributes.items()
        if attribute_fault(element.tag, name, value, KNOWN_COLOURS) is None
    )
    inner = "".join(escape(c) if isinstance(c, str) else _written(c, prefix) for c in element.children)
    return f"<{element.tag}{attributes}>{inner}</{element.tag}>"


def _own(name: str, value: str, prefix: str) -> str:
    if name == "id":
        return prefix + value
    if name == "aria-labelledby":
        return " ".join(prefix + part for part in value.split())
    return REFERENCE.sub(lambda found: f"url(#{prefix}{found[1]})", value)
