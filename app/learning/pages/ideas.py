"""What people shared and wait to hear back about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Self

from app.kernel.clock import london_date
from app.learning.queries import IdeaRow
from app.learning.rules import REPLY_WITHIN_DAYS
from app.learning.wording import State
from app.web.page import FieldError, Page
from app.web.words import day, plural


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    note_id: int
    name: str
    team: str
    text: str
    shared: str
    age: State
    reply: str
    """The answer given; while there is none, what was typed and could not be sent."""
    answered: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IdeasPage(Page):
    template: ClassVar[str] = "learning/ideas.html"
    who_sees: ClassVar[str] = "The QI team's administrators see this page. Writers see the answer to what they wrote."

    say: str
    waiting: tuple[Idea, ...]
    answered: tuple[Idea, ...]
    errors: tuple[FieldError, ...]

    @classmethod
    def of(cls, ideas: Iterable[IdeaRow], today: date, *, note_id: int = 0, typed: str = "", problem: str = "") -> Self:
        """`note_id`, `typed` and `problem`: an answer that could not be sent, shown again where it was typed."""
        lines = [_idea(row, today, note_id, typed, problem) for row in ideas]
        waiting = tuple(i for i in lines if not i.answered)
        at = f"reply-{note_id}" if any(i.note_id == note_id for i in waiting) else "main"
        return cls(
            say=_say(waiting) if lines else "",
            waiting=waiting,
            answered=tuple(i for i in lines if i.answered),
            errors=(FieldError(field=at, message=problem),) if problem else (),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerIdeasPage(IdeasPage):
    template: ClassVar[str] = "learning/partner_ideas.html"
    who_sees: ClassVar[str] = (
        "Involvement workers and the QI team's administrators see this page. Writers see the answer to what they "
        "wrote. Nobody else here can learn from it who takes part."
    )


def _say(waiting: tuple[Idea, ...]) -> str:
    if not waiting:
        return "Everybody who shared something has had an answer."
    late = sum(1 for i in waiting if i.age.tone == "late")
    said = f"{plural(len(waiting), 'person waits', 'people wait')} for an answer"
    return f"{said}, {late} of them for more than {REPLY_WITHIN_DAYS} days." if late else f"{said}."


def _idea(row: IdeaRow, today: date, note_id: int, typed: str, problem: str) -> Idea:
    concerned = row.note_id == note_id and row.replied_at is None
    return Idea(
        note_id=row.note_id,
        name=row.name,
        team=row.team,
        text=row.text,
        shared=day(london_date(row.shared_at)),
        age=age_of(london_date(row.shared_at), today),
        reply=typed if concerned else row.reply,
        answered=f"Answered {day(london_date(row.replied_at))} by {row.replied_by}" if row.replied_at else "",
        problem=problem if concerned else "",
    )


def age_of(shared_on: date, today: date) -> State:
    """Day 5 of 14, and by when an answer was promised."""
    days = (today - shared_on).days
    if days > REPLY_WITHIN_DAYS:
        return State(f"{plural(days - REPLY_WITHIN_DAYS, 'day')} late", "late")
    if days == 0:
        return State("Shared today", "quiet")
    by = shared_on + timedelta(days=REPLY_WITHIN_DAYS)
    soon = REPLY_WITHIN_DAYS - days <= 3  # noqa: PLR2004
    return State(f"Day {days} of {REPLY_WITHIN_DAYS}, answer by {day(by)}", "warn" if soon else "quiet")
