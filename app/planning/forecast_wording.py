"""A forecast in words: what is planned, when the target is reached, and what the figures rest on."""

from collections.abc import Iterator
from datetime import date

from app.capability.rules import places_offered
from app.charts.numbers import figure, in_words
from app.curriculum.views import TierView
from app.learning.rules import add_months
from app.planning.forecast.draws import Pace, Share
from app.planning.forecast.fan import EARLY, Goal, Reached
from app.planning.forecast.outlook import Outlook
from app.planning.forecast.rates import ASSUMED, Basis
from app.planning.queries.forecasts import Setting, Settings
from app.web.words import day, plural

YEARS_AHEAD = "five years"
TENTHS = 10


def month_words(today: date, month: int) -> date:
    """The first day of the month in which a run got there: 1 is this month's end, so this month."""
    return add_months(today.replace(day=1), max(month - 1, 0))


def between(today: date, early: int, late: int) -> str:
    """in May 2027; between May and September 2027; between November 2026 and May 2027"""
    first, last = month_words(today, early), month_words(today, late)
    if first == last:
        return f"in {first:%B %Y}"
    return f"between {first:%B}{'' if first.year == last.year else f' {first.year}'} and {last:%B %Y}"


def not_before(today: date, early: int) -> str:
    """not before April 2027 in 9 of 10 runs: EARLY is no end, but where a tenth of the runs have got there."""
    return f"not before {month_words(today, early):%B %Y} in {runs_words(1 - EARLY / 100)}"


def lasting_words(tier: TierView) -> str:
    """Said of places that somebody tries; nothing where a course ends in the month in which it begins."""
    if not tier.path.months:
        return ""
    months = plural(tier.path.months, "month")
    return f"The course takes {months}: a place that begins next month brings the level {months} later."


def goal_words(goal: Goal, group: str = "") -> str:
    """60% of its people; 12 of its Healthcare Scientists; one of its people"""
    number = f"{goal.value:g}%" if goal.per_cent else "one" if goal.value == 1 else f"{goal.value:,.0f}"
    return f"{number} of its {group or 'people'}"


def runs_words(share: float) -> str:
    """9 of 10 runs"""
    tenths = round(share * TENTHS)
    if tenths == 0 and share > 0:
        return "fewer than 1 of 10 runs"
    if tenths == TENTHS and share < 1:
        return "more than 9 of 10 runs"
    return f"{tenths} of 10 runs"


def plan_words(setting: Setting, tier: TierView, tried: int | None, today: date) -> str:
    """With two Pocket QI places a month; With the 6 planned Pocket QI cohorts, about one a month; ..."""
    level = tier.short
    if tried is not None:
        return f"With {_number(tried)} {level} {'place' if tried == 1 else 'places'} a month"
    places = sum(setting.planned)
    if not places and places_offered(tier.delivered):
        return f"With {level} open to everybody at any time"
    if not places:
        return f"Without any planned {level} cohort that has places for it"
    last = max(month for month, count in enumerate(setting.planned) if count) + 1
    pace = setting.cohorts / last
    often = f", about {in_words(round(pace))} a month," if setting.cohorts > 2 and round(pace) else ""  # noqa: PLR2004
    until = f"{month_words(today, last):%B %Y}"
    if setting.cohorts == 1:
        return f"With the one planned {level} cohort and its {plural(places, 'place')} in it, until {until}"
    cohorts = f"{_number(setting.cohorts)} planned {level} cohorts"
    return f"With the {cohorts}{often} and its {plural(places, 'place')} in them until {until}"


def _number(count: int) -> str:
    return in_words(count) if count else "no"


def reached_words(setting: Setting, found: Reached, goal: Goal, group: str, today: date) -> str:
    """Forensics reaches 60% of its people between May and September 2027."""
    name, aim = setting.directorate.name, goal_words(goal, group)
    if found.early == 0:
        return f"{name} has reached {aim} already"
    if found.early is None:
        return f"{name} does not reach {aim} within {YEARS_AHEAD}, in more than 9 of 10 runs"
    if found.late is None:
        early, missed = not_before(today, found.early), runs_words(1 - found.runs)
        return f"{name} reaches {aim} {early}, and in {missed} not within {YEARS_AHEAD}"
    return f"{name} reaches {aim} {between(today, found.early, found.late)}"


def said(found: Settings, setting: Setting, ahead: Outlook, tried: int | None) -> str:
    """The one sentence that the page begins with."""
    plan = plan_words(setting, found.tier, tried, found.today)
    if setting.aim is None or ahead.reached is None:
        who = f"the {found.group}" if found.group else "the people"
        where = setting.directorate.name
        return f"{plan}, {_in_a_year(ahead)} of {who} in {where} hold the level in a year. No target is set."
    words = reached_words(setting, ahead.reached, setting.aim.goal, found.group, found.today)
    if ahead.reached.early == 0:
        return f"{words}. {plan}, {_in_a_year(ahead)} hold the level in a year."
    return f"{plan}, {words}."


def _in_a_year(ahead: Outlook) -> str:
    """45% to 60%, in nine of ten runs"""
    last = ahead.fan[12]
    low, high = _value(last.low, ahead), _value(last.high, ahead)
    return low if low == high else f"{low} to {high}"


def _value(value: float, ahead: Outlook) -> str:
    return f"{value * 100:.0f}%" if ahead.of_shares else figure(value)


def more_said(found: Settings, setting: Setting, ahead: Outlook, tried: int | None) -> Iterator[str]:
    """What else there is to say: the target's day, how long a course takes, when places run out, those who wait."""
    today = found.today
    if tried and (lasting := lasting_words(found.tier)):
        yield lasting
    if setting.aim is not None and ahead.by_then is not None:
        yield f"On the target’s day, {day(setting.aim.by)}, it is met in {runs_words(ahead.by_then)}."
    last = max((month for month, count in enumerate(ahead.places) if count), default=-1) + 1
    if 0 < last < len(ahead.places):
        ends = f"No place is planned after {month_words(today, last):%B %Y}: from then on people leave and levels lapse"
        met = (
            ""
            if ahead.in_the_end is None
            else f", and in {YEARS_AHEAD} the target is met in {runs_words(ahead.in_the_end)}"
        )
        yield f"{ends}{met}."
    if setting.here.waiting and ahead.served.early != 0:
        who = plural(setting.here.waiting, "person", "people")
        need = "who need it, or asked for it, and do not hold it"
        if ahead.served.early is None or ahead.served.late is None:
            yield f"{who} {need} come first; in {runs_words(1 - ahead.served.runs)} some still wait in {YEARS_AHEAD}."
        else:
            when = between(today, ahead.served.early, ahead.served.late)
            yield f"{who} {need} come first: the last of them is served {when}."


BETWEEN = "Where a sentence says between two months, a tenth of the runs are sooner and a tenth later."
"""What `between` leaves out."""
BASIS = {
    Basis.OWN: "Joining and leaving: this directorate’s own {months} before this one.",
    Basis.TRUST: "Fewer than 12 months of this directorate’s own history: the rates of the whole trust are used.",
    Basis.LITTLE: (
        "Fewer than 12 months of history in the whole trust: its rates rest on {months}, and the fan is wide for that."
    ),
    Basis.NONE: (
        "No whole month of history yet: nobody is assumed to join or leave, and the fan is narrower than the truth."
    ),
}


def rests_on(found: Settings, setting: Setting) -> Iterator[tuple[str, str]]:
    """Each rate by its name, with the numbers it was counted from."""
    rates, past = setting.estimate.rates, setting.estimate.past
    yield "History", BASIS[setting.estimate.basis].format(months=plural(past.months, "month"))
    yield "Today", _today(setting)
    if setting.estimate.basis is not Basis.NONE:
        yield (
            "Leaving",
            f"{past.left:,} left in {past.person_months:,.0f} months of work: {_rate(rates.leaving)} a month",
        )
        yield "Joining", f"{_joining(setting)}. Of {past.joined:,} who joined, {past.brought:,} brought the level"
    if rates.unplanned.exposure:
        yield (
            "Completing without a cohort",
            f"{past.unplanned:,} completions by people without the level: {_rate(rates.unplanned)} of these a month",
        )
    yield "Places that end in a completion", _completing(setting, rates.completing)
    yield "Lapsing", _lapsing(found, setting, rates.lapsing)


def _today(setting: Setting) -> str:
    here = setting.here
    return (
        f"{here.holders:,} of {here.headcount:,} people hold the level; {here.waiting:,} more need it or asked for it"
    )


def _rate(pace: Pace) -> str:
    return f"{pace.mean * 100:.1f}%"


def _joining(setting: Setting) -> str:
    past, mean = setting.estimate.past, setting.estimate.rates.joining.mean
    if setting.estimate.basis is Basis.OWN:
        return f"{past.joined:,} joined in {plural(past.months, 'month')}: {mean:.1f} a month"
    return f"{past.joined:,} joined the trust’s directorates: {mean:.1f} a month for one of this size"


def _completing(setting: Setting, share: Share) -> str:
    if setting.estimate.completing_is_assumed:
        return f"Too few have begun here to know. {ASSUMED.yes:.0f} of {ASSUMED.of:.0f} is assumed, with much doubt"
    return f"Of {share.of:,.0f} who began in the whole trust, {share.yes:,.0f} completed: {share.mean * 100:.0f}%"


def _lapsing(found: Settings, setting: Setting, share: Share) -> str:
    months = found.tier.validity_months
    if months is None:
        return "This level holds for good"
    if setting.estimate.lapsing_is_assumed:
        return (
            f"It holds {months} months. Too few have ended yet to know. Half are assumed to lapse then, with much doubt"
        )
    rest = f"of {share.of:,.0f} that ended in the whole trust, {share.yes:,.0f} were not refreshed in time"
    return f"It holds {months} months; {rest}: {share.mean * 100:.0f}%"


LIMITS = (
    "Joiners come as evenly as they did before: no season, no reorganisation and no new service is foreseen.",
    "Every place is taken while anybody is without the level: a place that nobody was released for is not foreseen.",
    "What is completed elsewhere and recognised here is not foreseen.",
    "Which of the levels end of those who have left since is reckoned in proportion.",
)
"""What the forecast does not know."""
