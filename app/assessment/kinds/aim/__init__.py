"""Aim clinic: write an aim. Four things a program can look for are looked for at once; the rest is asked of people."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from app.assessment.kinds.aim.dates import date
from app.assessment.kinds.aim.finding import Finding
from app.assessment.kinds.aim.numbers import number
from app.assessment.kinds.aim.people import population
from app.assessment.kinds.aim.verbs import verb
from app.assessment.kinds.content import Content, Words, checked
from app.assessment.kinds.contract import ANSWER_FIELD, Answer, KindView, Marked, Marking, Part, Posted, Shown, Verdict
from app.assessment.kinds.typed import sentence

name = "aim"

LONGEST = 600
CHECKS = {"number": "A number", "population": "For whom or where", "date": "A date", "verb": "A verb one can measure"}
FOR_PEOPLE = (
    "Is it worth doing: what would be different for somebody if it came true?",
    "Does it matter to patients and carers, and who of them said so?",
    "Is it possible: has it been reached anywhere, and can this team get there by that day?",
)


class Feedback(Content):
    number: Words
    population: Words
    date: Words
    verb: Words


class AimContent(Content):
    feedback: Feedback
    names: Annotated[tuple[Words, ...], Field(max_length=10)] = ()
    for_people: Annotated[tuple[Words, ...], Field(min_length=1, max_length=5)] = FOR_PEOPLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    name: str
    met: bool
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AimView(KindView):
    text: str
    longest: int
    met: int
    advice: tuple[Advice, ...]


def split(raw: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    content = checked(AimContent, raw)
    marking = {"feedback": content.feedback.model_dump(), "for_people": list(content.for_people)}
    return {"names": list(content.names)}, marking


def page(shown: Shown, answer: Answer, seed: str) -> AimView:  # noqa: ARG001  nothing is drawn
    findings = _looked_for(shown, answer) if answer else {}
    return AimView(
        text=answer or "",
        longest=LONGEST,
        met=sum(f.met for f in findings.values()),
        advice=tuple(
            Advice(name=CHECKS[c], met=f.met, said=f"“{f.found}”" if f.met else f.advice) for c, f in findings.items()
        ),
    )


def read(shown: Shown, posted: Posted, seed: str, before: Answer) -> Answer:  # noqa: ARG001  the same for every kind
    return sentence(posted, ANSWER_FIELD, LONGEST, "Your aim") or None


def in_words(shown: Shown, answer: Answer) -> tuple[str, ...]:  # noqa: ARG001  the same for every kind
    return (answer,)


def mark(shown: Shown, marking: Marking, answer: Answer) -> Marked:
    findings = _looked_for(shown, answer or "")
    return Marked(
        right=all(f.met for f in findings.values()),
        parts=tuple(_part(c, f, marking["feedback"][c], answer) for c, f in findings.items()),
        credit=sum(f.met for f in findings.values()) / len(findings),
        for_people=tuple(marking["for_people"]),
    )


def _looked_for(shown: Shown, text: str) -> dict[str, Finding]:
    text = text[:LONGEST]
    found = (number(text), population(text, shown["names"]), date(text), verb(text))
    return dict(zip(CHECKS, found, strict=True))


def _said(finding: Finding) -> str:
    return f"Found: “{finding.found}”" if finding.met else ""


def _part(check: str, finding: Finding, why: str, answer: Answer) -> Part:
    if answer is None:
        return Part(text=CHECKS[check], said="", verdict=Verdict.PLAIN, why=why)
    if finding.met:
        return Part(text=CHECKS[check], said=_said(finding), verdict=Verdict.RIGHT, why=why)
    return Part(text=CHECKS[check], said="Not found", verdict=Verdict.WRONG, why=f"{finding.advice} {why}")
