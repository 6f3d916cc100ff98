"""All that a plan may depend on, read at one moment."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any, TypeVar

import sqlalchemy as sa

from app.access.actor import PersonKind
from app.accounts.models import Credential
from app.intake.models import PersonMerge
from app.intake.rules.picture import KnownDirectorate, KnownLeave, KnownPerson, KnownPost, KnownTeam, Picture
from app.kernel.audit import AuditEvent
from app.kernel.db import ReadSession, table
from app.organisation.models import Directorate, Employment, LongLeave, Person, Team
from app.organisation.rules import Basis

T = TypeVar("T", str, str | None)
D = TypeVar("D", date, date | None)
N = TypeVar("N", int, int | None)

_person, _employment, _event = table(Person), table(Employment), table(AuditEvent)
_team, _directorate, _credential, _leave = table(Team), table(Directorate), table(Credential), table(LongLeave)
_merge = table(PersonMerge)

AT_ONCE = 5_000
MOVES = ("credential", "directorate", "employment", "long_leave", "person", "person_merge", "staff_import", "team")
"""Deeds on these change the picture; every deed is written down, so that the number of events tells two apart."""


def moved_mark(session: ReadSession) -> str:
    wanted = sa.select(sa.func.count(), sa.func.max(_event.c.id)).where(_event.c.entity.in_(MOVES))
    count, last = session.execute(wanted).one()
    return f"{count}:{last or 0}"


def picture(session: ReadSession, today: date, said: Iterable[str] = ()) -> Picture:
    """Staff, their posts and the places, as they are now.

    `said` are words that somebody holds already, such as the numbers of a file: they are not kept a second time.
    """
    once = _Once(said)
    moved = moved_mark(session)
    posts, leaves = _posts(session, once), _leaves(session, today)
    wanted = sa.select(_person.c.id, _person.c.name, _person.c.list_name, _person.c.email).where(
        _person.c.kind == PersonKind.STAFF
    )
    people = (
        KnownPerson(
            once.number(key), name, list_name, once.words(email), posts.pop(key, ()), tuple(leaves.get(key, ()))
        )
        for key, name, list_name, email in _in_parts(session, wanted, _person.c.id)
    )
    return Picture(
        today=today,
        moved=moved,
        directorates=tuple(KnownDirectorate(*row) for row in session.execute(_DIRECTORATES)),
        teams=tuple(KnownTeam(*row) for row in session.execute(_TEAMS)),
        people={person.id: person for person in people},
        taken=_taken(session, once),
        merged=_merged(session),
    )


class _Once:
    """One value for all that are equal: fifty thousand posts hold the same few words, days and numbers."""

    def __init__(self, said: Iterable[str]) -> None:
        self._words: dict[str, str] = {words: words for words in said}
        self._days: dict[date, date] = {}
        self._numbers: dict[int, int] = {}

    def words(self, words: T) -> T:
        return self._words.setdefault(words, words) if words else words

    def day(self, day: D) -> D:
        return self._days.setdefault(day, day) if day else day

    def number(self, number: N) -> N:
        return self._numbers.setdefault(number, number) if number else number


_DIRECTORATES = sa.select(
    _directorate.c.id,
    _directorate.c.name,
    _directorate.c.starts_on,
    _directorate.c.ends_on,
    _directorate.c.successor_id,
)
_TEAMS = sa.select(
    _team.c.id, _team.c.directorate_id, _team.c.name, _team.c.ends_on, _team.c.successor_id, _team.c.site
)


def _posts(session: ReadSession, once: _Once) -> dict[int, tuple[KnownPost, ...]]:
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
        _employment.c.pattern,
    ).order_by(_employment.c.person_id, _employment.c.starts_on, _employment.c.id)
    found = _in_parts(session, wanted, _employment.c.person_id)
    return {
        once.number(person_id): tuple(_post(row, once) for row in rows)
        for person_id, rows in groupby(found, key=lambda row: row[0])
    }


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


def _post(row: Sequence[Any], once: _Once) -> KnownPost:
    _, key, employed, number, assignment, team, manager, group, role, band, main, starts_on, ends_on, pattern = row
    return KnownPost(
        key,
        employed,
        once.words(number),
        once.words(assignment),
        once.number(team),
        once.number(manager),
        once.words(group),
        once.words(role),
        once.words(band),
        main,
        once.day(starts_on),
        once.day(ends_on),
        once.words(pattern),
    )


def _taken(session: ReadSession, once: _Once) -> dict[str, int]:
    named = sa.select(_credential.c.username_key, _credential.c.person_id)
    mailed = sa.select(_person.c.email_key, _person.c.id).where(_person.c.email_key.is_not(None))
    return {
        once.words(key): once.number(person_id)
        for wanted, by in ((named, _credential.c.person_id), (mailed, _person.c.id))
        for key, person_id in _in_parts(session, wanted, by)
    }


def _merged(session: ReadSession) -> dict[str, int]:
    """The numbers of merged records; where the staying one was merged as well, of the one that it leads to."""
    standing = sa.select(_merge.c.gone_id, _merge.c.kept_id, _merge.c.numbers).where(_merge.c.undone_at.is_(None))
    rows = session.execute(standing.order_by(_merge.c.id)).all()
    leads = {row.gone_id: row.kept_id for row in rows}
    found: dict[str, int] = {}
    for row in rows:
        stays = row.kept_id
        while stays in leads:
            stays = leads[stays]
        found |= dict.fromkeys(row.numbers, stays)
    return found


def _in_parts(session: ReadSession, wanted: Any, by: sa.Column[Any]) -> Iterator[Any]:
    """The rows so many ids at a time: a driver may hold all that one statement finds."""
    last = session.scalar(sa.select(sa.func.max(by))) or 0
    for start in range(0, last, AT_ONCE):
        yield from session.execute(wanted.where(by > start, by <= start + AT_ONCE))
