"""People and skills with both views, for the lead who rates them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from markupsafe import Markup

from app.curriculum.framework import CompetencyView, LevelView
from app.ratings.choosing import EVERY, SELECTION, By, Show, SkillsQuery
from app.ratings.pages.levels import LevelLine
from app.ratings.pages.skill_rows import NO_ROWS, Look, skill_rows
from app.ratings.queries import Skills
from app.ratings.rules import DEVELOPMENT_ONLY
from app.web.page import FieldError, Page, errors_of
from app.web.words import day, plural

PathFor = Callable[..., str]
Views = Sequence[tuple[str, Mapping[str, str]]]
MOST_ROWS = 2_000
FIRST_TWO = 24
"""How wide, in em, the columns of names and of the one judgement are together."""
SHOWN = {
    Show.EVERYBODY: "Everybody",
    Show.BY_SKILL: "Skills rated one by one",
    Show.DIFFERS: "Something seen differently",
    Show.NOT_JUDGED: "Not yet rated as a whole",
}
ORDERS = {By.NAME: "Name", By.TEAM: "Team", By.BAND: "Band"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosable:
    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Select:
    """One filter: its field's name, its label and its choices."""

    name: str
    label: str
    choices: tuple[Choosable, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillColumn:
    """`short` and `rest` together are the whole name; `label` is the name as a style sheet may say it.

    `width`, in em, has room for the longest word of the name.
    """

    short: str
    rest: str
    label: str
    width: str
    title: str
    meaning: str

    @classmethod
    def of(cls, one: CompetencyView) -> Self:
        """Involvement | and co-production; Strategy, | governance and equity."""
        ends = [i for i in (one.title.find(","), one.title.find(" and ")) if i > 0]
        end = min(ends, default=len(one.title))
        return cls(
            short=one.title[:end],
            rest=one.title[end:].lstrip(", "),
            label=_plain(one.title),
            width=f"{max(6, 1.6 + 0.62 * max(map(len, _plain(one.title).split()), default=0)):.1f}",
            title=one.title,
            meaning=one.summary,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillsPage(Page):
    template: ClassVar[str] = "ratings/skills.html"
    who_sees: ClassVar[str] = (
        "You alone see these people side by side. Each of them sees what you say of them. You see their own view once "
        "they share it with you, and not what another lead says. No file is made of this page."
    )

    title: str
    say: str
    selects: tuple[Select, ...]
    more: tuple[Select, ...]
    more_open: bool
    as_at: str
    errors: tuple[FieldError, ...]
    past: str
    finds: tuple[tuple[str, str], ...]
    name: str
    views: tuple[tuple[str, str], ...]
    kept: tuple[tuple[str, str], ...]
    """What a saved view says; nothing for whoever keeps none."""
    everybody: str
    caption: str
    empty: str
    too_many: str
    by_name: bool
    columns: tuple[SkillColumn, ...]
    width: str
    rows: Markup
    levels: tuple[LevelLine, ...]
    development_only: str

    @classmethod
    def of(
        cls,
        found: Skills,
        query: SkillsQuery,
        competencies: Sequence[CompetencyView],
        levels: Sequence[LevelView],
        views: Views | None,
        path_for: PathFor,
        errors: Mapping[str, str],
    ) -> Self:
        """`views`: the reader's own of this grid; None for whoever keeps none."""
        look = Look([one.key for one in competencies], not found.team_id, path_for("ratings:person", person_id=0)[:-1])
        columns = tuple(map(SkillColumn.of, competencies))
        fits, place = len(found.shown) <= MOST_ROWS, _place(found)
        everybody = {"directorate": place, "team": EVERY} | ({"as_at": query.as_at} if found.past else {})
        return cls(
            title=f"Skills of the people you rate: {found.where}",
            say=_say(found),
            selects=tuple(_selects(found, query)),
            more=tuple(_more(found, query)),
            more_open=any((query.group, query.band, query.site, query.sort, query.as_at)),
            as_at=query.as_at,
            errors=errors_of(errors),
            past=_past(found),
            finds=tuple(everybody.items()),
            name=query.name,
            views=tuple((named, path_for("ratings:skills", **said)) for named, said in views or ()),
            kept=tuple(_kept(found, query).items()) if views is not None else (),
            everybody=path_for("ratings:skills", **everybody),
            caption=f"{_team(found)}, {plural(len(found.shown), 'person', 'people')}",
            empty=_empty(found),
            too_many="" if fits else _too_many(len(found.shown)),
            by_name=query.sort == By.NAME,
            columns=columns,
            width=f"{FIRST_TWO + sum(float(one.width) for one in columns):.1f}",
            rows=skill_rows(found.shown, look) if fits else NO_ROWS,
            levels=tuple(LevelLine(name=f"{one.level}. {one.name}", meaning=one.meaning) for one in levels),
            development_only=DEVELOPMENT_ONLY,
        )


def _kept(found: Skills, query: SkillsQuery) -> dict[str, str]:
    """The place and the team named, even when nobody chose them: the first may be another one later."""
    return query.kept() | {"grid": "skills", "directorate": _place(found), "team": str(found.team_id or EVERY)}


def _say(found: Skills) -> str:
    """12 of 23 people rated as a whole; 3 skill by skill. Of 2 you two see something differently."""
    shown = found.shown
    if not shown:
        return "Nobody to show."
    judged, deep, differ = (
        sum(p.judged for p in shown),
        sum(p.by_skill for p in shown),
        sum(p.differs for p in shown),
    )
    of = f"{judged:,} of {plural(len(shown), 'person', 'people')} rated as a whole; {deep:,} skill by skill."
    return f"{of} {plural(differ, 'person sees', 'people see')} something differently." if differ else of


def _past(found: Skills) -> str:
    if not found.past:
        return ""
    return f"This is what had been said by the end of {day(found.past)}, of the people whom you rate today."


def _selects(found: Skills, query: SkillsQuery) -> Iterator[Select]:
    places = [(str(i), name) for i, name in found.directorates.items()]
    if len(places) > 1:
        places.append((EVERY, "Every directorate"))
    places += [(f"{SELECTION}{i}", f"My selection: {name}") for i, name in found.selections.items()]
    label = "Directorate or selection" if found.selections else "Directorate"
    yield _select("directorate", label, places, _place(found))
    people = Counter(person.team_id for person in found.here)
    teams = [
        (str(i), f"{'' if found.directorate_id else f'{hand.directorate}: '}{hand.team} ({people[i]:,})")
        for i, hand in found.hands.items()
        if people[i] or i == found.team_id
    ]
    teams.insert(0, (EVERY, f"Every team ({len(found.here):,})"))
    yield _select("team", "Team", teams, str(found.team_id or EVERY))
    yield _select("show", "Show", SHOWN.items(), query.show)


def _more(found: Skills, query: SkillsQuery) -> Iterator[Select]:
    here = found.here
    yield _select("group", "Staff group", _any({p.staff_group for p in here}, query.group), query.group)
    yield _select("band", "Band", _any({p.band for p in here}, query.band), query.band)
    sites = {p.site for p in here} - {""}
    if sites or query.site:
        yield _select("site", "Site", _any(sites, query.site), query.site)
    yield _select("sort", "Order by", ORDERS.items(), query.sort)


def _any(values: set[str], chosen: str) -> list[tuple[str, str]]:
    return [("", "All"), *((value, value) for value in sorted(values | {chosen}) if value)]


def _select(name: str, label: str, values: Iterable[tuple[str, str]], chosen: str) -> Select:
    return Select(
        name=name,
        label=label,
        choices=tuple(Choosable(value=value, text=text, chosen=value == chosen) for value, text in values),
    )


def _place(found: Skills) -> str:
    if found.selection_id:
        return f"{SELECTION}{found.selection_id}"
    return str(found.directorate_id or EVERY)


def _team(found: Skills) -> str:
    return found.hands[found.team_id].team if found.team_id else "Every team"


def _empty(found: Skills) -> str:
    """Why there is nobody to show; empty when there is."""
    if found.shown:
        return ""
    here = [p for p in found.here if found.team_id in (0, p.team_id)]
    if here:
        return f"None of the {plural(len(here), 'person', 'people')} here fits what you chose."
    return "Nobody here is rated by you."


def _too_many(people: int) -> str:
    return f"{people:,} people fit: too many for one screen. Choose a directorate, a team or a filter to see them."


def _plain(text: str) -> str:
    """Letters, digits and spaces: what may stand in a style sheet."""
    return " ".join("".join(c if c.isalnum() or c == "-" else " " for c in text).split())
