"""What a reading of a chart got right, wrong and not at all, point by point and rule by rule."""

from collections.abc import Collection, Hashable, Iterator, Sequence

from app.assessment.kinds.chart_rules import Rule, found, in_question, not_found, offered
from app.assessment.kinds.charted import points_in_words
from app.assessment.kinds.contract import Part, Verdict
from app.charts import Analysis, Label
from app.charts.analysis import Phase
from app.charts.numbers import in_words
from app.charts.signals import Pattern
from app.charts.summary import pattern_in_words


def agreement(given: Collection[Hashable], true: Collection[Hashable]) -> float:
    """Those given and true, of all that are either (the Jaccard index); 1 where there are none of both."""
    either = set(given) | set(true)
    return len(set(given) & set(true)) / len(either) if either else 1.0


def special(analysis: Analysis) -> list[int]:
    """The places, from 1, of all points that are part of a signal."""
    return [n for n, point in enumerate(analysis.points, 1) if point.label is not Label.COMMON]


def truly_broken(analysis: Analysis) -> list[str]:
    return [rule.value for rule in found(analysis)]


def parts(analysis: Analysis, points: Collection[int], rules: Collection[str], *, answered: bool) -> tuple[Part, ...]:
    """Rules first, then each signal with its points, then the points that were ticked and are common cause."""
    return (
        *_about_rules(analysis, rules, answered=answered),
        *_about_signals(analysis, points, answered=answered),
        *_about_others(analysis, points),
    )


def _about_rules(analysis: Analysis, rules: Collection[str], *, answered: bool) -> Iterator[Part]:
    broken = found(analysis)
    for rule in offered(analysis):
        named, true = rule.value in rules, rule in broken
        if rule is Rule.NONE and not (named or true):
            continue
        said, verdict = _verdict(named=named, true=true, answered=answered)
        yield Part(text=in_question(rule, analysis), said=said, verdict=verdict, why=_why(rule, analysis, broken))


def _verdict(*, named: bool, true: bool, answered: bool) -> tuple[str, Verdict]:
    if named:
        return ("You chose it: right", Verdict.RIGHT) if true else ("You chose it: not so here", Verdict.WRONG)
    if true:
        return "So it is, and you did not choose it" if answered else "So it is", Verdict.MISSED
    return "", Verdict.PLAIN


def _why(rule: Rule, analysis: Analysis, broken: dict[Rule, list[str]]) -> str:
    if rule not in broken:
        return not_found(rule, analysis)
    return " ".join(broken[rule]) or "No rule finds anything: what you see are the usual ups and downs."


def _about_signals(analysis: Analysis, points: Collection[int], *, answered: bool) -> Iterator[Part]:
    for phase in analysis.phases:
        for pattern in phase.patterns:
            places = [phase.first + place + 1 for place in pattern.places]
            missed = [place for place in places if place not in points]
            yield Part(
                text=_signal(analysis, phase, pattern),
                said=_ticked(analysis, places, missed) if answered else "These are the points",
                verdict=Verdict.MISSED if missed else Verdict.RIGHT,
                why=f"Its points: {_listed(analysis, places)}" if len(places) > 1 else _listed(analysis, places),
            )


def _signal(analysis: Analysis, phase: Phase, pattern: Pattern) -> str:
    return f"The points: {pattern_in_words(analysis, phase, pattern).removesuffix('.')}"


def _ticked(analysis: Analysis, places: Sequence[int], missed: Sequence[int]) -> str:
    if not missed:
        return "You ticked it: right" if len(places) == 1 else f"You ticked all {in_words(len(places))}: right"
    if len(missed) == len(places):
        return "You did not tick it" if len(places) == 1 else "You ticked none of them"
    got = len(places) - len(missed)
    return f"You ticked {in_words(got)} of {in_words(len(places))}. Missed: {_listed(analysis, missed)}"


def _about_others(analysis: Analysis, points: Collection[int]) -> Iterator[Part]:
    wrong = sorted(set(points) - set(special(analysis)))
    if wrong:
        yield Part(
            text=_listed(analysis, wrong),
            said="You ticked it: not right" if len(wrong) == 1 else "You ticked these: not right",
            verdict=Verdict.WRONG,
            why="No rule of this chart names it: common cause. To ask for a reason would be to chase chance."
            if len(wrong) == 1
            else "No rule of this chart names them: common cause. To ask for reasons would be to chase chance.",
        )


def _listed(analysis: Analysis, places: Sequence[int]) -> str:
    return ", ".join(points_in_words(analysis, places))
