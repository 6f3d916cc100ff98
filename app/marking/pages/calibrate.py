"""Worked samples to judge, and then where one's judgement was what was agreed, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from app.marking.pages.mark import PartView
from app.marking.pages.words import PointView, value_words
from app.marking.queries.calibration import Round, Standing
from app.web.page import FieldError, Page
from app.web.words import plural

ONLY_YOU = "Only you. Nobody else sees how you judged the samples; your queue shows for which tasks your marks count."


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibratePage(Page):
    """One sample, with nothing of what was agreed for it."""

    template: ClassVar[str] = "marking/calibrate.html"
    who_sees: ClassVar[str] = ONLY_YOU

    course: str
    activity: str
    task: str
    title: str
    say: str
    notice: str
    number: int
    sample: str
    parts: tuple[PartView, ...]
    errors: tuple[FieldError, ...]

    @classmethod
    def of(
        cls,
        one: Standing,
        marks: Mapping[str, int] | None = None,
        errors: Mapping[str, str] | None = None,
        *,
        changed: bool = False,
    ) -> "CalibratePage":
        now, task = one.now, one.task
        sample = now.next_sample
        assert sample is not None, "a round that is open has a sample to judge"
        wrong = {f"value-{point}": said for point, said in (errors or {}).items()}
        return cls(
            course=task.course.slug,
            activity=task.activity.key,
            task=task.activity.title,
            title=f"Worked sample {len(now.judged) + 1} of {len(now.guide.samples)}",
            say=f"Judge it as you would a learner's. After {plural(len(now.guide.samples), 'sample')} you see where "
            f"you agree and why; your marks count from {now.guide.agree_at_least}% of the points on.",
            notice="Another sample is next: it is below." if changed else "",
            number=now.number,
            sample=sample.id,
            parts=tuple(
                PartView(
                    id=part.id,
                    title=part.title,
                    prompt=part.prompt,
                    words=sample.work.get(part.id, ""),
                    points=tuple(PointView.of(p, marks or {}, {}, wrong) for p in now.guide.points_of(part.id)),
                )
                for part in now.guide.parts
            ),
            errors=tuple(FieldError(field=name, message=said) for name, said in wrong.items()),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedPoint:
    text: str
    yours: str
    expected: str
    tone: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedWords:
    title: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedSample:
    title: str
    says: str
    work: tuple[JudgedWords, ...]
    points: tuple[JudgedPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationPage(Page):
    """How a whole round went."""

    template: ClassVar[str] = "marking/calibration.html"
    who_sees: ClassVar[str] = ONLY_YOU

    course: str
    activity: str
    title: str
    task: str
    say: str
    counts: bool
    samples: tuple[JudgedSample, ...]

    @staticmethod
    def tells(one: Standing) -> bool:
        """Whether there is a finished round to look at, and none that is open."""
        return one.last is not None and one.last.next_sample is None

    @classmethod
    def of(cls, one: Standing) -> "CalibrationPage":
        last = one.last
        assert last is not None, "asked for when there is one"
        return cls(
            course=one.task.course.slug,
            activity=one.task.activity.key,
            title="Your marks count" if one.calibrated else "Not yet: read why, and try again",
            task=f"{one.task.activity.title}, {one.task.course.title}",
            say=f"You agree on {last.agreed} of {last.out_of} points ({_percent(last)}%); "
            f"{last.guide.agree_at_least}% are needed.",
            counts=one.calibrated,
            samples=_samples(last),
        )


def _percent(last: Round) -> int:
    """Rounded down, so that 79.9 does not read as the 80 that were needed."""
    return last.agreed * 100 // last.out_of if last.out_of else 0


def _samples(last: Round) -> tuple[JudgedSample, ...]:
    found = []
    for sample in last.guide.samples:
        judged = last.judged[sample.id]
        points = tuple(
            JudgedPoint(
                text=point.text,
                yours=value_words(point, judged.get(point.id)),
                expected="" if same else value_words(point, sample.marks[point.id]),
                tone="good" if same else "late",
                why=sample.why[point.id],
            )
            for point in last.guide.points
            if point.id in sample.marks
            for same in (judged.get(point.id) == sample.marks[point.id],)
        )
        agreed = sum(not point.expected for point in points)
        work = tuple(JudgedWords(title=part.title, words=sample.work.get(part.id, "")) for part in last.guide.parts)
        says = f"You agree on {agreed} of {plural(len(points), 'point')}"
        found.append(JudgedSample(title=sample.title, says=says, work=work, points=points))
    return tuple(found)
