"""What there is to learn: every level, for whom it is, and the way to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.access.actor import Actor, PersonKind
from app.capability.pages.parts import PathFor
from app.capability.queries.pyramid import Way
from app.capability.rules import BEGUN, HELD, Need, Standing, State, pause_is_over
from app.capability.wording import progress_words, standing_words
from app.charts.drawing.pyramid import Step, pyramid
from app.curriculum.rules import Audience
from app.curriculum.views import CourseView
from app.learning.queries import OnCourse
from app.web.page import Page
from app.web.words import minutes, plural

TITLE = "What there is to learn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """Where whoever looks stands with a level, and the tone of its tag."""

    words: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    name: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    slug: str
    title: str
    stands: Stands | None
    for_whom: str
    summary: str
    facts: tuple[Fact, ...]
    leads_to: tuple[Link, ...]
    can_do: tuple[str, ...]
    courses: tuple[Link, ...]
    may_ask: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PyramidPage(Page):
    template: ClassVar[str] = "capability/pyramid.html"
    who_sees: ClassVar[str] = (
        "Everybody can see this page, signed in or not. Where you stand is shown to you alone, when you are signed in."
    )

    say: str
    picture_html: str
    levels: tuple[Entry, ...]
    signed_in: bool

    @classmethod
    def of(cls, ways: Sequence[Way], visitor: Actor | None, path_for: PathFor, today: date) -> "PyramidPage":
        page = PartnerPyramidPage if visitor is not None and visitor.kind is PersonKind.PARTNER else cls
        entries = tuple(_entry(way, ways, visitor, path_for, today) for way in page.in_order(ways))
        return page(
            say=page.said(ways),
            picture_html=pyramid([_step(way, entry.stands) for way, entry in zip(
                page.in_order(ways), entries, strict=True)], "pyramid", title=TITLE) if ways else "",
            levels=entries,
            signed_in=visitor is not None,
        )  # fmt: skip

    @classmethod
    def in_order(cls, ways: Sequence[Way]) -> Sequence[Way]:
        return ways

    @classmethod
    def said(cls, ways: Sequence[Way]) -> str:
        if not ways:
            return "No level is written down yet. The QI team loads them with the courses."
        held = [w.tier.short for w in ways if w.standing and w.standing.progress.state in HELD]
        begun = [w.tier.short for w in ways if w.standing and w.standing.progress.state in BEGUN]
        yours = [f"hold {_listed(held)}"] if held else []
        yours += [f"have begun {_listed(begun)}"] if begun else []
        there_are = f"{plural(len(ways), 'level')}, from a first look to expert work."
        return f"{there_are} You {' and '.join(yours)}." if yours else f"{there_are} Each says how to get on it."


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerPyramidPage(PyramidPage):
    template: ClassVar[str] = "capability/pyramid_partner.html"
    who_sees: ClassVar[str] = PyramidPage.who_sees

    @classmethod
    def in_order(cls, ways: Sequence[Way]) -> Sequence[Way]:
        """What is for them comes first."""
        return sorted(ways, key=lambda way: way.tier.audience is not Audience.PARTNER)

    @classmethod
    def said(cls, ways: Sequence[Way]) -> str:
        own = [f"“{way.tier.title}”" for way in ways if way.tier.audience is Audience.PARTNER]
        if not own:
            return "There is nothing to read here yet."
        return f"{_listed(own)} is for you. Below it is what people who work here can learn."


def _entry(way: Way, ways: Sequence[Way], visitor: Actor | None, path_for: PathFor, today: date) -> Entry:
    tier = way.tier
    partner = visitor is not None and visitor.kind is PersonKind.PARTNER
    titles = {other.tier.slug: other.tier.title for other in ways}
    return Entry(
        slug=tier.slug,
        title=tier.title,
        stands=_stands(way, today),
        for_whom=tier.for_whom,
        summary=(tier.path.plain or tier.summary) if partner else tier.summary,
        facts=tuple(fact for fact in _facts(way) if fact.said),
        leads_to=tuple(Link(text=titles[to], href=f"#{to}") for to in tier.path.leads_to if to in titles),
        can_do=_can_do(way),
        courses=_courses(way, visitor, path_for),
        may_ask=way.standing is not None and tier.in_matrix and way.standing.progress.state not in HELD | BEGUN,
    )


def _facts(way: Way) -> tuple[Fact, ...]:
    tier, path = way.tier, way.tier.path
    months = tier.validity_months
    released = f"A team releases {minutes(tier.release_minutes)} for each person." if tier.release_minutes else ""
    return (
        Fact(name="How to get on it", said=path.get_on),
        Fact(name="How long", said=path.lasts or released),
        Fact(name="In what form", said=path.form),
        Fact(name="Time at work", said=released if path.lasts else ""),
        Fact(name="How it is assessed", said=path.assessed),
        Fact(name="How long it holds", said=_years(months) if months else "For good"),
        Fact(name="How it is kept fresh", said=path.refresh),
    )


def _years(months: int) -> str:
    years, rest = divmod(months, 12)
    return plural(months, "month") if rest else plural(years, "year")


def _can_do(way: Way) -> tuple[str, ...]:
    """One course says it best; of many, and of none, the framework speaks."""
    if len(way.courses) == 1:
        return tuple(objective.text for objective in way.courses[0].objectives)
    return way.tier.path.can_do


def _courses(way: Way, visitor: Actor | None, path_for: PathFor) -> tuple[Link, ...]:
    own = {PersonKind.STAFF: Audience.STAFF, PersonKind.PARTNER: Audience.PARTNER}
    if visitor is None or own.get(visitor.kind) is not way.tier.audience:
        return ()
    return tuple(
        Link(text=_verb(course, alone=len(way.courses) == 1), href=path_for("learning:course", slug=course.slug))
        for course in way.courses
    )


def _verb(course: CourseView, *, alone: bool) -> str:
    if not course.open_modules:
        return f"See what is being written for {course.title}"
    return f"Go to the course: {course.title}" if alone else course.title


def _stands(way: Way, today: date) -> Stands | None:
    if way.taken is not None:
        return _taken(way.taken)
    return _standing(way.standing, today) if way.standing is not None else None


def _standing(standing: Standing, today: date) -> Stands | None:
    said = progress_words(standing.progress)
    if standing.progress.state in HELD:
        return Stands(words=f"You hold it. {said}", tone="good")
    if standing.progress.state in BEGUN:
        return Stands(words=f"You have begun. {said}", tone="act")
    if standing.progress.state is State.REFRESH_OVERDUE:
        return Stands(words=said, tone="late")
    if standing.progress.state is State.REFRESH_AFTER_LEAVE:
        return Stands(words=said, tone="quiet")
    if _asked(standing, today):
        return Stands(words=f"You are down for it. {standing_words(standing, today)}", tone="act")
    return Stands(words="You have asked for it", tone="quiet") if standing.asked else None


def _asked(standing: Standing, today: date) -> bool:
    if standing.need is Need.PAUSED:
        return not pause_is_over(standing.need, standing.due, today, away=standing.away)
    return standing.need is Need.REQUIRED


def _taken(course: OnCourse) -> Stands | None:
    if course.is_completed:
        return Stands(words="You have taken part in it", tone="good")
    return Stands(words="You have begun", tone="act") if course.is_open else None


def _step(way: Way, stands: Stands | None) -> Step:
    time = minutes(way.tier.release_minutes) if way.tier.release_minutes else way.tier.path.lasts
    said = stands.words.partition(".")[0] if stands else ""
    return Step(way.tier.short, time, way.tier.path.step, said, stands.tone if stands else "")


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)
