"""The points on which two markers differ, with both sides, and a decision about each; and the moderator's desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.kernel.clock import london_date
from app.marking.pages.mark import EarlierView, PartView, Typed, parts_of, status_of
from app.marking.pages.words import age, age_mark, age_tone, value_words
from app.marking.queries.desk import Desk, Holding, Load, ToModerate, ToRelease
from app.marking.queries.marks import Sheet
from app.marking.rules import LOOKS, goes_back_at
from app.web.page import FieldError, Page, errors_of
from app.web.words import day, moment, plural, short_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What one of the two said of a point."""

    who: str
    value: str
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    point: str
    both: tuple[Side, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    who: str
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeratePage(Page):
    template: ClassVar[str] = "marking/moderate.html"
    partials: ClassVar[Mapping[str, str]] = {"saved": "marking/_saved.html"}
    who_sees: ClassVar[str] = (
        "Only you, until it is decided. You see neither whose work it is nor who marked it. "
        "When it is released, the learner reads the decision and what all three of you wrote, without a name."
    )

    mark: int
    title: str
    course_title: str
    until: str
    say: str
    brief_html: str
    parts: tuple[PartView, ...]
    sides: tuple[Sides, ...]
    wholes: tuple[Whole, ...]
    agreed: tuple[str, ...]
    comment: str
    comment_wrong: str
    earlier: tuple[EarlierView, ...]
    version: int
    status: str
    errors: tuple[FieldError, ...]

    @classmethod
    def of(cls, sheet: Sheet, today: date, typed: Typed | None = None) -> "ModeratePage":
        typed = typed or Typed.kept(sheet)
        blind = [look for look in sheet.looks if look.place in LOOKS]
        named = list(zip("AB", blind, strict=True))
        open_points = {point.id for point in sheet.points}
        return cls(
            mark=sheet.mark_id,
            title=sheet.task_title,
            course_title=sheet.course_title,
            until=day(london_date(goes_back_at(sheet.taken_at))),
            say=f"Two markers differ on {len(open_points)} of {plural(len(sheet.guide.points), 'point')}. "
            "Decide each, with a word to the learner.",
            brief_html=sheet.guide.brief_html,
            parts=parts_of(sheet, typed),
            sides=tuple(
                Sides(
                    point=point.id,
                    both=tuple(
                        Side(
                            who=f"Marker {who}",
                            value=value_words(point, look.marks.get(point.id)),
                            comment=look.comments.get(point.id, ""),
                        )
                        for who, look in named
                    ),
                )
                for point in sheet.points
            ),
            wholes=tuple(Whole(who=f"Marker {who}", comment=look.comment) for who, look in named if look.comment),
            agreed=tuple(
                f"{p.text}: {value_words(p, blind[0].marks.get(p.id))}"
                for p in sheet.guide.points
                if p.id not in open_points
            ),
            comment=typed.comment,
            comment_wrong=typed.errors.get("comment", ""),
            earlier=tuple(EarlierView.of(said) for said in reversed(sheet.earlier)),
            version=sheet.version,
            status=status_of(sheet, typed, today),
            errors=errors_of(typed.errors),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ModerationLine:
    work: int
    task: str
    course: str
    age: str
    long: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseLine:
    activity: int
    task: str
    course: str
    count: int
    says: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadLine:
    name: str
    held: int
    oldest: str
    finished: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingLine:
    mark: int
    name: str
    task: str
    taken: str
    saved: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPage(Page):
    template: ClassVar[str] = "marking/desk.html"
    who_sees: ClassVar[str] = (
        "People who moderate: the QI team administrators. Who holds what is here to share out the work, "
        "not to judge anybody."
    )

    say: str
    moderations: str
    not_mine: str
    to_moderate: tuple[ModerationLine, ...]
    to_release: tuple[ReleaseLine, ...]
    loads: tuple[LoadLine, ...]
    holdings: tuple[HoldingLine, ...]

    @classmethod
    def of(cls, desk: Desk) -> "DeskPage":
        waits = sum(one.count for one in desk.to_release)
        return cls(
            say=f"{desk.moderations or 'Nothing'} to moderate, {waits or 'no'} results to release.",
            moderations=plural(desk.moderations, "piece of work", "pieces of work"),
            not_mine=_not_mine(desk.not_mine),
            to_moderate=tuple(_to_moderate(one, desk) for one in desk.to_moderate),
            to_release=tuple(_to_release(one) for one in desk.to_release),
            loads=tuple(_load(one) for one in desk.loads),
            holdings=tuple(_holding(one) for one in desk.holdings),
        )


def _not_mine(count: int) -> str:
    if not count:
        return ""
    return f"{plural(count, 'more is', 'more are')} for somebody else, because you marked or wrote it."


def _to_moderate(one: ToModerate, desk: Desk) -> ModerationLine:
    waited = desk.now - one.handed_in_at
    return ModerationLine(
        work=one.work_id,
        task=one.task.title,
        course=one.task.course_title,
        age=age(waited),
        long=age_mark(waited),
        tone=age_tone(waited),
    )


def _to_release(one: ToRelease) -> ReleaseLine:
    return ReleaseLine(
        activity=one.task.activity_id,
        task=one.task.title,
        course=one.task.course_title,
        count=one.count,
        says=f"{one.passed} passed, {one.count - one.passed} did not. The first was decided on "
        f"{day(london_date(one.first))}.",
        until=one.until.isoformat(),
    )


def _load(one: Load) -> LoadLine:
    return LoadLine(
        name=one.name,
        held=one.held,
        oldest=short_day(london_date(one.oldest)) if one.oldest else "",
        finished=one.finished,
    )


def _holding(one: Holding) -> HoldingLine:
    return HoldingLine(
        mark=one.mark_id,
        name=one.name,
        task=one.task.title,
        taken=short_day(london_date(one.taken_at)),
        saved=moment(one.saved_at) if one.saved_at else "Not begun",
    )
