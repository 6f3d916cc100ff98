"""A team's manager, or its lead, answers whether its people can be released to learn in a month."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.capability.models import Requirement
from app.kernel import outbox
from app.kernel.clock import london_date
from app.kernel.config import Settings
from app.kernel.db import WriteSession, table
from app.kernel.errors import BadInputError, StaleError
from app.kernel.names import tidy
from app.organisation.models import Team
from app.planning.commands.writing import Answer, hold_still, supersede, write
from app.planning.models import Release
from app.planning.queries.leading import leads_of
from app.planning.queries.releases import (
    ReleaseRow,
    answers_for,
    asked_by_needs,
    release_to_answer,
    what_replaced,
)
from app.planning.rules import REASON_LENGTH, REFUSED, ReleaseState, months_ahead
from app.planning.settling import Asked
from app.planning.wording import month_words, refused_line

_release, _team, _requirement = table(Release), table(Team), table(Requirement)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRelease:
    """A release never changes: whoever names it has read what it asks. `other_month` is its first day."""

    release_id: int
    state: ReleaseState
    other_month: date | None = None
    reason: str = ""


def answer_release(
    session: WriteSession, settings: Settings, actor: Actor, command: AnswerRelease, now: datetime
) -> ReleaseRow:
    """Answer, or answer anew; the same answer twice is one. Returns what was asked.

    Raises NotFoundError for a team that is not the actor's, BadInputError by field, and StaleError when something else
    is asked of the team since the page was opened, or somebody answered first.
    """
    today = london_date(now)
    team_id = session.scalar(sa.select(_release.c.team_id).where(_release.c.id == command.release_id))
    hold_still(session, [team_id] if team_id else [])
    if what_replaced(session, command.release_id, answers_for(actor, today)):
        raise StaleError("Somebody answered first, or something else is asked of this team by now.")
    row = release_to_answer(session, actor, command.release_id, today)
    other = command.other_month if command.state is ReleaseState.OTHER_DATE else None
    reason = _checked(row, command, other, today)
    if (row.state, row.other_month, row.reason) == (command.state, other, reason):
        return row
    supersede(session, row.id, now)
    answer = Answer(
        month=row.month,
        state=command.state,
        other_month=other,
        reason=reason,
        answered_by_id=actor.person_id,
        answered_at=now,
    )
    asked = Asked(row.minutes, row.people)
    made = write(session, actor, "answer about time to learn", row.key, asked, answer, now)
    if command.state in REFUSED:
        _tell(session, settings, actor, row, made.id, command.state, other, now)
    return row


def _checked(row: ReleaseRow, command: AnswerRelease, other: date | None, today: date) -> str:
    errors: dict[str, str] = {}
    reason = tidy(command.reason)
    if command.state is ReleaseState.ASKED:
        errors["answer"] = "Choose whether the time can be released"
    if other == row.month:
        asked = month_words(row.month)
        errors["other_month"] = f"{asked} is the month that is asked for. Choose another month, or answer yes"
    elif command.state is ReleaseState.OTHER_DATE and other not in months_ahead(today):
        errors["other_month"] = "Choose the month in which it can be done"
    if command.state is ReleaseState.CANNOT and not reason:
        errors["reason"] = "Write why it cannot be done, in a sentence. The lead reads it"
    if len(reason) > REASON_LENGTH:
        errors["reason"] = f"Write at most {REASON_LENGTH} characters. You have {len(reason)}"
    if errors:
        raise BadInputError(errors)
    return reason


def _tell(
    session: WriteSession,
    settings: Settings,
    actor: Actor,
    row: ReleaseRow,
    release_id: int,
    state: ReleaseState,
    other: date | None,
    now: datetime,
) -> None:
    """Who set the needs behind it learn that they must plan anew; every lead, where one of these leads here no more."""
    needs = asked_by_needs(session, _team.c.id == row.team_id, now).behind.get(row.key, ())
    seen = [n.cell.seen for n in needs]
    setters = set(session.scalars(sa.select(_requirement.c.set_by_id).where(_requirement.c.id.in_(seen))))
    leads = leads_of(session, row.team_id, london_date(now))
    told = setters & leads.keys()
    if not told or setters - told:
        told |= {person_id for person_id, here in leads.items() if here}
    line = refused_line(settings, row, actor.name, state, other)
    for person_id in sorted(told - {actor.person_id}):
        key = f"release-refused:{release_id}:{person_id}"
        outbox.tell(session, key=key, person_id=person_id, kind="release-refused", line=line, now=now)
