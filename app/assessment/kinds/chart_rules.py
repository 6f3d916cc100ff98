"""The rules for special causes as a learner names them: which a chart's rule set has, and which the engine found."""

from enum import StrEnum

from app.charts import Analysis, ChartKind, Label
from app.charts.analysis import Phase
from app.charts.numbers import in_words
from app.charts.summary import centre_name, pattern_in_words, runs_in_words


class Rule(StrEnum):
    OUTSIDE = "outside"
    SHIFT = "shift"
    TREND = "trend"
    NEAR = "two-of-three"
    LONG_RUN = "long-run"
    CROSSINGS = "crossings"
    NONE = "none"


OF_POINTS = {Rule.OUTSIDE, Rule.SHIFT, Rule.TREND, Rule.NEAR}
"""Rules that light points. The others speak of the line as a whole."""

OF_LABEL = {
    Label.ABOVE: Rule.OUTSIDE,
    Label.BELOW: Rule.OUTSIDE,
    Label.SHIFT_HIGH: Rule.SHIFT,
    Label.SHIFT_LOW: Rule.SHIFT,
    Label.TREND_UP: Rule.TREND,
    Label.TREND_DOWN: Rule.TREND,
    Label.NEAR_UPPER: Rule.NEAR,
    Label.NEAR_LOWER: Rule.NEAR,
}


def offered(analysis: Analysis) -> tuple[Rule, ...]:
    """The rules that this chart can break, in the order in which one looks for them, and `none` at the end."""
    rules, kind = analysis.plan.rules, analysis.plan.kind
    limits, runs = kind is not ChartKind.RUN, kind is not ChartKind.MR
    asked = {
        Rule.OUTSIDE: limits and rules.outside_limits,
        Rule.SHIFT: runs and rules.shift,
        Rule.TREND: runs and rules.trend,
        Rule.NEAR: limits and runs and rules.two_of_three,
        Rule.LONG_RUN: runs and rules.runs,
        Rule.CROSSINGS: runs and (rules.runs or rules.many_runs),
        Rule.NONE: True,
    }
    return tuple(rule for rule, is_asked in asked.items() if is_asked)


def found(analysis: Analysis) -> dict[Rule, list[str]]:
    """Each rule that the engine found broken, with a sentence for each time; `none` alone where there is none."""
    said: dict[Rule, list[str]] = {}
    for phase in analysis.phases:
        place = f"Phase {phase.number}: " if len(analysis.phases) > 1 else ""
        for rule, sentence in _found_in(analysis, phase):
            said.setdefault(rule, []).append(place + sentence)
    return said or {Rule.NONE: []}


def _found_in(analysis: Analysis, phase: Phase) -> list[tuple[Rule, str]]:
    patterns = [(OF_LABEL[p.label], pattern_in_words(analysis, phase, p)) for p in phase.patterns]
    sentences = runs_in_words(analysis, phase)
    long = 1 if analysis.plan.rules.runs and phase.runs.too_long else 0
    about_runs = [(Rule.LONG_RUN if n < long else Rule.CROSSINGS, words) for n, words in enumerate(sentences)]
    return patterns + about_runs


def in_question(rule: Rule, analysis: Analysis) -> str:
    """What a rule says, with this rule set's own lengths."""
    rules, line = analysis.plan.rules, centre_name(analysis)
    crossings = "too rarely or too often" if rules.many_runs else "too rarely"
    return {
        Rule.OUTSIDE: "A point outside a limit",
        Rule.SHIFT: f"A shift: {in_words(rules.shift or 0)} or more points in a row on one side of the {line}",
        Rule.TREND: f"A trend: {in_words(rules.trend or 0)} or more points in a row that only rise or only fall",
        Rule.NEAR: "Two of three points in a row near the same limit",
        Rule.LONG_RUN: f"A run on one side of the {line} that is too long for chance",
        Rule.CROSSINGS: f"The {line} is crossed {crossings} for chance",
        Rule.NONE: "None of these: there is only common cause",
    }[rule]


def not_found(rule: Rule, analysis: Analysis) -> str:
    """What there is to see where a rule is not broken."""
    rules, line = analysis.plan.rules, centre_name(analysis)
    longest = max(phase.runs.longest_run or 0 for phase in analysis.phases)
    return {
        Rule.OUTSIDE: "Every point lies within its limits.",
        Rule.SHIFT: f"Nowhere are {in_words(rules.shift or 0)} points in a row on one side of the {line}.",
        Rule.TREND: f"Nowhere do {in_words(rules.trend or 0)} points in a row only rise, or only fall.",
        Rule.NEAR: "Nowhere are two of three points in a row in the outer third of the limits, on the same side.",
        Rule.LONG_RUN: f"The longest run has {in_words(longest)} points, which chance explains.",
        Rule.CROSSINGS: f"The {line} is crossed about as often as chance would have it.",
        Rule.NONE: "There is a signal of special cause.",
    }[rule]
