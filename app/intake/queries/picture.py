"""All that a plan may depend on, read at one moment."""

from collections import defaultdict
from datetime import date
from sys import intern
from typing import Any

import sqlalchemy as sa

from app.access.actor import PersonKind
from app.accounts.models import Credential
from app.intake.rules.picture import KnownDirectorate, KnownLeave, KnownPerson, KnownPost, KnownTeam, Picture
from app.kernel.audit import AuditEvent
from app.kernel.db import ReadSession, table
from app.organisation.models import Directorate, Employment, LongLeave, Person, Team
from app.organisation.rules import Basis

_person, _employment, _event = table(Person), table(Employment), table(AuditEvent)
_team, _directorate, _credential, _leave = table(Team), table(Directorate), table(Credential), table(LongLeave)

MOVES = ("credential", "directorate", "employment", "long_leave", "person", "staff_import", "team")
"""Deeds on these change the picture; every deed is written down, so that the number of events tells two apart."""


def moved_mark(session: ReadSession) -> str:
    wanted = sa.select(sa.func.count(), sa.func.max(_event.c.id)).where(_event.c.entity.in_(MOVES))
    count, last = session.execute(wanted).one()
    return f"{count}:{last or 0}"


def picture(session: ReadSession, today: date) -> Picture:
    """Staff, their posts and the places, as they are now."""
    moved = moved_mark(session)
    posts, leaves = _posts(session), _leaves(session, today)
    wanted = sa.select(_person.c.id, _person.c.name, _person.c.list_name, _person.c.email).where(
        _person.c.kind == PersonKind.STAFF
    )
    return Picture(
        today=today,
        moved=moved,
        directorates=tuple(KnownDirectorate(*row) for row in session.execute(_DIRECTORATES)),
        teams=tuple(KnownTeam(*row) for row in session.execute(_TEAMS)),
        people={
            row.id: KnownPerson(
                row.id,
                row.name,
                row.list_name,
                intern(row.email) if row.email else None,
                tuple(posts.get(row.id, ())),
                tuple(leaves.get(row.id, ())),
            )
            for row in session.execute(wanted)
        },
        taken=_taken(session),
    )


_DIRECTORATES = sa.select(
    _directorate.c.id,
    _directorate.c.name,
    _directorate.c.starts_on,
    _directorate.c.ends_on,
    _directorate.c.successor_id,
)
_TEAMS = sa.select(_team.c.id, _team.c.directorate_id, _team.c.name, _team.c.ends_on, _team.c.successor_id)


def _posts(session: ReadSession) -> dict[int, list[KnownPost]]:
    wanted = sa.select(
        _employment.c.person_id,
        _employment.c.id,
        _employment.c.basis == Basis.EMPLOYED,
        _employment.c.employee_number,
        _employment.c.assignment_number,
        _employment.c.team_id,
        _employment.c.manager_id,
        _employment.c.staff_group,
        _employment.c.job_role,
        _employment.c.band,
        _employment.c.is_primary,
        _employment.c.starts_on,
        _employment.c.ends_on,
    ).order_by(_employment.c.person_id, _employment.c.starts_on, _employment.c.id)
    found: dict[int, list[KnownPost]] = defaultdict(list)
    for person_id, *row in session.execute(wanted):
        kept: list[Any] = [intern(value) if isinstance(value, str) else value for value in row]
        found[person_id].append(KnownPost(*kept))
    return found


def _leaves(session: ReadSession, today: date) -> dict[int, list[KnownLeave]]:
    """Those that are not over, or are to come: nothing else can be changed by a file."""
    wanted = (
        sa.select(_leave.c.person_id, _leave.c.id, _leave.c.starts_on, _leave.c.ends_on)
        .where(sa.or_(_leave.c.ends_on.is_(None), _leave.c.ends_on > today))
        .order_by(_leave.c.starts_on)
    )
    found: dict[int, list[KnownLeave]] = defaultdict(list)
    for person_id, *row in session.execute(wanted):
        found[person_id].append(KnownLeave(*row))
    return found


def _taken(session: ReadSession) -> dict[str, int]:
    named = sa.select(_credential.c.username_key, _credential.c.person_id)
    mailed = sa.select(_person.c.email_key, _person.c.id).where(_person.c.email_key.is_not(None))
    return {intern(key): person_id for wanted in (named, mailed) for key, person_id in session.execute(wanted)}
