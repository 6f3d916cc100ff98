"""Driver diagram: a tree of boxes, built with a form, drawn by the server, marked on its structure only."""

from typing import Annotated, Any

from pydantic import Field

from app.assessment.kinds.content import Content, Id, Words, checked, refuse_repeats
from app.assessment.kinds.contract import (
    ANSWER_FIELD,
    Answer,
    AnswerProblem,
    Marked,
    Marking,
    Part,
    Posted,
    Shown,
    Verdict,
)
from app.assessment.kinds.drivers import steps
from app.assessment.kinds.drivers.form import DriversView, view
from app.assessment.kinds.drivers.picture import figure
from app.assessment.kinds.drivers.structure import Check, checks, listed
from app.assessment.kinds.drivers.tree import (
    AIM,
    LOOSE,
    MOST,
    NAMES,
    Node,
    each,
    nodes_of,
    not_connected,
    under_the_aim,
)  # fmt: skip
from app.assessment.kinds.tokens import by_token, drawn
from app.assessment.kinds.typed import sentence

name = "drivers"

LONGEST_AIM = 300
FOR_PEOPLE = (
    "Read it from left to right and ask how: does each box say how the one before it comes about?",
    "Read it from right to left and ask why: would each idea really move its driver?",
    "Which driver would patients or carers add, and which one do you only believe in?",
)
ShortWords = Annotated[str, Field(min_length=1, max_length=steps.LONGEST)]


class Card(Content):
    id: Id
    text: ShortWords
    feedback: Words


class DriversContent(Content):
    aim: Annotated[str, Field(max_length=LONGEST_AIM)] = ""
    cards: Annotated[tuple[Card, ...], Field(max_length=20)] = ()
    feedback: Words
    for_people: Annotated[tuple[Words, ...], Field(min_length=1, max_length=5)] = FOR_PEOPLE


def split(raw: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    content = checked(DriversContent, raw)
    refuse_repeats("cards", (card.id for card in content.cards))
    marking = {
        "cards": {f"card-{card.id}": card.feedback for card in content.cards},
        "feedback": content.feedback,
        "for_people": list(content.for_people),
    }
    return {"aim": content.aim, "cards": [{"id": f"card-{c.id}", "text": c.text} for c in content.cards]}, marking


def page(shown: Shown, answer: Answer, seed: str) -> DriversView:
    aim, nodes = _built(shown, answer, seed)
    return view(aim, nodes, seed, given=bool(shown["aim"]), longest_aim=LONGEST_AIM)


def read(shown: Shown, posted: Posted, seed: str, before: Answer) -> Answer:
    """The words and places as posted, for the boxes that were there; then the button that was pressed."""
    was, boxes = _built(shown, before, seed)
    nodes = steps.after(boxes, posted, by_token(seed, (node.id for node in boxes)))
    answer = {"aim": was, "nodes": [node.as_json() for node in nodes]}
    if not shown["aim"] and ANSWER_FIELD in posted:
        try:
            answer["aim"] = sentence(posted, ANSWER_FIELD, LONGEST_AIM, "Your aim")
        except AnswerProblem as problem:
            raise AnswerProblem(str(problem), answer | {"aim": problem.typed}) from None
    untouched = (shown["aim"], [node.as_json() for node in _built(shown, None, seed)[1]])
    return answer if before is not None or (answer["aim"], answer["nodes"]) != untouched else None


def in_words(shown: Shown, answer: Answer) -> tuple[str, ...]:  # noqa: ARG001  the same for every kind
    nodes = nodes_of(answer["nodes"])
    branches = (*under_the_aim(nodes), *not_connected(nodes))
    lines = [f"{branch.name}: {branch.node.text or 'no words yet'}" for branch in each(branches)]
    return (f"Aim: {answer['aim'] or 'not written yet'}", *(lines or ["No boxes yet"]))


def mark(shown: Shown, marking: Marking, answer: Answer) -> Marked:
    nodes = nodes_of(answer["nodes"]) if answer else ()
    found = list(checks(nodes))
    if not shown["aim"]:
        written = bool(answer and answer["aim"])
        found.insert(0, Check("The aim is written", int(written), 1, remedy="Without an aim nothing has a direction."))
    built = any(node.kind != LOOSE for node in nodes)
    return Marked(
        right=all(check.met for check in found),
        parts=(*(_part(check, answer) for check in found), *_cards(marking, nodes)),
        why=marking["feedback"],
        credit=sum(check.share for check in found) / len(found) if built else 0,
        figure_html=figure(answer["aim"], nodes) if built else "",
        for_people=tuple(marking["for_people"]),
    )


def _built(shown: Shown, answer: Answer, seed: str) -> tuple[str, tuple[Node, ...]]:
    """What has been built; before anything is saved, the cards in an order that the seed draws."""
    if answer is not None:
        return answer["aim"], nodes_of(answer["nodes"])
    words = {card["id"]: card["text"] for card in shown["cards"]}
    return shown["aim"], tuple(Node(id=card, kind=LOOSE, text=words[card]) for card in drawn(seed, words))


def _part(check: Check, answer: Answer) -> Part:
    if answer is None:
        return Part(text=check.name, said="", verdict=Verdict.PLAIN, why="")
    if check.met:
        return Part(text=check.name, said="So it is", verdict=Verdict.RIGHT, why="")
    said = f"Not yet: {check.good} of {check.of}" if check.of > 1 else "Not yet"
    why = f"{listed(check.wrong)}. {check.remedy}" if check.wrong else check.remedy
    return Part(text=check.name, said=said, verdict=Verdict.WRONG, why=why)


def _cards(marking: Marking, nodes: tuple[Node, ...]) -> list[Part]:
    """Where each card went, beside what the author says of it. Where it belongs is for people to judge."""
    words = {node.id: node.text for node in nodes}
    return [
        Part(
            text=node.text or "A card without words",
            said=f"You: {_place(node, words)}",
            verdict=Verdict.PLAIN,
            why=marking["cards"][node.id],
        )
        for node in nodes
        if node.id in marking["cards"]
    ]


def _place(node: Node, words: dict[str, str]) -> str:
    if node.kind == LOOSE:
        return "not placed"
    name = NAMES[node.kind].lower()
    if node.parent == AIM:
        return f"{name}, on the aim"
    return f"{name}, on “{words[node.parent]}”" if node.parent else f"{name}, on nothing"


__all__ = ["MOST", "in_words", "mark", "name", "page", "read", "split"]
