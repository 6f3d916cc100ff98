from dataclasses import dataclass
from typing import ClassVar

from app.access.actor import Actor, PersonKind
from app.assessment.pages.words import ONLY_YOU, ONLY_YOU_PARTNER, module_title
from app.assessment.queries import Beginning
from app.web.page import Page
from app.web.words import minutes, plural


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforePage(Page):
    """What an assessment takes, with one's own time and tries, before the time runs."""

    template: ClassVar[str] = "assessment/before.html"
    who_sees: ClassVar[str] = ONLY_YOU

    course: str
    activity: str
    module: str
    module_title: str
    title: str
    say: str
    facts: tuple[str, ...]
    refusal: str
    begin: str

    @classmethod
    def of(cls, found: Beginning, actor: Actor) -> "BeforePage":
        activity, refusal = found.activity, found.refusal
        shape = PartnerBeforePage if actor.kind is PersonKind.PARTNER else cls
        return shape(
            course=found.course.slug,
            activity=activity.key,
            module=activity.module,
            module_title=module_title(found.course, activity),
            title=activity.quiz_title or activity.title,
            say="" if refusal else _say(found.minutes),
            facts=() if refusal else tuple(_facts(found)),
            refusal=refusal,
            begin="Begin" if found.minutes is None else "Begin: my time starts now",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerBeforePage(BeforePage):
    who_sees: ClassVar[str] = ONLY_YOU_PARTNER


def _say(own: int | None) -> str:
    if own is None:
        return "Take as long as you like."
    return f"You have {minutes(own)} from when you begin."


def _facts(found: Beginning) -> list[str]:
    activity, said = found.activity, []
    if activity.draw:
        said.append(f"{plural(activity.draw, 'question')}. You can go back to each of them until you hand in.")
    if activity.pass_mark:
        said.append(f"{activity.pass_mark} right answers are needed to pass.")
    if found.minutes is not None:
        said += [
            "Each page says how much time is left, and whether your answer is saved.",
            "When your time is up, what you have saved is handed in for you.",
            "The time runs on if you close the page. You can come back on any computer while it lasts.",
        ]
    left = found.tries_left
    tries = "You can try as often as you like." if left is None else f"You have {plural(left, 'try', 'tries')} left."
    return [*said, tries]
