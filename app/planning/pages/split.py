"""How a year's places are split between directorates: the suggestion with its reason, and whatever somebody tries."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Self
from urllib.parse import urlencode

from app.planning.forecast.fan import Reached
from app.planning.forecast.outlook import Outlook
from app.planning.forecast.runs import SEED
from app.planning.forecast_wording import (
    BETWEEN,
    YEARS_AHEAD,
    between,
    goal_words,
    lasting_words,
    not_before,
    runs_words,
)
from app.planning.pages.forecast import Choice
from app.planning.queries.forecasts import Settings
from app.planning.splitting import RUNS_OF_EACH, Row, Split
from app.web.page import FieldError, Page, errors_of
from app.web.words import day, plural

PathFor = Callable[..., str]
METHOD = (
    "These places are offered every year, evenly over its months, in the place of what is planned. A gap is what is "
    "missing today; people leave and levels lapse meanwhile, so that closing it for good takes more."
)
SLIDES_TO = 300
"""Places a year at the end of a slider; more are typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitRow:
    id: int
    name: str
    href: str
    held: str
    target: str
    missing: str
    suggested: str
    tried: str
    typed: str
    most: int
    wrong: str
    reaches: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitPage(Page):
    template: ClassVar[str] = "planning/split.html"
    partials: ClassVar[Mapping[str, str]] = {"split": "planning/_split.html"}
    who_sees: ClassVar[str] = "You and the others in the QI team. It holds no name of anybody."

    errors: tuple[FieldError, ...]
    level: str
    tiers: tuple[Choice, ...]
    places: str
    wrong: str
    most: int
    tried: bool
    say: str
    reason: tuple[str, ...]
    rows: tuple[SplitRow, ...]
    in_all: str
    suggestion_href: str
    method: str

    @classmethod
    def of(
        cls, found: Split, typed: Mapping[str, str], tried: bool, errors: Mapping[str, str], path_for: PathFor
    ) -> Self:
        """`typed` is what stands in each field that somebody filled; `tried`: the split is theirs."""
        settings = found.found
        shared = sum(row.tried for row in found.rows)
        here = {"tier": settings.tier.slug, "places": str(found.total)}
        return cls(
            errors=errors_of(errors),
            level=settings.tier.short,
            tiers=tuple(Choice(value=t.slug, text=t.short, chosen=t is settings.tier) for t in settings.tiers),
            places=typed.get("places") or str(found.total),
            wrong=errors.get("places", ""),
            most=max(SLIDES_TO, found.total),
            tried=tried,
            say=_say(found, tried),
            reason=(*_reason(found), *(() if tried else _short(found))),
            rows=tuple(_row(settings, row, typed, errors, path_for) for row in found.rows),
            in_all=f"{shared:,} of {plural(found.total, 'place')} a year are given out{_too_many(found, shared)}.",
            suggestion_href=f"{path_for('planning:split')}?{urlencode(here)}" if tried else "",
            method=" ".join(
                said
                for said in (
                    f"Each line is {RUNS_OF_EACH} runs, seed {SEED}, as at {day(settings.today)}.",
                    METHOD,
                    lasting_words(settings.tier),
                    BETWEEN,
                )
                if said
            ),
        )


def _per_cent(share: float) -> str:
    return f"{share * 100:.1f}%".replace(".0%", "%")


def _say(found: Split, tried: bool) -> str:
    if not found.suggestion.places:
        return f"No directorate has a target for {found.found.tier.short} that is ahead: there is no gap to close."
    whose = "Your split" if tried else "The suggested split"
    given = sum(row.tried for row in found.rows)
    if given > found.total:
        return (
            f"Your split gives out {plural(given, 'place')} a year, {given - found.total:,} more than the "
            f"{found.total:,} there are. Give fewer to some, or raise the places a year."
        )
    before = f"The furthest behind lacks {_per_cent(float(found.suggestion.worst_before))} of its people"
    if not found.worst_tried:
        return f"{before}. {whose} of {plural(found.total, 'place')} a year closes every gap that is there today."
    after = f"leaves at most {_per_cent(found.worst_tried)}, in {found.worst_where}"
    best = float(found.suggestion.worst_after)
    more = f" The suggestion leaves {_per_cent(best)}." if tried and best < found.worst_tried else ""
    return f"{before}. {whose} of {plural(found.total, 'place')} a year {after}.{more}"


def _reason(found: Split) -> list[str]:
    """Why these places go where they are suggested."""
    names = {row.setting.directorate.id: row.setting.directorate.name for row in found.rows}
    order = [names[one] for one in found.suggestion.order]
    if not order:
        return []
    gap = _per_cent(float(found.suggestion.worst_before))
    said = [f"{order[0]} is furthest from its target, by {gap} of its people, and gets the first places."]
    if len(order) > 1:
        said.append(
            f"Each next place goes to whoever is then furthest behind: {', then '.join(order[1:])}, as gaps shrink."
        )
    said.append("No other split of as many places leaves a smaller worst gap, after any number of them.")
    if found.suggestion.left:
        said.append(f"{plural(found.suggestion.left, 'place')} are left: by then every gap of today is closed.")
    return said


def _short(found: Split) -> Iterator[str]:
    """Who does not surely reach the target though the suggestion closes the gap of today, and why."""
    short = [
        row.setting.directorate.name
        for row in found.rows
        if row.ahead and row.ahead.reached and row.ahead.reached.late is None and row.missing
    ]
    if short and not found.worst_tried:
        more = " Try more of the places that are left." if found.suggestion.left else ""
        yield (
            f"The target may still be missed in {', '.join(short)}: people leave and levels lapse meanwhile, so that "
            f"places for today’s gap alone do not surely reach it.{more}"
        )


def _too_many(found: Split, shared: int) -> str:
    return f": {shared - found.total:,} too many" if shared > found.total else ""


def _row(
    settings: Settings, row: Row, typed: Mapping[str, str], errors: Mapping[str, str], path_for: PathFor
) -> SplitRow:
    one, name = row.setting, f"n-{row.setting.directorate.id}"
    choice = {"directorate": one.directorate.id, "tier": settings.tier.slug}
    return SplitRow(
        id=one.directorate.id,
        name=one.directorate.name,
        href=f"{path_for('planning:forecast')}?{urlencode(choice)}",
        held=f"{one.here.holders:,}\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}{one.here.headcount:,}",
        target=f"{goal_words(one.aim.goal)} by {day(one.aim.by)}" if one.aim else "None set",
        missing="" if row.missing is None else f"{row.missing:,}",
        suggested=f"{row.suggested:,}",
        tried=f"{row.tried:,}",
        typed=typed.get(name) or str(row.tried),
        most=max(SLIDES_TO, row.tried),
        wrong=errors.get(name, ""),
        reaches=_reaches(settings, row.ahead),
    )


def _reaches(settings: Settings, ahead: Outlook | None) -> str:
    found: Reached | None = ahead.reached if ahead else None
    if found is None:
        return ""
    if found.early == 0:
        return "Reached already"
    if found.early is None:
        return f"Not within {YEARS_AHEAD}"
    if found.late is None:
        early = not_before(settings.today, found.early)
        return f"N{early[1:]}; not within {YEARS_AHEAD} in {runs_words(1 - found.runs)}"
    words = between(settings.today, found.early, found.late)
    return f"{words[0].upper()}{words[1:]}"
