"""What was said of a person, as far as whoever asks may see it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
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
        """Whether the two views that hold now differ: what one no longer says, one need not talk about."""
        own, theirs = self.newest(Voice.OWN, about), self.newest(Voice.LEAD, about)
        return differ(own.said if own and own.holds else None, theirs.said if theirs and theirs.holds else None)

    @property
    def differ_anywhere(self) -> bool:
        return any(self.differ(about) for about in {row.about for row in self.rows})

    def between(self, rater_id: int) -> "Voices":
        """What is said by the person, and by one who rates them or for that one: what those two can talk about."""
        return Voices([r for r in self.rows if r.voice is Voice.OWN or rater_id in (r.whose_id, r.author_id)])

    def by(self, author_id: int, whose_id: int) -> Mapping[str, Said]:
        """What somebody says now, as their own view or for whoever asked them: by what it is about."""
        return {r.about: r.said for r in self.rows if (r.author_id, r.whose_id) == (author_id, whose_id) and r.holds}

    @property
    def has_levels(self) -> bool:
        return any(row.about for row in self.rows)


_ROWS = (
    sa.select(
        _rating.c.id,
        _rating.c.person_id,
        _rating.c.voice,
        _rating.c.whose_id,
        _whose.c.name.label("whose"),
        _rating.c.author_id,
        _person.c.name,
        sa.func.coalesce(_rating.c.competency, OVERALL),
        _rating.c.said,
        _rating.c.reflection,
        _rating.c.rated_at,
        _rating.c.superseded_at,
    )
    .join(_person, _person.c.id == _rating.c.author_id)
    .join(_whose, _whose.c.id == _rating.c.whose_id)
    .order_by(_rating.c.rated_at.desc(), _rating.c.id.desc())
)


def my_voices(session: ReadSession, actor: Actor) -> Voices:
    """Everything that was ever said of the actor, by themselves and by whoever led them."""
    return Voices([RatingRow(*row) for row in session.execute(_ROWS.where(_rating.c.person_id == actor.person_id))])


def voices_for_rater(session: ReadSession, actor: Actor, person_id: int) -> Voices:
    """What the actor may see of somebody they rate: what is theirs, and what was shared with them; no reflection.

    Ask `rated_person` first: this does not look at whom the actor rates.
    """
    mine = sa.and_(
        _rating.c.voice == Voice.LEAD,
        sa.or_(_rating.c.whose_id == actor.person_id, _rating.c.author_id == actor.person_id),
    )
    wanted = _ROWS.where(_rating.c.person_id == person_id, sa.or_(mine, _rating.c.voice == Voice.OWN))
    shares = shares_with(session, person_id, actor.person_id)
    rows = (replace(RatingRow(*row), reflection="") for row in session.execute(wanted))
    return Voices([row for row in rows if row.voice is Voice.LEAD or _was_shared(row, shares)])


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
