"""How many people are judged what, as at the first day of the month: never anybody's own, never few."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.kernel.clock import LONDON
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.kernel.suppression import FEWEST, shown_beside
from app.organisation.models import Employment, Team
from app.organisation.queries import directorates, open_on
from app.ratings.models import Rating
from app.ratings.queries.agreement import are_on
from app.ratings.queries.raters import hands
from app.ratings.queries.voices import shares_to
from app.ratings.rules import JUDGEMENTS, Said, Voice, counted_on, is_shared

_rating, _employment, _team = table(Rating), table(Employment), table(Team)
WHOLE_TRUST = 0

Newest = Mapping[int, sa.Row[tuple[int, Said, int, int, datetime, datetime | None]]]
"""Person → what counts of what was said of them."""


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
    both, what is hidden in one directorate could be worked out from the others. What is shown is fit to be shown also
    when one takes off those whose answers the actor knows.
    """
    places = _places(session, actor, today)
    chosen = next((i for i, _ in places), None) if place_id is None else place_id
    if chosen is None or chosen not in {i for i, _ in places}:
        raise NotFoundError("directorate")
    on = counted_on(today)
    here = {row.person_id: row.team_id for row in session.execute(_people(chosen, on))}
    if len(here) < FEWEST:
        return Counts(chosen, places, on, None, ())
    own, leads = _said(session, Voice.OWN, chosen, on), _said(session, Voice.LEAD, chosen, on)
    voices = (
        Counted(Voice.OWN, _suppressed(here, own, _shared(session, actor, own))),
        Counted(Voice.LEAD, _suppressed(here, leads, _judged(session, actor, here, leads, today))),
    )
    return Counts(chosen, places, on, len(here), voices)


def has_counts(session: ReadSession, actor: Actor, today: date) -> bool:
    """Whether there are ratings, and a place whose counts the actor may look at. A lead of teams alone has none."""
    return actor.may(Permission.SEE_RATING_COUNTS) and are_on(session) and bool(_places(session, actor, today))


def _places(session: ReadSession, actor: Actor, today: date) -> tuple[tuple[int, str], ...]:
    if actor.reach(Permission.SEE_RATING_COUNTS).trust:
        return ((WHOLE_TRUST, "The whole trust"),)
    return tuple((d.id, d.name) for d in directorates(session, actor, Permission.SEE_RATING_COUNTS, on=today))


def _people(place_id: int, on: date) -> sa.Select[tuple[int, int]]:
    """Person → team, of everybody whose main post is in the place."""
    found = (
        sa.select(_employment.c.person_id, _employment.c.team_id)
        .join(_team, _team.c.id == _employment.c.team_id)
        .where(_employment.c.is_primary, open_on(_employment, on))
    )
    return found if place_id == WHOLE_TRUST else found.where(_team.c.directorate_id == place_id)


def _said(session: ReadSession, voice: Voice, place_id: int, on: date) -> Newest:
    """The newest that somebody said of each person and that held at the beginning of the day."""
    at = datetime.combine(on, time.min, LONDON)
    rows = session.execute(
        sa.select(
            _rating.c.person_id,
            _rating.c.said,
            _rating.c.whose_id,
            _rating.c.author_id,
            _rating.c.rated_at,
            _rating.c.superseded_at,
        )
        .where(
            _rating.c.voice == voice,
            _rating.c.competency.is_(None),
            _rating.c.rated_at < at,
            sa.or_(_rating.c.superseded_at.is_(None), _rating.c.superseded_at >= at),
            _rating.c.person_id.in_(_people(place_id, on).with_only_columns(_employment.c.person_id)),
        )
        .order_by(_rating.c.rated_at, _rating.c.id)
    )
    return {row.person_id: row for row in rows}


def _shared(session: ReadSession, actor: Actor, said: Newest) -> set[int]:
    """Whose own view the actor knows: their own, and what was shared with them."""
    shares = shares_to(session, actor.person_id)
    shared = {i for i, row in said.items() if is_shared(row.rated_at, row.superseded_at, shares.get(i, ()))}
    return shared | {actor.person_id}


def _judged(session: ReadSession, actor: Actor, here: Mapping[int, int], said: Newest, today: date) -> set[int]:
    """Of whom the actor knows what leads say: it is theirs, or about them; or nobody said a thing of who is theirs.

    What another lead said of somebody on the actor's own pages is not known to them.
    """
    teams = hands(session, actor, today)
    theirs = {i for i, row in said.items() if actor.person_id in (row.whose_id, row.author_id)}
    unsaid = {i for i, team_id in here.items() if team_id in teams and i not in said}
    return theirs | unsaid | {actor.person_id}


def _suppressed(here: Collection[int], said: Newest, known: Collection[int]) -> dict[Said | None, int | None]:
    whole, unseen = _parts(here, said), _parts([i for i in here if i not in known], said)
    shown = shown_beside(whole, unseen)
    return {key: count if key in shown else None for key, count in whole.items()}


def _parts(people: Collection[int], said: Newest) -> dict[Said | None, int]:
    counted = Counter(said[i].said if i in said else None for i in people)
    return {key: counted[key] for key in (*JUDGEMENTS, None)}
