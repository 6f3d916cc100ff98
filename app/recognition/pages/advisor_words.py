"""The record of an external programme in the words that everybody reads who may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from app.recognition.pages.words import Fact, on_day
from app.recognition.queries.advisors import Advising, AdvisorRow, ScoreRow, WorkshopRow
from app.recognition.rules import EXPECTED_HALVES, AdvisorResult, Lacking, in_halves
from app.web.words import day, plural, short_day

RESULTS = {
    AdvisorResult.PASSED: "Passed",
    AdvisorResult.NOT_PASSED: "Not passed",
    AdvisorResult.LEFT: "Left before the end",
}
LACKS = {
    Lacking.END: "The programme has not ended yet.",
    Lacking.RESULT: "No result says that they passed.",
    Lacking.SIGN_OFF: "The sponsor has not signed it off.",
    Lacking.CERTIFICATE: "No certificate has been verified.",
    Lacking.REVIEW: "The review date has passed: set a later one.",
}
SHORT_OF = {
    Lacking.END: "its end",
    Lacking.RESULT: "a result",
    Lacking.SIGN_OFF: "the sponsor’s sign-off",
    Lacking.CERTIFICATE: "a verified certificate",
    Lacking.REVIEW: "a later review date",
}
REVIEW_SOON_DAYS = 92
THERE = {None: ("Not known yet", "quiet"), True: ("Was there", "good"), False: ("Was not there", "warn")}


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkshopLine:
    """`may_be` and `may_miss`: which answers can be given, once its day has come and where it says otherwise."""

    id: int
    name: str
    on: str
    attended: str
    tone: str
    may_be: bool
    may_miss: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreLine:
    score: str
    on: str
    by: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A record as all its readers see it."""

    id: int
    programme: str
    state: str
    tone: str
    facts: tuple[Fact, ...]
    workshops: tuple[WorkshopLine, ...]
    attendance: str
    scores: tuple[ScoreLine, ...]
    expected: str
    sign_off: str
    sponsor_words: str
    certificate: str
    certificate_id: int
    lacking: tuple[str, ...]

    @classmethod
    def of(cls, found: Advising, today: date) -> Self:
        record = found.record
        words, tone = state(record, today)
        return cls(
            id=record.id,
            programme=record.programme,
            state=words,
            tone=tone,
            facts=facts(record),
            workshops=tuple(_workshop(w, today) for w in found.workshops),
            attendance=_attendance(found.workshops),
            scores=tuple(
                ScoreLine(score=in_halves(s.halves), on=day(s.scored_on), by=s.set_by, note=s.note)
                for s in reversed(found.scores)
            ),
            expected=_expected(found.scores),
            sign_off=_sign_off(record),
            sponsor_words=record.signed_words or "",
            certificate=_certificate(record),
            certificate_id=record.certificate_id or 0,
            lacking=() if record.granted_at else tuple(LACKS[what] for what in record.lacking(today)),
        )


def state(record: AdvisorRow, today: date) -> tuple[str, str]:
    """How a record stands, and the tone of its tag."""
    if record.granted_at is not None:
        return _review(record.review_on, today)
    if record.result in {AdvisorResult.NOT_PASSED, AdvisorResult.LEFT}:
        return RESULTS[record.result], "quiet"
    if record.ends_on > today:
        return f"Runs until {short_day(record.ends_on)}", "act"
    waits = [SHORT_OF[what] for what in record.lacking(today)]
    return (f"Waits for {_and(waits)}", "warn") if waits else ("Ready to grant", "act")


def _and(words: Sequence[str]) -> str:
    """a result, the sponsor’s sign-off and a verified certificate"""
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def _review(review_on: date, today: date) -> tuple[str, str]:
    if review_on < today:
        return f"Review was due on {short_day(review_on)}", "late"
    soon = (review_on - today).days <= REVIEW_SOON_DAYS
    return f"Level granted; review by {short_day(review_on)}", "warn" if soon else "good"


def facts(record: AdvisorRow) -> tuple[Fact, ...]:
    """What is known, in the order in which people ask; nothing of what is not."""
    result = f"{RESULTS[record.result]}, {day(record.assessed_on)}" if record.result else ""
    granted = f"{record.granted_by}, {on_day(record.granted_at)}" if record.granted_at else ""
    told = (
        ("Provider", record.provider),
        ("Cohort", record.cohort),
        ("From and until", f"{day(record.starts_on)} to {day(record.ends_on)}"),
        ("Place and funding", record.place),
        ("Mentor", record.mentor),
        ("How they saw themselves at the start", record.self_rating),
        ("Project", record.project),
        ("Sponsor", record.sponsor or "Nobody is named yet"),
        ("Final assessment", result or "Not known yet"),
        ("Level granted by", granted),
        ("Review by", day(record.review_on)),
        ("Duties", duties(record)),
    )
    return tuple(Fact(name=name, words=words) for name, words in told if words)


def duties(record: AdvisorRow) -> str:
    """2.5 days a week for improvement work, supports 3 coaches"""
    days = f"{record.half_days / 2:g}"
    parts = [f"{days} {'day' if record.half_days == 2 else 'days'} a week"] if record.half_days else []  # noqa: PLR2004
    parts += [f"supports {plural(record.coaches, 'coach', 'coaches')}"] if record.coaches else []
    return ", ".join(parts)


def _workshop(row: WorkshopRow, today: date) -> WorkshopLine:
    words, tone = THERE[row.attended]
    return WorkshopLine(
        id=row.id,
        name=row.name,
        on=day(row.held_on),
        attended="To come" if row.held_on > today else words,
        tone=tone,
        may_be=row.held_on <= today and row.attended is not True,
        may_miss=row.held_on <= today and row.attended is not False,
    )


def _attendance(rows: Sequence[WorkshopRow]) -> str:
    if not rows:
        return "No workshop is listed yet."
    return f"There for {sum(w.attended is True for w in rows)} of {len(rows)}."


def _expected(scores: Sequence[ScoreRow]) -> str:
    """What is expected of a project, said where the last judgement is below it. It decides nothing."""
    if not scores or scores[-1].halves >= EXPECTED_HALVES:
        return ""
    return f"A project is expected to come to {in_halves(EXPECTED_HALVES)} or more. This decides nothing by itself."


def _sign_off(record: AdvisorRow) -> str:
    if record.signed_at is not None:
        return f"{record.sponsor} signed it off on {on_day(record.signed_at)}."
    return f"{record.sponsor} has not signed it off yet." if record.sponsor else "Nobody is named as the sponsor yet."


def _certificate(record: AdvisorRow) -> str:
    if record.certificate is None:
        return "No certificate is here yet."
    added = f"Added by {record.certificate_added_by} on {on_day(record.certificate_added_at)}."
    if record.verified_at is None:
        return f"{added} Nobody has verified it yet."
    return f"{added} Verified by {record.verified_by} on {on_day(record.verified_at)}: {record.verified_how}"
