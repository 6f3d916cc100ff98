"""Who holds which level on a day, and whose level is past its refresh date on each of several."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any

import sqlalchemy as sa

from app.kernel.db import ReadSession, table
from app.learning.models import Award, AwardEvent
from app.learning.queries import DECIDES, GIVES, decides_on, is_valid
from app.organisation.models import Employment, Team
from app.organisation.queries import Leaves, open_on
from app.organisation.rules import away_on, holds_on, moved_by
from app.oversight.queries.reach import within

_award, _event = table(Award), table(AwardEvent)
_employment, _team = table(Employment), table(Team)
Post = tuple[int, date, date | None]
"""A main post: its directorate, and [starts_on, ends_on)."""


@dataclass(frozen=True, slots=True)
class Lapse:
    """A level that was not refreshed by a day, moved by leave, and on which of the days asked about that was so."""

    person_id: int
    level: str
    by: date
    days: tuple[date, ...]


def main_posts(on: date | sa.ColumnElement[date]) -> sa.ColumnElement[bool]:
    """Whether a row of table(Employment) is the award's holder's main post on that day."""
    return sa.and_(_employment.c.person_id == _award.c.person_id, _employment.c.is_primary, open_on(_employment, on))


def people(session: ReadSession, on: date, directorate_id: int) -> dict[int, int]:
    """How many have their main post in each directorate."""
    rows = session.execute(
        sa.select(_team.c.directorate_id, sa.func.count())
        .select_from(_employment.join(_team, _team.c.id == _employment.c.team_id))
        .where(_employment.c.is_primary, open_on(_employment, on), within(directorate_id))
        .group_by(_team.c.directorate_id)
    )
    return {row[0]: row[1] for row in rows}


def given(on: date, levels: Sequence[str], *columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """The grant or refresh by which each level is held that nothing has overtaken by that day, and its holder's post.

    Also where it should have been refreshed by then.
    """
    return (
        sa.select(*columns)
        .select_from(_event.join(_award, _award.c.id == _event.c.award_id))
        .join(_employment, main_posts(on))
        .join(_team, _team.c.id == _employment.c.team_id)
        .where(decides_on(on), _event.c.kind.in_(GIVES), _award.c.tier.in_(levels))
    )


def held(
    session: ReadSession, on: date, levels: Sequence[str], leaves: Leaves, directorate_id: int
) -> Counter[tuple[int, str]]:
    """How many hold each level in each directorate. Two statements: the second is for those whom leave gave longer."""
    place = (_team.c.directorate_id, _award.c.tier)
    here = within(directorate_id)
    counted = given(on, levels, *place, sa.func.count()).where(is_valid(on), here).group_by(*place)
    found = Counter({(directorate, level): count for directorate, level, count in session.execute(counted)})
    wanted = given(on, levels, *place, _award.c.person_id, _event.c.occurred_on, _event.c.valid_until)
    for directorate, level, person_id, since, until in session.execute(wanted.where(~is_valid(on), here)):
        if stays_valid(leaves, person_id, since, until, on):
            found[directorate, level] += 1
    return found


def stays_valid(leaves: Leaves, person_id: int, since: date, until: date, on: date) -> bool:
    """Whether a level whose date has passed is held all the same, because leave moves the date."""
    return moved(leaves, person_id, since, until, on) >= on


def moved(leaves: Leaves, person_id: int, since: date, until: date, on: date) -> date:
    spells = leaves.get(person_id)
    return until + timedelta(days=moved_by(spells, since, until, on)) if spells else until


def lapses(
    session: ReadSession, days: Sequence[date], levels: Sequence[str], leaves: Leaves
) -> tuple[list[Lapse], dict[int, list[Post]]]:
    """Every level that was past its refresh date on one of these days, and its holders' main posts. Two statements.

    Nobody who is on long leave on a day is late on it.
    """
    last = max(days)
    old = sa.select(_event.c.award_id).where(_event.c.valid_until < last, _event.c.occurred_on <= last)
    rows = session.execute(
        sa.select(
            _award.c.id.label("award_id"),
            _award.c.person_id,
            _award.c.tier,
            _event.c.kind,
            _event.c.occurred_on,
            _event.c.valid_until,
        )
        .join(_event, _event.c.award_id == _award.c.id)
        .where(_award.c.id.in_(old), _award.c.tier.in_(levels), _event.c.kind.in_(DECIDES))
        .where(_event.c.occurred_on <= last)
        .order_by(_award.c.id, _event.c.occurred_on, _event.c.id)
    )
    found = [lapse for _, events in groupby(rows, attrgetter("award_id")) for lapse in _of_one(events, days, leaves)]
    return found, _posts(session, old) if found else {}


def _of_one(events: Iterator[Any], days: Sequence[date], leaves: Leaves) -> Iterator[Lapse]:
    known = list(events)
    for number, event in enumerate(known):
        if event.kind not in GIVES or event.valid_until is None:
            continue
        ends = known[number + 1].occurred_on if number + 1 < len(known) else date.max
        late = tuple(day for day in days if event.valid_until < day < ends and _is_late(event, day, leaves))
        if late:
            by = moved(leaves, event.person_id, event.occurred_on, event.valid_until, late[-1])
            yield Lapse(event.person_id, event.tier, by, late)


def _is_late(event: Any, day: date, leaves: Leaves) -> bool:
    spells = leaves.get(event.person_id)
    if not spells:
        return True
    return moved(leaves, event.person_id, event.occurred_on, event.valid_until, day) < day and not away_on(spells, day)


def _posts(session: ReadSession, awards: sa.Select[tuple[int]]) -> dict[int, list[Post]]:
    rows = session.execute(
        sa.select(_employment.c.person_id, _team.c.directorate_id, _employment.c.starts_on, _employment.c.ends_on)
        .join(_team, _team.c.id == _employment.c.team_id)
        .where(
            _employment.c.is_primary,
            _employment.c.person_id.in_(sa.select(_award.c.person_id).where(_award.c.id.in_(awards))),
        )
    )
    found: dict[int, list[Post]] = defaultdict(list)
    for person_id, *post in rows:
        found[person_id].append((post[0], post[1], post[2]))
    return found


def directorate_on(posts: Sequence[Post], day: date) -> int | None:
    """Where somebody's main post was on that day; None where they had none."""
    return next((directorate for directorate, start, end in posts if holds_on(start, end, day)), None)


def overdue(
    session: ReadSession, days: Sequence[date], levels: Sequence[str], leaves: Leaves
) -> Counter[tuple[int, date]]:
    """How many levels were past their refresh date in each directorate on each of these days."""
    found, posts = lapses(session, days, levels, leaves)
    counts: Counter[tuple[int, date]] = Counter()
    for lapse in found:
        for day in lapse.days:
            place = directorate_on(posts.get(lapse.person_id, ()), day)
            if place is not None:
                counts[place, day] += 1
    return counts
