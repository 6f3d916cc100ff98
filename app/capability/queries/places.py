"""Where an actor may set a rule, and which words for posts are used there."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.capability.ladder import is_on
from app.kernel.db import ReadSession, table
from app.kernel.names import folded
from app.organisation.models import Employment, Team
from app.organisation.queries import directorates, people_condition, teams
from app.organisation.rules import MEDICAL_GRADES, STAFF_GROUPS

_employment, _team = table(Employment), table(Team)


@dataclass(frozen=True, slots=True)
class Places:
    """`directorates` are ids and names; `teams` with the directorate's name. Groups and bands: those not national."""

    trust: bool
    directorates: tuple[tuple[int, str], ...]
    teams: tuple[tuple[int, str, str], ...]
    groups: tuple[str, ...]
    bands: tuple[str, ...]
    roles: frozenset[str]

    def has_role(self, role: str) -> bool:
        return folded(role) in self.roles


def places(session: ReadSession, actor: Actor, today: date) -> Places:
    """Four statements."""
    here = people_condition(actor, Permission.SET_NEED, today)
    words = session.execute(
        sa.select(_employment.c.staff_group, _employment.c.band, _employment.c.job_role)
        .join(_team, _team.c.id == _employment.c.team_id)
        .where(here)
        .distinct()
    ).all()
    groups = sorted({row.staff_group for row in words} - set(STAFF_GROUPS))
    bands = sorted({row.band for row in words if not is_on(row.band)} - set(MEDICAL_GRADES) - {""})
    return Places(
        trust=actor.reach(Permission.SET_NEED).trust,
        directorates=tuple((d.id, d.name) for d in directorates(session, actor, Permission.SET_NEED, on=today)),
        teams=tuple((t.id, t.name, t.directorate) for t in teams(session, actor, Permission.SET_NEED, on=today)),
        groups=tuple(groups),
        bands=tuple(bands),
        roles=frozenset(folded(row.job_role) for row in words),
    )
