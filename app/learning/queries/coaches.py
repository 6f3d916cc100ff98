"""Who coaches improvement in which directorate: those who hold the coach's level, work here and are not on leave."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.kernel.db import ReadSession, table
from app.learning.models import Award
from app.learning.queries.holdings import holdings
from app.learning.rules import COACH_TIER
from app.organisation.models import Directorate, Employment, Person, Team
from app.organisation.queries import is_away, open_on

_award, _person = table(Award), table(Person)
_employment, _team, _directorate = table(Employment), table(Team), table(Directorate)


@dataclass(frozen=True, slots=True)
class CoachRow:
    person_id: int
    name: str
    team: str
    directorate_id: int
    directorate: str


def coaches(session: ReadSession, on: date) -> list[CoachRow]:
    """By directorate and name. Three statements, whoever asks: a coach is there to be found."""
    # The level stands in the statement itself: few hold it, which a plan for any level could not know.
    level = sa.literal(COACH_TIER, literal_execute=True)
    ids = sa.select(_award.c.person_id).where(_award.c.tier == level)
    held = holdings(session, ids, on)
    rows = session.execute(
        sa.select(_person.c.id, _person.c.name, _team.c.name, _directorate.c.id, _directorate.c.name)
        .join(_employment, _employment.c.person_id == _person.c.id)
        .join(_team, _team.c.id == _employment.c.team_id)
        .join(_directorate, _directorate.c.id == _team.c.directorate_id)
        .where(_person.c.id.in_(ids), _employment.c.is_primary, open_on(_employment, on))
        .where(~is_away(_person.c.id, on))
        .order_by(_directorate.c.name, _person.c.sort_key)
    )
    found = [CoachRow(*row) for row in rows]
    return [c for c in found if (one := held.get(c.person_id, {}).get(COACH_TIER)) and not one.withdrawn]
