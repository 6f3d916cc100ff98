"""Every competency, how well each level teaches it, and with which objectives."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from app.curriculum.framework import CompetencyView, LevelView
from app.curriculum.views import CourseView, Objective, TierView
from app.web.page import EVERYBODY, Page
from app.web.words import plural


@dataclass(frozen=True, slots=True, kw_only=True)
class Taught:
    """One objective of a course. `href` is empty where whoever looks has no way to that course."""

    course: str
    href: str
    text: str
    level: int
    later: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetencyLine:
    key: str
    title: str
    summary: str
    cells: tuple[str, ...]
    count: str
    taught: tuple[Taught, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelLine:
    level: int
    name: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetenciesPage(Page):
    template: ClassVar[str] = "curriculum/competencies.html"
    who_sees: ClassVar[str] = EVERYBODY

    say: str
    tiers: tuple[str, ...]
    competencies: tuple[CompetencyLine, ...]
    levels: tuple[LevelLine, ...]

    @classmethod
    def of(
        cls,
        competencies: Sequence[CompetencyView],
        levels: Sequence[LevelView],
        tiers: Sequence[TierView],
        courses: Sequence[CourseView],
        link: Callable[[CourseView], str],
    ) -> Self:
        """`link`: where a course is for whoever looks; empty where they may not go."""
        taught_in = [tier for tier in tiers if any(course.tier == tier.slug for course in courses)]
        return cls(
            say=f"{plural(len(competencies), 'skill')}, each with levels from 0 to 5. A number says the highest level "
            "that a course teaches."
            if competencies
            else "No skill is written down yet. The QI team loads them with the courses.",
            tiers=tuple(tier.short for tier in taught_in),
            competencies=tuple(_line(one, taught_in, courses, link) for one in competencies),
            levels=tuple(LevelLine(level=one.level, name=one.name, meaning=one.meaning) for one in levels),
        )


def _line(
    competency: CompetencyView,
    tiers: Sequence[TierView],
    courses: Sequence[CourseView],
    link: Callable[[CourseView], str],
) -> CompetencyLine:
    found = [
        (course, objective)
        for course in courses
        for objective in course.objectives
        if objective.competency == competency.key
    ]
    highest: Mapping[str, int] = {
        tier.slug: max((o.level for c, o in found if c.tier == tier.slug), default=0) for tier in tiers
    }
    return CompetencyLine(
        key=competency.key,
        title=competency.title,
        summary=competency.summary,
        cells=tuple(str(highest[tier.slug] or "") for tier in tiers),
        count=plural(len(found), "objective") if found else "Not taught yet",
        taught=tuple(_taught(course, objective, link(course)) for course, objective in found),
    )


def _taught(course: CourseView, objective: Objective, href: str) -> Taught:
    opened = any(objective in module.objectives for module in course.open_modules)
    return Taught(
        course=course.title,
        href=href,
        text=objective.text,
        level=objective.level,
        later=not opened and course.partly_open,
    )
