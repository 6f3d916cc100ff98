"""A whole team to judge in one go, and which teams there are to judge."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.organisation.models import Employment, Person
from app.organisation.queries import open_on
from app.ratings.models import Rating
from app.ratings.queries.asking import asked_by
from app.ratings.queries.raters import Hand, hand_for, hands
from app.ratings.rules import Said, Voice

_rating, _person, _employment = table(Rating), table(Person), table(Employment)


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A person of the team, and what the actor says of them now."""

    person_id: int
    list_name: str
    job_role: str
    band: str
    said: Said | None
    rated_at: datetime | None


@dataclass(frozen=True, slots=True)
class Sheet:
    hand: Hand
    lines: tuple[SheetLine, ...]

    @property
    def judged(self) -> int:
        return sum(line.said is not None for line in self.lines)


@dataclass(frozen=True, slots=True)
class TeamToJudge:
    """`asked` names whom the actor has asked to judge it."""

    hand: Hand
    people: int
    judged: int
    asked: str


def sheet(session: ReadSession, actor: Actor, team_id: int, on: date) -> Sheet:
    """Everybody whose main post is in the team, by name, but those who are spared.

    Raises NotFoundError for another's team.
    """
    hand = hand_for(session, actor, team_id, on)
    whose = sa.literal(hand.lead_id)
    rows = session.execute(
        sa.select(
            _person.c.id, _person.c.list_name, _employment.c.job_role, _employment.c.band, _rating.c.said,
            _rating.c.rated_at,
        )
        .select_from(_employment)
        .join(_person, _person.c.id == _employment.c.person_id)
        .outerjoin(_rating, _mine(actor, whose))
        .where(to_judge({team_id: hand}, on))
        .order_by(_person.c.sort_key, _person.c.id)
    )  # fmt: skip
    return Sheet(hand, tuple(SheetLine(*row) for row in rows))


def some_teams(session: ReadSession, actor: Actor, on: date) -> list[TeamToJudge]:
    """The same. Raises NotFoundError for whoever rates nobody."""
    found = teams_to_judge(session, actor, on)
    if not found:
        raise NotFoundError("teams")
    return found


def teams_to_judge(session: ReadSession, actor: Actor, on: date) -> list[TeamToJudge]:
    """Every team that the actor rates and that has people in it."""
    found = hands(session, actor, on)
    counted = _counted(session, actor, found, on) if found else {}
    asked = asked_by(session, actor, on)
    return [
        TeamToJudge(hand, *counted[team_id], asked.get(team_id, "") if hand.own else "")
        for team_id, hand in found.items()
        if team_id in counted
    ]


def to_judge(found: Mapping[int, Hand], on: date) -> sa.ColumnElement[bool]:
    """Whether a row of table(Employment) is the main post, in one of these teams, of somebody to be judged there."""
    teams_of: dict[frozenset[int], list[int]] = defaultdict(list)
    for team_id, hand in found.items():
        teams_of[hand.spared].append(team_id)
    theirs = (
        sa.and_(_employment.c.team_id.in_(ids), _employment.c.person_id.not_in(spared))
        for spared, ids in teams_of.items()
    )
    return sa.and_(_employment.c.is_primary, open_on(_employment, on), sa.or_(sa.false(), *theirs))


def _counted(session: ReadSession, actor: Actor, found: Mapping[int, Hand], on: date) -> dict[int, tuple[int, int]]:
    whose = _whose(actor, found)
    rows = session.execute(
        sa.select(_employment.c.team_id, sa.func.count(), sa.func.count(_rating.c.id))
        .select_from(_employment)
        .join(_person, _person.c.id == _employment.c.person_id)
        .outerjoin(_rating, _mine(actor, whose))
        .where(to_judge(found, on))
        .group_by(_employment.c.team_id)
    )
    return {team_id: (people, judged) for team_id, people, judged in rows}


def _whose(actor: Actor, found: Mapping[int, Hand]) -> sa.ColumnElement[int]:
    """Whose view the actor gives of the team of a row: another lead's, who asked them to, or their own."""
    asked = {team_id: hand.lead_id for team_id, hand in found.items() if not hand.own}
    return sa.case(asked, value=_employment.c.team_id, else_=actor.person_id) if asked else sa.literal(actor.person_id)


def _mine(actor: Actor, whose: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """The one judgement that the actor makes now of the person of a row, as that view."""
    return sa.and_(
        _rating.c.person_id == _person.c.id,
        _rating.c.author_id == actor.person_id,
        _rating.c.whose_id == whose,
        _rating.c.voice == Voice.LEAD,
        _rating.c.competency.is_(None),
        _rating.c.superseded_at.is_(None),
    )
