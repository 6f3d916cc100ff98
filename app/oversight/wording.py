"""The sentences of a report: the same on the page, in print, in lists and in what differs."""

from collections.abc import Mapping
from datetime import date

from app.charts import Analysis
from app.charts.numbers import figure
from app.charts.summary import pattern_in_words, runs_in_words
from app.kernel.suppression import FEWEST
from app.oversight.rules.differing import Difference
from app.oversight.rules.figures import YEAR, Measure, Part, Report, Value, last_of
from app.web.words import day, plural

TITLES = {
    Measure.TRAINED: "People trained",
    Measure.PROMISED: "Release hours promised",
    Measure.GIVEN: "Release hours given",
    Measure.DAYS: "Days from need to completion",
    Measure.OVERDUE: "Refresh overdue",
    Measure.PARTNERS: "Patient partners trained",
}
DEFINITIONS = {
    Measure.TRAINED: "People who came to hold a level of the programme in the month, each counted once, where their "
    "main post was on that day. A refresh does not count.",
    Measure.PROMISED: "Hours of learning in the month that managers had confirmed to release their people for.",
    Measure.GIVEN: "Hours that courses allow for what people learnt in the month, where their main post then was.",
    Measure.DAYS: "For those who came to hold a level in the month and had been asked for it: the median of the days "
    "since it was decided. Pauses and long leave do not count.",
    Measure.OVERDUE: "Levels whose refresh date had passed on the last day of the month, where the people have their "
    "main post. Nobody on long leave counts.",
    Measure.PARTNERS: "Patient partners who completed their course in the month, each counted once. They belong to no "
    "directorate, and only their number is known here.",
}
IN_MINUTES = frozenset({Measure.PROMISED, Measure.GIVEN})
"""Said in hours."""
PYRAMID = "Who holds which level"
HELD = (
    "People whose main post is here and who hold the level; one whose refresh date has passed is not held. Long leave "
    "moves that date."
)
AIMED_AT = (
    "The target is what the QI team set for the end of the financial year; the trust’s own is what those of its "
    "directorates come to."
)
MINUTES = 60
NOT_SHOWN = "not shown"
SMALL_NUMBERS = (
    "Small numbers: of a directorate, the board is not told how many levels are past their refresh date where they are "
    f"fewer than {FEWEST}, nor days to completion where fewer than {FEWEST} times are behind them; nor the trust’s own "
    "where these are fewer, or would be a directorate’s. Where the trust’s figure would still tell a small one, the "
    "next smallest are left out too: “not shown” can stand for a large number."
)


def month_name(month: date) -> str:
    """October 2026"""
    return f"{month:%B %Y}"


def year_to(report: Report) -> str:
    return f"in the {YEAR} months to {month_name(report.month)}"


def number(value: Value) -> str:
    return NOT_SHOWN if value is None else figure(value)


def total(part: Part, measure: Measure, report: Report) -> str:
    """A figure in words, whole enough to stand alone under its name."""
    value = part.totals.get(measure)
    if measure in part.withheld:
        return f"{NOT_SHOWN.capitalize()}: see “Small numbers” below"
    if measure is Measure.DAYS and value is None:
        return f"Nobody who was asked for a level came to hold it {year_to(report)}"
    if measure is Measure.OVERDUE:
        return f"{plural(int(value or 0), 'level')} on {day(report.as_at)}"
    return f"{_amount(measure, value)} {year_to(report)}"


def _amount(measure: Measure, value: Value) -> str:
    match measure:
        case Measure.PROMISED | Measure.GIVEN:
            return hours(value)
        case Measure.DAYS:
            return f"{figure(value or 0)} days"
        case Measure.PARTNERS:
            return plural(int(value or 0), "patient partner")
        case _:
            return plural(int(value or 0), "person", "people")


def hours(minutes: Value) -> str:
    """1,234 hours"""
    return plural(round((minutes or 0) / MINUTES), "hour")


def days_words(part: Part) -> str:
    """Of how many people the median is."""
    return f"the median of {plural(part.timed_year, 'time', 'times')}" if part.timed_year else ""


def sentence(report: Report, part: Part) -> str:
    """What a reader should know before anything else."""
    trained, late = int(part.totals[Measure.TRAINED] or 0), part.totals[Measure.OVERDUE]
    people = plural(trained, "person", "people")
    when = year_to(report)
    said = [f"{when[0].upper()}{when[1:]}, {people} came to hold a level of the improvement programme."]
    days = part.totals[Measure.DAYS]
    if days is not None:
        within = f"{figure(days)} days"
        said.append(f"Of those who came to hold a level they had been asked for, half did so within {within}.")
    if Measure.OVERDUE not in part.withheld:
        be = "is" if late == 1 else "are"
        said.append(f"{plural(int(late or 0), 'level')} {be} past the refresh date.")
    return " ".join(said)


def signals(analyses: Mapping[Measure, Analysis]) -> list[str]:
    """The signals of each chart's last phase, under the name of what it is about."""
    found = []
    for measure, analysis in analyses.items():
        phase = analysis.phases[-1]
        said = [pattern_in_words(analysis, phase, one) for one in phase.patterns] + runs_in_words(analysis, phase)
        if said:
            found.append(f"{TITLES[measure]}: {'; '.join(f'{one[0].lower()}{one[1:-1]}' for one in said)}.")
    return found


def difference(one: Difference, levels: Mapping[str, str]) -> tuple[str, str, str]:
    """What differs, what was reported, and what is known today."""
    if one.measure is None:
        name = f"{levels.get(one.level, one.level)}: people who hold it" if one.level else "People"
    elif one.month is None:
        name = f"{TITLES[one.measure]}: {'on the day' if one.measure is Measure.OVERDUE else '12 months'}"
    else:
        name = f"{TITLES[one.measure]}: {month_name(one.month)}"
    return name, _known(one.then, one.measure), _known(one.now, one.measure)


def _known(value: Value, measure: Measure | None) -> str:
    if value is None:
        return NOT_SHOWN
    return f"{value / MINUTES:,.1f}" if measure in IN_MINUTES else figure(value)


def as_at(report: Report, measure: Measure) -> str:
    """The day that a figure holds for: of what is counted by the month, the last day of the last whole one."""
    last = report.as_at if measure is Measure.OVERDUE else last_of(report.month)
    return f"As at {day(last)}"


def share(held: int, people: int) -> str:
    """69%, 44.5%, 0.4%"""
    return f"{100 * held / people:.1f}".removesuffix(".0") + "%" if people else "–"


def held_words(held: int, people: int, target: int | None) -> str:
    """412 of 600 people (69%), target 480"""
    part = f" ({share(held, people)})" if people else ""
    aim = f", target {target:,}" if target is not None else ""
    return f"{held:,} of {people:,}{part}{aim}"
