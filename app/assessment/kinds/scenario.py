"""A board chart and a decision. Which decision is right follows from the engine's reading of the chart."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

from app.assessment.kinds.charted import checked_chart, drawn_figure
from app.assessment.kinds.content import Content, Id, Words, checked, refuse_repeats
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
from app.assessment.kinds.readings import When, as_read, holds, in_words_of
from app.assessment.kinds.tokens import by_token, drawn, texts, token
from app.charts import Analysis, ChartKind
from app.curriculum.format.measure import Measure, chart, kept_measure
from app.curriculum.kinds import QuestionProblem

name = "scenario"


class Decision(Content):
    """`when` is the reading under which it would be right. Without one, no reading makes it right."""

    id: Id
    text: Words
    correct: bool = False
    when: When | None = None
    feedback: Words


class ScenarioContent(Content):
    measure: Measure
    chart: ChartKind
    show: Literal["full", "plain"] = "full"
    decisions: Annotated[tuple[Decision, ...], Field(min_length=3, max_length=5)]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionChoice:
    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioView(KindView):
    figure_html: str
    choices: tuple[DecisionChoice, ...]


def split(raw: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    content = checked(ScenarioContent, raw)
    refuse_repeats("decisions", (d.id for d in content.decisions))
    _check_against_the_engine(content.decisions, checked_chart(content.measure, content.chart))
    shown = {
        "measure": content.measure.kept(),
        "chart": content.chart.value,
        "plain": content.show == "plain",
        "decisions": [{"id": d.id, "text": d.text} for d in content.decisions],
    }
    marking = {
        "right": next(d.id for d in content.decisions if d.correct),
        "each": {d.id: d.feedback for d in content.decisions},
        "when": {d.id: d.when.model_dump(mode="json") for d in content.decisions if d.when},
    }
    return shown, marking


def _check_against_the_engine(decisions: tuple[Decision, ...], analysis: Analysis) -> None:
    """The author says which decision is right, and the engine has to agree: for that one, and for no other."""
    right = sum(d.correct for d in decisions)
    if right != 1:
        raise QuestionProblem("decisions", f"{right} decisions are marked `correct: true`: exactly one is right")
    for place, decision in enumerate(decisions):
        field = f"decisions.{place}.when"
        if decision.correct and decision.when is None:
            raise QuestionProblem(field, "is missing: say which reading of the chart makes this decision right")
        true = decision.when is not None and holds(decision.when, analysis)
        if decision.correct and not true:
            raise QuestionProblem(field, f"does not hold. The chart is read otherwise: {as_read(analysis)}")
        if true and not decision.correct:
            raise QuestionProblem(field, f"holds too, and another one is correct. The chart reads: {as_read(analysis)}")


def page(shown: Shown, answer: Answer, seed: str) -> ScenarioView:
    words = texts(shown["decisions"])
    return ScenarioView(
        figure_html=drawn_figure(_analysis(shown), shown, plain=shown["plain"]),
        choices=tuple(
            DecisionChoice(value=token(seed, one), text=words[one], chosen=one == answer) for one in drawn(seed, words)
        ),
    )


def read(shown: Shown, posted: Posted, seed: str, before: Answer) -> Answer:  # noqa: ARG001  the same for every kind
    sent = (posted.get(ANSWER_FIELD) or [""])[-1]
    if not sent:
        return None
    chosen = by_token(seed, texts(shown["decisions"])).get(sent)
    if chosen is None:
        raise AnswerProblem("Choose one of the decisions on this page")
    return chosen


def in_words(shown: Shown, answer: Answer) -> tuple[str, ...]:
    return (texts(shown["decisions"])[answer],)


def mark(shown: Shown, marking: Marking, answer: Answer) -> Marked:
    analysis = _analysis(shown)
    return Marked(
        right=answer == marking["right"],
        parts=tuple(_part(one, text, marking, answer) for one, text in texts(shown["decisions"]).items()),
        why=f"The chart reads: {as_read(analysis)}",
        figure_html=drawn_figure(analysis, shown),
    )


def _analysis(shown: Shown) -> Analysis:
    return chart(kept_measure(shown["measure"]), ChartKind(shown["chart"]))


def _part(one: str, text: str, marking: Marking, answer: Answer) -> Part:
    why, right = marking["each"][one], one == marking["right"]
    when = When.model_validate(marking["when"][one]) if one in marking["when"] else None
    if right and when:
        why = f"{why} It follows from the chart: {in_words_of(when)}."
    elif when:
        why = f"{why} It would fit if this were so: {in_words_of(when)}."
    if one == answer:
        said, verdict = (
            ("You decided so: right", Verdict.RIGHT) if right else ("You decided so: not right", Verdict.WRONG)
        )
    else:
        said, verdict = ("The right decision", Verdict.MISSED) if right else ("", Verdict.PLAIN)
    return Part(text=text, said=said, verdict=verdict, why=why)
