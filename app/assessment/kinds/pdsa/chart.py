"""What the chart engine makes of a log: the baseline's limits held, the points of each test after them.

A gap stands before each test, as under the NHS rules a gap breaks a shift or trend: what a test shows is read from its
own points, and no later test changes what an earlier one showed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from app.assessment.kinds.pdsa.log import Cycle, Log
from app.assessment.kinds.wards import Returned, Ward
from app.charts import NHS_MAKING_DATA_COUNT, Analysis, Label, Series, analyse
from app.charts import Plan as ChartPlan
from app.charts.drawing.notes import Annotation
from app.charts.drawing.picture import figure
from app.charts.summary import LABEL


@dataclass(frozen=True, slots=True)
class Reading:
    """Of the points of one test: which signals they are part of, by the rules' names, and how many points of each."""

    found: tuple[tuple[str, int], ...]

    @property
    def signal(self) -> bool:
        return bool(self.found)

    @property
    def words(self) -> str:
        return ", ".join(f"{name.lower()} ({count} point{'' if count == 1 else 's'})" for name, count in self.found)


def baseline(shown: Mapping[str, Any]) -> Returned:
    kept = shown["baseline"]
    return Returned(tuple(kept["values"]), None if kept["out_of"] is None else tuple(kept["out_of"]), kept["beside"])


def read_cycle(ward: Ward, before: Returned, cycles: Sequence[Cycle]) -> Reading:
    """The last of these cycles, on the chart as it stood when its data had come."""
    points = analysed(ward, before, cycles).points[-len(cycles[-1].data.values) :]
    labels = [point.label for point in points]
    return Reading(tuple((LABEL[one], labels.count(one)) for one in Label if one in labels and one is not Label.COMMON))


def analysed(ward: Ward, before: Returned, cycles: Sequence[Cycle]) -> Analysis:
    """Baseline and tests as one series, numbered from 1, with limits from the baseline alone."""
    values: list[float | None] = list(before.values)
    sizes: list[float | None] = list(before.out_of or ())
    for cycle in cycles:
        values += [None, *cycle.data.values]
        sizes += [None, *(cycle.data.out_of or ())]
    rated = sizes if before.out_of else None
    series = Series.of(ward.measure, range(1, len(values) + 1), values, rated)
    rules = ChartPlan(ward.chart, NHS_MAKING_DATA_COUNT, baseline=len(before.values), wanted=ward.wanted)
    # The gaps are ours, so that nobody needs to be warned of them.
    return replace(analyse(series, rules), warnings=())


def drawn(ward: Ward, before: Returned, log: Log, prefix: str, *, read: bool) -> str:
    """The chart of everything so far. Signals are named only once the reading of them has been marked."""
    title = f"{ward.measure}, {ward.unit}, by {ward.period}"
    said = _tests(ward, before, log)
    return figure(analysed(ward, before, log.cycles), prefix, title=title, annotations=said, plain=not read)


def _tests(ward: Ward, before: Returned, log: Log) -> list[Annotation]:
    texts = {change.id: change.text for change in ward.changes}
    first, notes = len(before.values) + 2, []
    for number, cycle in enumerate(log.cycles, 1):
        said = " and: ".join(texts[change] for change in cycle.plan.changes if change in texts)
        notes.append(Annotation(first, f"Test {number} begins. {said}"))
        first += len(cycle.data.values) + 1
    return notes


def mean(data: Returned) -> Decimal:
    """To one decimal: of minutes or counts the mean, of shares the whole share in per cent."""
    total = Decimal(str(sum(data.values)))
    share = total * 100 / sum(data.out_of) if data.out_of else total / len(data.values)
    return share.quantize(Decimal("0.1"))


def mean_words(ward: Ward, data: Returned) -> str:
    return f"{mean(data)} {ward.unit}"
