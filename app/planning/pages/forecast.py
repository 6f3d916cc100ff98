"""The forecast of one directorate at one level, and what other numbers of places would bring."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self
from urllib.parse import urlencode

from app.charts.drawing.fan_picture import Fan, fan_figure, outcomes
from app.learning.rules import add_months
from app.planning.forecast.outlook import Outlook, every_month, outlook
from app.planning.forecast.runs import RUNS, SEED
from app.planning.forecast_choosing import MOST_A_MONTH, ForecastQuery
from app.planning.forecast_wording import BETWEEN, LIMITS, goal_words, more_said, plan_words, rests_on, said
from app.planning.queries.forecasts import Setting, Settings
from app.web.page import FieldError, Page, errors_of
from app.web.words import day

PathFor = Callable[..., str]
SAME = "The same figures draw the same picture."
SLIDES_TO = 40
"""Places a month at the end of the slider; more are typed."""
WHO_LOOKS_AHEAD = (
    "You, the others who lead this directorate, and the QI team, who see every directorate. No person is named here."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    name: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastPage(Page):
    template: ClassVar[str] = "planning/forecast.html"
    partials: ClassVar[Mapping[str, str]] = {"forecast": "planning/_forecast.html"}
    who_sees: ClassVar[str] = WHO_LOOKS_AHEAD

    title: str
    errors: tuple[FieldError, ...]
    directorates: tuple[Choice, ...]
    tiers: tuple[Choice, ...]
    groups: tuple[Choice, ...]
    places: str
    most: int
    planned_href: str
    say: str
    more: tuple[str, ...]
    last_year: str
    last_year_href: str
    picture_html: str
    facts: tuple[Fact, ...]
    limits: tuple[str, ...]
    method: str

    @classmethod
    def of(
        cls, found: Settings, query: ForecastQuery, tried: int | None, errors: Mapping[str, str], path_for: PathFor
    ) -> Self:
        setting = found.one(query.directorate_id)
        ahead = _ahead(found, setting, tried)
        here = {"directorate": str(setting.directorate.id), "tier": found.tier.slug, "group": found.group}
        page = path_for("planning:forecast")
        last_year = _last_year(setting) if tried is None and not sum(setting.planned) else 0
        return cls(
            title=f"{setting.directorate.name}: {found.tier.short} ahead",
            errors=errors_of(errors),
            directorates=tuple(
                Choice(value=str(s.directorate.id), text=s.directorate.name, chosen=s is setting) for s in found.every
            ),
            tiers=tuple(Choice(value=t.slug, text=t.short, chosen=t is found.tier) for t in found.tiers),
            groups=_groups(found),
            places=query.places,
            most=max(SLIDES_TO, tried or 0),
            planned_href=f"{page}?{urlencode(here)}" if query.places else "",
            say=said(found, setting, ahead, tried),
            more=tuple(more_said(found, setting, ahead, tried)),
            last_year=f"{setting.granted:,} people came to hold it here in the last 12 months." if last_year else "",
            last_year_href=f"{page}?{urlencode(here | {'places': str(last_year)})}" if last_year else "",
            picture_html=_picture(found, setting, ahead, tried),
            facts=tuple(Fact(name=name, said=words) for name, words in rests_on(found, setting)),
            limits=LIMITS,
            method=f"{RUNS} runs, seed {SEED}, as at {day(found.today)}. {SAME} {BETWEEN}",
        )


def _groups(found: Settings) -> tuple[Choice, ...]:
    """Nothing to choose where no staff group has a target of its own."""
    if not found.groups:
        return ()
    everybody = Choice(value="", text="Everybody", chosen=not found.group)
    return (everybody, *(Choice(value=g, text=g, chosen=g == found.group) for g in found.groups))


def _ahead(found: Settings, setting: Setting, tried: int | None) -> Outlook:
    return outlook(
        setting.start,
        setting.estimate,
        setting.planned if tried is None else every_month(tried, found.tier.path.months),
        found.tier.validity_months,
        setting.aim.goal if setting.aim else None,
        setting.aim.month(found.today) if setting.aim else 0,
    )


def _last_year(setting: Setting) -> int:
    """Places a month that would bring as many completions as there were in the last year."""
    completing = setting.estimate.rates.completing.mean
    return min(round(setting.granted / 12 / completing), MOST_A_MONTH) if completing else 0


def _picture(found: Settings, setting: Setting, ahead: Outlook, tried: int | None) -> str:
    goal = setting.aim.goal if setting.aim else None
    of = f" of {found.group}" if found.group else ""
    what = f"Share{of} who hold {found.tier.short}" if ahead.of_shares else f"People{of} who hold {found.tier.short}"
    fan = Fan(
        title=f"{what}, {setting.directorate.name}",
        outcomes=outcomes(days_ahead(found.today, len(ahead.fan)), ahead.fan),
        target=None if goal is None else goal.value / 100 if goal.per_cent else goal.value,
        percent=ahead.of_shares,
    )
    aim = f" The target is {goal_words(goal, found.group)}." if goal else ""
    plan = plan_words(setting, found.tier, tried, found.today)
    return fan_figure(fan, "fan", f"{plan}: half of the runs end in the dark band, 9 of 10 within the light one.{aim}")


def days_ahead(today: date, how_many: int) -> list[date]:
    """Today, and the beginning of each month after it."""
    return [today, *(add_months(today.replace(day=1), month) for month in range(1, how_many))]
