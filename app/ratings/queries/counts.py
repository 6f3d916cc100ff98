"""How many people are judged what, as at the first day of the month: never anybody's own, never few."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.kernel.clock import LONDON
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.organisation.models import Employment, Team
from app.organisation.queries import directorates, open_on
from app.ratings.models import Rating
from app.ratings.queries.agreement import are_on
from app.ratings.rules import FEWEST, JUDGEMENTS, Said, Voice, counted_on, shown_counts

_rating, _employment, _team = table(Rating), table(Employment), table(Team)
WHOLE_TRUST = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """One voice over the people of a place: how many said what, None where that is not shown; None: not judged."""

    voice: Voice
    counts: Mapping[Said | None, int | None]


@dataclass(frozen=True, slots=True)
class Counts:
    """`places` are those that the actor may look at; `people` is None where there are too few to say anything."""

    place_id: int
    places: tuple[tuple[int, str], ...]
    on: date
    people: int | None
    voices: tuple[Counted, ...]


def counts(session: ReadSession, actor: Actor, place_id: int | None, today: date) -> Counts:
    """Of one place in reach; the first without one. Raises NotFoundError for one that is missing or out of reach.

    Whoever reaches the whole trust sees the whole trust alone, and whoever leads a directorate that directorate: with
    both, what is hidden in one directorate could be worked out from the others.
    """
    places = _places(session, actor, today)
    chosen = next((i for i, _ in places), None) if place_id is None else place_id
    if chosen is None or chosen not in {i for i, _ in places}:
        raise NotFoundError("directorate")
    on = counted_on(today)
    here = _people(chosen, on)
    people = int(session.scalar(sa.select(sa.func.count()).select_from(here.subquery())) or 0)
    if people < FEWEST:
        return Counts(chosen, places, on, None, ())
    voices = tuple(Counted(voice, _suppressed(_said(session, voice, here, on), people)) for voice in Voice)
    return Counts(chosen, places, on, people, voices)


def has_counts(session: ReadSession, actor: Actor, today: date) -> bool:
    """Whether there are ratings, and a place whose counts the actor may look at. A lead of teams alone has none."""
    return actor.may(Permission.SEE_RATING_COUNTS) and are_on(session) and bool(_places(session, actor, today))


def _places(session: ReadSession, actor: Actor, today: date) -> tuple[tuple[int, str], ...]:
    if actor.reach(Permission.SEE_RATING_COUNTS).trust:
        return ((WHOLE_TRUST, "The whole trust"),)
    return tuple((d.id, d.name) for d in directorates(session, actor, Permission.SEE_RATING_COUNTS, on=today))


def _people(place_id: int, on: date) -> sa.Select[tuple[int]]:
    found = (
        sa.select(_employment.c.person_id)
        .join(_team, _team.c.id == _employment.c.team_id)
        .where(_employment.c.is_primary, open_on(_employment, on))
    )
    return found if place_id == WHOLE_TRUST else found.where(_team.c.directorate_id == place_id)


def _said(session: ReadSession, voice: Voice, here: sa.Select[tuple[int]], on: date) -> Counter[Said]:
    """The newest that somebody said of each person and that held at the beginning of the day."""
    at = datetime.combine(on, time.min, LONDON)
    rows = session.execute(
        sa.select(_rating.c.person_id, _rating.c.said)
        .where(
            _rating.c.voice == voice,
            _rating.c.competency.is_(None),
            _rating.c.rated_at < at,
            sa.or_(_rating.c.superseded_at.is_(None), _rating.c.superseded_at >= at),
            _rating.c.person_id.in_(here),
        )
        .order_by(_rating.c.rated_at, _rating.c.id)
    )
    newest = {row.person_id: row.said for row in rows}
    return Counter(newest.values())


def _suppressed(said: Counter[Said], people: int) -> dict[Said | None, int | None]:
    whole: dict[Said | None, int] = {one: said[one] for one in JUDGEMENTS}
    whole[None] = people - sum(whole.values())
    shown = shown_counts(whole)
    return {key: count if key in shown else None for key, count in whole.items()}
