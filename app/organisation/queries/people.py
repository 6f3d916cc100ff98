"""Members of staff and their posts. Patient partners are in no statement here."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor, PersonKind, Reach
from app.access.permissions import Permission
from app.kernel.db import ReadSession, table
from app.kernel.errors import BadInputError, NotFoundError
from app.kernel.names import folded
from app.organisation.models import Directorate, Employment, Person, Team
from app.organisation.queries.structure import open_on, teams_within
from app.organisation.rules import Basis, address_key

_person = table(Person)
_employment = table(Employment)
_team = table(Team)
_directorate = table(Directorate)
LARGEST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A member of staff in one post."""

    person_id: int
    name: str
    list_name: str
    email: str | None
    employment_id: int
    basis: Basis
    employee_number: str | None
    assignment_number: str | None
    team_id: int
    team: str
    directorate_id: int
    directorate: str
    manager_id: int | None
    manager: str | None
    sponsor_id: int | None
    sponsor: str | None
    staff_group: str
    job_role: str
    band: str
    is_primary: bool
    starts_on: date
    ends_on: date | None


_manager = _person.alias("manager")
_sponsor = _person.alias("sponsor")
_POSTS = (
    sa.select(
        _person.c.id,
        _person.c.name,
        _person.c.list_name,
        _person.c.email,
        _employment.c.id,
        _employment.c.basis,
        _employment.c.employee_number,
        _employment.c.assignment_number,
        _team.c.id,
        _team.c.name,
        _directorate.c.id,
        _directorate.c.name,
        _employment.c.manager_id,
        _manager.c.name,
        _employment.c.sponsor_id,
        _sponsor.c.name,
        _employment.c.staff_group,
        _employment.c.job_role,
        _employment.c.band,
        _employment.c.is_primary,
        _employment.c.starts_on,
        _employment.c.ends_on,
    )
    .select_from(_employment)
    .join(_person, _person.c.id == _employment.c.person_id)
    .join(_team, _team.c.id == _employment.c.team_id)
    .join(_directorate, _directorate.c.id == _team.c.directorate_id)
    .outerjoin(_manager, _manager.c.id == _employment.c.manager_id)
    .outerjoin(_sponsor, _sponsor.c.id == _employment.c.sponsor_id)
    .where(_person.c.kind == PersonKind.STAFF)
)
# The post by which somebody is known on a day: the one they hold, else their last one, else the one to come.
_LAST_FIRST = (
    sa.case((_employment.c.starts_on <= sa.bindparam("on"), 0), else_=1),
    sa.case((_employment.c.starts_on <= sa.bindparam("on"), _employment.c.starts_on)).desc(),
    _employment.c.starts_on,
    _employment.c.is_primary.desc(),
)


def people_condition(actor: Actor, permission: Permission, on: date) -> sa.ColumnElement[bool]:
    """Whether a row of table(Employment) joined to table(Team) is a primary post, on that day, in the actor's reach."""
    return people_within(actor.reach(permission), on)


def people_within(reach: Reach, on: date | sa.ColumnElement[date]) -> sa.ColumnElement[bool]:
    """The same for a reach: the day may be given when the statement is sent."""
    return sa.and_(_employment.c.is_primary, open_on(_employment, on), teams_within(reach))


def person_in_reach(session: ReadSession, actor: Actor, permission: Permission, person_id: int, on: date) -> PersonRow:
    """A member of staff in the post they hold on that day. Raises NotFoundError when missing or out of reach."""
    wanted = _POSTS.where(_person.c.id == person_id, people_condition(actor, permission, on))
    row = session.execute(wanted).first()
    if row is None:
        raise NotFoundError("person")
    return PersonRow(*row)


def people_in_reach(session: ReadSession, actor: Actor, permission: Permission, on: date) -> list[PersonRow]:
    """Everybody in reach in the main post they hold on that day, by name."""
    wanted = _POSTS.where(people_condition(actor, permission, on)).order_by(_person.c.sort_key, _person.c.id)
    return [PersonRow(*row) for row in session.execute(wanted)]


def person_record(session: ReadSession, actor: Actor, permission: Permission, person_id: int, on: date) -> PersonRow:
    """A member of staff, leavers and starters to come as well, by the post they are known by on that day.

    Raises NotFoundError when that post is out of reach: a mover's former directorate does not keep them.
    """
    wanted = _POSTS.where(_person.c.id == person_id, _employment.c.is_primary).order_by(*_LAST_FIRST).limit(1)
    row = session.execute(wanted, {"on": on}).first()
    known = PersonRow(*row) if row else None
    if known is None or not _reaches(actor, permission, known):
        raise NotFoundError("person")
    return known


def stays_as(session: ReadSession, person_id: int) -> int:
    """The record that a merged one leads to; any other leads to itself."""
    led = min(person_id, LARGEST_ID)
    while (further := session.scalar(sa.select(_person.c.merged_into_id).where(_person.c.id == led))) is not None:
        led = int(further)
    return led


def _reaches(actor: Actor, permission: Permission, row: PersonRow) -> bool:
    reach = actor.reach(permission)
    return reach.trust or row.directorate_id in reach.directorates or row.team_id in reach.teams


def posts_of(session: ReadSession, person_id: int) -> list[PersonRow]:
    """Every post of a person, newest first. Ask person_record first: this does not look at reach."""
    wanted = _POSTS.where(_person.c.id == person_id).order_by(_employment.c.starts_on.desc(), _employment.c.id.desc())
    return [PersonRow(*row) for row in session.execute(wanted)]


def in_post(session: ReadSession, person_id: int, on: date) -> bool:
    """Whether a member of staff holds any post on that day."""
    wanted = (
        sa.select(_employment.c.id)
        .join(_person, _person.c.id == _employment.c.person_id)
        .where(_employment.c.person_id == person_id, _person.c.kind == PersonKind.STAFF, open_on(_employment, on))
    )
    return session.execute(wanted).first() is not None


def manages_anybody(session: ReadSession, person_id: int, on: date) -> bool:
    """Whether somebody with a post on that day has this person as their manager."""
    wanted = sa.select(_employment.c.id).where(_employment.c.manager_id == person_id, open_on(_employment, on))
    return session.execute(wanted.limit(1)).first() is not None


def find_people(
    session: ReadSession, actor: Actor, permission: Permission, words: str, on: date, limit: int = 50
) -> list[PersonRow]:
    """Staff in reach whose name holds every word, or whose number or address it is, by name; leavers as well.

    Each person appears once, in the post they are known by on that day.
    """
    known = (
        sa.select(
            _employment.c.id.label("id"),
            sa.func.row_number().over(partition_by=_employment.c.person_id, order_by=_LAST_FIRST).label("place"),
        )
        .where(_employment.c.is_primary)
        .subquery()
    )
    wanted = (
        _POSTS.join(known, sa.and_(known.c.id == _employment.c.id, known.c.place == 1))
        .where(teams_within(actor.reach(permission)), _matches(words))
        .order_by(_person.c.sort_key, _person.c.id)
        .limit(limit)
    )
    return [PersonRow(*row) for row in session.execute(wanted, {"on": on})]


def one_person(
    session: ReadSession, actor: Actor, permission: Permission, words: str, on: date, field: str
) -> int | None:
    """The one member of staff that these words name, None for no words. Raises BadInputError under the field's name."""
    if not words.strip():
        return None
    found = find_people(session, actor, permission, words, on, limit=2)
    if not found:
        raise BadInputError(
            {field: f"Nobody here matches “{words}”. Try a name, an e-mail address or an employee number"}
        )
    if len(found) > 1:
        raise BadInputError(
            {field: f"More than one person matches “{words}”. Give the e-mail address or employee number"}
        )
    return found[0].person_id


def _matches(words: str) -> sa.ColumnElement[bool]:
    in_name = sa.and_(sa.true(), *(_person.c.sort_key.contains(w, autoescape=True) for w in folded(words).split()))
    exact: list[Any] = [_employment.c.employee_number == words.strip(), _person.c.email_key == address_key(words)]
    return sa.or_(in_name, *exact) if folded(words) else sa.or_(*exact)
