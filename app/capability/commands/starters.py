"""Everyone who starts here is asked for the introduction."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.capability.commands.deciding import ASSIGNED, hold_still, record, tell
from app.capability.commands.running import run_rules
from app.capability.models import Requirement
from app.capability.queries.standings import AsAt, matrix_tiers, standings
from app.capability.rules import HELD, STARTER_HAS, Need, NeedSource
from app.capability.wording import starter_line
from app.kernel.clock import london_date
from app.kernel.db import WriteSession, table
from app.learning.commands import enrol_starter
from app.learning.rules import STARTER_TIER
from app.organisation.models import Employment, Person

_person, _employment = table(Person), table(Employment)


@dataclass(frozen=True, slots=True)
class RequireForStarter:
    person_id: int


def require_for_starter(
    session: WriteSession, actor: Actor, command: RequireForStarter, now: datetime
) -> Requirement | None:
    """Ask a starter for the introduction, four weeks from their first day. None when that is settled already."""
    today = london_date(now)
    tier = next((t for t in matrix_tiers(session) if t.slug == STARTER_TIER), None)
    if tier is None:
        return None
    hold_still(session, {command.person_id})
    one = sa.select(_person.c.id).where(_person.c.id == command.person_id)
    [standing] = standings(session, one, AsAt.of(today, now), (tier,)).of(command.person_id)
    if standing.need is not None or standing.progress.state in HELD:
        return None
    first_day = session.scalar(
        sa.select(sa.func.max(_employment.c.starts_on)).where(
            _employment.c.person_id == command.person_id, _employment.c.is_primary
        )
    )
    due = max(today, first_day or today) + STARTER_HAS
    requirement = Requirement(
        person_id=command.person_id,
        tier=tier.slug,
        need=Need.REQUIRED,
        due=due,
        source=NeedSource.STARTER,
        set_by_id=actor.person_id,
        decided_at=now,
    )
    session.add(requirement)
    session.flush()
    record(session, actor, "set need", requirement, now)
    tell(session, ASSIGNED, requirement, starter_line(tier.title, due, tier.release_minutes), now)
    return requirement


def welcome_starter(session: WriteSession, actor: Actor, person_id: int, now: datetime) -> None:
    """What everyone who starts here gets: a place on the introduction, the need with its date, and what rules ask."""
    enrol_starter(session, actor, person_id, now)
    require_for_starter(session, actor, RequireForStarter(person_id), now)
    run_rules(session, actor, {person_id}, now)
