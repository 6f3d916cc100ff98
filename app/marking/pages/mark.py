"""A mark in the making: the work part by part, and beside each part the points that it is judged by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from app.kernel.clock import london_date
from app.marking.pages.words import BLIND, PointView, saved_words, value_words
from app.marking.queries.marks import Said, Sheet
from app.marking.rules import goes_back_at
from app.web.page import FieldError, Page, errors_of
from app.web.words import day

ONLY_YOU = f"Only you, until it is finished. {BLIND}"


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form: as it is kept, or as it was typed where something is wrong with it."""

    marks: Mapping[str, int]
    comments: Mapping[str, str]
    comment: str
    errors: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def kept(cls, sheet: Sheet) -> "Typed":
        return cls(sheet.marks, sheet.comments, sheet.comment)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """A part of the work, and the points that it is judged by."""

    id: str
    title: str
    prompt: str
    words: str
    points: tuple[PointView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierPoint:
    text: str
    value: str
    comments: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierView:
    """What the learner was told about an earlier go."""

    title: str
    result: str
    points: tuple[EarlierPoint, ...]
    comments: tuple[str, ...]

    @classmethod
    def of(cls, said: Said) -> "EarlierView":
        verdict = "passed" if said.passed else "did not pass"
        return cls(
            title=f"What was said about go {said.number}, on {day(london_date(said.released_at))}",
            result=f"{said.points} of {said.out_of} points: it {verdict}.",
            points=tuple(
                EarlierPoint(text=one.point.text, value=value_words(one.point, one.value), comments=one.comments)
                for one in said.of_points
            ),
            comments=said.comments,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkPage(Page):
    """For an autosave only the line that says what has been saved."""

    template: ClassVar[str] = "marking/mark.html"
    partials: ClassVar[Mapping[str, str]] = {"saved": "marking/_saved.html"}
    who_sees: ClassVar[str] = (
        f"{ONLY_YOU} When it is released, the learner reads your points and comments, not your name."
    )

    mark: int
    title: str
    course_title: str
    until: str
    brief_html: str
    parts: tuple[PartView, ...]
    comment: str
    comment_wrong: str
    earlier: tuple[EarlierView, ...]
    pass_mark: str
    version: int
    status: str
    errors: tuple[FieldError, ...]

    @classmethod
    def of(cls, sheet: Sheet, today: date, typed: Typed | None = None) -> "MarkPage":
        typed = typed or Typed.kept(sheet)
        return cls(
            mark=sheet.mark_id,
            title=sheet.task_title,
            course_title=sheet.course_title,
            until=day(london_date(goes_back_at(sheet.taken_at))),
            brief_html=sheet.guide.brief_html,
            parts=parts_of(sheet, typed),
            comment=typed.comment,
            comment_wrong=typed.errors.get("comment", ""),
            earlier=tuple(EarlierView.of(said) for said in reversed(sheet.earlier)),
            pass_mark=f"It passes with {sheet.guide.pass_mark} of {sheet.guide.out_of} points.",
            version=sheet.version,
            status=status_of(sheet, typed, today),
            errors=errors_of(typed.errors),
        )


def parts_of(sheet: Sheet, typed: Typed) -> tuple[PartView, ...]:
    """The parts that have points to judge; where all are judged, every part."""
    wanted = {point.id for point in sheet.points}
    everything = len(wanted) == len(sheet.guide.points)
    parts = (
        PartView(
            id=part.id,
            title=part.title,
            prompt=part.prompt,
            words=sheet.content.get(part.id, ""),
            points=tuple(
                PointView.of(point, typed.marks, typed.comments, typed.errors)
                for point in sheet.guide.points_of(part.id)
                if point.id in wanted
            ),
        )
        for part in sheet.guide.parts
    )
    return tuple(part for part in parts if part.points or everything)


def status_of(sheet: Sheet, typed: Typed, today: date) -> str:
    if typed.errors:
        return f"Not saved: {next(iter(typed.errors.values()))}"
    return saved_words(sheet.saved_at, today)
