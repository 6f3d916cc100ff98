"""What an assessor decides by judgement, looked at before it is written: would it give the person anything?"""

from dataclasses import dataclass
from datetime import date

from app.curriculum.queries import tiers
from app.curriculum.rules import Audience
from app.curriculum.views import TierView
from app.kernel.db import ReadSession
from app.kernel.errors import BadInputError
from app.learning.queries import Holding, holdings
from app.learning.rules import add_months
from app.recognition.queries import Case
from app.recognition.rules import MOST_YEARS_AHEAD, Way, last_day
from app.web.words import day

LONGEST_REASON = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognise:
    """By judgement. `counts_from` None: the day of completion; `valid_until` None: for as long as the level says.

    `seen` is the version that the assessor had before them (`Case.seen`).
    """

    item_id: int
    seen: int
    tier: str
    reason: str
    counts_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What is to be written of a decision."""

    way: Way
    tier: TierView
    counts_from: date
    valid_until: date | None
    reason: str
    rule_id: int | None = None


def judged(session: ReadSession, case: Case, command: Recognise, today: date) -> Decided:
    errors = {}
    tier = next((t for t in tiers(session) if t.slug == command.tier and t.audience is Audience.STAFF), None)
    if tier is None:
        errors["tier"] = "Choose the level that it meets"
    counts_from = command.counts_from or case.item.completed_on
    if counts_from > today:
        errors["counts_from"] = "Enter a day that is not in the future, or leave it empty for the day of completion"
    until = command.valid_until or last_day(counts_from, tier.validity_months if tier else None)
    if until is not None and "counts_from" not in errors:
        errors |= _wrong_until(until, today, given=command.valid_until is not None)
    if wrong := wrong_reason(command.reason, "Write why it meets the level. The person reads it"):
        errors["reason"] = wrong
    if errors or tier is None:
        raise BadInputError(errors)
    decided = Decided(Way.JUDGEMENT, tier, counts_from, until, command.reason)
    if errors := changes_nothing(session, case, decided, today):
        raise BadInputError(errors)
    return decided


def _wrong_until(until: date, today: date, *, given: bool) -> dict[str, str]:
    if until <= today and given:
        return {"valid_until": "Enter a last day that is in the future"}
    if until <= today:
        said = f"As the level says, it lapsed on {day(until)}. Enter a last day in the future, or decline it"
        return {"valid_until": said}
    if until > add_months(today, 12 * MOST_YEARS_AHEAD):
        return {"valid_until": f"Enter a last day within {MOST_YEARS_AHEAD} years"}
    return {}


def changes_nothing(session: ReadSession, case: Case, decided: Decided, today: date) -> dict[str, str]:
    """Why it would leave the person with what they have, or with less, by field; empty when it gives them something."""
    holding = holdings(session, [case.item.person_id], today).get(case.item.person_id, {}).get(decided.tier.slug)
    if holding is None:
        return {}
    if holding.withdrawn_on is not None:
        said = f"This level was taken back from them on {day(holding.withdrawn_on)}: it can count from that day on"
        return {"counts_from": said} if decided.counts_from < holding.withdrawn_on else {}
    if decided.counts_from <= holding.granted_on:
        earned = f"They earned this level on {day(holding.granted_on)}, so that this would change nothing"
        return {"counts_from": f"{earned}. Choose another level, or decline it"}
    if _as_long(holding, decided.valid_until):
        held = f"They hold this level already{_until(holding)}, and would not hold it for longer"
        return {"valid_until": f"{held}. Choose another level or a later day, or decline it"}
    return {}


def _as_long(holding: Holding, until: date | None) -> bool:
    return holding.valid_until is None or (until is not None and until <= holding.valid_until)


def _until(holding: Holding) -> str:
    return f" until {day(holding.valid_until)}" if holding.valid_until else ""


def wrong_reason(reason: str, missing: str) -> str:
    if not reason:
        return missing
    if len(reason) > LONGEST_REASON:
        return f"Write at most {LONGEST_REASON:,} characters. You have {len(reason):,}"
    return ""
