"""The named list behind a number of a report."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from app.capability.rules import DEVELOPMENT_ONLY
from app.learning.life_wording import Names, explained
from app.oversight import wording
from app.oversight.pages.figures import PathFor, month_key
from app.oversight.queries.named import Asked, Listed, Named
from app.oversight.rules.figures import TRUST, Measure, months_of
from app.web.page import Page
from app.web.words import day, plural, short_day

TITLES = {
    Listed.HELD: "hold it",
    Listed.TRAINED: "People trained",
    Listed.DAYS: wording.TITLES[Measure.DAYS],
    Listed.OVERDUE: wording.TITLES[Measure.OVERDUE],
}
DEFINITIONS = {
    Listed.HELD: wording.HELD,
    Listed.TRAINED: wording.DEFINITIONS[Measure.TRAINED],
    Listed.DAYS: wording.DEFINITIONS[Measure.DAYS],
    Listed.OVERDUE: wording.DEFINITIONS[Measure.OVERDUE],
}
DATES = {
    Listed.HELD: "Since",
    Listed.TRAINED: "Came to hold it",
    Listed.DAYS: "Came to hold it",
    Listed.OVERDUE: "Refresh by",
}
ONE = {Listed.DAYS: "time", Listed.OVERDUE: "level"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    name: str
    href: str
    team: str
    level: str
    on: str
    explained: str
    days: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage(Page):
    template: ClassVar[str] = "oversight/list.html"
    who_sees: ClassVar[str] = "You, the others who lead this directorate, and the QI team. The board sees no names."

    title: str
    count: str
    definition: str
    where: str
    dates: str
    has_days: bool
    lines: tuple[Line, ...]
    back: str
    development_only: str

    @classmethod
    def of(cls, found: Sequence[Named], asked: Asked, place: str, names: Names, path_for: PathFor) -> Self:
        """`names` are those of the editions on which levels rest."""
        one = ONE.get(asked.what)
        return cls(
            title=_title(found, asked),
            count=plural(len(found), one) if one else plural(len(found), "person", "people"),
            definition=DEFINITIONS[asked.what],
            where=f"{place}. {_when(asked)}",
            dates=DATES[asked.what],
            has_days=asked.what is Listed.DAYS,
            lines=tuple(_line(line, asked, names, path_for) for line in found),
            back=_back(asked, path_for),
            development_only=DEVELOPMENT_ONLY,
        )


def _title(found: Sequence[Named], asked: Asked) -> str:
    if asked.what is Listed.HELD:
        return f"{found[0].level if found else 'This level'}: people who hold it"
    return TITLES[asked.what]


def _when(asked: Asked) -> str:
    if asked.what in {Listed.HELD, Listed.OVERDUE}:
        return f"As at {day(asked.as_at)}, with what is known today."
    if asked.month is not None:
        return f"{wording.month_name(asked.month)}, with what is known today."
    return f"The 12 months to {wording.month_name(months_of(asked.as_at)[-1])}, with what is known today."


def _line(one: Named, asked: Asked, names: Names, path_for: PathFor) -> Line:
    """Whoever is here today has a page; of who was here then, some have left."""
    is_here = asked.what in {Listed.HELD, Listed.OVERDUE} and not asked.is_of_month
    return Line(
        name=one.name,
        href=path_for("capability:person", person_id=one.person_id) if is_here else "",
        team=one.team,
        level=one.level,
        on=short_day(one.on),
        explained=explained(one.holding, names, asked.as_at) if one.holding else "",
        days="" if one.days is None else f"{one.days:,}",
    )


def _back(asked: Asked, path_for: PathFor) -> str:
    kept = {"month": month_key(asked.as_at.replace(day=1)) if asked.is_of_month else "", "known": "today"}
    if asked.directorate_id == TRUST:
        return path_for("oversight:trust", **kept)
    return path_for("oversight:directorate", directorate_id=asked.directorate_id, **kept)
