"""A part of the trust as at one day: its people, each with a standing in every tier, and what can be counted in it.

The screen, its totals, the lists behind them and the downloads all count by `kinds_of`, so they cannot disagree.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from app.capability.rules import (
    BEGUN,
    HELD,
    Gap,
    Need,
    Progress,
    Standing,
    State,
    Used,
    gap,
    is_overdue,
    pause_is_over,
)
from app.curriculum.views import TierView


class Which(StrEnum):
    """What a number counts. Each has its definition beside it."""

    PEOPLE = "people"
    REQUIRED = "required"
    COMPLETED = "completed"
    USED = "used"
    GAP = "gap"
    STARTED = "started"
    NOT_STARTED = "not_started"
    OVERDUE = "overdue"
    NO_PLACE = "no_place"
    UNDECIDED = "undecided"
    PAUSED = "paused"
    PAUSE_OVER = "pause_over"
    WAIVED = "waived"
    NOT_REQUIRED = "not_required"


DEFINITIONS = {
    Which.PEOPLE: "People whose main post is in the teams shown.",
    Which.REQUIRED: "A lead or a rule asks this person for this level. Paused and waived needs do not count.",
    Which.COMPLETED: "Required, and completed. A level whose refresh date has passed does not count as completed.",
    Which.USED: "Required, completed, and used since in a piece of work that a manager, lead or coach has confirmed.",
    Which.GAP: "Required and not completed, nor paused. A level past its refresh date is not completed.",
    Which.STARTED: "Required, not completed, and the person is learning or has a place.",
    Which.NOT_STARTED: "Required, not completed, and the person has neither begun nor a place.",
    Which.OVERDUE: "Required, not completed, and the date has passed. Long leave moves the date by its days.",
    Which.NO_PLACE: "Required, not completed, and no place has been offered: counts against supply, not the person.",
    Which.UNDECIDED: "Nobody has decided yet whether this person needs this level.",
    Which.PAUSED: "The need is paused until a date: parental, sick or carer's leave, or another reason.",
    Which.PAUSE_OVER: "The need was paused until a date that has come. Somebody must decide again.",
    Which.WAIVED: "Set aside for this person until a date, with a reason. Then what the rules say holds again.",
    Which.NOT_REQUIRED: "Somebody decided that this person's role does not need this level.",
}


class Member(NamedTuple):
    """A person in their main post, with a standing for each tier of the whole board and what it counts as."""

    person_id: int
    list_name: str
    name: str
    job_role: str
    band: str
    staff_group: str
    team_id: int
    team: str
    site: str
    starts_on: date
    ends_on: date | None
    standings: tuple[Standing, ...]
    kinds: tuple[frozenset[Which], ...]

    @property
    def away(self) -> bool:
        """Whether they are on long leave on the board's day."""
        return bool(self.standings) and self.standings[0].away


class Entry(NamedTuple):
    """One cell of the grid, or one person: what lists and counts are made of."""

    member: Member
    tier: TierView | None
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What somebody chose to see. `team` 0 is every team; empty text is no filter."""

    team: int = 0
    group: str = ""
    band: str = ""
    need: str = ""
    progress: str = ""
    level: str = ""
    site: str = ""
    every_level: bool = False


_NOBODY_LEFT_OUT = Filters()


@dataclass(frozen=True, slots=True)
class Board:
    """`columns` says which of a member's standings belongs to each tier, so that a narrower board copies nobody."""

    tiers: tuple[TierView, ...]
    members: tuple[Member, ...]
    on: date
    columns: tuple[int, ...]

    def shown(self, chosen: Filters) -> "Board":
        """Only what was chosen: people with at least one level that fits, and one level if one was named."""
        narrow = self.only([chosen.level]) if chosen.level else self
        if chosen == replace(_NOBODY_LEFT_OUT, level=chosen.level, every_level=chosen.every_level):
            return narrow
        fitting = tuple(m for m in self.members if _belongs(m, chosen) and _fits(m, narrow.columns, chosen))
        return replace(narrow, members=fitting)

    def only(self, slugs: Collection[str]) -> "Board":
        """The same people, with these tiers alone."""
        kept = [(t, i) for t, i in zip(self.tiers, self.columns, strict=True) if t.slug in slugs]
        return replace(self, tiers=tuple(t for t, _ in kept), columns=tuple(i for _, i in kept))

    def by_team(self) -> dict[int, "Board"]:
        """The people of each team, for those teams that have any."""
        return self.parted(lambda member: member.team_id)

    def parted(self, by: Callable[[Member], int]) -> dict[int, "Board"]:
        """The people of each part, for those parts that have any: together they are everybody, each once."""
        parts: dict[int, list[Member]] = {}
        for member in self.members:
            parts.setdefault(by(member), []).append(member)
        return {part: replace(self, members=tuple(members)) for part, members in parts.items()}

    def sites(self) -> list[str]:
        """The places where these people's teams work, by name; none in a trust that names none."""
        return sorted({m.site for m in self.members if m.site})

    def idle_tiers(self) -> tuple[TierView, ...]:
        """The tiers in which nobody here has a decision, progress or a request."""
        if not self.members:
            return ()
        return tuple(
            tier
            for tier, place in zip(self.tiers, self.columns, strict=True)
            if all(_is_blank(m.standings[place]) for m in self.members)
        )

    def entries(self, which: Which, level: str = "", by: date | None = None) -> list[Entry]:
        """Every cell that a number counts: of one level or all, due by a day if one is given."""
        if which is Which.PEOPLE:
            return [Entry(m, None, Standing()) for m in self.members]
        columns = [(i, t) for t, i in zip(self.tiers, self.columns, strict=True) if level in ("", t.slug)]
        return [
            Entry(m, tier, m.standings[i])
            for m in self.members
            for i, tier in columns
            if which in m.kinds[i] and (by is None or (m.standings[i].due or date.max) <= by)
        ]

    def tally(self) -> Counter[tuple[str, Which]]:
        """How many cells of each tier count as what."""
        counts: Counter[tuple[str, Which]] = Counter()
        for tier, place in zip(self.tiers, self.columns, strict=True):
            for kinds, count in Counter([m.kinds[place] for m in self.members]).items():
                for kind in kinds:
                    counts[tier.slug, kind] += count
        return counts


def whole_board(
    tiers: tuple[TierView, ...], people: Iterable[tuple[tuple[Any, ...], tuple[Standing, ...]]], on: date
) -> Board:
    """A board of everybody: each person's columns as `Member` has them, up to `ends_on`, and their standings."""
    members = (Member._make((*about, own, _kinds_of_all(own, on))) for about, own in people)
    return Board(tiers, tuple(members), on, tuple(range(len(tiers))))


_UNDECIDED = frozenset({Which.UNDECIDED})


def _kinds_of_all(own: tuple[Standing, ...], on: date) -> tuple[frozenset[Which], ...]:
    return tuple([_UNDECIDED if one.need is None else kinds_of(one, on) for one in own])


def kinds_of(standing: Standing, today: date) -> frozenset[Which]:
    """Everything that one cell counts as on a day."""
    need, progress, due = standing.need, standing.progress, standing.due
    if need is None:
        return _UNDECIDED
    held = progress.state in HELD
    past = due is not None and due <= today  # what is still ahead is neither late nor over, and is most of it
    late = past and not held and is_overdue(standing, today)
    resumed = past and pause_is_over(need, due, today, away=standing.away)
    return _kinds(need, progress.state, standing.offered, late, resumed, held and progress.used is Used.YES)


@cache
def _kinds(need: Need, state: State, offered: bool, late: bool, resumed: bool, used: bool) -> frozenset[Which]:
    if need is Need.NOT_REQUIRED:
        return frozenset({Which.NOT_REQUIRED})
    if need is Need.PAUSED:
        return frozenset({Which.PAUSE_OVER if resumed else Which.PAUSED})
    if need is Need.WAIVED:
        return frozenset({Which.WAIVED})
    if state in HELD:
        return frozenset({Which.REQUIRED, Which.COMPLETED} | ({Which.USED} if used else set()))
    kinds = {Which.REQUIRED, Which.GAP, Which.STARTED if state in BEGUN else Which.NOT_STARTED}
    if gap(Standing(Progress(state), need=need, offered=offered)) is Gap.SUPPLY:
        kinds.add(Which.NO_PLACE)
    return frozenset(kinds | {Which.OVERDUE}) if late else frozenset(kinds)


def _is_blank(standing: Standing) -> bool:
    wanted = standing.need is not None or standing.asked or standing.planned
    return not wanted and standing.progress.state is State.NOT_STARTED


def _belongs(member: Member, chosen: Filters) -> bool:
    return (
        chosen.team in (0, member.team_id)
        and chosen.group in ("", member.staff_group)
        and chosen.band in ("", member.band)
        and chosen.site in ("", member.site)
    )


def _fits(member: Member, columns: Collection[int], chosen: Filters) -> bool:
    if not chosen.need and not chosen.progress:
        return True
    return any(_cell_fits(member.standings[i], chosen) for i in columns)


def _cell_fits(standing: Standing, chosen: Filters) -> bool:
    if chosen.progress and chosen.progress not in (standing.progress.state, standing.progress.used):
        return False
    return not chosen.need or (standing.need or "undecided") == chosen.need
