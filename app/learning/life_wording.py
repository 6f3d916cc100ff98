"""The life of a level in words: its steps, and the one sentence with which every one of its dates explains itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.learning.rules import Holding
from app.organisation.wording import moved_words
from app.web.words import day, plural

A_YEAR = 12
Names = Mapping[int, str]
"""Editions by id, as `edition_names` has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One step: `mark` is done, now, next or late, and shown as a shape beside the words."""

    words: str
    mark: str


def stages(held: Holding, today: date, *, away: bool = False, told: str = "") -> tuple[Stage, ...]:
    """Completed, used in practice, refreshed. `told`: what was told of its use and is not confirmed, in words."""
    used = Stage(words=told, mark="now") if told else Stage(words="Not yet used in practice", mark="next")
    if held.applied_on is not None:
        used = Stage(words=f"Used in practice {day(held.applied_on)}", mark="done")
    return (Stage(words=_came(held), mark="done"), used, _refresh(held, today, away=away))


def explained(held: Holding, names: Names, today: date) -> str:
    """Completed 3 March 2025, Pocket QI edition 2; refresh by 3 March 2028 (3 years later).

    Before the full stop, where somebody confirmed it: “; used in practice 5 May 2026”. Leave is named by the days by
    which it moved the date, and never by its kind.
    """
    rests = names.get(held.edition_id or 0, held.source)
    said = [f"{_came(held)}, {rests}" if rests else _came(held), _why(held, today)]
    if held.applied_on is not None:
        said.append(f"used in practice {day(held.applied_on)}")
    return f"{'; '.join(said)}."


def _came(held: Holding) -> str:
    if held.first_granted_on == held.granted_on:
        return f"Completed {day(held.granted_on)}"
    return f"Completed {day(held.first_granted_on)}, refreshed {day(held.granted_on)}"


def _why(held: Holding, today: date) -> str:
    if held.valid_until is None:
        return "it does not lapse"
    verb = "was to be refreshed by" if held.lapsed(today) else "refresh by"
    rule = f"{_length(held.holds_for)} later" if held.holds_for else "a day that was set for it"
    return f"{verb} {day(held.valid_until)} ({rule}{moved_words(held.moved)})"


def _length(months: int) -> str:
    years, rest = divmod(months, A_YEAR)
    return plural(months, "month") if rest else plural(years, "year")


def _refresh(held: Holding, today: date, *, away: bool) -> Stage:
    if held.valid_until is None:
        return Stage(words="Does not lapse", mark="done")
    by = f"{day(held.valid_until)}{moved_words(held.moved)}"
    if not held.lapsed(today):
        return Stage(words=f"Refresh by {by}", mark="next")
    return (
        Stage(words="To be refreshed after leave", mark="now")
        if away
        else Stage(words=f"Refresh overdue since {by}", mark="late")
    )
