"""A released go as its learner reads it: each part's words, each point's mark, and what every marker said."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.curriculum.guides import GuidePart, GuidePoint
from app.kernel.clock import london_date
from app.marking.pages.work_words import Tag
from app.marking.queries.own import Go, Judgement, Result
from app.marking.rules import MarkPlace
from app.web.words import day

NAMES = {MarkPlace.FIRST: "Marker A", MarkPlace.SECOND: "Marker B", MarkPlace.MODERATION: "Moderation"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One voice: who speaks, and what they said."""

    who: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedPoint:
    text: str
    verdict: str
    tone: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedPart:
    title: str
    words: str
    points: tuple[JudgedPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoView:
    """`said` is about the work as a whole."""

    number: int
    title: str
    tag: Tag
    score: str
    said: tuple[Said, ...]
    parts: tuple[JudgedPart, ...]

    @classmethod
    def of(cls, go: Go, result: Result) -> "GoView":
        handed_in = day(london_date(go.handed_in_at)) if go.handed_in_at else ""
        return cls(
            number=go.number,
            title=f"Go {go.number}, handed in {handed_in}",
            tag=Tag(words="Passed", tone="good") if result.passed else Tag(words="Not yet", tone="warn"),
            score=f"{result.points} of {result.out_of} points. {result.pass_mark} were needed.",
            said=tuple(Said(who=_name(j, result), words=j.comment) for j in result.judgements if j.comment),
            parts=tuple(_part(go, part, result) for part in go.guide.parts),
        )


def released(goes: tuple[Go, ...]) -> tuple[GoView, ...]:
    """The goes that have a result, newest first."""
    return tuple(GoView.of(go, go.result) for go in reversed(goes) if go.result is not None)


def _part(go: Go, part: GuidePart, result: Result) -> JudgedPart:
    return JudgedPart(
        title=part.title,
        words=go.content.get(part.id, ""),
        points=tuple(_point(point, result) for point in go.guide.points_of(part.id)),
    )


def _point(point: GuidePoint, result: Result) -> JudgedPoint:
    """The moderation's word where there was one, else the first marker's: where two differ, a third decides."""
    last_word = sorted(result.judgements, key=lambda j: j.place is not MarkPlace.MODERATION)
    value = next((j.marks[point.id] for j in last_word if point.id in j.marks), 0)
    return JudgedPoint(
        text=point.text,
        verdict=_verdict(point, value),
        tone="good" if value == point.most else "late" if value == 0 else "act",
        said=tuple(_said(point, result)),
    )


def _said(point: GuidePoint, result: Result) -> Iterator[Said]:
    """What each said: their mark, too, where the marks of this point are not all the same."""
    differ = len({j.marks[point.id] for j in result.judgements if point.id in j.marks}) > 1
    for judgement in result.judgements:
        comment = judgement.comments.get(point.id, "")
        mark = _verdict(point, judgement.marks[point.id]) if differ and point.id in judgement.marks else ""
        if mark or comment:
            yield Said(who=_name(judgement, result), words=f"{mark}. {comment}".strip() if mark else comment)


def _name(judgement: Judgement, result: Result) -> str:
    return "Marker" if len(result.judgements) == 1 else NAMES[judgement.place]


def _verdict(point: GuidePoint, value: int) -> str:
    words = next((level.text for level in point.levels if level.value == value), str(value))
    return words if point.is_yes_no else f"{value} of {point.most}: {words}"
