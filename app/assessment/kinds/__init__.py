"""The kinds of question, one small module each. A new kind is its module, its template and its line here."""

from app.assessment.kinds import (
    aim,
    chance,
    choose_chart,
    drivers,
    matching,
    measures,
    multiple,
    numeric,
    ordering,
    pareto,
    pdsa,
    plot,
    read_chart,
    scenario,
    single,
)
from app.assessment.kinds.contract import QuestionKind

KINDS: dict[str, QuestionKind] = {
    "single": single,
    "multiple": multiple,
    "ordering": ordering,
    "matching": matching,
    "numeric": numeric,
    "aim": aim,
    "drivers": drivers,
    "measures": measures,
    "pareto": pareto,
    "plot": plot,
    "pdsa": pdsa,
    "chance": chance,
    "read-chart": read_chart,
    "choose-chart": choose_chart,
    "scenario": scenario,
}
