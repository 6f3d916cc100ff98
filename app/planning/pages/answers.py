"""What teams are asked for, for whoever manages them: a form for each that waits, and the answers given so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from app.planning.pages.time import answer_words, hours
from app.planning.queries.releases import ReleaseRow
from app.planning.rules import ReleaseState, months_ahead
from app.planning.wording import STATES, asked_words, month_words
from app.web.page import FieldError, Option, Page
from app.web.words import minutes, plural


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One that waits, or was answered and can be answered anew. The fields hold what was typed or answered.

    `months` are the other months in which it could be done.
    """

    release_id: int
    heading: str
    asked: str
    said: str
    short: str
    answer: str
    other_month: str
    reason: str
    answer_wrong: str
    other_month_wrong: str
    reason_wrong: str
    months: tuple[Option, ...]
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersPage(Page):
    template: ClassVar[str] = "planning/answers.html"
    who_sees: ClassVar[str] = (
        "You and the others who manage or lead these teams. The lead and the QI team see your answer with its reason. "
        "Nobody’s name is shown here: only how many people it is for."
    )

    say: str
    changed: str
    errors: tuple[FieldError, ...]
    waiting: tuple[Ask, ...]
    answered: tuple[Ask, ...]

    @classmethod
    def of(
        cls,
        rows: Sequence[ReleaseRow],
        today: date,
        *,
        manages: bool,
        about: int = 0,
        typed: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
        changed: str = "",
    ) -> Self:
        """`about`, `typed` and `errors`: an answer that could not be saved, shown again where it was typed."""
        wrong, values = errors or {}, typed or {}
        asks = [(row, _ask(row, values, wrong, today, failed=row.id == about)) for row in rows]
        return cls(
            say=_say(rows, manages=manages),
            changed=changed,
            errors=tuple(FieldError(field=f"{name}-{about}", message=text) for name, text in wrong.items()),
            waiting=tuple(ask for row, ask in asks if row.state is ReleaseState.ASKED),
            answered=tuple(ask for row, ask in asks if row.state is not ReleaseState.ASKED),
        )


def _say(rows: Sequence[ReleaseRow], *, manages: bool) -> str:
    waiting = [row for row in rows if row.state is ReleaseState.ASKED]
    if waiting:
        total = hours(sum(row.minutes for row in waiting))
        return f"{plural(len(waiting), 'answer waits', 'answers wait')} for you: {total} to learn."
    if rows:
        return "You have answered everything that your teams are asked for."
    if manages:
        return "Your teams are asked for nothing at present."
    return "You manage nobody, so nothing is asked of you here."


def _ask(row: ReleaseRow, typed: Mapping[str, str], wrong: Mapping[str, str], today: date, *, failed: bool) -> Ask:
    stands = {
        "answer": "" if row.state is ReleaseState.ASKED else row.state.value,
        "other_month": f"{row.other_month:%Y-%m}" if row.other_month else "",
        "reason": row.reason,
    }
    values = stands | dict(typed) if failed else stands
    errors = wrong if failed else {}
    others = [month for month in months_ahead(today) if month != row.month]
    return Ask(
        release_id=row.id,
        heading=f"{row.team}, {month_words(row.month)}",
        asked=asked_words(row),
        said="" if row.state is ReleaseState.ASKED else answer_words(row),
        short=f"{STATES[row.state].lower()}, {minutes(row.minutes)} for {row.tier_title}",
        answer=values["answer"],
        other_month=values["other_month"],
        reason=values["reason"],
        answer_wrong=errors.get("answer", ""),
        other_month_wrong=errors.get("other_month", ""),
        reason_wrong=errors.get("reason", ""),
        months=tuple(Option(value=f"{month:%Y-%m}", text=month_words(month)) for month in others),
        open=failed,
    )
