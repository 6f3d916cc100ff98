"""The marker's first screen: what they hold, what waits, and one button for the next."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.access.actor import Actor
from app.access.permissions import Permission
from app.kernel.clock import london_date
from app.marking.pages.words import BLIND, age, age_mark, age_tone
from app.marking.queries.calibration import Standing
from app.marking.queries.queue import AGES, PAGE, HeldMark, Queue, WaitingWork, Wanted
from app.marking.rules import MarkPlace, goes_back_at
from app.web.page import Page
from app.web.words import day, moment, plural

PathFor = Callable[..., str]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldLine:
    mark: int
    task: str
    course: str
    says: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLine:
    work: int
    task: str
    course: str
    age: str
    long: str
    tone: str
    again: str
    had_before: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterLink:
    text: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ToCalibrate:
    course: str
    activity: str
    title: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage(Page):
    template: ClassVar[str] = "marking/queue.html"
    who_sees: ClassVar[str] = f"People who mark. {BLIND}"

    say: str
    has_next: bool
    held: tuple[HeldLine, ...]
    filters: tuple[FilterLink, ...]
    filtered: bool
    found: str
    lines: tuple[WaitingLine, ...]
    newer: str
    older: str
    to_calibrate: tuple[ToCalibrate, ...]
    moderates: bool
    sees_agreement: bool

    @classmethod
    def of(cls, queue: Queue, actor: Actor, path_for: PathFor) -> "QueuePage":
        wanted = queue.wanted
        pages = max(1, -(-queue.found // PAGE))
        return cls(
            say=_say(queue),
            has_next=queue.counted.total > 0,
            held=tuple(_held(mark) for mark in queue.held),
            filters=_filters(queue, path_for),
            filtered=wanted != Wanted(page=wanted.page),
            found=f"{plural(queue.found, 'piece')} of work, the oldest first"
            + (f"; page {wanted.page} of {pages}" if pages > 1 else ""),
            lines=tuple(_waiting(work, queue.now) for work in queue.waiting),
            newer=_link(path_for, wanted, page=wanted.page + 1) if wanted.page < pages else "",
            older=_link(path_for, wanted, page=wanted.page - 1) if wanted.page > 1 else "",
            to_calibrate=tuple(_to_calibrate(standing) for standing in queue.to_calibrate),
            moderates=actor.may(Permission.MODERATE),
            sees_agreement=actor.may(Permission.MODERATE) or actor.may(Permission.AUTHOR),
        )


def _say(queue: Queue) -> str:
    total, held = queue.counted.total, len(queue.held)
    if not total and queue.to_calibrate:
        return "Judge the worked samples first: then work waits here for you."
    if not total and not held:
        return "Nothing waits for you."
    waits = f"{plural(total, 'piece of work waits', 'pieces of work wait')} to be marked" if total else "Nothing waits"
    return f"{waits}. You hold {held}." if held else f"{waits}."


def _held(mark: HeldMark) -> HeldLine:
    kind = "To moderate" if mark.place is MarkPlace.MODERATION else "A resubmission" if mark.again else ""
    saved = f"saved {moment(mark.saved_at)}" if mark.saved_at else "not begun"
    return HeldLine(
        mark=mark.mark_id,
        task=mark.task.title,
        course=mark.task.course_title,
        says=f"{kind}, {saved}" if kind else saved.capitalize(),
        until=day(london_date(goes_back_at(mark.taken_at))),
    )


def _waiting(work: WaitingWork, now: datetime) -> WaitingLine:
    waited = now - work.handed_in_at
    return WaitingLine(
        work=work.work_id,
        task=work.task.title,
        course=work.task.course_title,
        age=age(waited),
        long=age_mark(waited),
        tone=age_tone(waited),
        again="Resubmission" if work.again else "",
        had_before=work.had_before,
    )


def _filters(queue: Queue, path_for: PathFor) -> tuple[FilterLink, ...]:
    """Every count is a link to what it counts. Those that count nothing stay away."""
    counted, wanted = queue.counted, queue.wanted
    if not counted.total:
        return ()
    several = len(counted.by_task) > 1
    links = [(f"All {counted.total:,}", Wanted())]
    links += [
        (f"{name.title} ({name.course_title}): {count:,}", Wanted(task=name.key))
        for name, count in counted.by_task
        if several
    ]
    links += [(f"Older than {d} days: {counted.older[d]:,}", Wanted(days=d)) for d in AGES if counted.older[d]]
    links += [(f"Resubmissions: {counted.again:,}", Wanted(again=True))] if counted.again else []
    chosen = Wanted(task=wanted.task, days=wanted.days, again=wanted.again)
    return tuple(FilterLink(text=text, href=_link(path_for, w), current=w == chosen) for text, w in links)


def _link(path_for: PathFor, wanted: Wanted, page: int = 1) -> str:
    return path_for(
        "marking:queue",
        task=wanted.task,
        days=wanted.days or "",
        again="1" if wanted.again else "",
        page=page if page > 1 else "",
    )


def _to_calibrate(standing: Standing) -> ToCalibrate:
    task, last = standing.task, standing.last
    samples = plural(len(task.guide.samples), "worked sample")
    if last is None:
        says = samples
    elif last.next_sample is None:
        says = f"not yet agreed on {task.guide.agree_at_least}% of the points: read why, and try again"
    else:
        says = f"{len(last.judged)} of {samples} judged"
    return ToCalibrate(course=task.course.slug, activity=task.activity.key, title=task.activity.title, says=says)
