"""Read a chart: tick the points that are special causes, and name the rule. The engine's reading is the key."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from app.assessment.kinds.chart_rules import OF_POINTS, Rule, in_question, offered
from app.assessment.kinds.charted import (
    checked_chart,
    drawn_figure,
    points_in_words,
    when_in_words,
)
from app.assessment.kinds.charted import value_in_words as value
from app.assessment.kinds.content import Content, Words, checked
from app.assessment.kinds.contract import Answer, AnswerProblem, KindView, Marked, Marking, Posted, Shown
from app.assessment.kinds.read_chart_marking import agreement, parts, special, truly_broken
from app.charts import Analysis, ChartKind
from app.curriculum.format.measure import Measure, chart, kept_measure

name = "read-chart"

REMEDY = "Open this question again: its points are not the ones that were sent"
BOTH = "You ticked a rule and also “None of these”. Take one of the two away."


class ReadChartContent(Content):
    measure: Measure
    chart: ChartKind
    feedback: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A box to tick: a point by its place in the series, or a rule by its name."""

    value: str
    text: str
    figure: str = ""
    ticked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadChartView(KindView):
    """`points` is empty where the rules speak of the line as a whole and light no point."""

    figure_html: str
    points: tuple[Tick, ...]
    rules: tuple[Tick, ...]


def split(raw: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    content = checked(ReadChartContent, raw)
    checked_chart(content.measure, content.chart)
    shown = {"measure": content.measure.kept(), "chart": content.chart.value}
    return shown, {"feedback": content.feedback}


def page(shown: Shown, answer: Answer, seed: str) -> ReadChartView:  # noqa: ARG001  nothing is drawn by lot
    analysis = _analysis(shown)
    points, rules = _given(answer)
    return ReadChartView(
        figure_html=drawn_figure(analysis, shown, plain=True),
        points=tuple(
            Tick(value=str(n), text=when, figure=value(analysis, point), ticked=n in points)
            for n, (point, when) in enumerate(zip(analysis.points, when_in_words(analysis), strict=True), 1)
            if point.y is not None and _lights(analysis)
        ),
        rules=tuple(
            Tick(value=rule.value, text=in_question(rule, analysis), ticked=rule.value in rules)
            for rule in offered(analysis)
        ),
    )


def read(shown: Shown, posted: Posted, seed: str, before: Answer) -> Answer:  # noqa: ARG001  the same for every kind
    analysis = _analysis(shown)
    known = {str(n): n for n, point in enumerate(analysis.points, 1) if point.y is not None and _lights(analysis)}
    points, rules = set(posted.get("point") or ()), set(posted.get("rule") or ())
    asked = [rule.value for rule in offered(analysis)]
    if not (points <= known.keys() and rules <= set(asked)):
        raise AnswerProblem(REMEDY)
    answer = {
        "points": sorted(known[point] for point in points),
        "rules": [rule for rule in asked if rule in rules],
    }
    if Rule.NONE in rules and len(rules) > 1:
        raise AnswerProblem(BOTH, answer)
    return answer if points or rules else None


def in_words(shown: Shown, answer: Answer) -> tuple[str, ...]:
    analysis = _analysis(shown)
    ticked = points_in_words(analysis, answer["points"])
    named = [in_question(Rule(rule), analysis) for rule in answer["rules"]]
    about_points = f"Points: {', '.join(ticked)}" if ticked else "No point ticked"
    return (
        *([about_points] if _lights(analysis) else []),
        f"Rule: {'; '.join(named)}" if named else "No rule chosen yet",
    )


def mark(shown: Shown, marking: Marking, answer: Answer) -> Marked:
    """Against the engine's reading. Credit is the agreement on points and the agreement on rules, in equal parts.

    Agreement is how many were both ticked and true, of all that were ticked or true: 1 where nothing was to be ticked
    and nothing was. So ticking everything, or nothing, earns little. Only both in full are right.
    """
    analysis = _analysis(shown)
    points, rules = _given(answer)
    shares = [agreement(rules, truly_broken(analysis))]
    if _lights(analysis):
        shares.append(agreement(points, special(analysis)))
    credit = sum(shares) / len(shares) if answer is not None else 0.0
    return Marked(
        right=answer is not None and all(share == 1 for share in shares),
        parts=parts(analysis, points, rules, answered=answer is not None),
        why=marking["feedback"],
        credit=credit,
        figure_html=drawn_figure(analysis, shown),
    )


def _analysis(shown: Shown) -> Analysis:
    return chart(kept_measure(shown["measure"]), ChartKind(shown["chart"]))


def _lights(analysis: Analysis) -> bool:
    return bool(OF_POINTS.intersection(offered(analysis)))


def _given(answer: Answer) -> tuple[Collection[int], Collection[str]]:
    return (answer["points"], answer["rules"]) if answer is not None else ((), ())
