from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from app.access.actor import Actor, PersonKind
from app.assessment.commands import Saved
from app.assessment.kinds import KINDS
from app.assessment.kinds.contract import Answer, AnswerProblem, KindView
from app.assessment.pages.words import ONLY_YOU, ONLY_YOU_PARTNER, TimeLeft, module_title, saved_words
from app.assessment.queries import Asked, Sitting
from app.kernel.clock import london_date
from app.web.page import FieldError, Page, errors_of


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """One question as its kind's template shows it. `view` is the kind's own frozen value."""

    kind: str
    stem_html: str
    view: KindView


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage(Page):
    """One question of an attempt; for an autosave only the line that says what has been saved."""

    template: ClassVar[str] = "assessment/question.html"
    partials: ClassVar[Mapping[str, str]] = {"saved": "assessment/_saved.html"}
    who_sees: ClassVar[str] = ONLY_YOU

    attempt: int
    number: int
    title: str
    course: str
    module: str
    module_title: str
    quiz: str
    intro: str
    question: QuestionView
    version: int
    time: TimeLeft | None
    status: str
    is_last: bool
    checking: bool
    errors: tuple[FieldError, ...]

    @classmethod
    def of(
        cls,
        sitting: Sitting,
        asked: Asked,
        actor: Actor,
        now: datetime,
        *,
        checking: bool = False,
        problem: AnswerProblem | None = None,
    ) -> "QuestionPage":
        shape = PartnerQuestionPage if actor.kind is PersonKind.PARTNER else QuestionPage
        return shape(
            attempt=sitting.attempt_id,
            number=asked.number,
            title=f"Question {asked.number} of {len(sitting.asked)}",
            course=sitting.course.slug,
            module=sitting.activity.module,
            module_title=module_title(sitting.course, sitting.activity),
            quiz=sitting.activity.title,
            intro=sitting.activity.quiz_intro if asked.number == 1 else "",
            question=_view(asked, problem.typed if problem else asked.answer),
            version=asked.version,
            time=TimeLeft.of(sitting, now),
            status=f"Not saved: {problem}" if problem else saved_words(asked.saved_at, london_date(now)),
            is_last=asked.number == len(sitting.asked),
            checking=checking,
            errors=errors_of(problem.errors) if problem else (),
        )

    @classmethod
    def after(
        cls, sitting: Sitting, asked: Asked, value: Answer, saved: Saved, actor: Actor, now: datetime
    ) -> "QuestionPage":
        """The same question with what has just been saved."""
        return cls.of(sitting, replace(asked, answer=value, version=saved.version, saved_at=saved.at), actor, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerQuestionPage(QuestionPage):
    who_sees: ClassVar[str] = ONLY_YOU_PARTNER


def _view(asked: Asked, answer: Answer) -> QuestionView:
    return QuestionView(
        kind=asked.kind,
        stem_html=asked.shown["stem_html"],
        view=KINDS[asked.kind].page(asked.shown, answer, asked.seed),
    )
