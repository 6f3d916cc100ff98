"""Who got the training in a year, by protected characteristic: shares with the doubt in them, of the whole trust."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from app.charts.drawing.dots_picture import Dot, Dots, dots_figure
from app.equality.pages.wording import KEPT, METHOD, WHOLE, called
from app.equality.queries.years import CountRow, Shown
from app.equality.rules.characteristics import TITLES, Characteristic, year_words
from app.equality.rules.counts import PartKind
from app.planning.fairness import Interval, wilson
from app.web.page import Option, Page
from app.web.words import day


@dataclass(frozen=True, slots=True, kw_only=True)
class CharacteristicView:
    slug: str
    title: str
    picture_html: str
    said: str
    hidden: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EqualityPage(Page):
    template: ClassVar[str] = "equality/shown.html"
    who_sees: ClassVar[str] = (
        "HR and the QI team, and whoever leads in the whole trust. No person is named here, and no number of fewer "
        "than ten people is shown, or kept."
    )

    title: str
    say: str
    tiers: tuple[Option, ...]
    tier: str
    years: tuple[Option, ...]
    year: str
    ways: tuple[CharacteristicView, ...]
    counted: str
    method: tuple[str, ...]
    brings: bool

    @classmethod
    def of(cls, found: Shown) -> Self:
        seen = any(row.trained for row in found.counts)
        by = {each: [row for row in found.counts if row.characteristic is each] for each in Characteristic if seen}
        return cls(
            title=f"Who completed {found.tier.short}, by protected characteristic",
            say=_say(found),
            tiers=tuple(Option(value=t.slug, text=t.short) for t in found.tiers),
            tier=found.tier.slug,
            years=tuple(Option(value=str(y.year), text=year_words(y.year)) for y in found.years),
            year=str(found.year.year) if found.year else "",
            ways=tuple(_view(found, each, rows) for each, rows in by.items() if rows),
            counted=f"{WHOLE} {KEPT}",
            method=METHOD,
            brings=found.brings,
        )


def _say(found: Shown) -> str:
    if found.year is None:
        return "No year is counted yet: HR brings a file once a year."
    year = year_words(found.year.year)
    whole = next((row for row in found.counts if row.label.kind is PartKind.ALL), None)
    if whole is None or whole.trained is None:
        return f"Too few people completed {found.tier.short} in {year} to show it in groups."
    share = f"{whole.trained / whole.people * 100:.0f}%"
    return (
        f"About {whole.trained:,} of the {whole.people:,} people in post on {day(found.year.as_at)} completed "
        f"{found.tier.short} in {year}, {share}."
    )


def _view(found: Shown, each: Characteristic, rows: list[CountRow]) -> CharacteristicView:
    whole = next((row for row in rows if row.label.kind is PartKind.ALL), None)
    seen = {
        called(r.label): wilson(r.trained, r.people) for r in rows if r.trained and r.label.kind is not PartKind.ALL
    }
    hidden = "; ".join(called(row.label) for row in rows if row.trained is None)
    if whole is None or not whole.trained:
        return CharacteristicView(
            slug=each.value,
            title=TITLES[each],
            picture_html="",
            said=f"Too few people in each group completed {found.tier.short} to show any.",
            hidden="",
        )
    share = whole.trained / whole.people
    said = " ".join(_said(seen, share))
    return CharacteristicView(
        slug=each.value,
        title=TITLES[each],
        picture_html=_picture(found, each, rows, share, said),
        said=said,
        hidden=f"The others together are {hidden}." if hidden else "",
    )


def _said(seen: Mapping[str, Interval], share: float) -> Iterator[str]:
    if len(seen) == 1:
        yield f"Everybody counted here is in one group: {next(iter(seen))}."
        return
    below = [name for name, found in seen.items() if found.high < share]
    above = [name for name, found in seen.items() if found.low > share]
    if below:
        yield f"Fewer than chance explains: {'; '.join(below)}."
    if above:
        yield f"More than chance explains: {'; '.join(above)}."
    if not below and not above:
        yield "No group differs from all together by more than chance explains."


def _picture(found: Shown, each: Characteristic, rows: list[CountRow], share: float, said: str) -> str:
    dots = [_dot(row) for row in rows if row.trained and row.label.kind is not PartKind.ALL]
    title = f"Share who completed {found.tier.short}, by {TITLES[each][0].lower()}{TITLES[each][1:]}"
    return dots_figure(Dots(title, tuple(dots), share), f"equal-{each.value}", said)


def _dot(row: CountRow) -> Dot:
    assert row.trained is not None
    said = f"about {row.trained:,} of {row.people:,}"
    return Dot(called(row.label), *wilson(row.trained, row.people), said, row.label.kind is PartKind.REST)
