"""The plan of one directorate, level by level."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from app.capability.rules import BY_COHORT, DEVELOPMENT_ONLY
from app.cohorts.rules import Share
from app.cohorts.wording import days_words, for_words
from app.kernel.clock import london_date
from app.planning.counting import DEFINITIONS, What
from app.planning.queries.plans import Line, Plan
from app.planning.rules import year_end
from app.planning.wording import target_words, year_words
from app.web.page import Page
from app.web.words import day, plural, short_day

PathFor = Callable[..., str]
WHO_SEES = (
    "You, the others who lead this directorate, and the QI team. Each person sees what is asked of them and how far "
    "they are, and nobody else’s."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number of people, and the list behind it."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One level, or a staff group in it. `held_now` of `wanted_now` is drawn as a bar; nothing is drawn without."""

    level: str
    group: str
    target: str
    set_by: str
    wanted: str
    held_now: int
    wanted_now: int
    bar: str
    held: Number
    learning: Number
    needed: Number
    requested: Number
    places: str
    some: bool
    """Whether any place is planned, so that the list of cohorts says more."""
    later: str
    gap: str
    missing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortLine:
    level: str
    days: str
    places: str
    whom: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where else one can go from here; empty for whoever may not."""

    grid: str
    time: str
    targets: str
    cohorts: str
    ahead: str
    split: str
    fairness: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage(Page):
    template: ClassVar[str] = "planning/plan.html"
    who_sees: ClassVar[str] = WHO_SEES

    title: str
    say: str
    directorates: tuple[Choice, ...]
    years: tuple[Choice, ...]
    year: str
    ends: str
    staff: Number
    rows: tuple[Row, ...]
    cohorts: tuple[CohortLine, ...]
    definitions: tuple[tuple[str, str], ...]
    directorate_id: int
    year_number: int
    links: Links
    development_only: str

    @classmethod
    def of(cls, plan: Plan, links: Links, path_for: PathFor) -> Self:
        here = plan.chosen[0]
        lines = upwards(plan.lines)
        return cls(
            title=here.name,
            say=_say(plan),
            directorates=choices(plan, here.id),
            years=years(plan),
            year=year_words(plan.year),
            ends=short_day(year_end(plan.year)),
            staff=_number(plan, lines[0], What.STAFF, path_for, whole=True),
            rows=tuple(_row(plan, line, path_for) for line in lines),
            cohorts=tuple(_cohorts(plan, here.id)),
            definitions=definitions(),
            directorate_id=here.id,
            year_number=plan.year,
            links=links,
            development_only=DEVELOPMENT_ONLY,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NoPlanPage(Page):
    """Somebody who leads teams, and no directorate as a whole."""

    template: ClassVar[str] = "planning/no_plan.html"
    who_sees: ClassVar[str] = WHO_SEES

    contact: str


def upwards(lines: Sequence[Line]) -> list[Line]:
    """As the pyramid stands: its top first, the introduction last; a staff group beneath its level."""
    return sorted(lines, key=lambda line: (-(line.tier.path.step or 0), line.tier.position))


def choices(plan: Plan, chosen: int) -> tuple[Choice, ...]:
    if len(plan.directorates) < 2:  # noqa: PLR2004  nothing to choose
        return ()
    every = Choice(value="", text="All of them", chosen=not chosen)
    return (every, *(Choice(value=str(d.id), text=d.name, chosen=d.id == chosen) for d in plan.directorates))


def years(plan: Plan) -> tuple[Choice, ...]:
    return tuple(Choice(value=str(y), text=year_words(y), chosen=y == plan.year) for y in plan.years)


def definitions() -> tuple[tuple[str, str], ...]:
    return tuple((name.capitalize(), meaning) for name, meaning in DEFINITIONS.items())


def _say(plan: Plan) -> str:
    """The level with the most people missing, of all staff or of a staff group, in one sentence."""
    wanted = [line for line in plan.lines if line.wanted is not None]
    if not wanted:
        return f"No target is set for the year that ends on {day(year_end(plan.year))}."
    worst = max(wanted, key=lambda line: line.gap or 0)
    whom = f" in {worst.staff_group}" if worst.staff_group else ""
    goal = f"By {day(year_end(plan.year))}, {plural(worst.wanted or 0, 'person', 'people')}{whom} should hold"
    level, held = worst.tier.title, worst.counted.held
    if not worst.gap:
        return f"Every target that is set for {day(year_end(plan.year))} is reached today."
    said = f"{goal} {level}. {held:,} {'does' if held == 1 else 'do'} today, so {worst.gap:,} "
    said += f"{'is' if worst.gap == 1 else 'are'} missing"
    if worst.tier.delivered != BY_COHORT:
        return f"{said}. Anybody can begin it at any time."
    whole = next(line for line in plan.lines if not line.staff_group and line.tier.slug == worst.tier.slug)
    return f"{said}; {_planned(whole.places)} planned until then{' for all staff groups' if whom else ''}."


def _planned(places: Share) -> str:
    """30 places, and 60 shared with others, are"""
    own, shared = places
    if own and shared:
        return f"{plural(own, 'place', 'places')}, and {shared:,} shared with others, are"
    if shared:
        return f"{plural(shared, 'place', 'places')} shared with others {'is' if shared == 1 else 'are'}"
    return plural(own, "place is", "places are")


def _row(plan: Plan, line: Line, path_for: PathFor) -> Row:
    target, wanted, held = line.target, line.wanted, line.counted.held
    return Row(
        level=line.tier.title,
        group=line.staff_group,
        target=target_words(target.kind, target.value, line.staff_group) if target else "None set",
        set_by=f"{target.set_by}, {short_day(london_date(target.set_at))}: {target.reason}" if target else "",
        wanted=f"{wanted:,}" if wanted is not None else "",
        held_now=min(held, wanted or 0),
        wanted_now=wanted or 0,
        bar=f"{held:,} of {wanted:,}" if wanted else "",
        held=_number(plan, line, What.HELD, path_for),
        learning=_number(plan, line, What.LEARNING, path_for),
        needed=_number(plan, line, What.NEEDED, path_for),
        requested=_number(plan, line, What.REQUESTED, path_for),
        places=_places(line),
        some=any(line.places),
        later=f"{line.later.own + line.later.shared:,} later" if any(line.later) else "",
        gap=f"{line.gap:,}" if line.gap is not None else "",
        missing=bool(line.gap),
    )


def _places(line: Line) -> str:
    """30, and 60 shared; nothing in the line of a staff group, for which no place is planned apart."""
    if line.staff_group:
        return ""
    if line.tier.delivered != BY_COHORT and not any(line.places):
        return "Always open"
    own, shared = line.places
    return f"{own:,}, and {shared:,} shared" if own and shared else f"{shared:,} shared" if shared else f"{own:,}"


def _number(plan: Plan, line: Line, what: What, path_for: PathFor, *, whole: bool = False) -> Number:
    count = line.counted.of(what)
    group = {"group": line.staff_group} if line.staff_group and not whole else {}
    href = path_for(
        "planning:named",
        directorate=line.directorate.id,
        year=plan.year,
        level=line.tier.slug,
        what=what.value,
        **group,
    )
    return Number(text=f"{count:,}", href=href if count else "")


def _cohorts(plan: Plan, directorate_id: int) -> Iterator[CohortLine]:
    titles = {t.slug: t.title for t in plan.tiers}
    for cohort in plan.cohorts:
        share = cohort.share(directorate_id)
        if not any(share) or cohort.tier not in titles:
            continue
        parts = ((share.own, "kept for you"), (share.shared, "shared"))
        places = ", ".join(f"{count:,} {words}" for count, words in parts if count)
        yield CohortLine(
            level=titles[cohort.tier],
            days=days_words(cohort.starts_on, cohort.ends_on),
            places=places,
            whom=for_words(cohort.kept),
        )
