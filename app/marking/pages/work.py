"""A task as its learner finds it: writing for it, waiting for its marks, reading them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from app.curriculum.guides import GuidePart, GuideView
from app.kernel.clock import london_date
from app.marking.pages.work_goes import GoView, released
from app.marking.pages.work_words import ONLY_YOU, Place, Tag, judged_by, saved_words, tell_by, what_happens
from app.marking.queries.own import Go, OwnWork
from app.marking.rules import PART
from app.web.page import FieldError, Page, errors_of
from app.web.words import day, plural

CHARACTERS_A_ROW, FEWEST_ROWS, MOST_ROWS = 150, 6, 14


@dataclass(frozen=True, slots=True, kw_only=True)
class PointView:
    text: str
    look_for: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """One thing to write, the points that judge it, and what stands there now."""

    field: str
    title: str
    prompt: str
    hint: str
    most: int
    points: tuple[PointView, ...]
    first: int
    """The number of its first point: the points of a guide are counted through."""
    words: str
    rows: int
    error: str

    @classmethod
    def of(cls, part: GuidePart, guide: GuideView, words: str, error: str = "") -> "PartView":
        return cls(
            field=PART + part.id,
            title=part.title,
            prompt=part.prompt,
            hint=part.hint,
            most=part.most,
            points=tuple(
                PointView(
                    text=point.text,
                    look_for=point.look_for,
                    levels=() if point.is_yes_no else tuple(f"{x.value}: {x.text}" for x in point.levels),
                )
                for point in guide.points_of(part.id)
            ),
            first=1 + sum(len(guide.points_of(p.id)) for p in guide.parts[: guide.parts.index(part)]),
            words=words,
            rows=min(max(part.most // CHARACTERS_A_ROW, FEWEST_ROWS), MOST_ROWS),
            error=error,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkPage(Page):
    """Before the first word, and while a draft is open; for an autosave only the line that says what was saved."""

    template: ClassVar[str] = "marking/work.html"
    partials: ClassVar[Mapping[str, str]] = {"saved": "assessment/_saved.html"}
    who_sees: ClassVar[str] = ONLY_YOU

    place: Place
    tag: Tag
    say: str
    brief_html: str
    judged: str
    happens: tuple[str, ...]
    parts: tuple[PartView, ...]
    writing: bool
    number: int
    version: int
    status: str
    earlier: tuple[GoView, ...]
    errors: tuple[FieldError, ...]

    @classmethod
    def of(
        cls,
        work: OwnWork,
        today: date,
        *,
        typed: Mapping[str, str] | None = None,
        unfit: Mapping[str, int] | None = None,
    ) -> "WorkPage":
        """`typed` are words that could not be saved, shown again; `unfit` says by how much a part is too long."""
        draft = work.draft
        guide = draft.guide if draft else work.guide
        words = typed if typed is not None else draft.content if draft else {}
        errors = unfit_words(guide, unfit or {})
        return cls(
            place=Place.of(work),
            tag=Tag(words=f"Draft of go {draft.number}" if draft.number > 1 else "Draft", tone="act")
            if draft
            else Tag(words="Not begun", tone="quiet"),
            say=_say(work),
            brief_html=guide.brief_html,
            judged=judged_by(guide),
            happens=what_happens(guide),
            parts=tuple(PartView.of(p, guide, words.get(p.id, ""), errors.get(PART + p.id, "")) for p in guide.parts),
            writing=work.may_begin or (draft is not None and work.course.is_open),
            number=draft.number if draft else 1,
            version=draft.version if draft else 0,
            status=_not_saved(errors) if errors else saved_words(draft.saved_at if draft else None, today),
            earlier=released(work.goes),
            errors=errors_of(errors),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A part as it was written."""

    title: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPage(Page):
    """Handed in. Nothing here tells where it stands with those who mark it, but that it can be taken back or not."""

    template: ClassVar[str] = "marking/work_waiting.html"
    who_sees: ClassVar[str] = ONLY_YOU

    place: Place
    tag: Tag
    say: str
    notice: str
    take_back: bool
    happens: tuple[str, ...]
    number: int
    parts: tuple[Words, ...]
    earlier: tuple[GoView, ...]

    @classmethod
    def of(cls, work: OwnWork, go: Go, notice: str = "") -> "WaitingPage":
        assert go.handed_in_at is not None
        return cls(
            place=Place.of(work),
            tag=Tag(words="Handed in", tone="act"),
            say=_handed_in(go.handed_in_at),
            notice=notice,
            take_back=not go.taken and work.course.is_open,
            happens=what_happens(go.guide)[1:],
            number=go.number,
            parts=tuple(Words(title=part.title, words=go.content.get(part.id, "")) for part in go.guide.parts),
            earlier=released(work.goes),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedPage(Page):
    """The newest go has been judged: everything that was said of it, and what comes next."""

    template: ClassVar[str] = "marking/work_released.html"
    who_sees: ClassVar[str] = ONLY_YOU

    place: Place
    say: str
    follows: str
    again: bool
    go: GoView
    earlier: tuple[GoView, ...]

    @classmethod
    def of(cls, work: OwnWork) -> "ReleasedPage":
        newest, *earlier = released(work.goes)
        return cls(
            place=Place.of(work),
            say="You have passed." if work.passed else "Not yet a pass.",
            follows=_follows(work),
            again=work.may_begin,
            go=newest,
            earlier=tuple(earlier),
        )


def page_of(work: OwnWork, today: date, notice: str = "") -> WorkPage | WaitingPage | ReleasedPage:
    """The page for where somebody stands with a task."""
    if work.waiting is not None:
        return WaitingPage.of(work, work.waiting, notice)
    if work.newest is not None and work.draft is None:
        return ReleasedPage.of(work)
    return WorkPage.of(work, today)


def unfit_words(guide: GuideView, unfit: Mapping[str, int]) -> dict[str, str]:
    """By field: what is wrong with a part, and what to do."""
    named = {part.id: part.title for part in guide.parts}
    return {
        PART + part: f"{named[part]}: shorten it by {plural(over, 'character')}. Nothing is lost."
        if over
        else f"{named[part]}: write something here"
        for part, over in unfit.items()
    }


def _handed_in(at: datetime) -> str:
    return f"You handed it in on {day(london_date(at))}. We aim to tell you by {tell_by(at)}."


def _not_saved(errors: Mapping[str, str]) -> str:
    return f"Not saved. {'; '.join(errors.values())}"


def _say(work: OwnWork) -> str:
    if work.course.enrolment is None:
        return "Begin the course first, and you can write here."
    if work.draft is None and not work.may_begin:
        done = work.passed or work.activity.key in work.course.finished
        return (
            "You have passed this already." if done else "You have finished this course: there is nothing to hand in."
        )
    if not work.course.is_open:
        return "You have finished this course, so this draft can no longer be handed in. Your words stay here."
    if work.draft and work.draft.number > 1:
        return "Your words from last time are here. Read what was said about them below, and go on from there."
    return "Read the points, then write. You can stop at any time and come back."


def _follows(work: OwnWork) -> str:
    if work.passed:
        return "It counts for the course. Your words and what was said about them stay here."
    if not work.course.is_open or work.activity.key in work.course.finished:
        return "You have finished this course. Your words and what was said about them stay here."
    left = work.goes_left
    if left == 0:
        return "You have used all your goes. Ask the QI team what to do next."
    often = "as often as you like" if left is None else plural(left, "more time", "more times")
    return f"Read what was missing, then write it again, beginning with the words you have. You can do so {often}."
