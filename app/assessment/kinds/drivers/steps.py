"""What a form does to the tree: words first, then places, then the one button that was pressed.

A button's value names the outcome and not the change (`to:BOX:2`, `add:idea:BOX:n7`), so that a press that arrives
twice does nothing the second time.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.assessment.kinds.contract import Posted
from app.assessment.kinds.drivers.tree import AIM, IDEA, LOOSE, MOST, PRIMARY, SECONDARY, Node, settled, siblings
from app.assessment.kinds.typed import last, line

LONGEST = 120
NEW = re.compile(r"n[1-9]\d{0,3}", re.ASCII)


def after(nodes: Sequence[Node], posted: Posted, names: Mapping[str, str]) -> tuple[Node, ...]:
    """`names` leads from the tokens of the page to ids. What is not posted stays as it was."""
    tokens = {name: token for token, name in names.items()}
    filled = [_filled(node, posted, tokens[node.id], names) for node in nodes]
    return settled(_pressed(settled(filled), last(posted, "stay")[:60], dict(names) | {AIM: AIM, "": ""}))


def new_id(nodes: Sequence[Node]) -> str:
    return f"n{max((int(node.id[1:]) for node in nodes if NEW.fullmatch(node.id)), default=0) + 1}"


def _filled(node: Node, posted: Posted, token: str, names: Mapping[str, str]) -> Node:
    if f"text-{token}" in posted:
        node = replace(node, text=line(last(posted, f"text-{token}")[: LONGEST * 4])[:LONGEST].strip())
    if f"place-{token}" not in posted:
        return node
    kind, _, parent = last(posted, f"place-{token}").partition(":")
    if kind not in {LOOSE, PRIMARY, SECONDARY, IDEA}:
        return node
    return replace(node, kind=kind, parent=AIM if AIM in {parent, _of(kind)} else names.get(parent, ""))


def _of(kind: str) -> str:
    return AIM if kind == PRIMARY else ""


def _pressed(nodes: tuple[Node, ...], button: str, names: Mapping[str, str]) -> Sequence[Node]:
    what, *rest = button.split(":")
    if what == "add" and len(rest) == 3:  # noqa: PLR2004  kind, parent, id
        return _added(nodes, rest[0], names.get(rest[1], ""), rest[2])
    node = next((one for one in nodes if rest and one.id == names.get(rest[0])), None)
    if node is None:
        return nodes
    if what == "remove":
        return [other for other in nodes if other is not node]
    if what == "to" and rest[-1].isascii() and rest[-1].isdigit() and len(rest[-1]) < 3:  # noqa: PLR2004  of 30 boxes
        return _moved(nodes, node, int(rest[-1]))
    return nodes


def _added(nodes: tuple[Node, ...], kind: str, parent: str, name: str) -> Sequence[Node]:
    known = kind in {PRIMARY, SECONDARY, IDEA} and name == new_id(nodes) and len(nodes) < MOST
    return (*nodes, Node(id=name, kind=kind, text="", parent=parent)) if known else nodes


def _moved(nodes: tuple[Node, ...], node: Node, place: int) -> Sequence[Node]:
    """To a place among its siblings, counted from 0; the boxes of others keep theirs."""
    own = siblings(nodes, node)
    rest = [other for other in own if other is not node]
    rest.insert(place, node)
    order = iter(rest)
    return [next(order) if other in own else other for other in nodes]
