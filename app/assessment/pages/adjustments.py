"""What a person has beyond others, for those who grant it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from app.access.actor import Actor
from app.assessment.queries import Adjusted, AdjustmentRow
from app.assessment.rules import Leeway, in_force, together
from app.kernel.clock import london_date
from app.organisation.options import filled
from app.organisation.rules import last_day
from app.web.form import Invalid
from app.web.page import Filled, Option, Page
from app.web.words import day, plural

EXTRA_TIME = (
    Option(value="0", text="No extra time"),
    Option(value="10", text="10% more time"),
    Option(value="25", text="25% more time (a quarter)"),
    Option(value="50", text="50% more time (half as much again)"),
    Option(value="100", text="100% more time (twice the time)"),
    Option(value="none", text="No time limit"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentLine:
    id: int
    what: tuple[str, ...]
    when: str
    state: str
    tone: str
    reason: str
    granted: str
    may_end: bool

    @classmethod
    def of(cls, row: AdjustmentRow, now: datetime, *, mine: bool) -> "AdjustmentLine":
        state, tone = _state(row, now)
        return cls(
            id=row.id,
            what=tuple(leeway_words(row.leeway)) + ((row.arrangement,) if row.arrangement else ()),
            when=_when(row),
            state=state,
            tone=tone,
            reason=row.reason,
            granted=f"{row.granted_by}, {day(london_date(row.granted_at))}",
            may_end=not mine and not _is_over(row, london_date(now)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentsPage(Page):
    template: ClassVar[str] = "assessment/adjustments.html"
    who_sees: ClassVar[str] = (
        "QI team administrators. The person themselves sees the time and the tries that they have, never this page; "
        "their lead, HR and markers see nothing of it, and no record, certificate or download says it."
    )

    person_id: int
    name: str
    say: str
    current: tuple[AdjustmentLine, ...]
    past: tuple[AdjustmentLine, ...]
    may_grant: bool
    form: Filled
    times: tuple[Option, ...]

    @classmethod
    def of(cls, found: Adjusted, actor: Actor, now: datetime, invalid: Invalid | None = None) -> "AdjustmentsPage":
        mine, today = found.person.person_id == actor.person_id, london_date(now)
        over = [_is_over(row, today) for row in found.rows]
        lines = [AdjustmentLine.of(row, now, mine=mine) for row in found.rows]
        return cls(
            person_id=found.person.person_id,
            name=found.person.name,
            say=_say(found, now),
            current=tuple(line for line, is_over in zip(lines, over, strict=True) if not is_over),
            past=tuple(line for line, is_over in zip(lines, over, strict=True) if is_over),
            may_grant=not mine,
            form=filled(invalid, {"extra_time": "0", "first": day(today)}),
            times=EXTRA_TIME,
        )


def _when(row: AdjustmentRow) -> str:
    first = day(row.starts_on)
    return f"{first} to {day(last_day(row.ends_on))}" if row.ends_on else f"From {first}"


def leeway_words(leeway: Leeway) -> list[str]:
    said = ["No time limit"] if leeway.no_limit else [f"{leeway.percent}% more time"] if leeway.percent else []
    return said + ([plural(leeway.tries, "more try", "more tries")] if leeway.tries else [])


def _say(found: Adjusted, now: datetime) -> str:
    """What all that is in force comes to, so that two that overlap surprise nobody."""
    rows = [r for r in found.rows if in_force(r.starts_on, r.ends_on, r.ended_at, now, london_date(now))]
    said = leeway_words(together(row.leeway for row in rows))
    if said:
        return f"Today: {', '.join(s[0].lower() + s[1:] for s in said)}."
    return "Today: what was agreed in words below." if rows else "Nothing is in force today."


def _is_over(row: AdjustmentRow, today: date) -> bool:
    return row.ended_at is not None or (row.ends_on is not None and row.ends_on <= today)


def _state(row: AdjustmentRow, now: datetime) -> tuple[str, str]:
    if row.ended_at is not None:
        return f"Ended {day(london_date(row.ended_at))} by {row.ended_by}", "quiet"
    if _is_over(row, london_date(now)):
        return "Over", "quiet"
    return ("In force", "good") if row.starts_on <= london_date(now) else ("Not yet in force", "act")
