"""A marking guide as one revision has it: what is written, and the points that a person judges it by."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidePart:
    """`most`: how many characters it may have."""

    id: str
    title: str
    prompt: str
    hint: str
    most: int


@dataclass(frozen=True, slots=True)
class GuideLevel:
    value: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidePoint:
    """`levels` are in the order of their values. `least`: nobody passes with less, however many points they have."""

    id: str
    part: str
    text: str
    look_for: str
    levels: tuple[GuideLevel, ...]
    least: int
    is_yes_no: bool

    @property
    def most(self) -> int:
        return self.levels[-1].value

    @property
    def values(self) -> frozenset[int]:
        return frozenset(level.value for level in self.levels)


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideSample:
    """Worked, with what each point should get and why. For markers; never on a learner's page."""

    id: str
    title: str
    work: Mapping[str, str]
    marks: Mapping[str, int]
    why: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideView:
    """`second_mark_every`: with one marker, each so-many-th piece of work is marked by a second, too."""

    key: str
    title: str
    brief_html: str
    parts: tuple[GuidePart, ...]
    points: tuple[GuidePoint, ...]
    pass_mark: int
    markers: int
    second_mark_every: int | None
    release_together: bool
    """Results wait until somebody releases them all; otherwise each is released when it is decided."""
    resubmissions: int | None
    """How often work that did not pass may be handed in again; None: as often as one likes."""
    agree_at_least: int
    """Percent of all samples' points on which a new marker must agree before their marks count."""
    samples: tuple[GuideSample, ...]

    @property
    def out_of(self) -> int:
        return sum(point.most for point in self.points)

    def point(self, point_id: str) -> GuidePoint | None:
        return next((p for p in self.points if p.id == point_id), None)

    def points_of(self, part: str) -> tuple[GuidePoint, ...]:
        return tuple(p for p in self.points if p.part == part)

    def total(self, marks: Mapping[str, int]) -> int:
        """Points in all: `marks` maps a point's id to its value."""
        return sum(marks.get(point.id, 0) for point in self.points)

    def passes(self, marks: Mapping[str, int]) -> bool:
        enough = all(marks.get(point.id, 0) >= point.least for point in self.points)
        return enough and self.total(marks) >= self.pass_mark


NOT_GIVEN, GIVEN = GuideLevel(0, "Not given"), GuideLevel(1, "Given")


def guide_view(key: str, stored: Mapping[str, Any], samples: list[dict[str, Any]]) -> GuideView:
    """From what the loading stored."""
    return GuideView(
        key=key,
        title=stored["title"],
        brief_html=stored["brief_html"],
        parts=tuple(GuidePart(**part) for part in stored["parts"]),
        points=tuple(_point(point) for point in stored["points"]),
        pass_mark=stored["pass_mark"],
        markers=stored["markers"],
        second_mark_every=stored["second_mark_every"],
        release_together=stored["release"] == "together",
        resubmissions=None if stored["resubmissions"] == "unlimited" else stored["resubmissions"],
        agree_at_least=stored["agree_at_least"],
        samples=tuple(_sample(sample) for sample in samples),
    )


def _point(stored: Mapping[str, Any]) -> GuidePoint:
    levels = tuple(GuideLevel(level["value"], level["text"]) for level in stored["levels"])
    return GuidePoint(
        id=stored["id"],
        part=stored["part"],
        text=stored["text"],
        look_for=stored["look_for"],
        levels=levels or (NOT_GIVEN, GIVEN),
        least=stored["least"],
        is_yes_no=not levels,
    )


def _sample(stored: Mapping[str, Any]) -> GuideSample:
    return GuideSample(
        id=stored["id"],
        title=stored["title"],
        work=stored["work"],
        marks={mark["point"]: mark["value"] for mark in stored["marks"]},
        why={mark["point"]: mark["why"] for mark in stored["marks"]},
    )
