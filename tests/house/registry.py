"""What the house tests enumerate: the router's own registry, and the hand-written table of who may do what."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs

from app.web.router import Entry
from tests.house.stage import VISITORS, Cast

TABLE = Path(__file__).with_name("access.csv")
FIRST_COLUMNS = ("route", "method", "whose", "form")
ANSWERS = {"200", "303", "401", "403", "404", "409", "410", "422", "429", "sign-in"}


@dataclass(frozen=True)
class Row:
    """One line of access.csv: what each visitor is answered at one address."""

    route: str
    method: str
    whose: str
    form: str
    answers: dict[str, str]

    @property
    def name(self) -> str:
        return f"{self.method} {self.route} {self.whose}".strip(" -")

    def path(self, entry: Entry, cast: Cast) -> str:
        return _filled(re.sub(r":\w+}", "}", entry.path), cast, self)

    def data(self, cast: Cast) -> dict[str, list[str]]:
        return parse_qs(_filled(self.form, cast, self), keep_blank_values=True)


def _filled(text: str, cast: Cast, row: Row) -> str:
    return re.sub(r"{(\w+)}", lambda found: str(cast.example(found[1], row.whose, row.route)), text)


@cache
def rows() -> tuple[Row, ...]:
    lines = [line for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
    return tuple(
        Row(**{c: line[c].strip() for c in FIRST_COLUMNS}, answers=_answers(line)) for line in csv.DictReader(lines)
    )


def _answers(line: dict[str, str | None]) -> dict[str, str]:
    """A marker is a member of staff who works elsewhere, but for the rows that say more; so is a board member."""
    written = {visitor: (line[visitor] or "").strip() for visitor in VISITORS}
    return written | {one: written[one] or written["staff-other"] for one in ("marker", "board-member")}


@cache
def entries() -> dict[str, Entry]:
    """Every route by name, as the routers registered it."""
    from app.main import ROUTERS

    return {entry.name: entry for router in ROUTERS for entry in router.entries}


LOOKERS = (
    "staff-own",
    "partner-own",
    "lead-own",
    "board-member",
    "hr",
    "qi-admin",
    "involvement",
    "marker",
    "anonymous",
)


def lookers(row: Row) -> list[str]:
    """Visitors whom this address shows its page to: up to three, each of another kind."""
    return [v for v in LOOKERS if row.answers.get(v) == "200"][:3]
