"""What HR needs to see to decide what words are and who somebody is."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.curriculum.models import Tier
from app.kernel.db import ReadSession, table
from app.learning.queries import holdings
from app.organisation.models import Directorate, Employment, Team
from app.organisation.queries import open_on
from app.organisation.rules import last_day

_directorate, _team, _employment, _tier = table(Directorate), table(Team), table(Employment), table(Tier)


@dataclass(frozen=True, slots=True)
class Places:
    """The names that words can be mapped to. A team is “Directorate / Team”."""

    directorates: tuple[str, ...]
    teams: tuple[str, ...]
    job_roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormerPost:
    job_role: str
    team: str
    directorate: str
    employee_number: str | None
    starts_on: date
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Formerly:
    """A person's posts, the newest first, and the levels they hold with the day since when."""

    posts: tuple[FormerPost, ...]
    levels: tuple[tuple[str, date], ...]


def places(session: ReadSession, today: date) -> Places:
    open_directorates = sa.select(_directorate.c.name).where(open_on(_directorate, today)).order_by(_directorate.c.name)
    teams = (
        sa.select(_directorate.c.name, _team.c.name)
        .join(_team, _team.c.directorate_id == _directorate.c.id)
        .where(open_on(_team, today))
        .order_by(_directorate.c.name, _team.c.name)
    )
    roles = sa.select(_employment.c.job_role).distinct().order_by(_employment.c.job_role).limit(500)
    return Places(
        directorates=tuple(session.scalars(open_directorates)),
        teams=tuple(f"{directorate} / {team}" for directorate, team in session.execute(teams)),
        job_roles=tuple(session.scalars(roles)),
    )


def formerly(session: ReadSession, people: Collection[int], today: date) -> dict[int, Formerly]:
    """What is known of these people, so that somebody who knows them can tell."""
    wanted = (
        sa.select(
            _employment.c.person_id,
            _employment.c.job_role,
            _team.c.name.label("team"),
            _directorate.c.name.label("directorate"),
            _employment.c.employee_number,
            _employment.c.starts_on,
            _employment.c.ends_on,
        )
        .join(_team, _team.c.id == _employment.c.team_id)
        .join(_directorate, _directorate.c.id == _team.c.directorate_id)
        .where(_employment.c.person_id.in_(people))
        .order_by(_employment.c.starts_on.desc())
    )
    posts: dict[int, list[FormerPost]] = defaultdict(list)
    for row in session.execute(wanted):
        until = last_day(row.ends_on) if row.ends_on else None
        posts[row.person_id].append(
            FormerPost(row.job_role, row.team, row.directorate, row.employee_number, row.starts_on, until)
        )
    titles = {row.slug: row.title for row in session.execute(sa.select(_tier.c.slug, _tier.c.title))}
    held = holdings(session, people, today)
    return {
        person_id: Formerly(
            tuple(theirs),
            tuple((titles.get(tier, tier), h.first_granted_on) for tier, h in held.get(person_id, {}).items()),
        )
        for person_id, theirs in posts.items()
    }
