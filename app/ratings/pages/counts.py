"""How many people are judged what, drawn and told: of ten and more."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Self

from app.kernel.suppression import FEWEST
from app.ratings.queries import Counted, Counts
from app.ratings.rules import DEVELOPMENT_ONLY, JUDGEMENTS, Said, Voice
from app.ratings.wording import JUDGED
from app.web.page import Page
from app.web.words import day, plural

PathFor = Callable[..., str]
TITLES = {Voice.LEAD: "What leads say", Voice.OWN: "What people say themselves"}
NOBODY = {Voice.LEAD: "Not judged yet", Voice.OWN: "Have not said yet"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One part of all people. `width` is its share in per cent; 0 where it is not shown."""

    name: str
    count: str
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    key: str
    title: str
    say: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLink:
    name: str
    href: str
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsPage(Page):
    template: ClassVar[str] = "ratings/counts.html"
    who_sees: ClassVar[str] = (
        "A lead sees the directorates that they lead; HR, the QI team and the board see the whole trust alone. "
        "Nobody sees here what is said of one person, and no number of fewer than ten."
    )

    place: str
    say: str
    places: tuple[PlaceLink, ...]
    charts: tuple[Chart, ...]
    how: str
    development_only: str

    @classmethod
    def of(cls, found: Counts, path_for: PathFor) -> Self:
        place = dict(found.places)[found.place_id]
        on = day(found.on)
        return cls(
            place=place,
            say=f"{found.people:,} people worked here on {on}."
            if found.people is not None
            else f"Fewer than {FEWEST} people worked here on {on}, so that nothing is counted.",
            places=tuple(
                PlaceLink(name=name, href=path_for("ratings:counts", place=i), here=i == found.place_id)
                for i, name in found.places
                if len(found.places) > 1
            ),
            charts=tuple(
                _chart(v, found.people or 0) for v in sorted(found.voices, key=lambda v: v.voice is Voice.OWN)
            ),
            how=(
                f"Counted once a month, as at its first day: the newest that was said of each person and held then. "
                f"A number of fewer than {FEWEST} is not shown, and neither is another from which it could be worked "
                "out, be it with what you yourself said or were shown."
            ),
            development_only=DEVELOPMENT_ONLY,
        )


def _chart(found: Counted, people: int) -> Chart:
    known = {key: count for key, count in found.counts.items() if count is not None}
    most = max(known, key=lambda key: known[key], default=None)
    return Chart(
        key=found.voice,
        title=TITLES[found.voice],
        say=_say(found.voice, most, known, people),
        bars=tuple(_bar(key, found, people) for key in (*JUDGEMENTS, None)),
    )


def _say(voice: Voice, most: Said | None, known: dict[Said | None, int], people: int) -> str:
    if not known:
        return "Nothing can be shown yet: too few people in each part."
    name = JUDGED[most] if most else NOBODY[voice]
    return f"Most often: {name}, {known[most]:,} of {plural(people, 'person', 'people')}."


def _bar(key: Said | None, found: Counted, people: int) -> Bar:
    count = found.counts[key]
    return Bar(
        name=JUDGED[key] if key else NOBODY[found.voice],
        count="not shown" if count is None else f"{count:,}",
        width=0 if not count else round(100 * count / people),
    )
