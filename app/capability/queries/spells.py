"""Main posts that began or ended in a month, each with the one beside it in the same person's history."""

from collections import defaultdict
from collections.abc import Collection
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from app.access.actor import PersonKind, Reach
from app.capability.month import Event, Month, Part, Row, Spell, events
from app.kernel.db import REACHES, ReadSession, table
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
    days = {"first": month.first, "next": month.next}
    begun, ended = (_turns(reach, directorate_id, begins=begins) for begins in (True, False))
    return [_row(*row) for row in session.execute(begun, days)], [_row(*row) for row in session.execute(ended, days)]


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


@lru_cache(REACHES)
def _turns(reach: Reach, directorate_id: int, *, begins: bool) -> sa.Select[Any]:
    """Spells that begin, or end, from `first` to `next`, with the one beside each, of the same person."""
    e, beside = _employment.c, _BEFORE if begins else _AFTER
    first, end = sa.bindparam("first", type_=sa.Date), sa.bindparam("next", type_=sa.Date)
    same = sa.and_(_beside.c.person_id == e.person_id, _beside.c.is_primary, beside)
    return (
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
        .where(
            teams_within(reach),
            _team.c.directorate_id == directorate_id if directorate_id else sa.true(),
            _person.c.kind == PersonKind.STAFF,
            e.is_primary,
            sa.and_(e.starts_on >= first, e.starts_on < end)
            if begins
            else sa.and_(e.ends_on >= first, e.ends_on <= end),
        )
    )


def _row(person_id: int, list_name: str, sort_key: str, *spells: Any) -> Row:
    post, other = spells[:WIDTH], spells[WIDTH:]
    return Row(person_id, list_name, sort_key, Spell(*post), Spell(*other) if other[0] is not None else None)


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
