"""For those who moderate and those who write courses: how far markers agree, in words before figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.marking.kappa import FEWEST, Agreement, named
from app.marking.queries.agreement import PointAgreement, TaskAgreement
from app.web.page import Page
from app.web.words import plural

DOUBTFUL = 0.41
MEANS = {
    "almost perfect": "It hardly matters who marks.",
    "substantial": "Good: it seldom matters who marks.",
    "moderate": "Fair: for some people it matters who marks. Look at the points below with the least agreement.",
    "fair": "Weak: it often matters who marks. Reword the points with the least agreement, and judge samples again.",
    "slight": "Poor: hardly better than chance. Let nobody fail by this task before its points are reworded.",
    "poor": "Worse than chance: the markers read the points in opposite ways. Bring them together.",
}
UNDEFINED = (
    "Kappa is undefined: both markers always gave the same one value, so that chance alone would agree every time."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What is agreed on, how often, kappa, and what that means."""

    of: str
    agree: str
    kappa: str
    means: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PointLine:
    text: str
    agree: str
    kappa: str
    name: str
    reword: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFigures:
    title: str
    course: str
    say: str
    figures: tuple[Figure, ...]
    points: tuple[PointLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementPage(Page):
    template: ClassVar[str] = "marking/agreement.html"
    who_sees: ClassVar[str] = (
        "People who moderate and people who write courses. It counts pieces of work, and shows nobody's marks: "
        "not the learners', not the markers'."
    )

    fewest: int
    tasks: tuple[TaskFigures, ...]

    @classmethod
    def of(cls, found: Sequence[TaskAgreement]) -> "AgreementPage":
        return cls(fewest=FEWEST, tasks=tuple(_task(one) for one in found))


def _task(one: TaskAgreement) -> TaskFigures:
    return TaskFigures(
        title=one.activity.title,
        course=f"{one.course.title}, edition {one.course.edition_number}",
        say=_say(one),
        figures=tuple(
            _figure(of, agreement)
            for of, agreement in (("The points", one.on_points), ("Whether it passes", one.on_verdict))
            if agreement is not None
        ),
        points=tuple(_point(point) for point in sorted(one.by_point, key=_least_first)),
    )


def _say(one: TaskAgreement) -> str:
    twice = f"{plural(one.pieces, 'piece')} of work marked by two"
    if one.on_points is None:
        return f"{twice}: with fewer than {FEWEST}, figures would be chance."
    kappa = one.on_points.kappa
    if kappa is None:
        return f"{twice}. {UNDEFINED}"
    return f"{twice}. {MEANS[named(kappa)]}"


def _figure(of: str, agreement: Agreement) -> Figure:
    kappa = agreement.kappa
    return Figure(
        of=of,
        agree=f"{agreement.observed:.0%} of {agreement.pairs:,}; chance alone {agreement.by_chance:.0%}",
        kappa="undefined" if kappa is None else f"{kappa:.2f}, {named(kappa)}",
        means=UNDEFINED if kappa is None else "",
    )


def _point(one: PointAgreement) -> PointLine:
    kappa = one.agreement.kappa
    return PointLine(
        text=one.point.text,
        agree=f"{one.agreement.observed:.0%}",
        kappa="undefined" if kappa is None else f"{kappa:.2f}",
        name="always the same value" if kappa is None else named(kappa),
        reword=kappa is not None and kappa < DOUBTFUL,
    )


def _least_first(one: PointAgreement) -> tuple[bool, float]:
    kappa = one.agreement.kappa
    return (kappa is None, kappa or 0.0)
