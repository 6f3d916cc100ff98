"""Everything that a mark says, once more, before it is finished."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from app.marking.pages.mark import ONLY_YOU
from app.marking.pages.words import value_words
from app.marking.queries.marks import Sheet
from app.web.page import FieldError, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    id: str
    text: str
    value: str
    comment: str
    missing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkCheckPage(Page):
    template: ClassVar[str] = "marking/check.html"
    who_sees: ClassVar[str] = ONLY_YOU

    mark: int
    task: str
    say: str
    notice: str
    lines: tuple[CheckLine, ...]
    comment: str
    finish: str
    seen: int
    errors: tuple[FieldError, ...]

    @classmethod
    def of(cls, sheet: Sheet, *, changed: bool = False, errors: Mapping[str, str] | None = None) -> "MarkCheckPage":
        to_do = {point.id for point in sheet.to_do}
        return cls(
            mark=sheet.mark_id,
            task=sheet.task_title,
            say=_still(len(to_do), len(sheet.points)),
            notice="This mark has changed since you opened this page. Look again, then finish." if changed else "",
            lines=tuple(
                CheckLine(
                    id=f"point-{point.id}",
                    text=point.text,
                    value=value_words(point, sheet.marks.get(point.id)),
                    comment=sheet.comments.get(point.id, ""),
                    missing=point.id in to_do,
                )
                for point in sheet.points
            ),
            comment=sheet.comment,
            finish="Decide" if sheet.moderates else "Finish marking",
            seen=sheet.version,
            errors=tuple(FieldError(field=f"point-{p}", message=said) for p, said in (errors or {}).items()),
        )


def _still(missing: int, points: int) -> str:
    if not missing:
        return "Every point has its answer."
    return f"Still open: {missing} of {points}."
