"""Main posts that began or ended in a month, each with the one beside it in the same person's history."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

import sqlalchemy as sa

from app.access.actor import PersonKind, Reach
from app.capability.month import Event, Month, Part, Row, Spell, events
from app.kernel.db import ReadSession, table
from app.organisation.models import Directorate, Employment, Person, Team
from app.organisation.queries import teams_within

_person, _employment, _team, _directorate = table(Person), table(Employment), table(Team), table(Directorate)
_beside, _earlier = _employment.alias("beside"), _employment.alias("earlier")
_its_team, _its_directorate = _team.alias("its_team"), _directorate.alias("its_directorate")


def counted(session: ReadSession, reach: Reach, directorate_id: int, month: Month) -> tuple[Event, ...]:
    """What happened in a directorate, or (0) in all of a reach. Two statements."""
    return events(*turned(session, reach, directorate_id, month), Part(reach, directorate_id), month)


def turned(session: ReadSession, reach: Reach, directorate_id: int, month: Month) -> tuple[list[Row], list[Row]]:
    """The main posts there that began in the month, and those that ended in it or on the first day after it."""
    here = sa.and_(
        teams_within(reach),
        _team.c.directorate_id == directorate_id if directorate_id else sa.true(),
        _person.c.kind == PersonKind.STAFF,
        _employment.c.is_primary,
    )
    first, end = month.first, month.next
    begun = _rows(session, _BEFORE, here, _employment.c.starts_on >= first, _employment.c.starts_on < end)
    ended = _rows(session, _AFTER, here, _employment.c.ends_on >= first, _employment.c.ends_on <= end)
    return list(begun), list(ended)


def _spell(post: sa.FromClause, team: sa.FromClause, directorate: sa.FromClause) -> tuple[sa.ColumnElement[Any], ...]:
    """The columns of a Spell, in its order."""
    return (
        post.c.id,
        team.c.id,
        team.c.name,
        team.c.successor_id,
        directorate.c.id,
        directorate.c.name,
        post.c.job_role,
        post.c.band,
        post.c.staff_group,
        post.c.basis,
        post.c.starts_on,
        post.c.ends_on,
    )


WIDTH = len(Spell._fields)
_last_end = (
    sa.select(sa.func.max(_earlier.c.ends_on))
    .where(
        _earlier.c.person_id == _employment.c.person_id,
        _earlier.c.is_primary,
        _earlier.c.ends_on <= _employment.c.starts_on,
    )
    .correlate(_employment)
    .scalar_subquery()
)
_BEFORE = _beside.c.ends_on == _last_end
_AFTER = _beside.c.starts_on == _employment.c.ends_on


def _rows(session: ReadSession, beside: sa.ColumnElement[bool], *where: sa.ColumnElement[bool]) -> Iterator[Row]:
    """Spells with the one beside each, of the same person."""
    same = sa.and_(_beside.c.person_id == _employment.c.person_id, _beside.c.is_primary, beside)
    wanted = (
        sa.select(
            _person.c.id,
            _person.c.list_name,
            _person.c.sort_key,
            *_spell(_employment, _team, _directorate),
            *_spell(_beside, _its_team, _its_directorate),
        )
        .select_from(_employment)
        .join(_person, _person.c.id == _employment.c.person_id)
        .join(_team, _team.c.id == _employment.c.team_id)
        .join(_directorate, _directorate.c.id == _team.c.directorate_id)
        .outerjoin(_beside, same)
        .outerjoin(_its_team, _its_team.c.id == _beside.c.team_id)
        .outerjoin(_its_directorate, _its_directorate.c.id == _its_team.c.directorate_id)
        .where(*where)
    )
    for person_id, list_name, sort_key, *spells in session.execute(wanted):
        post, other = spells[:WIDTH], spells[WIDTH:]
        yield Row(person_id, list_name, sort_key, Spell(*post), Spell(*other) if other[0] is not None else None)


def colleagues_in(session: ReadSession, team_ids: Collection[int], month: Month) -> dict[int, list[tuple[int, Spell]]]:
    """Everybody whose main post was in these teams at some time from this month on."""
    wanted = (
        sa.select(_employment.c.person_id, *_spell(_employment, _team, _directorate))
        .join(_team, _team.c.id == _employment.c.team_id)
        .join(_directorate, _directorate.c.id == _team.c.directorate_id)
        .where(
            _employment.c.team_id.in_(team_ids),
            _employment.c.is_primary,
            _employment.c.starts_on <= month.next,
            sa.or_(_employment.c.ends_on.is_(None), _employment.c.ends_on > month.first),
        )
    )
    found: dict[int, list[tuple[int, Spell]]] = defaultdict(list)
    for person_id, *spell in session.execute(wanted):
        one = Spell(*spell)
        found[one.team_id].append((person_id, one))
    return found
