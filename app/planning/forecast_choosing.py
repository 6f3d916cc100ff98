"""What somebody chose to look ahead at, as the address of a forecast says it."""

from pydantic import BaseModel, ConfigDict

from app.capability.choosing import number_in
from app.planning.queries.fairness import EVERYWHERE

MOST_A_MONTH = 200
MOST_A_YEAR = 2_000
SUGGESTED = "suggested"
EVERY = "all"
OWN = "n-"
"""Begins the name of each directorate's field: its number follows."""


class ForecastQuery(BaseModel):
    """Everything is text and may be missing. `places` a month is what is tried; empty: what is planned."""

    model_config = ConfigDict(extra="ignore", frozen=True, str_strip_whitespace=True)

    directorate: str = ""
    tier: str = ""
    group: str = ""
    places: str = ""

    @property
    def directorate_id(self) -> int:
        """Raises NotFoundError for what no link of ours says."""
        return number_in(self.directorate or "0")

    def tried(self) -> tuple[int | None, dict[str, str]]:
        """Places a month, None for the plan as it is; a message when what was typed is no such number."""
        return whole_number(self.places, "places", MOST_A_MONTH, "places a month")


class SplitQuery(BaseModel):
    """`places` a year are split between directorates, each with its field `n-7`; without any: as suggested."""

    model_config = ConfigDict(extra="allow", frozen=True, str_strip_whitespace=True)

    tier: str = ""
    places: str = ""
    how: str = ""

    def total(self) -> tuple[int | None, dict[str, str]]:
        """Places a year, None where nobody said."""
        return whole_number(self.places, "places", MOST_A_YEAR, "places a year")

    def split(self) -> tuple[dict[int, int] | None, dict[str, str]]:
        """Places for each directorate, None where nobody said; messages by field."""
        found: dict[int, int] = {}
        errors: dict[str, str] = {}
        for name, typed in self._own().items():
            count, wrong = whole_number(typed, name, MOST_A_YEAR, "places for it")
            found[number_in(name.removeprefix(OWN))] = count or 0
            errors |= wrong
        return found or None, errors

    def typed(self) -> dict[str, str]:
        """What stands in each field, by its id."""
        return self._own() | {"places": self.places}

    def _own(self) -> dict[str, str]:
        if self.how == SUGGESTED:
            return {}
        return {name: str(typed) for name, typed in (self.model_extra or {}).items() if name.startswith(OWN)}


class FairnessQuery(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, str_strip_whitespace=True)

    directorate: str = ""
    tier: str = ""

    @property
    def directorate_id(self) -> int:
        """EVERYWHERE for all; raises NotFoundError for what no link of ours says."""
        return EVERYWHERE if self.directorate == EVERY else number_in(self.directorate or "0")


def whole_number(typed: str, field: str, most: int, what: str) -> tuple[int | None, dict[str, str]]:
    """None for nothing typed, or for what is no whole number up to `most`, with a message."""
    if not typed.strip():
        return None, {}
    plain = typed.strip().replace(",", "")
    if plain.isascii() and plain.isdecimal() and len(plain) <= 6 and int(plain) <= most:  # noqa: PLR2004  six digits
        return int(plain), {}
    return None, {field: f"Enter how many {what}: a whole number from 0 to {most:,}"}
