"""The chart as the engine draws it: where each point and the median belong."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from app.assessment.kinds.contract import Shown
from app.charts import IHI_RUN, Analysis, ChartKind, Plan, Series, analyse

RUN_CHART = Plan(ChartKind.RUN, IHI_RUN)


def analysis_of(shown: Shown) -> Analysis:
    """The run chart of the series that a question shows."""
    xs = [at if isinstance(at, int) else date.fromisoformat(at) for at in (point["at"] for point in shown["points"])]
    return analyse(Series.of(shown["title"], xs, [float(point["value"]) for point in shown["points"]]), RUN_CHART)


def median_of(values: Sequence[Decimal]) -> Decimal:
    """The engine's median of the values, as a decimal again."""
    analysis = analyse(Series.of("values", list(range(len(values))), [float(value) for value in values]), RUN_CHART)
    return Decimal(str(round(analysis.points[-1].centre or 0, 6)))
