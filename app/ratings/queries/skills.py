"""People and their skills, for the lead who rates them: of a team, a directorate, all of them, or a selection."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from app.access.actor import Actor
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.kernel.names import folded
from app.organisation.models import Employment, Person, Team
from app.ratings.choosing import Choice, Show
from app.ratings.queries.depth import Needs, all_rated_of
from app.ratings.queries.raters import Hand, hands
from app.ratings.queries.sheets import to_judge
from app.ratings.queries.voices import Pair, voices_of_many
from app.ratings.rules import OVERALL, Voice

_person, _employment, _team = table(Person), table(Employment), table(Team)
_POSTS = _employment.join(_team, _team.c.id == _employment.c.team_id).join(
    _person, _person.c.id == _employment.c.person_id
)
NOTHING: Mapping[str, Pair] = {}

Selections = Mapping[int, tuple[str, sa.Select[tuple[int]]]]
"""The reader's own selections of people, by number; the room that keeps them stands above this one."""


class Rated(NamedTuple):
    """Somebody whom the reader rates, in their main post, with both views by what they are about.

    `shows_own`: the reader may see something that they ever said of themselves.
    """

    person_id: int
    list_name: str
    job_role: str
    band: str
    staff_group: str
    team_id: int
    team: str
    site: str
    pairs: Mapping[str, Pair] = NOTHING
    all_rated: bool = False
    shows_own: bool = False

    @property
    def judged(self) -> bool:
        lead = self.pairs[OVERALL].lead if OVERALL in self.pairs else None
        return lead is not None and lead.holds

    @property
    def differs(self) -> bool:
        return any(pair.differ for pair in self.pairs.values())

    @property
    def by_skill(self) -> bool:
        """Whether their skills are rated one by one, or something was said of one that the reader may see."""
        return self.all_rated or any(self.pairs)


@dataclass(frozen=True, slots=True)
class Skills:
    """What is looked at: a directorate, all that the reader rates (0), or a selection of theirs.

    `hands` are its teams; `here` is everybody there whom the reader rates, `shown` who fits what was chosen.
    `past` is the day at whose end the views stood so; None for how they stand now.
    """

    directorates: Mapping[int, str]
    selections: Mapping[int, str]
    directorate_id: int
    selection_id: int
    team_id: int
    hands: Mapping[int, Hand]
    here: tuple[Rated, ...]
    shown: tuple[Rated, ...]
    past: date | None

    @property
    def where(self) -> str:
        if self.selection_id:
            return self.selections[self.selection_id]
        return self.directorates.get(self.directorate_id, "Every directorate")


def skills(
    session: ReadSession,
    actor: Actor,
    choice: Choice,
    selections: Selections,
    needs: Needs,
    on: date,
    as_at: date | None = None,
) -> Skills:
    """Whom the actor rates, and of each what the page of that one person shows them. Statements as for one person.

    As at a day before it is those whom they rate now, and of what may be seen now that which had been said by then.
    Raises NotFoundError for whoever rates nobody, and for a place, team or selection that is not theirs.
    """
    every = hands(session, actor, on)
    directorates = {hand.directorate_id: hand.directorate for hand in every.values()}
    if not directorates or (choice.selection and choice.selection not in selections):
        raise NotFoundError("teams")
    wide = choice.selection or choice.everywhere
    one = 0 if wide else choice.directorate or next(iter(directorates))
    if one and one not in directorates:
        raise NotFoundError("directorate")
    there = {i: hand for i, hand in every.items() if one in (0, hand.directorate_id)}
    if choice.team and choice.team not in every:
        raise NotFoundError("team")
    team = choice.team if choice.team in there else 0
    within = to_judge(there, on)
    if choice.selection:
        within = sa.and_(within, _employment.c.person_id.in_(selections[choice.selection][1]))
    here = _people(session, within)
    people = sa.select(_employment.c.person_id).where(within, _employment.c.team_id == team if team else sa.true())
    voices = voices_of_many(session, actor, people)
    deep = all_rated_of(session, people, voices, on, needs)
    then, past = voices, as_at if as_at and as_at < on else None
    if past:
        then = {i: said.as_known(past) for i, said in voices.items()}
        # Whose level was withdrawn since had all rated then, and not now: the past tells a reader no more than today.
        deep &= all_rated_of(session, people, then, past, needs)
    own = {i for i, said in voices.items() if any(row.voice is Voice.OWN for row in said.rows)}
    fitting = (p for p in here if team in (0, p.team_id) and _belongs(p, choice))
    full = (
        p._replace(
            pairs=then[p.person_id].pairs() if p.person_id in then else NOTHING,
            all_rated=p.person_id in deep,
            shows_own=p.person_id in own,
        )
        for p in fitting
    )
    shown = sorted((p for p in full if _fits(p, choice.show)), key=choice.order)
    names = {i: name for i, (name, _) in selections.items()}
    return Skills(directorates, names, one, choice.selection, team, there, here, tuple(shown), past)


def _people(session: ReadSession, within: sa.ColumnElement[bool]) -> tuple[Rated, ...]:
    """By name."""
    rows = session.execute(
        sa.select(
            _person.c.id,
            _person.c.list_name,
            _employment.c.job_role,
            _employment.c.band,
            _employment.c.staff_group,
            _team.c.id,
            _team.c.name,
            _team.c.site,
        )
        .select_from(_POSTS)
        .where(within)
        .order_by(_person.c.sort_key, _person.c.id)
    )
    return tuple(Rated(*row) for row in rows)


def _belongs(person: Rated, choice: Choice) -> bool:
    name = folded(person.list_name)
    return (
        choice.group in ("", person.staff_group)
        and choice.band in ("", person.band)
        and choice.site in ("", person.site)
        and all(word in name for word in choice.words)
    )


def _fits(person: Rated, show: Show) -> bool:
    return {
        Show.EVERYBODY: True,
        Show.BY_SKILL: person.by_skill,
        Show.DIFFERS: person.differs,
        Show.NOT_JUDGED: not person.judged,
    }[show]
