"""The named list behind a number: for those who lead the people in it, and the QI team."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.capability.queries.standings import matrix_tiers
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.learning.models import Award, AwardEvent
from app.learning.queries import holdings
from app.learning.rules import Holding, add_months
from app.organisation.models import Employment, Person, Team
from app.organisation.queries import directorates, leaves_of, open_on
from app.organisation.rules import holds_on
from app.oversight.queries import levels, trained
from app.oversight.queries.reach import check_reach, within
from app.oversight.queries.trained import Window
from app.oversight.rules.figures import TRUST, YEAR, Happened, first_of_each, months_of

_award, _event = table(Award), table(AwardEvent)
_person, _employment, _team = table(Person), table(Employment), table(Team)


class Listed(StrEnum):
    """What a list holds. HELD is of one level; TRAINED of one month, or of the year; the others as at the day."""

    HELD = "held"
    TRAINED = "trained"
    DAYS = "days"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which list: `month` by its first day, None for the last YEAR of them."""

    what: Listed
    directorate_id: int
    as_at: date
    level: str = ""
    month: date | None = None
    is_of_month: bool = False
    """Whether the report that the number stands in is that of a month, and not of today."""


@dataclass(frozen=True, slots=True)
class Named:
    """One line: since when they hold the level, by when it should have been refreshed, or after how many days."""

    person_id: int
    name: str
    team: str
    level: str
    on: date
    days: int | None = None
    holding: Holding | None = None
    """The level as they held it on the day of the list, where that is what it is about."""


def named(session: ReadSession, actor: Actor, asked: Asked) -> list[Named]:
    """As many as the report says, by name. Raises NotFoundError for what is out of reach or no such list."""
    check_reach(actor, Permission.SEE_CAPABILITY, asked.directorate_id)
    titles = {tier.slug: tier.short for tier in matrix_tiers(session)}
    match asked.what:
        case Listed.HELD:
            if asked.level not in titles:
                raise NotFoundError("level")
            return _with_dates(session, asked, _holders(session, asked, titles[asked.level]), titles)
        case Listed.OVERDUE:
            return _with_dates(session, asked, _late(session, asked, titles), titles)
        case Listed.TRAINED | Listed.DAYS:
            return _reached(session, asked, titles)


def place_name(session: ReadSession, actor: Actor, directorate_id: int) -> str:
    """Raises NotFoundError for a directorate that is out of reach, or is not there at all."""
    if directorate_id == TRUST:
        return "The whole trust"
    names = {one.id: one.name for one in directorates(session, actor, Permission.SEE_CAPABILITY)}
    if directorate_id not in names:
        raise NotFoundError("directorate")
    return names[directorate_id]


def _with_dates(session: ReadSession, asked: Asked, found: list[Named], titles: dict[str, str]) -> list[Named]:
    """The same, each with what its dates rest on."""
    slugs = {title: slug for slug, title in titles.items()}
    wanted = {slugs[one.level] for one in found}
    held = holdings(session, sa.select(_award.c.person_id).where(_award.c.tier.in_(wanted)), asked.as_at)
    return [replace(one, holding=held.get(one.person_id, {}).get(slugs[one.level])) for one in found]


def _holders(session: ReadSession, asked: Asked, title: str) -> list[Named]:
    on, leaves = asked.as_at, leaves_of(session, None, asked.as_at)
    columns = (_person.c.id, _person.c.list_name, _team.c.name, _event.c.occurred_on, _event.c.valid_until)
    wanted = levels.given(on, [asked.level], *columns).join(_person, _person.c.id == _award.c.person_id)
    rows = session.execute(wanted.where(within(asked.directorate_id)).order_by(_person.c.sort_key, _person.c.id))
    return [
        Named(person_id, name, team, title, since)
        for person_id, name, team, since, until in rows
        if until is None or levels.stays_valid(leaves, person_id, since, until, on)
    ]


def _late(session: ReadSession, asked: Asked, titles: dict[str, str]) -> list[Named]:
    leaves = leaves_of(session, None, asked.as_at)
    late, _posts = levels.lapses(session, [asked.as_at], list(titles), leaves)
    found = [(lapse.person_id, lapse.level, lapse.by, None) for lapse in late]
    return _with_names(session, asked, found, titles)


def _reached(session: ReadSession, asked: Asked, titles: dict[str, str]) -> list[Named]:
    """Where they worked then: somebody counted twice in the year is one line, and so is one who moved."""
    months = months_of(asked.as_at)
    first = months[-YEAR] if asked.month is None else asked.month
    window = Window(first, add_months(asked.month or months[-1], 1))
    leaves = leaves_of(session, None, asked.as_at)
    happened: Sequence[Happened] = trained.trained(session, window, list(titles), leaves)
    if asked.what is Listed.TRAINED:
        happened = first_of_each(happened)
    here = [one for one in happened if asked.directorate_id in (0, one.directorate_id)]
    if asked.what is Listed.DAYS:
        here = [one for one in here if one.days is not None]
    return _then(session, here, titles)


def _with_names(
    session: ReadSession, asked: Asked, found: Sequence[tuple[int, str, date, int | None]], titles: dict[str, str]
) -> list[Named]:
    """Of these people, those whose main post is there on the day."""
    rows = session.execute(
        sa.select(_person.c.id, _person.c.list_name, _team.c.name)
        .select_from(_employment)
        .join(_person, _person.c.id == _employment.c.person_id)
        .join(_team, _team.c.id == _employment.c.team_id)
        .where(
            _person.c.id.in_({person_id for person_id, *_ in found}),
            _employment.c.is_primary,
            open_on(_employment, asked.as_at),
            within(asked.directorate_id),
        )
        .order_by(_person.c.sort_key, _person.c.id)
    )
    order = {person_id: (place, name, team) for place, (person_id, name, team) in enumerate(rows)}
    known = sorted((one for one in found if one[0] in order), key=lambda one: (order[one[0]][0], one[2]))
    return [
        Named(person_id, order[person_id][1], order[person_id][2], titles[level], on, days)
        for person_id, level, on, days in known
    ]


def _then(session: ReadSession, happened: Sequence[Happened], titles: dict[str, str]) -> list[Named]:
    """By name, each in the team where they worked on that day."""
    rows = session.execute(
        sa.select(_person.c.id, _person.c.list_name, _team.c.name, _employment.c.starts_on, _employment.c.ends_on)
        .select_from(_employment)
        .join(_person, _person.c.id == _employment.c.person_id)
        .join(_team, _team.c.id == _employment.c.team_id)
        .where(_person.c.id.in_({one.person_id for one in happened}), _employment.c.is_primary)
        .order_by(_person.c.sort_key, _person.c.id)
    )
    posts: dict[int, list[tuple[str, str, date, date | None]]] = {}
    for person_id, *post in rows:
        posts.setdefault(person_id, []).append((post[0], post[1], post[2], post[3]))
    order = {person_id: place for place, person_id in enumerate(posts)}
    lines = []
    for one in sorted(happened, key=lambda one: (order.get(one.person_id, 0), one.on)):
        # Each statement reads for itself (ADR 4): a post may have been corrected since the first.
        here = ((name, team) for name, team, start, end in posts.get(one.person_id, ()) if holds_on(start, end, one.on))
        if found := next(here, None):
            lines.append(Named(one.person_id, *found, titles[one.level], one.on, one.days))
    return lines
