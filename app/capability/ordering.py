"""In which order people stand in the grid: by name, or first by something that is said of each of them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from app.capability.board import Board, Member, Which
from app.capability.rules import State
from app.kernel.names import folded
from app.organisation.rules import band_place


class By(StrEnum):
    NAME = "name"
    TEAM = "team"
    BAND = "band"
    DUE = "due"
    STATE = "state"


OF_A_LEVEL = frozenset({By.DUE, By.STATE})
# The furthest behind first: who waits for something to be done stands above who has done it.
FURTHEST_BEHIND = (
    State.REFRESH_OVERDUE,
    State.NOT_STARTED,
    State.WAITING,
    State.BOOKED,
    State.LEARNING,
    State.REFRESH_AFTER_LEAVE,
    State.REFRESH_BY,
    State.COMPLETED,
)


@dataclass(frozen=True, slots=True)
class Order:
    """`level` is the tier whose date or state counts; empty for the others."""

    by: By = By.NAME
    level: str = ""

    @classmethod
    def of(cls, text: str) -> "Order":
        """From an address: band, or due.pocket-qi. Raises ValueError for anything else."""
        by, _, level = text.partition(".")
        order = cls(By(by or By.NAME), level)
        if bool(level) != (order.by in OF_A_LEVEL):
            raise ValueError(text)
        return order


def ordered(board: Board, order: Order) -> Board:
    """The same people in this order, and by name within it. Raises ValueError for a level that the board has not."""
    if order.by is By.NAME:
        return board
    key = _KEYS[order.by](_column(board, order.level) if order.level else 0)
    return replace(board, members=tuple(sorted(board.members, key=key)))


def _column(board: Board, level: str) -> int:
    columns = {t.slug: place for t, place in zip(board.tiers, board.columns, strict=True)}
    if level not in columns:
        raise ValueError(level)
    return columns[level]


def _by_team(_place: int) -> Callable[[Member], Any]:
    return lambda member: (folded(member.team), member.team_id)


def _by_band(_place: int) -> Callable[[Member], Any]:
    return lambda member: band_place(member.band)


def _by_due(place: int) -> Callable[[Member], Any]:
    return lambda member: member.standings[place].due or date.max


def _by_state(place: int) -> Callable[[Member], Any]:
    def key(member: Member) -> Any:
        late = Which.OVERDUE in member.kinds[place]
        return not late, FURTHEST_BEHIND.index(member.standings[place].progress.state)

    return key


_KEYS: dict[By, Callable[[int], Callable[[Member], Any]]] = {
    By.TEAM: _by_team,
    By.BAND: _by_band,
    By.DUE: _by_due,
    By.STATE: _by_state,
}
