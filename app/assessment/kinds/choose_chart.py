"""Choose the chart for a measure. Then the engine draws it, and says what the other one would have made of it."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from app.assessment.kinds.charted import checked_chart, drawn_figure
from app.assessment.kinds.content import Content, Words, checked, refuse_repeats
from app.assessment.kinds.contract import (
    ANSWER_FIELD,
    Answer,
    AnswerProblem,
    KindView,
    Marked,
    Marking,
    Part,
    Posted,
    Shown,
    Verdict,
)
from app.charts import Analysis, ChartError, ChartKind, Label
from app.charts.drawing.markup import element, text
from app.charts.kinds import NAMES, NEEDS_DENOMINATOR
from app.charts.numbers import figure as number
from app.charts.numbers import moment
from app.charts.summary import centre_name, percent
from app.curriculum.format.measure import Measure, chart, kept_measure
from app.curriculum.kinds import QuestionProblem

name = "choose-chart"

IN_PLAIN_WORDS = {
    ChartKind.RUN: "Values in order of time, with their median. It has no limits.",
    ChartKind.XMR: "Single values of any kind. The limits come from the steps between neighbours.",
    ChartKind.I: "The upper half of an XmR chart alone: single values, limits from the steps between neighbours.",
    ChartKind.MR: "The steps between neighbours themselves: how restless the values are.",
    ChartKind.P: "How many of all cases: each case either has it or not. The limits expect chance alone.",
    ChartKind.U: "How many events for each bed day, visit or hour, where one case can have several.",
    ChartKind.C: "How many events, where there was about the same chance for them each time.",
    ChartKind.G: "For rare events: how many cases lie between one and the next.",
    ChartKind.T: "For rare events: how much time goes by between one and the next.",
    ChartKind.P_PRIME: "As a P chart, for very large numbers: the limits allow for more than chance from time to time.",
    ChartKind.U_PRIME: "As a U chart, for very large numbers: the limits allow for more than chance from time to time.",
}


class ChartOption(Content):
    chart: ChartKind
    correct: bool = False
    feedback: Words


class ChooseChartContent(Content):
    measure: Measure
    options: Annotated[tuple[ChartOption, ...], Field(min_length=3, max_length=8)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartChoice:
    value: str
    name: str
    hint: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One row of the measure's table, as text."""

    when: str
    value: str
    out_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseChartView(KindView):
    title: str
    each: str
    counted: str
    out_of: str
    rows: tuple[Figures, ...]
    choices: tuple[ChartChoice, ...]


def split(raw: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    content = checked(ChooseChartContent, raw)
    refuse_repeats("options", (o.chart.value for o in content.options))
    right = [o.chart for o in content.options if o.correct]
    if not 0 < len(right) < len(content.options):
        raise QuestionProblem("options", f"{len(right)} options are marked `correct: true`: at least one, and not all")
    for kind in right:
        checked_chart(content.measure, kind)
    offered = {o.chart for o in content.options}
    shown = {"measure": content.measure.kept(), "charts": [kind.value for kind in ChartKind if kind in offered]}
    marking = {
        "right": [kind.value for kind in right],
        "feedback": {o.chart.value: o.feedback for o in content.options},
    }
    return shown, marking


def page(shown: Shown, answer: Answer, seed: str) -> ChooseChartView:  # noqa: ARG001  charts keep a known order
    measure = kept_measure(shown["measure"])
    return ChooseChartView(
        title=measure.title,
        each=measure.each,
        counted=measure.counted,
        out_of=measure.out_of if measure.has_denominators else "",
        rows=tuple(
            Figures(when=moment(row.at), value=_number(row.value), out_of=_number(row.of)) for row in measure.points
        ),
        choices=tuple(
            ChartChoice(value=kind.value, name=NAMES[kind], hint=IN_PLAIN_WORDS[kind], chosen=kind.value == answer)
            for kind in _charts(shown)
        ),
    )


def read(shown: Shown, posted: Posted, seed: str, before: Answer) -> Answer:  # noqa: ARG001  the same for every kind
    sent = (posted.get(ANSWER_FIELD) or [""])[-1]
    if not sent:
        return None
    if sent not in shown["charts"]:
        raise AnswerProblem("Choose one of the charts on this page")
    return sent


def in_words(shown: Shown, answer: Answer) -> tuple[str, ...]:  # noqa: ARG001  the same for every kind
    return (NAMES[ChartKind(answer)],)


def mark(shown: Shown, marking: Marking, answer: Answer) -> Marked:
    """Right or not. The right chart is drawn, and under it the chosen one, where it is another that can be drawn."""
    measure = kept_measure(shown["measure"])
    right = answer in marking["right"]
    best = ChartKind(answer if right else marking["right"][0])
    picture = drawn_figure(chart(measure, best), shown)
    if answer is not None and not right and (other := _drawable(measure, ChartKind(answer))):
        picture = _headed(f"The {NAMES[best]}", picture)
        picture += _headed(f"The {NAMES[other.plan.kind]} that you chose", drawn_figure(other, shown, number=2))
    return Marked(
        right=right,
        parts=tuple(_part(measure, marking, kind, answer, best) for kind in _charts(shown)),
        figure_html=picture,
    )


def _charts(shown: Shown) -> list[ChartKind]:
    return [ChartKind(kind) for kind in shown["charts"]]


def _headed(said: str, picture: str) -> str:
    return element("h3", text(said), class_="nhsuk-heading-s") + picture


def _part(measure: Measure, marking: Marking, kind: ChartKind, answer: Answer, best: ChartKind) -> Part:
    why = marking["feedback"][kind.value]
    if kind.value == answer or kind is best:
        why = f"{why} {what_it_makes(measure, kind)}"
    right = kind.value in marking["right"]
    if kind.value == answer:
        said, verdict = ("You chose it: right", Verdict.RIGHT) if right else ("You chose it: not right", Verdict.WRONG)
    elif right:
        said = "Right as well" if answer in marking["right"] else "This is the chart for it"
        verdict = Verdict.PLAIN if answer in marking["right"] else Verdict.MISSED
    else:
        said, verdict = "", Verdict.PLAIN
    return Part(text=f"{NAMES[kind]}: {IN_PLAIN_WORDS[kind]}", said=said, verdict=verdict, why=why)


def what_it_makes(measure: Measure, kind: ChartKind) -> str:
    """What a chart of this kind makes of these figures, counted on the engine's own chart."""
    try:
        analysis = chart(measure, kind)
    except ChartError as error:
        return f"From these figures it cannot be drawn at all. {_cause(kind, error)}"
    shown = [point for point in analysis.points if point.y is not None]
    if kind is ChartKind.RUN:
        middle = number(analysis.last.centre or 0, percent=percent(analysis))
        return f"Here it shows {len(shown)} points about a {centre_name(analysis)} of {middle}, and no limits."
    outside = sum(point.label in {Label.ABOVE, Label.BELOW} for point in shown)
    verb = "lies" if outside == 1 else "lie"
    return f"Here {outside or 'none'} of {len(shown)} points {verb} outside its limits{_limits(analysis)}."


def _limits(analysis: Analysis) -> str:
    last, pct = analysis.last, percent(analysis)
    if last.lower is None or last.upper is None:
        return ""
    return f", which are {number(last.lower, percent=pct)} to {number(last.upper, percent=pct)} at the last point"


def _cause(kind: ChartKind, error: ChartError) -> str:
    if kind in NEEDS_DENOMINATOR and error.x is None:
        return "It asks out of how many, and these figures do not say."
    return str(error)


def _drawable(measure: Measure, kind: ChartKind) -> Analysis | None:
    try:
        return chart(measure, kind)
    except ChartError:
        return None


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.10g}"
