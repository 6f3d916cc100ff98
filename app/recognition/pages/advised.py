"""What the person of an external programme sees of its record, and what their sponsor does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.recognition.pages.advisor_words import Told, state
from app.recognition.pages.advisors import WHO_SEES, AdvisorLine
from app.recognition.queries.advisors import Advising, AdvisorRow
from app.web.page import Filled, Page
from app.web.words import day, plural, short_day


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAdvisorPage(Page):
    template: ClassVar[str] = "recognition/own_advisor.html"
    who_sees: ClassVar[str] = WHO_SEES

    records: tuple[Told, ...]
    contact: str

    @classmethod
    def of(cls, found: Sequence[Advising], contact: str, today: date) -> "OwnAdvisorPage":
        return cls(records=tuple(Told.of(one, today) for one in found), contact=contact)


@dataclass(frozen=True, slots=True, kw_only=True)
class SponsoredPage(Page):
    template: ClassVar[str] = "recognition/sponsored.html"
    who_sees: ClassVar[str] = WHO_SEES

    say: str
    lines: tuple[AdvisorLine, ...]

    @classmethod
    def of(cls, rows: Sequence[AdvisorRow], today: date) -> "SponsoredPage":
        waiting = sum(_waits(row, today) for row in rows)
        return cls(
            say=f"{plural(waiting, 'record waits', 'records wait')} for you to sign off."
            if waiting
            else "Nothing waits for you to sign off.",
            lines=tuple(
                AdvisorLine(
                    id=row.id,
                    name=row.person,
                    programme=f"{row.programme}, {row.provider}",
                    until=f"{short_day(row.starts_on)} to {short_day(row.ends_on)}",
                    state="Waits for you" if _waits(row, today) else _state(row, today),
                    tone="act" if _waits(row, today) else "quiet",
                )
                for row in rows
            ),
        )


def _waits(row: AdvisorRow, today: date) -> bool:
    return row.signed_at is None and row.ends_on <= today


def _state(row: AdvisorRow, today: date) -> str:
    return "You signed it off" if row.signed_at else state(row, today)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class SponsorPage(Page):
    """`later` says from when on it can be signed off; empty once it can."""

    template: ClassVar[str] = "recognition/sponsor.html"
    who_sees: ClassVar[str] = WHO_SEES

    id: int
    name: str
    told: Told
    signed: bool
    later: str
    form: Filled

    @classmethod
    def of(
        cls,
        found: Advising,
        today: date,
        values: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
    ) -> "SponsorPage":
        record = found.record
        runs = record.ends_on > today
        return cls(
            id=record.id,
            name=record.person,
            told=Told.of(found, today),
            signed=record.signed_at is not None,
            later=f"The programme goes on until {day(record.ends_on)}. You can sign it off from then on."
            if runs
            else "",
            form=Filled.of(values or {}, errors),
        )
