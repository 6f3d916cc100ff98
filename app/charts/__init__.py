"""Run charts, SPC charts and Pareto charts: numbers in, plain values and pictures out; no database, no web."""

from app.charts.analysis import Analysis, Plan, Point, analyse
from app.charts.icons import Assurance, Variation, Wanted
from app.charts.kinds import ChartKind
from app.charts.pareto import Category, Pareto, in_order, pareto, places, vital_few
from app.charts.rulesets import ANHOEJ, IHI_RUN, NHS_MAKING_DATA_COUNT, RULE_SETS, WESTERN_ELECTRIC, RuleSet
from app.charts.series import ChartError, Series
from app.charts.signals import Label
from app.charts.summary import summarise

__all__ = [
    "ANHOEJ",
    "IHI_RUN",
    "NHS_MAKING_DATA_COUNT",
    "RULE_SETS",
    "WESTERN_ELECTRIC",
    "Analysis",
    "Assurance",
    "Category",
    "ChartError",
    "ChartKind",
    "Label",
    "Pareto",
    "Plan",
    "Point",
    "RuleSet",
    "Series",
    "Variation",
    "Wanted",
    "analyse",
    "in_order",
    "pareto",
    "places",
    "summarise",
    "vital_few",
]
