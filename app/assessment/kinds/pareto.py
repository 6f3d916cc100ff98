"""Put a table in order of size, draw the Pareto, and mark the vital few; marked against app.charts.

Half of the credit is for the order: the share of categories in their place, where equal counts share their places. Half
is for the vital few: each one found counts, and each category marked besides takes one away, down to nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Annotated, Any

from pydantic import Field

from app import charts
from app.assessment.kinds.content import Content, Id, Words, checked, refuse_repeats
from app.assessment.kinds.contract import Answer, AnswerProblem, KindView, Marked, Marking, Part, Posted, Shown, Verdict
from app.assessment.kinds.places import REMEDY, Placed, placed, read_order
from app.assessment.kinds.tokens import by_token, drawn, texts
from app.charts.drawing.pareto_picture import pareto_figure, summary
from app.charts.numbers import figure as figures
from app.curriculum.kinds import QuestionProblem

name = "pareto"

OTHER = "other"
WHOLE = 100


class Row(Content):
    id: Id
    text: Annotated[str, Field(min_length=1, max_length=80)]
    count: Annotated[Decimal, Field(ge=0, le=10**9)]
    feedback: Annotated[str, Field(max_length=1000)] = ""


class ParetoContent(Content):
    title: Annotated[str, Field(min_length=1, max_length=120)]
    unit: Annotated[str, Field(min_length=1, max_length=40)]
    share: Annotated[int, Field(ge=50, le=95)] = 80
    categories: Annotated[tuple[Row, ...], Field(min_length=4, max_length=12)]
    feedback: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed(Placed):
    """A category with its count in words, and whether it is marked as vital."""

    count: str
    vital: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ParetoView(KindView):
    share: int
    items: tuple[Listed, ...]
    order: str
    figure_html: str


def split(raw: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    content = checked(ParetoContent, raw)
    refuse_repeats("categories", (row.id for row in content.categories))
    refuse_repeats("categories", (row.text.casefold() for row in content.categories))
    _refuse_doubt(content)
    away_from_the_answer = sorted(content.categories, key=lambda row: sha256(row.text.encode()).digest())
    shown = {
        "title": content.title,
        "unit": content.unit,
        "share": content.share,
        "categories": [{"id": row.id, "text": row.text, "count": float(row.count)} for row in away_from_the_answer],
    }
    return shown, {"each": {row.id: row.feedback for row in content.categories}, "feedback": content.feedback}


def _refuse_doubt(content: ParetoContent) -> None:
    """A task without one right answer, or without a lesson, is the author's to mend."""
    try:
        chart = charts.pareto(content.title, {row.text: float(row.count) for row in content.categories})
    except charts.ChartError as error:
        raise QuestionProblem("categories", str(error)) from None
    vital = charts.vital_few(chart, content.share / WHOLE)
    rest = chart.categories[len(vital) :]
    if not rest or vital[-1].name.casefold() == OTHER:
        message = f"it takes every category with a name to reach {content.share}%: no few are vital here"
        raise QuestionProblem("share", message)
    if rest[0].count == vital[-1].count and rest[0].name.casefold() != OTHER:
        message = f"{vital[-1].name} and {rest[0].name} tie where {content.share}% is reached: choose another share"
        raise QuestionProblem("share", message)


def page(shown: Shown, answer: Answer, seed: str) -> ParetoView:
    words, counts = texts(shown["categories"]), _counts(shown)
    order = answer["order"] if answer else drawn(seed, words)
    vital = set(answer["vital"]) if answer else set()
    items = tuple(
        Listed(
            token=one.token,
            text=one.text,
            place=one.place,
            count=f"{figures(counts[item])} {shown['unit']}",
            vital=item in vital,
        )
        for item, one in zip(order, placed(order, words, seed), strict=True)
    )
    return ParetoView(
        share=shown["share"],
        items=items,
        order=",".join(item.token for item in items),
        figure_html=_as_it_stands(shown, order) if answer else "",
    )


def _counts(shown: Shown) -> dict[str, float]:
    return {row["id"]: row["count"] for row in shown["categories"]}


def _as_it_stands(shown: Shown, order: Iterable[str]) -> str:
    """The learner's own order as a chart, without the sentence that would name the vital few."""
    words, counts = texts(shown["categories"]), _counts(shown)
    chart = charts.in_order(shown["title"], {words[item]: counts[item] for item in order})
    said = "Drawn in the order that you chose. Each share is of all that were counted, from the first category on."
    return pareto_figure(chart, "pareto", title=shown["title"], said=said)


def read(shown: Shown, posted: Posted, seed: str, before: Answer) -> Answer:  # noqa: ARG001  the same for every kind
    """The order and the marks. The button `draw` changes nothing: what is saved is drawn."""
    words = texts(shown["categories"])
    order = read_order(posted, words, seed)
    marked = posted.get("vital") or ()
    names = by_token(seed, words)
    if not names.keys() >= set(marked):
        raise AnswerProblem(REMEDY)
    vital = {names[mark] for mark in marked}
    return {"order": order, "vital": [item for item in words if item in vital]}


def in_words(shown: Shown, answer: Answer) -> tuple[str, ...]:
    words, vital = texts(shown["categories"]), set(answer["vital"])
    lines = tuple(
        f"{place}. {words[item]}{': vital' if item in vital else ''}" for place, item in enumerate(answer["order"], 1)
    )
    return lines if vital else (*lines, "None is marked as vital yet")


def mark(shown: Shown, marking: Marking, answer: Answer) -> Marked:
    by_name = {row["text"]: row["id"] for row in shown["categories"]}
    chart = charts.pareto(shown["title"], {row["text"]: row["count"] for row in shown["categories"]})
    share, places = shown["share"] / WHOLE, charts.places(chart)
    wanted = {bar.name for bar in charts.vital_few(chart, share)}
    put = {item: place for place, item in enumerate(answer["order"], 1)} if answer else {}
    vital = set(answer["vital"]) if answer else set()
    parts, in_place, found, besides = [], 0, 0, 0
    for place, bar in enumerate(chart.categories, 1):
        item = by_name[bar.name]
        placed_right, marked, belongs = put.get(item) in places[bar.name], item in vital, bar.name in wanted
        in_place += placed_right
        found += marked and belongs
        besides += marked and not belongs
        parts.append(
            Part(
                text=f"{place}. {bar.name}: {figures(bar.count)} {shown['unit']}",
                said=_said(put[item], marked=marked, belongs=belongs, placed_right=placed_right) if put else "",
                verdict=_verdict(right=placed_right and marked == belongs) if put else Verdict.PLAIN,
                why=f"{_reason(bar, share, belongs=belongs)} {marking['each'][item]}".strip(),
            )
        )
    order, few = in_place / len(parts), max(found - besides, 0) / len(wanted)
    prefix = "pareto-" + sha256(f"{shown['title']}{sorted(by_name)}".encode()).hexdigest()[:8]
    return Marked(
        right=order == few == 1,
        parts=tuple(parts),
        why=marking["feedback"],
        credit=(order + few) / 2,
        figure_html=pareto_figure(chart, prefix, title=shown["title"], said=summary(chart, share)),
    )


def _verdict(*, right: bool) -> Verdict:
    return Verdict.RIGHT if right else Verdict.WRONG


def _said(put: int, *, marked: bool, belongs: bool, placed_right: bool) -> str:
    place = f"You put it in place {put}: {'right' if placed_right else 'not right'}."
    if marked:
        return f"{place} You marked it as vital: {'right' if belongs else 'it is not'}."
    return f"{place} You did not mark it{', but it is vital' if belongs else ': right'}."


def _reason(bar: charts.Category, share: float, *, belongs: bool) -> str:
    """Why a category is one of the vital few or not, from the shares that the engine worked out."""
    before, reached = (figures(part, percent=True) for part in (bar.cumulative - bar.share, bar.cumulative))
    wanted = figures(share, percent=True)
    if not belongs:
        last = " A rest without a name goes last, whatever its size." if bar.name.casefold() == OTHER else ""
        return f"Not vital: the categories above it already make {before}.{last}"
    if bar.cumulative >= share - 1e-9:
        return f"Vital: it takes the share from {before} to {reached}, which reaches {wanted}."
    return f"Vital: with it the share stands at {reached}, still short of {wanted}."
