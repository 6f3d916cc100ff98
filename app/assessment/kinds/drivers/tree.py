"""Boxes and what they hang on. Whatever is posted, no box hangs on itself, on nothing that is there, or in a circle."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

AIM = "aim"
LOOSE, PRIMARY, SECONDARY, IDEA = "", "primary", "secondary", "idea"
NAMES = {LOOSE: "Card", PRIMARY: "Primary driver", SECONDARY: "Secondary driver", IDEA: "Change idea"}
MAY_HANG_ON = {LOOSE: (), PRIMARY: (AIM,), SECONDARY: (PRIMARY,), IDEA: (PRIMARY, SECONDARY, AIM)}
MOST = 30
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A box. `parent` is a box's id, the aim, or empty for what hangs on nothing yet."""

    id: str
    kind: str
    text: str
    parent: str = ""

    def as_json(self) -> dict[str, str]:
        return {"id": self.id, "kind": self.kind, "text": self.text, "parent": self.parent}


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A box with what hangs on it and the name by which a page calls it, such as “Secondary driver 1.2”."""

    node: Node
    name: str
    below: tuple["Branch", ...] = ()


def nodes_of(saved: Iterable[dict[str, Any]]) -> tuple[Node, ...]:
    return tuple(Node(**one) for one in saved)


def settled(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """A box whose parent is gone, or is now of a kind that it cannot hang on, hangs on nothing and keeps its words."""
    kinds = {node.id: node.kind for node in nodes} | {AIM: AIM}
    result = []
    for node in nodes:
        if node.kind == PRIMARY:
            result.append(replace(node, parent=AIM))
        elif kinds.get(node.parent) in MAY_HANG_ON[node.kind]:
            result.append(node)
        else:
            result.append(replace(node, parent=""))
    return tuple(result)


def siblings(nodes: Iterable[Node], node: Node) -> list[Node]:
    return [other for other in nodes if (other.kind, other.parent) == (node.kind, node.parent)]


def under_the_aim(nodes: Sequence[Node]) -> tuple[Branch, ...]:
    return tuple(_branches(nodes, AIM, "", (PRIMARY, IDEA)))


def not_connected(nodes: Sequence[Node]) -> tuple[Branch, ...]:
    return tuple(_branches(nodes, "", "", (SECONDARY, IDEA, LOOSE)))


def each(branches: Iterable[Branch]) -> Iterator[Branch]:
    for branch in branches:
        yield branch
        yield from each(branch.below)


def _is_orphan(kind: str, parent: str) -> bool:
    return kind == SECONDARY and not parent


def _branches(nodes: Sequence[Node], parent: str, number: str, kinds: Sequence[str]) -> Iterator[Branch]:
    for kind in kinds:
        own = (node for node in nodes if node.parent == parent and node.kind == kind)
        for place, node in enumerate(own, 1):
            mark = LETTERS[(place - 1) % len(LETTERS)] if kind == IDEA or _is_orphan(kind, parent) else str(place)
            full = f"{number}{'' if kind == IDEA or not number else '.'}{mark}"
            yield Branch(
                node=node,
                name=f"{NAMES[kind]} {full}",
                below=() if kind in {IDEA, LOOSE} else tuple(_branches(nodes, node.id, full, (SECONDARY, IDEA))),
            )
