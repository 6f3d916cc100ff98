"""The level of an improvement advisor: granted by a complete record, refreshed by a review."""

from dataclasses import dataclass
from datetime import date, datetime

from app.access.actor import Actor
from app.kernel import outbox
from app.kernel.clock import london_date
from app.kernel.config import Settings
from app.kernel.db import WriteSession
from app.kernel.errors import BadInputError, RuleBrokenError
from app.learning.commands import GrantAward, grant_award
from app.learning.queries import holdings
from app.learning.rules import add_months
from app.recognition.commands.advising import set_values, theirs, write_down
from app.recognition.queries.advisors import AdvisorRow
from app.recognition.rules import ADVISOR_TIER
from app.recognition.wording import advisor_mail, advisor_source, review_source

MOST_YEARS_TO_REVIEW = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantAdvisorLevel:
    record_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReview:
    """A talk about what they have done since: the level holds until the next one."""

    record_id: int
    held_on: date
    next_on: date


def grant_advisor_level(
    session: WriteSession, settings: Settings, actor: Actor, command: GrantAdvisorLevel, now: datetime
) -> None:
    """From the day of the result until the review, with its source named. Granting twice is once.

    Raises RuleBrokenError while anything is lacking.
    """
    today = london_date(now)
    record = theirs(session, actor, command.record_id, now).record
    if record.granted_at is not None:
        return
    if record.lacking(today) or record.assessed_on is None:
        raise RuleBrokenError("Something is still lacking. Look at the page again.")
    granting = GrantAward(
        person_id=record.person_id,
        tier=ADVISOR_TIER,
        occurred_on=record.assessed_on,
        source=advisor_source(record),
        valid_until=record.review_on,
    )
    event = grant_award(session, actor, granting, now)
    values = {"award_event_id": event.id, "granted_at": now, "granted_by_id": actor.person_id}
    set_values(session, record.id, values)
    write_down(session, actor, "grant advisor level", record.id, record.person_id, ("granted_at",), now)
    _tell(session, settings, record, now)


def record_review(session: WriteSession, actor: Actor, command: RecordReview, now: datetime) -> None:
    """Refresh the level until the next review. Raises BadInputError by field, RuleBrokenError before it was granted."""
    today = london_date(now)
    record = theirs(session, actor, command.record_id, now).record
    held = holdings(session, [record.person_id], today).get(record.person_id, {}).get(ADVISOR_TIER)
    if record.granted_at is None or held is None or held.withdrawn:
        raise RuleBrokenError("The level is not held by this record, so that there is nothing to review.")
    errors = {}
    if not held.granted_on < command.held_on <= today:
        errors["held_on"] = "The review must lie after the level was earned or last reviewed, and not in the future"
    if not today < command.next_on <= add_months(today, 12 * MOST_YEARS_TO_REVIEW):
        errors["next_on"] = f"The next review must lie in the future, within {MOST_YEARS_TO_REVIEW} years"
    if errors:
        raise BadInputError(errors)
    refreshing = GrantAward(
        person_id=record.person_id,
        tier=ADVISOR_TIER,
        occurred_on=command.held_on,
        source=review_source(command.held_on),
        valid_until=command.next_on,
    )
    grant_award(session, actor, refreshing, now)
    set_values(session, record.id, {"review_on": command.next_on})
    write_down(session, actor, "record advisor review", record.id, record.person_id, ("review_on",), now)


def _tell(session: WriteSession, settings: Settings, record: AdvisorRow, now: datetime) -> None:
    """Somebody without an address reads it on their page."""
    if record.email:
        subject, body = advisor_mail(settings, record)
        outbox.post(
            session,
            key=f"advisor-level:{record.id}",
            person_id=record.person_id,
            to_address=record.email,
            subject=subject,
            body=body,
            now=now,
        )
