"""What was offered and what became of it, in the words that both sides read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.curriculum.rules import Audience
from app.curriculum.views import TierView
from app.kernel.clock import london_date
from app.recognition.queries import Case, DecisionRow, FileRow, ItemRow, OfferRow
from app.recognition.rules import OFFERED, FileKind, OfferState, Verdict, Way, host_of
from app.web.page import Option
from app.web.words import day, minutes, moment, plural

KINDS = {FileKind.PDF: "PDF", FileKind.JPEG: "JPEG picture", FileKind.PNG: "PNG picture"}
KILOBYTE, MEGABYTE = 1024, 1024 * 1024
A_WEEK, LONG = 7, 28
LEVEL_LEFT_OPEN = "Left open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    name: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    id: int
    name: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody said for an item, and when. `host` is the site that the link leads to."""

    on: str
    level: str
    words: str
    link: str
    host: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that happened, and what was written with it."""

    at: str
    said: str
    comment: str


def facts(item: ItemRow, *, own: bool) -> tuple[Fact, ...]:
    """What stands in the record of an item, in the order in which people ask."""
    source = "You put it there yourself" if own and item.source == OFFERED else item.source
    told = (
        ("Where", item.provider),
        ("Finished on", day(item.completed_on)),
        ("How long", minutes(item.minutes) if item.minutes else ""),
        ("Code or number", item.reference),
        ("How it came on the record", source),
    )
    return tuple(Fact(name=name, words=words) for name, words in told if words)


def files(rows: Sequence[FileRow]) -> tuple[File, ...]:
    return tuple(File(id=f.id, name=f.name, says=f"{KINDS[FileKind(f.media_type)]}, {_size(f.size)}") for f in rows)


def _size(size: int) -> str:
    return f"{size / MEGABYTE:.1f} MB" if size >= MEGABYTE else f"{max(1, round(size / KILOBYTE))} KB"


def said(offer: OfferRow) -> Said:
    return Said(
        on=on_day(offer.offered_at),
        level=offer.level or LEVEL_LEFT_OPEN,
        words=offer.words,
        link=offer.link,
        host=host_of(offer.link) if offer.link else "",
    )


def level_options(tiers: Sequence[TierView], *, months: bool = False) -> tuple[Option, ...]:
    """The levels of staff; with `months`, how long each is held."""
    chosen = [t for t in tiers if t.audience is Audience.STAFF]
    return tuple(Option(value=t.slug, text=f"{t.title}{_months(t) if months else ''}") for t in chosen)


def _months(tier: TierView) -> str:
    return f" ({plural(tier.validity_months, 'month')})" if tier.validity_months else " (does not lapse)"


def state(case: Case) -> tuple[str, str]:
    """How an item stands, and the tone of its tag."""
    if case.standing:
        return f"Recognised as {case.standing.level}", "good"
    if case.waiting:
        return "Waiting for a decision", "act"
    last = case.last_decision
    if last and last.taken_back_at:
        return "Recognition taken back", "warn"
    if last:
        return "Not recognised", "quiet"
    return ("You took your offer back", "quiet") if case.offers else ("On your record", "quiet")


def lapses(until: date | None) -> str:
    return f"until {day(until)}" if until else "for good: it does not lapse"


def happened(case: Case, *, own: bool) -> tuple[Line, ...]:
    """Everything in the order in which it happened."""
    who = "You" if own else "They"
    told = [(offer.offered_at, f"{who} offered it{_as_level(offer)}.", "") for offer in case.offers]
    told += [
        (offer.ended_at, f"{who} took it back.", "")
        for offer in case.offers
        if offer.state is OfferState.WITHDRAWN and offer.ended_at
    ]
    for decision in case.decisions:
        told.append((decision.decided_at, _decided(decision), decision.reason))
        if decision.taken_back_at:
            by = f"{decision.taken_back_by} took the recognition back."
            told.append((decision.taken_back_at, by, decision.taken_back_reason))
    return tuple(Line(at=moment(at), said=words, comment=comment) for at, words, comment in sorted(told, key=_when))


def _when(told: tuple[datetime, str, str]) -> datetime:
    return told[0]


def _as_level(offer: OfferRow) -> str:
    return f" as {offer.level}" if offer.level else ""


def _decided(decision: DecisionRow) -> str:
    if decision.verdict is Verdict.DECLINED:
        return f"{decision.decided_by} did not recognise it."
    by_rule = ", by a rule" if decision.way is Way.RULE else ""
    counts = f"from {day(decision.counts_from)}, {lapses(decision.valid_until)}"
    return f"{decision.decided_by} recognised it as {decision.level}{by_rule}: {counts}."


def age(offered_at: datetime, today: date) -> tuple[str, str]:
    """How long an offer has waited, and the tone of its tag."""
    days = days_since(offered_at, today)
    if days < 1:
        return "Since today", "quiet"
    return f"{plural(days, 'day')}", "quiet" if days < A_WEEK * 2 else "warn" if days < LONG else "late"


def days_since(at: datetime, today: date) -> int:
    return (today - london_date(at)).days


def on_day(at: datetime | None) -> str:
    return day(london_date(at)) if at else ""
