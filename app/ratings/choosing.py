"""What somebody chose to look at of the people they rate, as the address says it; the matrix's says it alike."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from pydantic import BaseModel, ConfigDict

from app.kernel.errors import NotFoundError
from app.kernel.names import folded
from app.organisation.rules import band_place

EVERY = "all"
SELECTION = "s"
"""In an address, before the number of a selection, where else a directorate's stands."""


class Show(StrEnum):
    EVERYBODY = ""
    BY_SKILL = "skills"
    DIFFERS = "differs"
    NOT_JUDGED = "not-judged"


class By(StrEnum):
    NAME = ""
    TEAM = "team"
    BAND = "band"


class Placed(Protocol):
    """Whoever stands in the grid."""

    @property
    def team(self) -> str: ...
    @property
    def band(self) -> str: ...


Key = tuple[object, ...]
_ORDERS: dict[By, Callable[[Placed], Key]] = {
    By.NAME: lambda _person: (),
    By.TEAM: lambda person: (folded(person.team),),
    By.BAND: lambda person: band_place(person.band),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """`directorate` 0 is the first, unless it is `everywhere` or a `selection`; `team` 0 is every team."""

    directorate: int
    everywhere: bool
    selection: int
    team: int
    group: str
    band: str
    site: str
    words: tuple[str, ...]
    show: Show
    by: By

    def order(self, person: Placed) -> Key:
        """People stand by name, or by this first."""
        return _ORDERS[self.by](person)


class SkillsQuery(BaseModel):
    """Everything is text and may be missing."""

    model_config = ConfigDict(extra="ignore", frozen=True, str_strip_whitespace=True)

    directorate: str = ""
    team: str = ""
    group: str = ""
    band: str = ""
    site: str = ""
    show: str = ""
    sort: str = ""
    as_at: str = ""
    name: str = ""

    def kept(self) -> dict[str, str]:
        """What a saved view keeps: all but the day and the person who was looked for.

        Raises NotFoundError as `choice` does.
        """
        self.choice()
        return {name: value for name, value in self.model_dump(exclude={"as_at", "name"}).items() if value}

    def choice(self) -> Choice:
        """Raises NotFoundError for what no link of ours says."""
        if self.show not in set(Show) or self.sort not in set(By):
            raise NotFoundError("filter")
        everywhere, chosen = self.directorate == EVERY, self.directorate.startswith(SELECTION)
        selection = _number(self.directorate.removeprefix(SELECTION)) if chosen else 0
        if chosen and not selection:
            raise NotFoundError("selection")
        return Choice(
            directorate=0 if everywhere or chosen else _number(self.directorate),
            everywhere=everywhere,
            selection=selection,
            team=0 if self.team == EVERY else _number(self.team),
            group=self.group,
            band=self.band,
            site=self.site,
            words=tuple(folded(self.name).split()),
            show=Show(self.show),
            by=By(self.sort),
        )


def _number(text: str) -> int:
    """Empty is 0."""
    if text and not (text.isascii() and text.isdecimal() and len(text) <= 9):  # noqa: PLR2004  no id of ours is longer
        raise NotFoundError("id")
    return int(text or 0)
