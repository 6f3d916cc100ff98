"""What somebody chose to look at, as the address of a grid, list or download says it."""

from collections.abc import Mapping
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from app.access.actor import Actor
from app.capability.board import Filters, Which
from app.capability.month import FIRST_MONTH, Month
from app.capability.ordering import Order
from app.capability.queries.boards import EVERYWHERE, Place
from app.capability.queries.grid import FIRST_TEAM, Choice, first_day
from app.capability.queries.kept import SELECTION, SKILLS
from app.capability.queries.month import EVERY_DIRECTORATE
from app.capability.rules import Need, State, Used
from app.kernel.db import ReadSession
from app.kernel.errors import NotFoundError
from app.ratings.choosing import SkillsQuery
from app.web.form import past_day
from app.web.words import day

EVERY_TEAM = "all"
NEEDS = {"", "undecided", *Need}
STATES = {"", *State, *Used}


class GridQuery(BaseModel):
    """What the address of the grid, of a list and of a download says. Everything is text and may be missing.

    `decided` is the filter by need: the bar that sets a need sends a field of that name beside these.
    """

    model_config = ConfigDict(extra="ignore", frozen=True, str_strip_whitespace=True)

    directorate: str = ""
    team: str = ""
    group: str = ""
    band: str = ""
    decided: str = ""
    progress: str = ""
    level: str = ""
    site: str = ""
    sort: str = ""
    as_at: str = ""
    levels: str = ""

    def choice(self, on: date) -> Choice:
        """Raises NotFoundError for what no link of ours says."""
        if self.decided not in NEEDS or self.progress not in STATES:
            raise NotFoundError("filter")
        team = FIRST_TEAM if not self.team else 0 if self.team == EVERY_TEAM else number_in(self.team)
        filters = Filters(
            team=team,
            group=self.group,
            band=self.band,
            need=self.decided,
            progress=self.progress,
            level=self.level,
            site=self.site,
            every_level=self.levels == EVERY_TEAM,
        )
        directorate, selection = self._part()
        return Choice(directorate, filters, on, self._order(), selection)

    def _part(self) -> tuple[int, int]:
        """The directorate and the selection: one of them is 0."""
        if self.directorate.startswith(SELECTION):
            return 0, number_in(self.directorate.removeprefix(SELECTION))
        return EVERYWHERE if self.directorate == EVERY_TEAM else number_in(self.directorate or "0"), 0

    def _order(self) -> Order:
        try:
            return Order.of(self.sort)
        except ValueError:
            raise NotFoundError("order") from None

    def day(self, session: ReadSession, actor: Actor, today: date) -> tuple[date, dict[str, str]]:
        """The day as at which to look: today, with a message, when what was typed is no such day.

        Raises NotFoundError as `choice` does.
        """
        wanted, errors = past_day(self.as_at, today)
        if wanted == today:
            return today, errors
        first = first_day(session, actor, self.choice(today))
        if first is not None and wanted < first:
            return today, {"as_at": f"Choose {day(first)} or a later date: there is nothing to look at here before it"}
        return wanted, {}

    def kept(self) -> dict[str, str]:
        """What to carry on to the next page."""
        return {name: value for name, value in self.model_dump().items() if value}


class ListQuery(GridQuery):
    """`of` is the level that the list counts; `level` stays the filter that it was in the grid."""

    what: str = Which.PEOPLE
    of: str = ""
    by: str = ""

    def counted(self) -> tuple[Which, date | None]:
        """What the list is of, and up to which date. Raises NotFoundError for what no link of ours says."""
        try:
            return Which(self.what), date.fromisoformat(self.by) if self.by else None
        except ValueError:
            raise NotFoundError("list") from None


class MonthQuery(BaseModel):
    """Which month and directorate to look at. Nothing said is this month, and the only directorate or all."""

    model_config = ConfigDict(extra="ignore", frozen=True, str_strip_whitespace=True)

    directorate: str = ""
    month: str = ""

    def chosen(self, today: date) -> tuple[int, Month]:
        """The directorate as `month_of` takes it. Raises NotFoundError for what no link of ours says."""
        directorate = EVERY_DIRECTORATE if self.directorate == EVERY_TEAM else number_in(self.directorate or "0")
        if not self.month:
            return directorate, Month.of(today)
        try:
            month = Month(date.fromisoformat(f"{self.month}-01"))
        except ValueError:
            raise NotFoundError("month") from None
        if month.key != self.month or not FIRST_MONTH <= month.first <= today:
            raise NotFoundError("month")
        return directorate, month


class PageQuery(GridQuery):
    saved: int = Field(default=0, le=2**31)


class FindQuery(GridQuery):
    name: str = ""


def part_of(place: Place) -> str:
    """How an address names what is looked at."""
    if place.selection_id:
        return f"{SELECTION}{place.selection_id}"
    return str(place.directorate_id or EVERY_TEAM)


def viewed(posted: Mapping[str, str], today: date) -> dict[str, str]:
    """What a saved view keeps: everything but the day, because a view is of how things stand.

    Raises NotFoundError for what no link of ours says.
    """
    grid = posted.get("grid", "")
    if grid == SKILLS:
        return SkillsQuery.model_validate(dict(posted)).kept() | {"grid": grid}
    if grid:
        raise NotFoundError("grid")
    query = GridQuery.model_validate(dict(posted))
    query.choice(today)
    return {name: value for name, value in query.kept().items() if name != "as_at"}


def number_in(text: str) -> int:
    if not text.isdecimal() or len(text) > 9:  # noqa: PLR2004  no id of ours is that long
        raise NotFoundError("id")
    return int(text)
