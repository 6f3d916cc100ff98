"""Measure set: say what each measure is for, and define one of each type so that two people would count the same."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field

from app.assessment.kinds.content import Content, Id, Words, checked, refuse_repeats
from app.assessment.kinds.contract import Answer, AnswerProblem, Marked, Marking, Part, Posted, Shown, Verdict
from app.assessment.kinds.measures.definition import FIELDS, LONGEST, faults
from app.assessment.kinds.measures.form import TYPES, MeasuresView, view
from app.assessment.kinds.tokens import by_token, texts, token
from app.assessment.kinds.typed import SHOWN_AGAIN, last, line, too_long
from app.curriculum.kinds import QuestionProblem

name = "measures"

MEASURE = "measure"
FOR_PEOPLE = (
    "Would the outcome measure move if patients were better off, and stay where it is if they were not?",
    "Could two people count from these definitions and come to the same number?",
    "Who would be harmed first, and would the balancing measure show it?",
    "Is it little enough to be collected in a busy week?",
)


class Type(StrEnum):
    OUTCOME = "outcome"
    PROCESS = "process"
    BALANCING = "balancing"
    NONE = "none"


DEFINED = (Type.OUTCOME, Type.PROCESS, Type.BALANCING)


class Measure(Content):
    id: Id
    text: Words
    types: Annotated[tuple[Type, ...], Field(min_length=1, max_length=3)]
    feedback: Words


class MeasuresContent(Content):
    aim: Words
    measures: Annotated[tuple[Measure, ...], Field(min_length=3, max_length=10)]
    define: Annotated[tuple[Type, ...], Field(min_length=1, max_length=3)] = DEFINED
    feedback: Words
    for_people: Annotated[tuple[Words, ...], Field(min_length=1, max_length=5)] = FOR_PEOPLE


def split(raw: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    content = checked(MeasuresContent, raw)
    refuse_repeats("measures", (m.id for m in content.measures))
    refuse_repeats("define", content.define)
    for place, kind in enumerate(content.define):
        if kind is Type.NONE or not any(kind in m.types for m in content.measures):
            raise QuestionProblem(f"define.{place}", f"no measure of this question can be defined as {kind.value}")
    marking = {
        "types": {m.id: [t.value for t in m.types] for m in content.measures},
        "each": {m.id: m.feedback for m in content.measures},
        "feedback": content.feedback,
        "for_people": list(content.for_people),
    }
    shown = {
        "aim": content.aim,
        "measures": [{"id": m.id, "text": m.text} for m in content.measures],
        "define": [t.value for t in content.define],
    }
    return shown, marking


def page(shown: Shown, answer: Answer, seed: str) -> MeasuresView:
    return view(shown, answer or {"types": {}, "definitions": {}}, seed)


def read(shown: Shown, posted: Posted, seed: str, before: Answer) -> Answer:  # noqa: ARG001  the same for every kind
    """What was chosen and written; what was left empty is left out."""
    names = by_token(seed, texts(shown["measures"]))
    chosen = {name: last(posted, f"type-{token(seed, name)}") for name in texts(shown["measures"])}
    written = {kind: _written(kind, posted, names) for kind in shown["define"]}
    types = {name: kind for name, kind in chosen.items() if kind in TYPES}
    definitions = {kind: parts for kind, parts in written.items() if parts}
    answer = {"types": types, "definitions": definitions}
    for kind, parts in definitions.items():
        for field, said in FIELDS.items():
            problem = too_long(parts.get(field, ""), LONGEST, f"“{said}” of the {kind} measure")
            if problem:
                raise AnswerProblem(problem, answer)
    return answer if types or definitions else None


def in_words(shown: Shown, answer: Answer) -> tuple[str, ...]:
    words = texts(shown["measures"])
    types = [f"{words[m]}: {TYPES.get(answer['types'].get(m, ''), 'not chosen yet')}" for m in words]
    return (*types, *(f"{TYPES[kind]}: {_defined(words, answer, kind)}" for kind in shown["define"]))


def mark(shown: Shown, marking: Marking, answer: Answer) -> Marked:
    """A point for each measure's type, and one for each definition, of which each of its four parts is a quarter."""
    words = texts(shown["measures"])
    given = answer or {"types": {}, "definitions": {}}
    types = [_type_part(m, words[m], marking, given["types"].get(m, "")) for m in words]
    definitions = [_definition(kind, words, given) for kind in shown["define"]]
    points = sum(part.verdict is Verdict.RIGHT for part in types) + sum(share for _, share in definitions)
    of = len(types) + len(definitions)
    return Marked(
        right=points == of,
        parts=(*types, *(part for part, _ in definitions)),
        why=marking["feedback"],
        credit=points / of,
        for_people=tuple(marking["for_people"]),
    )


def _written(kind: str, posted: Posted, names: Mapping[str, str]) -> dict[str, str]:
    parts = {field: line(last(posted, f"{kind}-{field}")[: LONGEST * SHOWN_AGAIN]) for field in FIELDS}
    parts[MEASURE] = names.get(last(posted, f"{kind}-{MEASURE}"), "")
    return {field: words for field, words in parts.items() if words}


def _defined(words: Mapping[str, str], answer: Answer, kind: str) -> str:
    parts = answer["definitions"].get(kind, {})
    if not parts:
        return "not defined yet"
    said = [f"{name.lower()}: {parts.get(field, 'not written yet')}" for field, name in FIELDS.items()]
    return "; ".join((words.get(parts.get(MEASURE, ""), "no measure chosen yet"), *said))


def _type_part(measure: str, text: str, marking: Marking, chosen: str) -> Part:
    right, why = marking["types"][measure], marking["each"][measure]
    answers = " or ".join(TYPES[kind].lower() for kind in right)
    if not chosen:
        return Part(text=text, said=f"You chose nothing. The course says: {answers}", verdict=Verdict.MISSED, why=why)
    if chosen in right:
        return Part(text=text, said=f"You: {TYPES[chosen].lower()}, right", verdict=Verdict.RIGHT, why=why)
    said = f"You: {TYPES[chosen].lower()}, not right. The course says: {answers}"
    return Part(text=text, said=said, verdict=Verdict.WRONG, why=why)


def _definition(kind: str, words: Mapping[str, str], given: Answer) -> tuple[Part, float]:
    """Complete or not, never wise or not. A measure of another type makes it a definition of nothing."""
    parts = given["definitions"].get(kind, {})
    measure = parts.get(MEASURE, "")
    text = f"Definition of the {TYPES[kind].lower()}: {words.get(measure, 'none')}"
    if not parts:
        why = "Four short lines make a measure that two people would count alike."
        return Part(text=text, said="Not written", verdict=Verdict.MISSED, why=why), 0.0
    found = faults(parts)
    share = 0.0 if given["types"].get(measure) != kind else (len(FIELDS) - len(found)) / len(FIELDS)
    problems = [f"“{FIELDS[field]}” {what}" for field, what in found.items()]
    if not measure:
        problems.insert(0, "No measure was chosen for it")
    elif given["types"].get(measure) != kind:
        problems.insert(0, f"Above, you did not call this measure {TYPES[kind].lower()}")
    if problems:
        return Part(text=text, said="Not complete", verdict=Verdict.WRONG, why=f"{'. '.join(problems)}."), share
    return Part(text=text, said="Complete", verdict=Verdict.RIGHT, why=_recited(parts)), share


def _recited(parts: Mapping[str, str]) -> str:
    return "; ".join(f"{name}: {parts[field]}" for field, name in FIELDS.items())
