"""Addresses within the lead's screens: each carries what was chosen, so that every page can lead back."""

from datetime import date
from urllib.parse import urlencode

from app.capability.board import Member, Which
from app.capability.choosing import EVERY_TEAM, FindQuery, GridQuery, part_of
from app.capability.pages.parts import Part, PathFor
from app.capability.queries.grid import Grid
from app.capability.queries.roll_up import RollUp

Looked = Grid | RollUp
MOST_ROWS = 2_000
"""A browser shows so many people at once without a pause; of more, totals are shown and a choice is asked for."""


def fits_a_screen(grid: Grid) -> bool:
    return len(grid.shown.members) <= MOST_ROWS


class Links:
    """`carried` is the choice as it was understood: the directorate and team named, even when nobody chose them.

    A grid of a whole directorate has some hundreds of numbers to link, so what they share is encoded once.
    """

    def __init__(self, path_for: PathFor, looked: Looked, query: GridQuery) -> None:
        self._path_for = path_for
        here = {"directorate": part_of(looked.place), "team": str(looked.filters.team or EVERY_TEAM)}
        self.carried = query.kept() | here
        self._list = path_for("capability:named")
        shared = urlencode({k: v for k, v in self.carried.items() if v and k not in here})
        self._shared = f"{self._list}?{shared}&" if shared else f"{self._list}?"
        grid = path_for("capability:teams")
        self._grid = f"{grid}?{shared}&" if shared else f"{grid}?"
        self._whole = urlencode({"directorate": here["directorate"], "as_at": query.as_at})

    def part(self, team: str = "", directorate: str = "") -> str:
        """The grid of another part, looked at in the same way."""
        return f"{self._grid}{self._where(team, directorate)}"

    def grid(self, **changed: str) -> str:
        return self._path_for("capability:teams", **(self.carried | changed))

    def number(self, count: int, which: Which, level: str = "", team: str = "", directorate: str = "") -> Part:
        """A number that opens the named list behind it, in what is looked at or in another part."""
        where = self._where(team, directorate)
        return Part(text=f"{count:,}", href=f"{self._shared}{where}&what={which}&of={level}")

    def _where(self, team: str, directorate: str) -> str:
        return f"directorate={directorate or self.carried['directorate']}&team={team or self.carried['team']}"

    def counted(self, text: str, which: Which, level: str, by: date) -> Part:
        """The same for the whole directorate, whatever the filters: for the first sentence."""
        href = f"{self._list}?{self._whole}&team={EVERY_TEAM}&what={which}&of={level}&by={by.isoformat()}"
        return Part(text=text, href=href)


def found_at(grid: Grid, query: FindQuery, person: Member | None, path_for: PathFor) -> tuple[str, str]:
    """The address of somebody's row in the grid, and what to say about it: without filters where these hide them.

    Where there are too many to be shown by name, in their team.
    """
    links = Links(path_for, grid, query)
    if person is None:
        said = f"Nobody here is called “{query.name[:60]}”." if query.name else "Enter a name, or a part of it."
        return links.grid(name=""), said
    row = f"#p{person.person_id}"
    if person in grid.shown.members and fits_a_screen(grid):
        return links.grid(name="") + row, ""
    shown = {"group": "", "band": "", "site": "", "level": "", "decided": "", "progress": "", "name": ""}
    return links.grid(**shown, team=str(person.team_id)) + row, "Shown in their team, without filters."
