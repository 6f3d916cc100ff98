"""What was said of a person, as far as whoever asks may see it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.access.actor import Actor
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, table
from app.organisation.models import Person
from app.ratings.models import Rating, RatingShare
from app.ratings.rules import OVERALL, Said, Share, Voice, differ, is_shared

_rating, _share, _person = table(Rating), table(RatingShare), table(Person)
_whose = _person.alias("whose")


@dataclass(frozen=True, slots=True)
class RatingRow:
    """One thing that somebody said. `about` is a competency's key, or empty for the one judgement."""

    id: int
    person_id: int
    voice: Voice
    whose_id: int
    whose: str
    author_id: int
    author: str
    about: str
    said: Said
    reflection: str
    rated_at: datetime
    superseded_at: datetime | None

    @property
    def holds(self) -> bool:
        return self.superseded_at is None

    def as_known(self, day: date) -> "RatingRow":
        """As it stood at the end of that day: what was superseded later held then."""
        if self.superseded_at is None or london_date(self.superseded_at) <= day:
            return self
        return replace(self, superseded_at=None)


class Pair(NamedTuple):
    """The newest that may be seen of the person's own view and of the lead's, of one thing."""

    own: RatingRow | None = None
    lead: RatingRow | None = None

    @property
    def differ(self) -> bool:
        """Whether the two views that hold now differ: what one no longer says, one need not talk about."""
        return differ(*(row.said if row and row.holds else None for row in self))


@dataclass(frozen=True, slots=True)
class OpenShare:
    name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Voices:
    """What may be seen of what was said of one person, the newest first."""

    rows: Sequence[RatingRow]

    def newest(self, voice: Voice, about: str = OVERALL) -> RatingRow | None:
        return next(self.of(voice, about), None)

    def of(self, voice: Voice, about: str = OVERALL) -> Iterator[RatingRow]:
        return (row for row in self.rows if row.voice is voice and row.about == about)

    def differ(self, about: str = OVERALL) -> bool:
        return Pair(self.newest(Voice.OWN, about), self.newest(Voice.LEAD, about)).differ

    def pairs(self) -> dict[str, Pair]:
        """Both views side by side, by what they are about."""
        found: dict[str, Pair] = {}
        for row in self.rows:
            pair = found.get(row.about, Pair())
            if row.voice is Voice.OWN and pair.own is None:
                found[row.about] = pair._replace(own=row)
            elif row.voice is Voice.LEAD and pair.lead is None:
                found[row.about] = pair._replace(lead=row)
        return found

    @property
    def differ_anywhere(self) -> bool:
        return any(self.differ(about) for about in {row.about for row in self.rows})

    def between(self, rater_id: int) -> "Voices":
        """What is said by the person, and by one who rates them or for that one: what those two can talk about."""
        return Voices([r for r in self.rows if r.voice is Voice.OWN or rater_id in (r.whose_id, r.author_id)])

    def by(self, author_id: int, whose_id: int) -> Mapping[str, Said]:
        """What somebody says now, as their own view or for whoever asked them: by what it is about."""
        return {r.about: r.said for r in self.rows if (r.author_id, r.whose_id) == (author_id, whose_id) and r.holds}

    def as_known(self, day: date) -> "Voices":
        """What had been said by the end of that day, of what may be seen today."""
        return Voices([row.as_known(day) for row in self.rows if london_date(row.rated_at) <= day])

    @property
    def has_levels(self) -> bool:
        return any(row.about for row in self.rows)


def _rows(rating: sa.FromClause, reflection: sa.ColumnElement[str]) -> sa.Select[Any]:
    """Everything that was said, the newest first, with what a RatingRow holds in its order."""
    said = rating.c
    return (
        sa.select(
            said.id,
            said.person_id,
            said.voice,
            said.whose_id,
            _whose.c.name.label("whose"),
            said.author_id,
            _person.c.name,
            sa.func.coalesce(said.competency, OVERALL),
            said.said,
            reflection,
            said.rated_at,
            said.superseded_at,
        )
        .join(_person, _person.c.id == said.author_id)
        .join(_whose, _whose.c.id == said.whose_id)
        .order_by(said.rated_at.desc(), said.id.desc())
    )


_BARE = sa.literal("")


def my_voices(session: ReadSession, actor: Actor) -> Voices:
    """Everything that was ever said of the actor, by themselves and by whoever led them."""
    wanted = _rows(_rating, _rating.c.reflection).where(_rating.c.person_id == actor.person_id)
    return Voices([RatingRow(*row) for row in session.execute(wanted)])


def voices_for_rater(session: ReadSession, actor: Actor, person_id: int) -> Voices:
    """What the actor may see of somebody they rate: what is theirs, and what was shared with them; no reflection.

    Ask `rated_person` first: this does not look at whom the actor rates.
    """
    theirs = sa.or_(_of_rater(actor), _rating.c.voice == Voice.OWN)
    wanted = _rows(_rating, _BARE).where(_rating.c.person_id == person_id, theirs)
    shares = shares_with(session, person_id, actor.person_id)
    rows = (RatingRow(*row) for row in session.execute(wanted))
    return Voices([row for row in rows if _may_be_seen(row, shares)])


def voices_of_many(session: ReadSession, actor: Actor, people: sa.Select[tuple[int]]) -> dict[int, Voices]:
    """Person → the same of each of these people; nobody of whom nothing may be seen. Two statements.

    `people` must be of those whom the actor rates: this does not look at it.
    """
    shared = sa.select(_share.c.person_id).where(_share.c.with_id == actor.person_id)
    theirs = sa.and_(_rating.c.voice == Voice.OWN, _rating.c.person_id.in_(shared))
    of_these = sa.select(_rating).where(_rating.c.person_id.in_(people))
    # Asked apart, each half is looked up person by person; as one condition PostgreSQL reads the whole table.
    wanted = _rows(sa.union_all(of_these.where(_of_rater(actor)), of_these.where(theirs)).subquery(), _BARE)
    shares = shares_to(session, actor.person_id)
    found: dict[int, list[RatingRow]] = defaultdict(list)
    for columns in session.execute(wanted):
        row = RatingRow(*columns)
        if _may_be_seen(row, shares.get(row.person_id, ())):
            found[row.person_id].append(row)
    return {person_id: Voices(rows) for person_id, rows in found.items()}


def _of_rater(actor: Actor) -> sa.ColumnElement[bool]:
    """Whether a rating is a lead's view that the actor wrote, or had written for them."""
    mine = sa.or_(_rating.c.whose_id == actor.person_id, _rating.c.author_id == actor.person_id)
    return sa.and_(_rating.c.voice == Voice.LEAD, mine)


def _may_be_seen(row: RatingRow, shares: Sequence[Share]) -> bool:
    return row.voice is Voice.LEAD or _was_shared(row, shares)


def _was_shared(row: RatingRow, shares: Sequence[Share]) -> bool:
    return is_shared(row.rated_at, row.superseded_at, shares)


def shares_with(session: ReadSession, person_id: int, with_id: int) -> list[Share]:
    """The spells over which somebody shares their view with one who rates them."""
    rows = session.execute(
        sa.select(_share.c.shared_at, _share.c.ended_at)
        .where(_share.c.person_id == person_id, _share.c.with_id == with_id)
        .order_by(_share.c.id)
    )
    return [Share(*row) for row in rows]


def shares_to(session: ReadSession, with_id: int) -> dict[int, list[Share]]:
    """Person → the spells over which each who ever shared their view with this one did so."""
    rows = session.execute(
        sa.select(_share.c.person_id, _share.c.shared_at, _share.c.ended_at).where(_share.c.with_id == with_id)
    )
    found: dict[int, list[Share]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(Share(row.shared_at, row.ended_at))
    return found


def open_shares(session: ReadSession, person_id: int) -> dict[int, OpenShare]:
    """With whom somebody shares their view now, by their id; whether or not they rate them today."""
    rows = session.execute(
        sa.select(_share.c.with_id, _person.c.name, _share.c.shared_at)
        .join(_person, _person.c.id == _share.c.with_id)
        .where(_share.c.person_id == person_id, _share.c.ended_at.is_(None))
        .order_by(_share.c.id)
    )
    return {row.with_id: OpenShare(row.name, row.shared_at) for row in rows}


def rated_between(session: ReadSession, one: int, other: int) -> bool:
    """Whether one of the two has ever said, as a lead or for one, what the other can do."""
    both = (one, other)
    said = _rating.c.person_id.in_(both) & (_rating.c.whose_id.in_(both) | _rating.c.author_id.in_(both))
    wanted = sa.select(_rating.c.id).where(_rating.c.voice == Voice.LEAD, said).limit(1)
    return session.execute(wanted).first() is not None
