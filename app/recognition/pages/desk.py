"""An assessor's lists: what waits, and what stands on records without a decision."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.recognition.pages.words import age, days_since, on_day
from app.recognition.queries import DecidedRow, Desk, Found, RuleRow, WaitingRow, rules_for
from app.recognition.rules import LONG_WAIT_DAYS
from app.web.page import Page
from app.web.words import plural, short_day

PathFor = Callable[..., str]
WHO_SEES = (
    "The QI team's administrators, who decide about learning from elsewhere. Directorate leads, managers and HR do "
    "not see what people offer, nor that something waits or was declined."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLine:
    id: int
    name: str
    what: str
    on: str
    level: str
    rule: str
    age: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedLine:
    id: int
    name: str
    what: str
    decided: str
    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPage(Page):
    template: ClassVar[str] = "recognition/desk.html"
    who_sees: ClassVar[str] = WHO_SEES

    say: str
    long_wait: str
    own: str
    lines: tuple[WaitingLine, ...]
    where: str
    previous: str
    following: str
    decided: tuple[DecidedLine, ...]

    @classmethod
    def of(
        cls, desk: Desk, decided: Sequence[DecidedRow], rules: Sequence[RuleRow], path_for: PathFor, today: date
    ) -> "DeskPage":
        one, many = "offer waits for a decision", "offers wait for a decision"
        return cls(
            say=f"{plural(desk.total, one, many)}." if desk.total else "Nothing waits for a decision.",
            long_wait=_long_wait(desk, today),
            own=_own(desk.own),
            lines=tuple(_waiting(row, rules, today) for row in desk.rows),
            where=f"Page {desk.page} of {desk.pages}" if desk.pages > 1 else "",
            previous=path_for("recognition:desk", page=desk.page - 1) if desk.page > 1 else "",
            following=path_for("recognition:desk", page=desk.page + 1) if desk.page < desk.pages else "",
            decided=tuple(_decided(row) for row in decided),
        )


def _long_wait(desk: Desk, today: date) -> str:
    days = days_since(desk.oldest, today) if desk.oldest else 0
    if days < LONG_WAIT_DAYS:
        return ""
    return f"The oldest has waited {plural(days, 'day')}, more than four weeks. Somebody is waiting to hear."


def _own(own: int) -> str:
    return f"{plural(own, 'offer')} of your own {'waits' if own == 1 else 'wait'} for another assessor." if own else ""


def _waiting(row: WaitingRow, rules: Sequence[RuleRow], today: date) -> WaitingLine:
    since, tone = age(row.offered_at, today)
    fitting = rules_for(rules, row.provider_key, row.title_key)
    return WaitingLine(
        id=row.item_id,
        name=row.person,
        what=_what(row.title, row.provider),
        on=short_day(row.completed_on),
        level=row.level or "Left open",
        rule=f"A rule fits: {fitting[0].level}" if fitting else "",
        age=since,
        tone=tone,
    )


def _what(title: str, provider: str) -> str:
    return f"{title}, {provider}" if provider else title


def _decided(row: DecidedRow) -> DecidedLine:
    return DecidedLine(
        id=row.item_id,
        name=row.person,
        what=row.title,
        decided=f"Recognised as {row.level}" if row.level else "Not recognised",
        on=on_day(row.decided_at),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class UndecidedLine:
    id: int
    name: str
    what: str
    on: str
    source: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UndecidedPage(Page):
    template: ClassVar[str] = "recognition/undecided.html"
    who_sees: ClassVar[str] = WHO_SEES

    q: str
    say: str
    lines: tuple[UndecidedLine, ...]
    where: str
    previous: str
    following: str

    @classmethod
    def of(cls, found: Found, rules: Sequence[RuleRow], q: str, path_for: PathFor) -> "UndecidedPage":
        one, many = "item stands", "items stand"
        fit = f" that {'has' if found.total == 1 else 'have'} these words" if q.strip() else ""
        way = {"q": q} if q.strip() else {}
        return cls(
            q=q,
            say=f"{plural(found.total, one, many)} on people’s records without a recognised level{fit}.",
            lines=tuple(
                UndecidedLine(
                    id=row.item_id,
                    name=row.person,
                    what=_what(row.title, row.provider),
                    on=short_day(row.completed_on),
                    source=row.source,
                    rule=_fits(rules, row.provider_key, row.title_key),
                )
                for row in found.rows
            ),
            where=f"Page {found.page} of {found.pages}" if found.pages > 1 else "",
            previous=path_for("recognition:undecided", page=found.page - 1, **way) if found.page > 1 else "",
            following=path_for("recognition:undecided", page=found.page + 1, **way) if found.page < found.pages else "",
        )


def _fits(rules: Sequence[RuleRow], provider_key: str, title_key: str) -> str:
    fitting = rules_for(rules, provider_key, title_key)
    return fitting[0].level if fitting else ""
