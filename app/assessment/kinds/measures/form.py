"""The form of a measure set: a type for each measure, then a definition for one of each type."""

from dataclasses import dataclass

from app.assessment.kinds.contract import Answer, KindView, Shown
from app.assessment.kinds.measures.definition import FIELDS, HINTS, LONGEST
from app.assessment.kinds.options import Choice
from app.assessment.kinds.tokens import drawn, texts, token

TYPES = {
    "outcome": "Outcome measure",
    "process": "Process measure",
    "balancing": "Balancing measure",
    "none": "Not for this aim",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    token: str
    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A field of a definition."""

    field: str
    name: str
    hint: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    kind: str
    name: str
    measures: tuple[Choice, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuresView(KindView):
    aim: str
    longest: int
    candidates: tuple[Candidate, ...]
    definitions: tuple[Definition, ...]


def view(shown: Shown, answer: Answer, seed: str) -> MeasuresView:
    words = texts(shown["measures"])
    order = drawn(seed, words)
    return MeasuresView(
        aim=shown["aim"],
        longest=LONGEST,
        candidates=tuple(
            Candidate(token=token(seed, name), text=words[name], choices=_types(answer["types"].get(name, "")))
            for name in order
        ),
        definitions=tuple(_definition(kind, answer, order, words, seed) for kind in shown["define"]),
    )


def _types(chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(value=kind, text=said, chosen=kind == chosen) for kind, said in TYPES.items())


def _definition(kind: str, answer: Answer, order: list[str], words: dict[str, str], seed: str) -> Definition:
    """Any measure can be defined here: naming only those of the type would tell which they are."""
    parts = answer["definitions"].get(kind, {})
    return Definition(
        kind=kind,
        name=TYPES[kind],
        measures=tuple(
            Choice(value=token(seed, name), text=words[name], chosen=parts.get("measure") == name) for name in order
        ),
        lines=tuple(
            Line(field=field, name=name, hint=HINTS[field], text=parts.get(field, "")) for field, name in FIELDS.items()
        ),
    )
