"""A mark that was saved from two windows: where they differ, side by side."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.curriculum.guides import GuidePoint
from app.marking.commands.marking import OtherMarkError, SaveMark
from app.marking.pages.mark import ONLY_YOU
from app.marking.pages.words import saved_words, value_words
from app.marking.queries.marks import Sheet
from app.web.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    text: str
    mine: tuple[str, ...]
    theirs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenField:
    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoMarksPage(Page):
    """A save came that had not seen the one before: what differs is shown side by side, and neither is gone."""

    template: ClassVar[str] = "marking/two_versions.html"
    who_sees: ClassVar[str] = ONLY_YOU

    mark: int
    task: str
    saved: str
    differences: tuple[Difference, ...]
    version: int
    fields: tuple[HiddenField, ...]

    @classmethod
    def of(cls, sheet: Sheet, other: OtherMarkError, today: date) -> "TwoMarksPage":
        mine, theirs = other.mine, other.theirs
        of_points = [
            Difference(text=point.text, mine=_said(point, mine), theirs=_said(point, theirs))
            for point in sheet.points
            if _said(point, mine) != _said(point, theirs)
        ]
        if mine.comment != theirs.comment:
            whole = Difference(text="On the whole", mine=_words(mine.comment), theirs=_words(theirs.comment))
            of_points.append(whole)
        return cls(
            mark=sheet.mark_id,
            task=sheet.task_title,
            saved=saved_words(other.saved_at, today),
            differences=tuple(of_points),
            version=theirs.seen,
            fields=(
                *(HiddenField(name=f"value-{point}", value=str(value)) for point, value in mine.marks.items()),
                *(HiddenField(name=f"comment-{point}", value=words) for point, words in mine.comments.items()),
                HiddenField(name="comment", value=mine.comment),
            ),
        )


def _said(point: GuidePoint, of: SaveMark) -> tuple[str, ...]:
    return (value_words(point, of.marks.get(point.id)), *_words(of.comments.get(point.id, "")))


def _words(text: str) -> tuple[str, ...]:
    return (text,) if text else ()
