"""Every part once more before it is handed in, and both versions where two windows wrote."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.marking.pages.work import unfit_words
from app.marking.pages.work_words import ONLY_YOU, Place, saved_words, what_happens
from app.marking.queries.own import Go, OwnWork
from app.marking.rules import PART
from app.web.page import FieldError, Page, errors_of
from app.web.words import moment, plural

CHANGED = "Your words have changed since you opened this page, perhaps in another window. Look again, then hand in."

OTHER_WORDS = "Other words were saved in another window after this one was opened. Both are here: choose which to keep."
OVER = "This had been handed in from another window. What you wrote here since then is not saved: copy what you need."


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPart:
    field: str
    title: str
    words: str
    length: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckWorkPage(Page):
    """`seen` tells whether the words change meanwhile. Without problems there is a button to hand in."""

    template: ClassVar[str] = "marking/work_check.html"
    who_sees: ClassVar[str] = ONLY_YOU

    place: Place
    notice: str
    parts: tuple[CheckedPart, ...]
    happens: tuple[str, ...]
    number: int
    seen: int
    errors: tuple[FieldError, ...]

    @classmethod
    def of(cls, work: OwnWork, draft: Go, *, changed: bool = False) -> "CheckWorkPage":
        return cls(
            place=Place.of(work),
            notice=CHANGED if changed else "",
            parts=tuple(
                CheckedPart(
                    field=PART + part.id,
                    title=part.title,
                    words=draft.content.get(part.id, ""),
                    length=f"{len(draft.content.get(part.id, '')):,} of {plural(part.most, 'character')}",
                )
                for part in draft.guide.parts
            ),
            happens=what_happens(draft.guide),
            number=draft.number,
            seen=draft.version,
            errors=errors_of(unfit_words(draft.guide, draft.unfit)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoWords:
    field: str
    title: str
    theirs: str
    mine: str
    same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoWorksPage(Page):
    """Words came from a window that was not the newest: both are shown, and neither is gone."""

    template: ClassVar[str] = "marking/work_versions.html"
    who_sees: ClassVar[str] = ONLY_YOU

    place: Place
    say: str
    saved: str
    parts: tuple[TwoWords, ...]
    from_number: str
    number: int
    version: int
    may_keep_mine: bool

    @classmethod
    def of(cls, work: OwnWork, go: Go, mine: Mapping[str, str], from_number: int, today: date) -> "TwoWorksPage":
        """`from_number` is the go that the older window had before it."""
        pairs = [(part, go.content.get(part.id, ""), mine.get(part.id, "")) for part in go.guide.parts]
        return cls(
            place=Place.of(work),
            say=OTHER_WORDS if go.is_open else OVER,
            saved=saved_words(go.saved_at, today) if go.is_open else f"Handed in {moment(go.handed_in_at)}",
            parts=tuple(
                TwoWords(field=PART + part.id, title=part.title, theirs=theirs, mine=own, same=theirs == own)
                for part, theirs, own in pairs
            ),
            from_number=str(from_number),
            number=go.number,
            version=go.version,
            may_keep_mine=go.is_open and work.course.is_open,
        )
