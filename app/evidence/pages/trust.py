"""Evidence of a directorate or the trust: figures, each of which opens the list behind it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from app.curriculum.views import TierView
from app.evidence import wording
from app.evidence.pages.lists import HEADINGS, ROWS_SHOWN, Line, definition, lines, shown
from app.evidence.pages.periods import PERIODS, Option, filled
from app.evidence.queries import Figures, Filters, TrustEvidence
from app.evidence.rules import NOWHERE, Total, Where
from app.organisation.queries import DirectorateRow, TeamRow
from app.organisation.rules import STAFF_GROUPS
from app.web.page import Filled, Page
from app.web.words import day, minutes, plural

ASKED = ("period", "starts", "ends", "where", "directorate", "team", "staff_group", "tier")
WHERES = (
    Option(value=Where.THEN.value, text="Where they were on the day"),
    Option(value=Where.NOW.value, text="Where they are now"),
)
ADD_UP = {
    Where.THEN: "Somebody who moved counts in each directorate that they learned in, and once in all",
    Where.NOW: "Each person counts where they are now, and whoever has no main post today under Left",
}
Link = Callable[..., str]
EVERYTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number and the address of the list behind it; no address where there is nothing to open."""

    number: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Count):
    """A number in the first sentence, with the words that follow it."""

    then: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    name: str
    people: Count
    completed: Count
    passed: Count
    levels: Count
    hours: str
    participatory: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustPage(Page):
    template: ClassVar[str] = "evidence/trust.html"
    who_sees: ClassVar[str] = (
        "HR and QI team administrators can see this page, each for the part of the trust they look after. "
        "Every file made from it is written down, with who made it and how many rows it had."
    )

    period: str
    as_at: str
    say: tuple[Said, ...]
    total: FigureLine | None
    by_level: tuple[FigureLine, ...]
    by_directorate: tuple[FigureLine, ...]
    directorates_add_up: str
    show: str
    list_heading: str
    definition: str
    lines: tuple[Line, ...]
    shown: str
    earlier: str
    later: str
    may_export: bool
    rows: str
    directorates: tuple[Option, ...]
    teams: tuple[Option, ...]
    staff_groups: tuple[Option, ...]
    tiers: tuple[Option, ...]
    wheres: tuple[Option, ...]
    periods: tuple[Option, ...]
    form: Filled
    kept: tuple[tuple[str, str], ...]

    @classmethod
    def of(
        cls,
        evidence: TrustEvidence | None,
        choices: "Choices",
        asked: Mapping[str, str],
        errors: Mapping[str, str] | None = None,
        *,
        link: Link,
        show: Total | None = None,
        page: int = 1,
        may_export: bool,
    ) -> "TrustPage":
        """Without evidence: the form with its errors, and nothing else."""
        kept = tuple((name, asked[name]) for name in ASKED if asked.get(name))
        opened = _Links(link, dict(kept))
        every = lines(evidence, show) if evidence and show else ()
        return cls(
            period=wording.span(evidence.filters.period) if evidence else "",
            as_at=day(evidence.as_at) if evidence else "",
            say=opened.sentence(evidence.figures, evidence.left.levels) if evidence else (),
            total=opened.line("All", evidence.figures) if evidence else None,
            by_level=_by_level(evidence, choices.tiers, opened) if evidence else (),
            by_directorate=_by_directorate(evidence, choices.directorates, opened) if evidence else (),
            directorates_add_up=ADD_UP[evidence.filters.where] if evidence else "",
            show=show.value if show else "",
            list_heading=f"{HEADINGS[show]}: {len(every):,}" if show else "",
            definition=definition(show, evidence.filters.where) if evidence and show else "",
            lines=every[(page - 1) * ROWS_SHOWN : page * ROWS_SHOWN],
            shown=shown(len(every), page),
            earlier=opened.page(show, page - 1) if show and page > 1 else "",
            later=opened.page(show, page + 1) if show and page * ROWS_SHOWN < len(every) else "",
            may_export=may_export,
            rows=plural(len(evidence.rows), "row") if evidence else "",
            directorates=_directorates(choices, Where.NOW if asked.get("where") == Where.NOW else Where.THEN),
            teams=tuple(Option(value=str(t.id), text=t.name, group=t.directorate) for t in choices.teams),
            staff_groups=tuple(Option(value=g, text=g) for g in STAFF_GROUPS),
            tiers=tuple(Option(value=t.slug, text=t.title) for t in choices.tiers),
            wheres=WHERES,
            periods=PERIODS,
            form=filled(asked, errors),
            kept=kept,
        )


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer to this actor."""

    directorates: list[DirectorateRow]
    teams: list[TeamRow]
    tiers: list[TierView]
    everywhere: bool
    """Whether the whole trust is within reach, and with it whoever was in no directorate."""


@dataclass(frozen=True, slots=True)
class _Links:
    link: Link
    asked: dict[str, str]

    def page(self, show: Total, number: int) -> str:
        return self.link(**self.asked, show=show.value, page=number) + "#list"

    def count(self, number: int, show: Total, narrowed: Mapping[str, str] | None) -> Count:
        if not number or narrowed is None:
            return Count(number=f"{number:,}", href="")
        query: dict[str, Any] = {**self.asked, **narrowed, "show": show.value}
        return Count(number=f"{number:,}", href=self.link(**query) + "#list")

    def sentence(self, of: Figures, left: int) -> tuple[Said, ...]:
        """6 people learned about improvement and completed 5 courses. At the end, 9 levels were held, 2 of them by …"""
        people, courses = plural(of.people, "person", "people"), plural(of.completed, "course")
        levels, were = plural(of.levels, "level"), "was" if of.levels == 1 else "were"
        by_leavers = f" by {'somebody who has' if left == 1 else 'people who have'} left."
        theirs = (self._said(f"{left:,} of them", left, Total.LEFT, by_leavers),) if left else ()
        return (
            self._said(people, of.people, Total.PEOPLE, " learned about improvement and completed "),
            self._said(courses, of.completed, Total.COMPLETED, ". At the end, "),
            self._said(levels, of.levels, Total.LEVELS, f" {were} held{', ' if left else '.'}"),
            *theirs,
        )

    def _said(self, words: str, number: int, show: Total, then: str) -> Said:
        return Said(number=words, href=self.count(number, show, EVERYTHING).href, then=then)

    def line(self, name: str, of: Figures, narrowed: Mapping[str, str] | None = EVERYTHING) -> FigureLine:
        return FigureLine(
            name=name,
            people=self.count(of.people, Total.PEOPLE, narrowed),
            completed=self.count(of.completed, Total.COMPLETED, narrowed),
            passed=self.count(of.passed, Total.PASSED, narrowed),
            levels=self.count(of.levels, Total.LEVELS, narrowed),
            hours=minutes(of.minutes),
            participatory=minutes(of.participatory_minutes),
        )


def _by_level(evidence: TrustEvidence, tiers: list[TierView], opened: _Links) -> tuple[FigureLine, ...]:
    found = evidence.by_level
    return tuple(opened.line(t.title, found[t.slug], {"tier": t.slug}) for t in tiers if t.slug in found)


def _by_directorate(
    evidence: TrustEvidence, directorates: list[DirectorateRow], opened: _Links
) -> tuple[FigureLine, ...]:
    ids = {"": {"directorate": NOWHERE}} | {d.name: {"directorate": str(d.id)} for d in directorates}
    none = wording.nowhere(evidence.filters.where)
    return tuple(opened.line(name or none, of, ids.get(name)) for name, of in evidence.by_directorate.items())


def _directorates(choices: Choices, where: Where) -> tuple[Option, ...]:
    offered = [Option(value=str(d.id), text=d.name) for d in choices.directorates]
    return (*offered, Option(value=NOWHERE, text=wording.nowhere(where))) if choices.everywhere else tuple(offered)


def chosen(filters: Filters, choices: Choices) -> list[tuple[str, str]]:
    """The filters in words, for the workbook."""
    everywhere = wording.nowhere(filters.where) if filters.nowhere else "All that this account reaches"
    named = {d.id: d.name for d in choices.directorates}
    teams = {t.id: t.name for t in choices.teams}
    levels = {t.slug: t.title for t in choices.tiers}
    return [
        ("Period", wording.span(filters.period)),
        ("People are counted", "where they were on the day" if filters.where is Where.THEN else "where they are now"),
        ("Directorate", named.get(filters.directorate_id or 0, everywhere)),
        ("Team", teams.get(filters.team_id or 0, "All")),
        ("Staff group", filters.staff_group or "All"),
        ("Level", levels.get(filters.tier, "All")),
    ]
