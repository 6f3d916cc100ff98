"""A chart in words, for those who cannot or do not look at it: what it shows, and what it means."""

from app.charts.analysis import Analysis, Phase
from app.charts.icons import Assurance, Variation
from app.charts.kinds import CENTRED_ON_MEDIAN, PROPORTIONS
from app.charts.numbers import figure, in_words, moment
from app.charts.signals import Label, Pattern

VARIATION = {
    Variation.COMMON_CAUSE: "Common cause: no signal at the last point.",
    Variation.IMPROVEMENT_HIGH: "Improvement: the last point is part of a signal towards high values, as wanted.",
    Variation.IMPROVEMENT_LOW: "Improvement: the last point is part of a signal towards low values, as wanted.",
    Variation.CONCERN_HIGH: "Concern: the last point is part of a signal towards high values, and low ones are wanted.",
    Variation.CONCERN_LOW: "Concern: the last point is part of a signal towards low values, and high ones are wanted.",
    Variation.NEUTRAL_HIGH: "A signal towards high values at the last point.",
    Variation.NEUTRAL_LOW: "A signal towards low values at the last point.",
}
ASSURANCE = {
    Assurance.CONSISTENT_PASS: "The process will pass its target consistently if nothing changes.",
    Assurance.CONSISTENT_FAIL: "The process will miss its target consistently if nothing changes.",
    Assurance.INCONSISTENT: "The process will hit and miss its target by chance if nothing changes.",
}
SIGNAL = {
    Label.ABOVE: "above the upper limit",
    Label.BELOW: "below the lower limit",
    Label.TREND_UP: "rising",
    Label.TREND_DOWN: "falling",
    Label.NEAR_UPPER: "near the upper limit",
    Label.NEAR_LOWER: "near the lower limit",
    Label.SHIFT_HIGH: "above the {centre}",
    Label.SHIFT_LOW: "below the {centre}",
}
LABEL = {
    Label.COMMON: "Common cause",
    Label.ABOVE: "Above the upper limit",
    Label.BELOW: "Below the lower limit",
    Label.TREND_UP: "Rising trend",
    Label.TREND_DOWN: "Falling trend",
    Label.NEAR_UPPER: "Near the upper limit",
    Label.NEAR_LOWER: "Near the lower limit",
    Label.SHIFT_HIGH: "Shift, high",
    Label.SHIFT_LOW: "Shift, low",
}


def centre_name(analysis: Analysis) -> str:
    return "median" if analysis.plan.kind in CENTRED_ON_MEDIAN else "mean"


def percent(analysis: Analysis) -> bool:
    """Whether figures are proportions that a reader takes in better as percentages."""
    return analysis.plan.kind in PROPORTIONS and analysis.plan.multiply == 1


def summarise(analysis: Analysis) -> str:
    """A few sentences: the last value, each signal of the last phase with its length and start, and the icons' words.

    "The last value is 12 (March 2024); the mean is 15. A shift of seven points below the mean from March 2023."
    """
    signals = _signals(analysis)
    return " ".join(
        [
            last_value(analysis),
            *(signals or ["No signal of special cause."]),
            *([] if analysis.variation is Variation.COMMON_CAUSE else [VARIATION[analysis.variation]]),
            *([] if analysis.assurance is None else [ASSURANCE[analysis.assurance]]),
        ]
    )


def last_value(analysis: Analysis) -> str:
    """The last value, the centre and the limits, in one sentence that says nothing of signals."""
    last = analysis.last
    if last.y is None or last.centre is None:
        return "There is no value yet."
    pct = percent(analysis)
    value = f"The last value is {figure(last.y, percent=pct)} ({moment(last.x)})"
    known = f"the {centre_name(analysis)} is {figure(last.centre, percent=pct)}"
    if last.lower is None or last.upper is None:
        return f"{value}; {known}."
    limits = f"{figure(last.lower, percent=pct)} to {figure(last.upper, percent=pct)}"
    return f"{value}; {known} and the limits are {limits}."


def _signals(analysis: Analysis) -> list[str]:
    phase = analysis.phases[-1]
    patterns = (pattern_in_words(analysis, phase, pattern) for pattern in phase.patterns)
    return [*patterns, *runs_in_words(analysis, phase)]


def pattern_in_words(analysis: Analysis, phase: Phase, pattern: Pattern) -> str:
    """One signal of a phase, as a sentence: what, how many points, where, and since when."""
    where = SIGNAL[pattern.label].format(centre=centre_name(analysis))
    count = in_words(len(pattern.places))
    since = moment(analysis.points[phase.first + pattern.places[0]].x)
    match pattern.label:
        case Label.SHIFT_HIGH | Label.SHIFT_LOW:
            return f"A shift of {count} points {where} from {since}."
        case Label.TREND_UP | Label.TREND_DOWN:
            return f"A trend of {count} points {where} from {since}."
    if len(pattern.places) == 1:
        return f"One point {where}, {since}."
    return f"{count.capitalize()} points {where} from {since}."


def runs_in_words(analysis: Analysis, phase: Phase) -> list[str]:
    """What the rules make of a phase's runs, a sentence for each that is out of the ordinary."""
    rules, runs, said = analysis.plan.rules, phase.runs, []
    line = centre_name(analysis)
    if rules.runs and runs.too_long:
        longest, most = in_words(runs.longest_run or 0), in_words(runs.longest_run_max or 0)
        said.append(f"A run of {longest} points on one side of the {line}, where chance explains {most}.")
    if (rules.runs or rules.many_runs) and runs.too_few:
        crossed, least = _crossed(runs.crossings or 0), in_words(runs.crossings_min or 0)
        said.append(f"The {line} is {crossed}, where chance gives at least {least}.")
    if rules.many_runs and runs.too_many:
        crossed, most = _crossed(runs.crossings or 0), in_words(runs.crossings_max or 0)
        said.append(f"The {line} is {crossed}, where chance gives at most {most}.")
    return said


def _crossed(count: int) -> str:
    often = {1: "once", 2: "twice"}.get(count, f"{in_words(count)} times")
    return f"crossed {often}" if count else "never crossed"
