"""A member of staff's first screen: one next step, who asked for it and why, and their levels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from app.capability.pages.parts import PathFor
from app.capability.queries.mine import Answer, Level
from app.capability.rules import DEVELOPMENT_ONLY, HELD, Need, NeedSource, RequestState, State
from app.capability.wording import (
    PAUSE_REASONS,
    asked_by_rule,
    offers_words,
    place_words,
    sign_offs_words,
    standing_words,
)
from app.kernel.clock import london_date
from app.kernel.config import Settings
from app.learning.queries import FollowUp, NextStep
from app.organisation.wording import moved_words
from app.signing.queries import Duty
from app.web.page import FieldError, Page, errors_of
from app.web.words import day, minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The one thing to do next."""

    heading: str
    said: str
    button: str
    href: str
    asked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MyLevel:
    slug: str
    title: str
    href: str
    asked: str
    why: str
    where: str
    held: bool
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
        settings: Settings,
        path_for: PathFor,
        today: date,
        *,
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
            step=_step(levels, step, links, path_for),
            say=_say(levels),
            sign_offs=sign_offs_words(duty),
            offers=offers_words(offers),
            time=path_for("planning:answers") if manages else "",
            asked=tuple(_asked_again(question, path_for) for question in questions),
            levels=tuple(_level(m, links, today, typed or {}, errors or {}) for m in levels),
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


def _step(levels: Sequence[Level], found: NextStep | None, links: Mapping[str, str], path_for: PathFor) -> Step | None:
    """Where they stopped; else the first thing that is asked of them and has a course."""
    if found is None:
        asked = (m for m in levels if m.standing.need is Need.REQUIRED and m.standing.progress.state not in HELD)
        return next((_first(m, links[m.tier.slug]) for m in asked if m.tier.slug in links), None)
    reached = f" You had reached “{found.reached}”." if found.reached else ""
    where = path_for(found.route, **found.params) + (f"#{found.place}" if found.place else "")
    about = f"About {minutes(found.minutes_left)}" if found.minutes_left else ""
    left = f"{about} left." if about and found.started else f"{about}." if about else ""
    asked_for = next((m for m in levels if m.tier.slug == found.tier), None)
    return Step(
        heading=f"Next: {found.module_title}",
        said=f"{found.course_title}, module {found.number} of {found.of}. {left}{reached}",
        button="Resume" if found.started else "Start",
        href=where,
        asked=_asked(asked_for) if asked_for else "",
    )


def _first(level: Level, href: str) -> Step:
    return Step(
        heading=f"Next: {level.tier.title}",
        said=f"About {minutes(level.tier.release_minutes)} in all. You can stop and go on at any time.",
        button="See the course",
        href=href,
        asked=_asked(level),
    )


def _asked(level: Level) -> str:
    """Teresa Hollis asked for Pocket QI by 31 March 2027: “Falls work on Larch starts in April.”"""
    now = level.decided
    if now is None or now.need is not Need.REQUIRED:
        return ""
    by = f" by {day(level.standing.due)}{moved_words(level.standing.moved)}" if level.standing.due else ""
    if now.rule:
        return f"{level.tier.title} is asked of you{by}. {asked_by_rule(now.rule, now.decided_at, now.reason)}"
    if level.standing.source is NeedSource.STARTER:
        return f"Everyone who starts here is asked for {level.tier.title}{by}."
    return f"{now.set_by} asked for {level.tier.title}{by}{f': “{now.reason}”' if now.reason else '.'}"


def _say(levels: Sequence[Level]) -> str:
    """When there is no next step: what that means."""
    asked = [m for m in levels if m.standing.need is Need.REQUIRED]
    if not asked:
        return "Nothing is asked of you at present. You can take any open course, or ask for a level below."
    if all(m.standing.progress.state in HELD for m in asked):
        return "You have completed everything that was asked of you."
    return "What is asked of you has no open course yet. You will hear when a place is offered."


def _level(
    level: Level, links: Mapping[str, str], today: date, typed: Mapping[str, str], errors: Mapping[str, str]
) -> MyLevel:
    now, slug = level.decided, level.tier.slug
    required = level.standing.need is Need.REQUIRED
    return MyLevel(
        slug=slug,
        title=level.tier.title,
        href=links.get(slug, ""),
        asked=_need(level, today),
        why=_why(level) if now else "",
        where=place_words(level.standing, alone=level.tier.path.alone, on_course=level.on_course),
        held=level.standing.progress.state in {*HELD, State.REFRESH_OVERDUE, State.REFRESH_AFTER_LEAVE},
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
