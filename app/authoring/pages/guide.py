"""A marking guide as its markers have it: the points, and the samples with what each should get."""

from dataclasses import dataclass
from typing import ClassVar, Self

from app.authoring.pages.bar import AUTHOR
from app.curriculum.guides import GuidePoint, GuideSample, GuideView
from app.curriculum.views import ActivityView, CourseView
from app.web.page import Page
from app.web.words import plural


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    text: str
    value: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    title: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    title: str
    says: str
    passes: bool
    work: tuple[Written, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    text: str
    look_for: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidePage(Page):
    template: ClassVar[str] = "authoring/guide.html"
    who_sees: ClassVar[str] = AUTHOR

    slug: str
    activity: str
    title: str
    say: str
    points: tuple[Point, ...]
    samples: tuple[Sample, ...]

    @classmethod
    def of(cls, course: CourseView, activity: ActivityView, guide: GuideView) -> Self:
        return cls(
            slug=course.slug,
            activity=activity.key,
            title=guide.title,
            say=f"{guide.pass_mark} of {guide.out_of} points pass. {plural(guide.markers, 'marker')}; their marks "
            f"count once they agree with the samples on {guide.agree_at_least}% of the points.",
            points=tuple(_point(point) for point in guide.points),
            samples=tuple(_sample(sample, guide) for sample in guide.samples),
        )


def _point(point: GuidePoint) -> Point:
    levels = () if point.is_yes_no else tuple(f"{level.value}: {level.text}" for level in point.levels)
    return Point(text=point.text, look_for=point.look_for, levels=levels)


def _sample(sample: GuideSample, guide: GuideView) -> Sample:
    passes = guide.passes(sample.marks)
    total = f"{guide.total(sample.marks)} of {guide.out_of} points"
    return Sample(
        title=sample.title,
        says=f"{total}: a pass" if passes else f"{total}: not a pass",
        passes=passes,
        work=tuple(Written(title=part.title, words=sample.work.get(part.id, "")) for part in guide.parts),
        marks=tuple(
            Mark(text=point.text, value=_value(point, sample.marks[point.id]), why=sample.why[point.id])
            for point in guide.points
            if point.id in sample.marks
        ),
    )


def _value(point: GuidePoint, value: int) -> str:
    level = next((level.text for level in point.levels if level.value == value), "")
    return level if point.is_yes_no else f"{value}: {level}"
