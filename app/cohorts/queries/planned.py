"""What is planned: one row a cohort, with the directorates that it is for. Two statements, however many cohorts."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.cohorts.models import Cohort, CohortDirectorate
from app.cohorts.rules import CohortState, Share, share_of
from app.curriculum.models import Tier
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.organisation.models import Directorate, Person
from app.organisation.queries import DirectorateRow, directorates

_cohort, _for, _tier = table(Cohort), table(CohortDirectorate), table(Tier)
_directorate, _person = table(Directorate), table(Person)


class Kept(NamedTuple):
    """A directorate that a cohort is for, with the places that are kept for it alone."""

    directorate_id: int
    directorate: str
    places: int | None


@dataclass(frozen=True, slots=True)
class CohortRow:
    """A cohort; without directorates it is for the whole trust."""

    id: int
    tier: str
    tier_title: str
    title: str
    state: CohortState
    starts_on: date
    ends_on: date
    places: int
    planned_by: str
    planned_at: datetime
    dropped_at: datetime | None
    why_dropped: str
    note: str
    kept: tuple[Kept, ...] = ()

    @property
    def seen(self) -> str:
        """What tells this version from any other: a form that was opened on another is stale."""
        said = (self.state, self.title, self.starts_on, self.ends_on, self.places, self.note, *self.kept)
        return hashlib.sha256(repr(tuple(map(str, said))).encode()).hexdigest()[:16]

    @property
    def by_directorate(self) -> dict[int, int | None]:
        return {k.directorate_id: k.places for k in self.kept}

    def share(self, directorate_id: int) -> Share:
        """What it offers a directorate."""
        return share_of(self.places, self.by_directorate, directorate_id)


_ROWS = (
    sa.select(
        _cohort.c.id,
        _cohort.c.tier,
        _tier.c.title,
        _cohort.c.title,
        _cohort.c.state,
        _cohort.c.starts_on,
        _cohort.c.ends_on,
        _cohort.c.places,
        _person.c.name,
        _cohort.c.planned_at,
        _cohort.c.dropped_at,
        _cohort.c.why_dropped,
        _cohort.c.note,
    )
    .join(_tier, _tier.c.slug == _cohort.c.tier)
    .join(_person, _person.c.id == _cohort.c.planned_by_id)
    .order_by(_cohort.c.starts_on, _tier.c.position, _cohort.c.id)
)


def cohorts(session: ReadSession, since: date) -> list[CohortRow]:
    """Every cohort, dropped ones as well, that has not ended before that day, by its first day."""
    return _found(session, _cohort.c.ends_on >= since)


def cohorts_between(session: ReadSession, since: date, until: date) -> list[CohortRow]:
    """Planned cohorts that begin within these days, both included."""
    return _found(session, _cohort.c.state == CohortState.PLANNED, _cohort.c.starts_on.between(since, until))


def cohort_by_id(session: ReadSession, cohort_id: int) -> CohortRow:
    """One cohort. Raises NotFoundError."""
    found = _found(session, _cohort.c.id == cohort_id)
    if not found:
        raise NotFoundError("cohort")
    return found[0]


def offered(rows: Iterable[CohortRow], directorate_id: int) -> dict[str, Share]:
    """By tier, what these cohorts offer a directorate together."""
    found: dict[str, Share] = defaultdict(Share)
    for row in rows:
        found[row.tier] = found[row.tier].plus(row.share(directorate_id))
    return dict(found)


def open_directorates(session: ReadSession, actor: Actor, on: date) -> list[DirectorateRow]:
    """The directorates for which a cohort can be planned on that day."""
    return directorates(session, actor, Permission.PLAN_COHORTS, on)


def _found(session: ReadSession, *where: sa.ColumnElement[bool]) -> list[CohortRow]:
    rows = [CohortRow(*row) for row in session.execute(_ROWS.where(*where))]
    kept: dict[int, list[Kept]] = defaultdict(list)
    named = (
        sa.select(_for.c.cohort_id, _for.c.directorate_id, _directorate.c.name, _for.c.places)
        .join(_directorate, _directorate.c.id == _for.c.directorate_id)
        .join(_cohort, _cohort.c.id == _for.c.cohort_id)
        .where(*where)
        .order_by(_directorate.c.name)
    )
    for cohort_id, *one in session.execute(named):
        kept[cohort_id].append(Kept(*one))
    return [replace(row, kept=tuple(kept[row.id])) for row in rows]
