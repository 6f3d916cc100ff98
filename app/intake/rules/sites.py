"""Where teams work, as the location of their people's posts says it: by majority, and never one person's own place."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.intake.rules.decisions import decision_key
from app.intake.rules.lines import Line
from app.intake.rules.matching import Placed
from app.intake.rules.picture import Picture
from app.intake.rules.places import TeamRef

LEAST = 2
"""A site is named by so many people of the file, or by a team here: else it could be where somebody lives."""


@dataclass(frozen=True, slots=True)
class SiteSet:
    """A team's site becomes another: `before` is empty where nobody said any. `place` is the team in words."""

    team: TeamRef
    place: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Sites:
    """What is set, by the team's words, and how many teams' rows name several sites without a majority."""

    sets: tuple[SiteSet, ...] = ()
    divided: tuple[str, ...] = ()


def sites_of(rows: Iterable[Placed], lines: Iterable[Line], picture: Picture) -> Sites:
    """The site that more than half of a team's rows name, of those that name one; rows that are over name none.

    Of teams that are here, and of those that `lines` open.
    """
    opened = {post.team for line in lines for post in line.posts}
    naming = [
        placed
        for placed in rows
        if placed.row.site
        and not placed.is_over(picture.today)
        and (isinstance(placed.team, int) or placed.team in opened)
    ]
    said, spelt, places = _said(naming, picture)
    people = Counter(key for key, _ in {(decision_key(placed.row.site), placed.row.number) for placed in naming})
    here = {team.id: team.site for team in picture.teams}
    known = {decision_key(site) for site in here.values() if site}
    sets, divided = [], []
    for team, named in said.items():
        key, most = named.most_common(1)[0]
        if most * 2 <= named.total():
            divided.append(places[team])
            continue
        before = here.get(team, "") if isinstance(team, int) else ""
        if (people[key] >= LEAST or key in known) and key != decision_key(before):
            sets.append(SiteSet(team, places[team], before, spelt[key]))
    return Sites(tuple(sorted(sets, key=lambda one: one.place)), tuple(sorted(divided)))


def _said(
    naming: Iterable[Placed], picture: Picture
) -> tuple[Mapping[TeamRef, Counter[str]], dict[str, str], dict[TeamRef, str]]:
    """By team how many rows name each site, how each is spelt first, and the team's words."""
    said: dict[TeamRef, Counter[str]] = defaultdict(Counter)
    spelt = {decision_key(team.site): team.site for team in picture.teams if team.site}
    places: dict[TeamRef, str] = {}
    for placed in naming:
        key = decision_key(placed.row.site)
        said[placed.team][key] += 1
        spelt.setdefault(key, placed.row.site)
        places[placed.team] = placed.place
    return said, spelt, places


def site_words(one: SiteSet) -> str:
    """Medicine / Ward 7: Main site, where it said Hilltop."""
    return f"{one.place}: {one.after}" + (f", where it said {one.before}" if one.before else "")


def remarks_on(sites: Sites, most: int = 10) -> Iterator[str]:
    """What is kept of it with the import."""
    if sites.sets:
        said = "; ".join(site_words(one) for one in sites.sets[:most])
        more = f"; and {len(sites.sets) - most} more" if len(sites.sets) > most else ""
        yield f"Sites of teams, as more than half of their rows say: {said}{more}."
    if sites.divided:
        named = ", ".join(sites.divided[:most]) + (" and more" if len(sites.divided) > most else "")
        yield f"Rows of one team name several sites, none of them more than half, and its site stays as it is: {named}."
