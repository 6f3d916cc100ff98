from dataclasses import dataclass
from typing import ClassVar

from app.access.actor import Actor, PersonKind
from app.assessment.kinds.contract import Marked, Verdict
from app.assessment.pages.words import ONLY_YOU, ONLY_YOU_PARTNER, module_title
from app.assessment.queries import Explained, Sitting
from app.curriculum.rules import ActivityKind
from app.web.page import Page
from app.web.words import moment, plural

TONES = {Verdict.RIGHT: "good", Verdict.WRONG: "late", Verdict.MISSED: "act", Verdict.PLAIN: "quiet"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLine:
    text: str
    said: str
    tone: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultLine:
    number: int
    verdict: str
    tone: str
    stem_html: str
    parts: tuple[PartLine, ...]
    figure_html: str
    why: str
    for_people: tuple[str, ...]
    explanation_html: str
    source: str

    @classmethod
    def of(cls, explained: Explained) -> "ResultLine":
        marked, asked = explained.marked, explained.asked
        verdict, tone = _verdict(marked)
        return cls(
            number=asked.number,
            verdict=verdict if asked.answer is not None else "Not answered",
            tone=tone if asked.answer is not None else "quiet",
            stem_html=asked.shown["stem_html"],
            parts=tuple(PartLine(text=p.text, said=p.said, tone=TONES[p.verdict], why=p.why) for p in marked.parts),
            figure_html=marked.figure_html,
            why=marked.why,
            for_people=marked.for_people,
            explanation_html=explained.explanation_html,
            source=explained.source,
        )


def _verdict(marked: Marked) -> tuple[str, str]:
    if marked.right:
        return "Right", "good"
    if marked.credit:
        return f"Partly right: {marked.credit:.0%}", "act"
    return "Not right", "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleLink:
    key: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultPage(Page):
    """What became of each answer and why. The only page on which a count of right answers stands."""

    template: ClassVar[str] = "assessment/result.html"
    who_sees: ClassVar[str] = ONLY_YOU

    attempt: int
    title: str
    quiz: str
    say: str
    ended: str
    more: str
    lines: tuple[ResultLine, ...]
    read_again: tuple[ModuleLink, ...]
    course: str
    course_title: str
    module: str
    module_title: str
    completed: bool
    go_on: str
    activity: str
    try_again: str

    @classmethod
    def of(
        cls, sitting: Sitting, explained: tuple[Explained, ...], tries_left: int | None, actor: Actor, onward: str
    ) -> "ResultPage":
        """`onward` is the address of what follows in the course; whoever has not passed tries again first."""
        partner = actor.kind is PersonKind.PARTNER
        shape = PartnerResultPage if partner else ResultPage
        title, say, more = _words(sitting, tries_left, partner=partner)
        return shape(
            attempt=sitting.attempt_id,
            title=title,
            quiz=sitting.activity.title,
            say=say,
            ended=_ended(sitting),
            more=more,
            lines=tuple(ResultLine.of(e) for e in explained),
            read_again=() if sitting.passed else _to_read_again(sitting, explained),
            course=sitting.course.slug,
            course_title=sitting.course.public_title,
            module=sitting.activity.module,
            module_title=module_title(sitting.course, sitting.activity),
            completed=sitting.course_completed,
            go_on="" if sitting.passed is False else onward,
            activity=sitting.activity.key,
            try_again="" if sitting.passed or tries_left == 0 else "Try again",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerResultPage(ResultPage):
    who_sees: ClassVar[str] = ONLY_YOU_PARTNER


def _words(sitting: Sitting, tries_left: int | None, *, partner: bool) -> tuple[str, str, str]:
    """The heading, the sentence under it, and what comes next."""
    if partner:
        return "What the course says", "Here is what the course says about each of your answers, and why.", ""
    count = f"{sitting.right} of {sitting.out_of} right."
    if sitting.activity.kind is ActivityKind.PRACTICE:
        return "Your answers, and why", f"{count} Nobody keeps a mark. Try it as often as you like.", ""
    if sitting.passed:
        return "You have passed", f"{count} {sitting.pass_mark} were needed.", ""
    return "Not passed yet", f"{count} {sitting.pass_mark} are needed.", _tries(tries_left)


def _ended(sitting: Sitting) -> str:
    """That the clock ended it; empty when its learner did."""
    if not sitting.ended_by_the_clock:
        return ""
    return f"You had until {moment(sitting.due_at)}. What you had saved by then was handed in for you."


def _tries(left: int | None) -> str:
    if left is None:
        return "You can try as often as you like. The next try asks other questions first."
    if left == 0:
        return "That was the last of your tries. Ask the QI team what to do next: they can help."
    return f"You have {plural(left, 'try', 'tries')} left. The next try asks other questions first."


def _to_read_again(sitting: Sitting, explained: tuple[Explained, ...]) -> tuple[ModuleLink, ...]:
    """The modules that teach what the answers missed, in the course's order."""
    missed = {e.asked.shown["objective"] for e in explained if not e.marked.right}
    return tuple(
        ModuleLink(key=module.key, title=module.title)
        for module in sitting.course.open_modules
        if missed & {objective.id for objective in module.objectives}
    )
