"""A member of staff's first screen: one next step, who asked for it and why, and their levels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from app.capability.pages.next_to_do import Step, next_to_do
from app.capability.pages.parts import PathFor
from app.capability.queries.mine import Answer, Level
from app.capability.rules import DEVELOPMENT_ONLY, HELD, Need, NeedSource, RequestState
from app.capability.wording import (
    PAUSE_REASONS,
    asked_by_rule,
    offers_words,
    place_words,
    sign_offs_words,
    standing_words,
    uses_words,
)
from app.kernel.clock import london_date
from app.kernel.config import Settings
from app.learning.life_wording import Names, Stage, explained, stages
from app.learning.queries import FollowUp, NextStep
from app.organisation.wording import moved_words
from app.signing.practice_wording import told
from app.signing.queries import Duty, Use
from app.web.page import FieldError, Page, errors_of
from app.web.words import day


@dataclass(frozen=True, slots=True, kw_only=True)
class MyLevel:
    slug: str
    title: str
    href: str
    asked: str
    why: str
    where: str
    held: bool
    stages: tuple[Stage, ...]
    explained: str
    practice: str
    may_ask: bool
    answer: str
    typed: str
    wrong: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    name: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MySkillsPage(Page):
    template: ClassVar[str] = "capability/my_skills.html"
    who_sees: ClassVar[str] = (
        "You. Those who lead your directorate and the QI team see what is asked of you and how far you are, "
        "never your answers, scores or notes."
    )

    errors: tuple[FieldError, ...]
    step: Step | None
    say: str
    sign_offs: str
    uses: str
    offers: str
    time: str
    """Where those who manage somebody answer whether their team can be released to learn; empty for all others."""
    asked: tuple[tuple[str, str], ...]
    """Words and address of each question about a course that was completed some weeks ago."""
    levels: tuple[MyLevel, ...]
    contact: Contact
    ratings: bool
    rates: bool
    development_only: str

    @classmethod
    def of(
        cls,
        levels: Sequence[Level],
        step: NextStep | None,
        duty: Duty,
        offers: int,
        questions: Sequence[FollowUp],
        courses: Mapping[str, str],
        uses: Mapping[str, Use],
        names: Names,
        settings: Settings,
        path_for: PathFor,
        today: date,
        *,
        uses_waiting: int = 0,
        manages: bool = False,
        ratings: bool = False,
        rates: bool = False,
        typed: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
    ) -> Self:
        """`ratings`: whether there are any here; `rates`: whether the reader was asked to judge a team.

        `courses` maps a tier to its course's slug, where there is one; `offers` wait for the reader to decide."""
        links = {tier: path_for("learning:course", slug=slug) for tier, slug in courses.items()}
        return cls(
            errors=errors_of(errors or {}),
            step=next_to_do(levels, step, links, path_for),
            say=_say(levels),
            sign_offs=sign_offs_words(duty),
            uses=uses_words(uses_waiting),
            offers=offers_words(offers),
            time=path_for("planning:answers") if manages else "",
            asked=tuple(_asked_again(question, path_for) for question in questions),
            levels=tuple(
                _level(m, uses.get(m.tier.slug), links, names, path_for, today, typed or {}, errors or {})
                for m in levels
            ),
            contact=Contact(name=settings.qi_contact, phone=settings.qi_contact_phone, email=settings.qi_contact_email),
            ratings=ratings,
            rates=rates,
            development_only=DEVELOPMENT_ONLY,
        )


def _asked_again(question: FollowUp, path_for: PathFor) -> tuple[str, str]:
    words = f"You completed {question.course_title} on {day(question.completed_on)}. What came of it?"
    return words, path_for(
        "learning:activity", slug=question.course, module=question.module, activity=question.activity
    )


def _say(levels: Sequence[Level]) -> str:
    """When there is no next step: what that means."""
    asked = [m for m in levels if m.standing.need is Need.REQUIRED]
    if not asked:
        return "Nothing is asked of you at present. You can take any open course, or ask for a level below."
    if all(m.standing.progress.state in HELD for m in asked):
        return "You have completed everything that was asked of you."
    return "What is asked of you has no open course yet. You will hear when a place is offered."


def _level(
    level: Level,
    use: Use | None,
    links: Mapping[str, str],
    names: Names,
    path_for: PathFor,
    today: date,
    typed: Mapping[str, str],
    errors: Mapping[str, str],
) -> MyLevel:
    now, slug, held = level.decided, level.tier.slug, level.standing.progress.holding
    required = level.standing.need is Need.REQUIRED
    return MyLevel(
        slug=slug,
        title=level.tier.title,
        href=links.get(slug, ""),
        asked=_need(level, today),
        why=_why(level) if now else "",
        where=place_words(level.standing, today, alone=level.tier.path.alone, on_course=level.on_course),
        held=held is not None,
        stages=stages(held, today, away=level.standing.away, told=told(use)) if held else (),
        explained=explained(held, names, today) if held else "",
        practice=path_for("signing:practice", tier=slug) if held or (use and use.waits) else "",
        may_ask=level.may_ask(today),
        answer=_answer(level.request) if level.request and not required else "",
        typed=typed.get("why", "") if typed.get("tier") == slug else "",
        wrong=errors.get(f"why-{slug}", ""),
    )


def _need(level: Level, today: date) -> str:
    if level.standing.source is NeedSource.STARTER and level.standing.due:
        return f"Every starter, by {day(level.standing.due)}{moved_words(level.standing.moved)}"
    return standing_words(level.standing, today)


def _why(level: Level) -> str:
    now = level.decided
    if now is None or level.standing.source is NeedSource.STARTER:
        return ""
    if now.rule:
        return asked_by_rule(now.rule, now.decided_at, now.reason)
    paused = f"{PAUSE_REASONS[now.pause_reason]}. " if now.pause_reason else ""
    return f"{paused}{now.set_by}{f': “{now.reason}”' if now.reason else ''}"


def _answer(request: Answer) -> str:
    if request.waiting:
        return f"You asked on {day(london_date(request.asked_at))}. Your directorate lead will answer."
    if request.on_plan and request.answered_at:
        words = f" “{request.answer}”" if request.answer else ""
        since = day(london_date(request.answered_at))
        return f"On the plan since {since}: you will hear when a place is offered.{words}"
    if request.state is RequestState.DECLINED:
        return f"{request.answered_by} answered: not at present. “{request.answer}”"
    return ""
