"""Everything that the lead's first screen, its lists and its downloads show: one board, looked at in one way."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.access.actor import Actor
from app.access.permissions import Permission
from app.capability.board import Board, Filters, Member, Which
from app.capability.ordering import Order, ordered
from app.capability.queries.boards import EVERYWHERE, Place, board, place
from app.capability.queries.standings import AsAt
from app.capability.rules import Cell
from app.curriculum.views import TierView
from app.kernel.db import ReadSession
from app.kernel.errors import NotFoundError
from app.kernel.names import folded
from app.organisation.queries import teams

ALWAYS_SHOWN = 2
"""The first levels concern everybody, so they keep their column even before anybody has decided."""
FIRST_TEAM = -1
BY_NAME = Order()


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody asks to see. `directorate` 0 is the first; the filters' team FIRST_TEAM is one's own.

    `selection` is one's own choice of people in the place of a directorate, or 0.
    """

    directorate: int
    filters: Filters
    on: date
    order: Order = BY_NAME
    selection: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """`whole` is everybody in reach in the directorate, `filtered` who fits, `shown` without the folded levels."""

    place: Place
    filters: Filters
    whole: Board
    filtered: Board
    shown: Board
    folded: tuple[TierView, ...]

    def by_team(self) -> list[tuple[int, str, Board]]:
        """What fits the filters in each team, and not only in the one chosen."""
        everywhere = self._everywhere()
        teams, nobody = everywhere.by_team(), replace(everywhere, members=())
        return [(t.id, t.name, teams.get(t.id, nobody)) for t in self.place.teams]

    def by_directorate(self) -> list[tuple[int, str, Board]]:
        """The same for each directorate: together they are everybody who fits, each once."""
        home, everywhere = {t.id: t.directorate_id for t in self.place.teams}, self._everywhere()
        parts, nobody = everywhere.parted(lambda m: home[m.team_id]), replace(everywhere, members=())
        return [(i, name, parts.get(i, nobody)) for i, name in self.place.directorates]

    def named(self, words: str) -> Member | None:
        """The first person whose name holds these words: of those shown, or else of all who are here."""
        wanted = folded(words).split()
        fits = (m for b in (self.shown, self.whole) for m in b.members if _is_called(m, wanted))
        return next(fits, None) if wanted else None

    def _everywhere(self) -> Board:
        return self.whole.shown(replace(self.filters, team=0))


def grid(session: ReadSession, actor: Actor, choice: Choice, now: datetime) -> Grid | None:
    """None when the actor reaches no team.

    Raises NotFoundError for a directorate or team out of reach, and for somebody else's selection.
    """
    here = place(session, actor, choice.on, choice.directorate, choice.selection)
    if here is None:
        return None
    found = board(session, actor, here.directorate_id, AsAt.of(choice.on, now), here.selection_id)
    whole = _ordered(found, choice.order)
    filters = replace(choice.filters, team=_team(here, choice.filters.team, _own_team(whole, actor)))
    if filters.level and filters.level not in {t.slug for t in whole.tiers}:
        raise NotFoundError("level")
    filtered = whole.shown(filters)
    folded = _foldable(filtered, filters)
    kept = [t.slug for t in filtered.tiers if t not in folded]
    return Grid(here, filters, whole, filtered, filtered.only(kept) if folded else filtered, folded)


def first_day(session: ReadSession, actor: Actor, choice: Choice) -> date | None:
    """The first day on which there was anything of what is chosen; None for what is out of reach or nowhere."""
    reached = teams(session, actor, Permission.SEE_CAPABILITY)
    here = [t for t in reached if choice.directorate in (0, EVERYWHERE, t.directorate_id)]
    one = [t for t in here if t.id == choice.filters.team]
    return min((t.starts_on for t in one or here), default=None)


def _team(here: Place, team: int, own: int) -> int:
    """Without a choice, one's own team, else the first: also for a team of the directorate looked at before."""
    if here.wide and team == FIRST_TEAM:
        return 0
    if team == FIRST_TEAM or team in here.elsewhere:
        return own or here.teams[0].id
    return here.team(team).id if team else 0


def _ordered(board: Board, order: Order) -> Board:
    try:
        return ordered(board, order)
    except ValueError:
        raise NotFoundError("level") from None


def _own_team(board: Board, actor: Actor) -> int:
    return next((m.team_id for m in board.members if m.person_id == actor.person_id), 0)


def _is_called(member: Member, words: list[str]) -> bool:
    name = folded(member.list_name)
    return all(word in name for word in words)


def _foldable(board: Board, filters: Filters) -> tuple[TierView, ...]:
    if filters.every_level or filters.level:
        return ()
    return tuple(t for t in board.idle_tiers() if t not in board.tiers[:ALWAYS_SHOWN])


def undecided_cells(found: Grid, levels: Iterable[str]) -> tuple[Cell, ...]:
    """Every shown cell of these levels about which nobody has decided."""
    return tuple(
        Cell(e.member.person_id, level, 0) for level in levels for e in found.shown.entries(Which.UNDECIDED, level)
    )


def grid_or_missing(session: ReadSession, actor: Actor, choice: Choice, now: datetime) -> Grid:
    """For pages that make no sense without a team. Raises NotFoundError."""
    found = grid(session, actor, choice, now)
    if found is None:
        raise NotFoundError("directorate")
    return found
