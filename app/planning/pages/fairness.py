"""Who gets the training: shares of groups with the doubt in them, and no group so small that one could be known."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from app.charts.drawing.dots_picture import Dot, Dots, dots_figure
from app.kernel.suppression import FEWEST
from app.planning.fairness import Part, Shown, wilson
from app.planning.grouping import TITLES, Dimension
from app.planning.pages.forecast import Choice
from app.planning.queries.fairness import Fairness
from app.web.page import Page
from app.web.words import day

PathFor = Callable[..., str]
METHOD = (
    f"A group in which fewer than {FEWEST} people hold the level, or fewer than {FEWEST} do not, or of fewer than "
    f"{FEWEST} people stands with others as “The others together”, so that nobody can be picked out, nor had by "
    "subtraction. Where that is not enough, nothing is shown. Bars are 95% limits by Wilson’s method (Wilson 1927; "
    "Newcombe 1998, method 3). Where a bar does not reach the line of all together, chance alone rarely explains it: "
    "that is a question to ask, and no verdict."
)
MISSING = {
    Dimension.PATTERN: "Nobody’s working pattern is known here: a staff file with a column for it brings it.",
    Dimension.SITE: "No team here has a site yet: HR writes it down under Directorates and teams.",
}
AS_IT_STANDS = "Working pattern is that of each person’s main post as it stands today, site that of their team."


@dataclass(frozen=True, slots=True, kw_only=True)
class WayLine:
    slug: str
    title: str
    said: str
    hidden: str
    picture_html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FairnessPage(Page):
    template: ClassVar[str] = "planning/fairness.html"
    who_sees: ClassVar[str] = (
        "You, the others who lead this directorate, and the QI team, who see every directorate. No person is named "
        "here, and no number of fewer than ten people is shown."
    )

    title: str
    tiers: tuple[Choice, ...]
    places: tuple[Choice, ...]
    say: str
    ways: tuple[WayLine, ...]
    missing: tuple[str, ...]
    method: str
    protected: bool
    """Whether the page of counts by protected characteristic, which is for the whole trust alone, is theirs to see."""

    @classmethod
    def of(cls, found: Fairness) -> Self:
        where = found.place.name if found.place else "The whole trust"
        every = [Choice(value="all", text="The whole trust", chosen=found.place is None)] if found.everywhere else []
        places = (Choice(value=str(d.id), text=d.name, chosen=d == found.place) for d in found.directorates)
        return cls(
            title=f"{where}: who holds {found.tier.short}",
            tiers=tuple(Choice(value=t.slug, text=t.short, chosen=t is found.tier) for t in found.tiers),
            places=(*every, *places),
            say=_say(found, where),
            ways=tuple(_way(found, way, what) for way, what in found.shown),
            missing=(AS_IT_STANDS, *(MISSING[way] for way in found.not_kept if way in MISSING)),
            method=METHOD,
            protected=found.everywhere,
        )


def _say(found: Fairness, where: str) -> str:
    whole = next((what.whole for _, what in found.shown if what.whole), None)
    name = found.tier.short
    if whole is None:
        return f"{where} is too small a place to show who holds {name} without showing single people."
    share = f"{whole.holders / whole.people * 100:.0f}%"
    return f"{whole.holders:,} of {whole.people:,} people hold {name}, {share}, as at {day(found.today)}."


def _way(found: Fairness, way: Dimension, what: Shown) -> WayLine:
    together = ", ".join(what.hidden)
    return WayLine(
        slug=way.value,
        title=TITLES[way],
        said=" ".join(_said(what)),
        hidden=f"The others together are {together}." if what.rest and what.parts else "",
        picture_html=_picture(found, way, what) if what.whole and what.parts and not _alone(what) else "",
    )


def _alone(what: Shown) -> bool:
    return len(what.parts) == 1 and what.rest is None


def _said(what: Shown) -> Iterator[str]:
    """Which groups stand out from all together."""
    if not what.parts or what.whole is None:
        yield "Too few people in each group to show any without showing single people."
        return
    if _alone(what):
        yield f"Everybody counted here is in one group: {next(iter(what.parts))}."
        return
    share = what.whole.holders / what.whole.people
    below = [name for name, part in what.parts.items() if wilson(part.holders, part.people).high < share]
    above = [name for name, part in what.parts.items() if wilson(part.holders, part.people).low > share]
    if below:
        yield f"Fewer than chance explains: {'; '.join(below)}."
    if above:
        yield f"More than chance explains: {'; '.join(above)}."
    if not below and not above:
        yield "No group differs from all together by more than chance explains."


def _picture(found: Fairness, way: Dimension, what: Shown) -> str:
    assert what.whole is not None
    dots = [_dot(name, part) for name, part in what.parts.items()]
    if what.rest:
        dots.append(_dot("The others together", what.rest, hollow=True))
    chart = Dots(
        f"Share who hold {found.tier.short}, {TITLES[way][0].lower()}{TITLES[way][1:]}",
        tuple(dots),
        what.whole.holders / what.whole.people,
    )
    return dots_figure(chart, f"fair-{way.value}", " ".join(_said(what)))


def _dot(name: str, part: Part, *, hollow: bool = False) -> Dot:
    found = wilson(part.holders, part.people)
    return Dot(name, *found, f"{part.holders:,} of {part.people:,}", hollow)
