"""The tree as a form: nested lists with a field, a list of places and four buttons for each box."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.assessment.kinds.contract import KindView
from app.assessment.kinds.drivers import steps
from app.assessment.kinds.drivers.picture import figure
from app.assessment.kinds.drivers.tree import (
    AIM,
    IDEA,
    LOOSE,
    MAY_HANG_ON,
    MOST,
    NAMES,
    PRIMARY,
    SECONDARY,
    Branch,
    Node,
    each,
    not_connected,
    siblings,
    under_the_aim,
)  # fmt: skip
from app.assessment.kinds.tokens import token

SHORT = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Places of one kind, under its name."""

    name: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Add:
    value: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxView:
    """A box of the form. `up` and `down` are the values of its buttons, empty where there is no further to go."""

    token: str
    name: str
    kind: str
    text: str
    places: tuple[Places, ...]
    up: str
    down: str
    adds: tuple[Add, ...]
    below: tuple["BoxView", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DriversView(KindView):
    aim: str
    aim_given: bool
    longest_aim: int
    longest: int
    most: int
    boxes: tuple[BoxView, ...]
    left_over: tuple[BoxView, ...]
    add: str
    new: str
    picture_html: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """What each box of the form needs to know of the others."""

    nodes: tuple[Node, ...]
    branches: tuple[Branch, ...]
    tokens: Mapping[str, str]
    new: str


def view(aim: str, nodes: tuple[Node, ...], seed: str, *, given: bool, longest_aim: int) -> DriversView:
    roots, loose = under_the_aim(nodes), not_connected(nodes)
    new = steps.new_id(nodes) if len(nodes) < MOST else ""
    tokens = {node.id: token(seed, node.id) for node in nodes} | {AIM: AIM, "": ""}
    drawn = Drawn(nodes, tuple(each((*roots, *loose))), tokens, new)
    return DriversView(
        aim=aim,
        aim_given=given,
        longest_aim=longest_aim,
        longest=steps.LONGEST,
        most=MOST,
        boxes=tuple(_box(branch, drawn) for branch in roots),
        left_over=tuple(_box(branch, drawn) for branch in loose),
        add=f"add:{PRIMARY}:{AIM}:{new}" if new else "",
        new=token(seed, new),
        picture_html=figure(aim, nodes),
    )


def _box(branch: Branch, drawn: Drawn) -> BoxView:
    node, own = branch.node, siblings(drawn.nodes, branch.node)
    at, name = own.index(node), drawn.tokens[node.id]
    return BoxView(
        token=name,
        name=branch.name,
        kind=node.kind or "card",
        text=node.text,
        places=_places(node, drawn),
        up=f"to:{name}:{at - 1}" if at and node.kind else "",
        down=f"to:{name}:{at + 1}" if at + 1 < len(own) and node.kind else "",
        adds=tuple(_adds(node, drawn)),
        below=tuple(_box(below, drawn) for below in branch.below),
    )


def _adds(node: Node, drawn: Drawn) -> Sequence[Add]:
    kinds = [kind for kind in (SECONDARY, IDEA) if node.kind in MAY_HANG_ON[kind] and node.kind and drawn.new]
    return [Add(value=f"add:{kind}:{drawn.tokens[node.id]}:{drawn.new}", text=NAMES[kind].lower()) for kind in kinds]


def _places(node: Node, drawn: Drawn) -> tuple[Places, ...]:
    """Where a box may go. The first group has what it has without a driver."""
    alone = [
        _place(node, LOOSE, "", "Not placed yet", drawn),
        _place(node, PRIMARY, AIM, "Primary driver of the aim", drawn),
    ]
    secondary = [_place(node, SECONDARY, "", "No driver yet", drawn), *_on(node, SECONDARY, drawn)]
    ideas = [_place(node, IDEA, "", "No driver yet", drawn), *_on(node, IDEA, drawn)]
    ideas.append(_place(node, IDEA, AIM, "Straight on the aim", drawn))
    return (
        Places(name="On its own", places=tuple(alone)),
        Places(name="Secondary driver of", places=tuple(secondary)),
        Places(name="Change idea for", places=tuple(ideas)),
    )


def _on(node: Node, kind: str, drawn: Drawn) -> list[Place]:
    return [
        _place(node, kind, branch.node.id, f"{branch.name}: {_short(branch.node.text)}", drawn)
        for branch in drawn.branches
        if branch.node.kind in MAY_HANG_ON[kind] and branch.node is not node
    ]


def _place(node: Node, kind: str, parent: str, said: str, drawn: Drawn) -> Place:
    value = f"{kind}:{drawn.tokens[parent]}" if kind in {SECONDARY, IDEA} else kind
    return Place(value=value, text=said, chosen=(node.kind, node.parent) == (kind, parent))


def _short(words: str) -> str:
    return words or "no words yet" if len(words) <= SHORT else f"{words[: SHORT - 1].rstrip()}…"
