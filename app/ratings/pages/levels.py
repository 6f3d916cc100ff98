"""All competencies, one after the other, saved as they are chosen: of oneself, or of somebody one leads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Self

from app.curriculum.framework import CompetencyView, LevelView
from app.ratings.pages.answers import Question, asked_alone, competency_questions
from app.ratings.rules import DEVELOPMENT_ONLY, Said
from app.web.page import FieldError, Page, errors_of
from app.web.words import clock_time

WHOSE = "You, and whoever you share your own view with."


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelLine:
    name: str
    meaning: str


def done_words(said: Mapping[str, Said | None], of: int, now: datetime | None) -> str:
    """Saved at 09:05. 4 of 15 done."""
    done = sum(value is not None for value in said.values())
    return f"{f'Saved at {clock_time(now)}. ' if now else ''}{done} of {of} done."


@dataclass(frozen=True, slots=True, kw_only=True)
class MyLevelsPage(Page):
    template: ClassVar[str] = "ratings/my_levels.html"
    partials: ClassVar[Mapping[str, str]] = {"saved": "ratings/_saved.html"}
    who_sees: ClassVar[str] = WHOSE

    errors: tuple[FieldError, ...]
    questions: tuple[Question, ...]
    levels: tuple[LevelLine, ...]
    action: str
    saved: str
    fresh: Question | None
    development_only: str

    @classmethod
    def of(
        cls,
        competencies: Sequence[CompetencyView],
        levels: Sequence[LevelView],
        said: Mapping[str, Said | None],
        action: str,
        saved_at: datetime | None = None,
        errors: Mapping[str, str] | None = None,
        only: str = "",
    ) -> Self:
        questions = competency_questions(competencies, said, levels)
        return cls(
            errors=errors_of(errors or {}),
            questions=questions,
            levels=tuple(LevelLine(name=f"{one.level}. {one.name}", meaning=one.meaning) for one in levels),
            action=action,
            saved=" ".join((errors or {}).values()) or done_words(said, len(competencies), saved_at),
            fresh=asked_alone(questions, only),
            development_only=DEVELOPMENT_ONLY,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TheirLevelsPage(Page):
    template: ClassVar[str] = "ratings/their_levels.html"
    partials: ClassVar[Mapping[str, str]] = {"saved": "ratings/_saved.html"}
    who_sees: ClassVar[str] = "You, and the person. Another lead sees it neither now nor later."

    errors: tuple[FieldError, ...]
    name: str
    back: str
    questions: tuple[Question, ...]
    levels: tuple[LevelLine, ...]
    action: str
    saved: str
    fresh: Question | None
    development_only: str

    @classmethod
    def of(
        cls,
        name: str,
        back: str,
        competencies: Sequence[CompetencyView],
        levels: Sequence[LevelView],
        said: Mapping[str, Said | None],
        action: str,
        saved_at: datetime | None = None,
        errors: Mapping[str, str] | None = None,
        only: str = "",
    ) -> Self:
        questions = competency_questions(competencies, said, levels)
        return cls(
            errors=errors_of(errors or {}),
            name=name,
            back=back,
            questions=questions,
            levels=tuple(LevelLine(name=f"{one.level}. {one.name}", meaning=one.meaning) for one in levels),
            action=action,
            saved=" ".join((errors or {}).values()) or done_words(said, len(competencies), saved_at),
            fresh=asked_alone(questions, only),
            development_only=DEVELOPMENT_ONLY,
        )
