"""The answers that there are to one question, each with an example, and which of them was chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.curriculum.framework import CompetencyView, JudgementView, LevelView
from app.ratings.rules import JUDGEMENTS, LEVELS, Said
from app.ratings.wording import JUDGED, said_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """What one judgement means, and how it looks on a ward and in a community team."""

    name: str
    meaning: str
    ward: str
    community: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing to answer by choosing. `was` is what was chosen when the page was made."""

    key: str
    title: str
    about: str
    href: str
    was: str
    choices: tuple[Choice, ...]


def judgement_choices(chosen: Said | None) -> tuple[Choice, ...]:
    return tuple(Choice(value=s, text=JUDGED[s], chosen=s is chosen) for s in JUDGEMENTS)


def level_choices(chosen: Said | None, levels: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(value=s, text=said_words(s, levels), chosen=s is chosen) for s in LEVELS)


def asked_alone(questions: Sequence[Question], only: str) -> Question | None:
    """The question whose answer alone was saved: what the page knows of it is old, and nothing else is."""
    return next((one for one in questions if only and one.key == only), None)


def examples(judgements: Sequence[JudgementView]) -> tuple[Example, ...]:
    """Nothing for an answer that the framework gives no example of."""
    known = {one.key: one for one in judgements}
    return tuple(
        Example(name=JUDGED[s], meaning=known[s].meaning, ward=known[s].ward, community=known[s].community)
        for s in JUDGEMENTS
        if s in known
    )


def competency_questions(
    competencies: Sequence[CompetencyView], said: Mapping[str, Said | None], levels: Sequence[LevelView]
) -> tuple[Question, ...]:
    names = {str(one.level): one.name for one in levels}
    return tuple(
        Question(
            key=one.key,
            title=one.title,
            about=one.summary,
            href="",
            was=said.get(one.key) or "",
            choices=level_choices(said.get(one.key), names),
        )
        for one in competencies
    )
