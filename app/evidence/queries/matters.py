"""What in the staff data stands in the way of good evidence, and when that data was last updated."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor, PersonKind
from app.access.permissions import Permission
from app.accounts.models import Credential
from app.evidence.rules import ENDS_SOON, Matter
from app.kernel.db import ReadSession, table
from app.organisation.models import Directorate, Employment, Person, Team, Trust
from app.organisation.queries import open_on
from app.organisation.queries.structure import teams_within

_person, _post, _team = table(Person), table(Employment), table(Team)
_directorate, _trust, _credential = table(Directorate), table(Trust), table(Credential)
_sponsor, _manager = _person.alias("sponsor"), _person.alias("manager")


@dataclass(frozen=True, slots=True)
class StaffData:
    """When staff data last changed, and from where; None in a trust that has none yet."""

    updated_at: datetime | None
    source: str


@dataclass(frozen=True, slots=True)
class MatterRow:
    person_id: int
    list_name: str
    job_role: str
    team: str
    directorate: str
    ends_on: date | None
    sponsor: str | None
    manager: str | None
    team_closed_on: date | None


def staff_data(session: ReadSession) -> StaffData:
    row = session.execute(sa.select(_trust.c.staff_data_at, _trust.c.staff_data_source)).first()
    return StaffData(row.staff_data_at, row.staff_data_source) if row else StaffData(None, "")


def matters(session: ReadSession, actor: Actor, today: date) -> dict[Matter, int]:
    """How many people within reach each matter concerns. One statement."""
    counted = [
        sa.func.count(sa.distinct(sa.case((condition, _post.c.person_id)))).label(matter.name)
        for matter, condition in _conditions(today).items()
    ]
    row = session.execute(_within(sa.select(*counted), actor, today)).one()
    return dict(zip(Matter, row, strict=True))


def people_with(session: ReadSession, actor: Actor, matter: Matter, today: date) -> list[MatterRow]:
    """The people behind one of those numbers, each once, by name."""
    wanted = sa.select(
        _person.c.id,
        _person.c.list_name,
        _post.c.job_role,
        _team.c.name,
        _directorate.c.name,
        _post.c.ends_on,
        _sponsor.c.name,
        _manager.c.name,
        _team.c.ends_on,
    )
    found = session.execute(
        _within(wanted, actor, today)
        .where(_conditions(today)[matter])
        .order_by(_person.c.sort_key, _person.c.id, _post.c.is_primary.desc(), _post.c.id)
    )
    by_person = {row[0]: MatterRow(*row) for row in reversed(found.all())}
    return list(reversed(by_person.values()))


def _within(wanted: sa.Select[*tuple[Any, ...]], actor: Actor, today: date) -> sa.Select[*tuple[Any, ...]]:
    """Posts held today, within reach."""
    return (
        wanted.select_from(_post)
        .join(_person, _person.c.id == _post.c.person_id)
        .join(_team, _team.c.id == _post.c.team_id)
        .join(_directorate, _directorate.c.id == _team.c.directorate_id)
        .outerjoin(_credential, _credential.c.person_id == _person.c.id)
        .outerjoin(_sponsor, _sponsor.c.id == _post.c.sponsor_id)
        .outerjoin(_manager, _manager.c.id == _post.c.manager_id)
        .where(_person.c.kind == PersonKind.STAFF, open_on(_post, today))
        .where(teams_within(actor.reach(Permission.SEE_EVIDENCE)))
    )


def _conditions(today: date) -> dict[Matter, sa.ColumnElement[bool]]:
    """In the order of Matter, which the counting statement relies on."""
    primary = _post.alias("own_primary")
    has_primary = sa.exists().where(primary.c.person_id == _post.c.person_id, primary.c.is_primary)
    follows = sa.exists().where(
        primary.c.person_id == _post.c.person_id, primary.c.is_primary, primary.c.starts_on >= _post.c.ends_on
    )
    return {
        Matter.NO_WAY_IN: sa.and_(_person.c.email.is_(None), _credential.c.person_id.is_(None)),
        Matter.ENDING: sa.and_(_post.c.is_primary, _post.c.ends_on <= today + ENDS_SOON, ~follows),
        Matter.SPONSOR_LEFT: sa.and_(_post.c.sponsor_id.is_not(None), ~_works_here(_post.c.sponsor_id, today)),
        Matter.MANAGER_LEFT: sa.and_(_post.c.manager_id.is_not(None), ~_works_here(_post.c.manager_id, today)),
        Matter.NO_MAIN_POST: ~has_primary.where(_open(primary, today)),
        Matter.TEAM_CLOSED: _team.c.ends_on <= today,
    }


def _works_here(person_id: sa.ColumnElement[Any], today: date) -> sa.ColumnElement[bool]:
    theirs = _post.alias()
    return sa.exists().where(theirs.c.person_id == person_id, _open(theirs, today))


def _open(post: sa.FromClause, today: date) -> sa.ColumnElement[bool]:
    return sa.and_(post.c.starts_on <= today, sa.or_(post.c.ends_on.is_(None), post.c.ends_on > today))
