"""Each figure as a chart by the engine: which kind, by which rules, and which way is wanted."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.charts import ANHOEJ, NHS_MAKING_DATA_COUNT, Analysis, ChartKind, Plan, RuleSet, Series, Wanted, analyse
from app.charts.drawing.frame import NARROW, PRINT, WIDE
from app.charts.drawing.levels import Level, levels_svg
from app.charts.drawing.markup import element, text
from app.charts.drawing.picture import svg, table
from app.charts.summary import summarise
from app.oversight.rules.figures import Measure, Part, Report
from app.oversight.wording import IN_MINUTES, MINUTES, PYRAMID, TITLES, held_words

LEAST = 2
LEAST_SHOWN = 10
"""Months without which a chart from which some were left out says more than it knows."""
HOW: dict[Measure, tuple[ChartKind, RuleSet, Wanted]] = {
    Measure.TRAINED: (ChartKind.C, NHS_MAKING_DATA_COUNT, Wanted.INCREASE),
    Measure.PROMISED: (ChartKind.RUN, ANHOEJ, Wanted.INCREASE),
    Measure.GIVEN: (ChartKind.RUN, ANHOEJ, Wanted.INCREASE),
    Measure.DAYS: (ChartKind.RUN, ANHOEJ, Wanted.DECREASE),
    Measure.OVERDUE: (ChartKind.RUN, ANHOEJ, Wanted.DECREASE),
    Measure.PARTNERS: (ChartKind.C, NHS_MAKING_DATA_COUNT, Wanted.INCREASE),
}
"""Counts in months that are alike are C charts. What is no count, or hangs together from month to month, is a run
chart, which asks nothing of how values are spread."""
LOOKS = (WIDE, NARROW, PRINT)
PRINT_WIDE = replace(PRINT, width=2 * PRINT.width + 20)
"""The pyramid on A4 stands over two of three columns."""


def analyses(report: Report, part: Part) -> dict[Measure, Analysis]:
    """A chart for each measure of the part of which enough months are known, in the order of a report."""
    return {
        measure: analysis for measure in HOW if measure in part.monthly for analysis in _analysis(report, part, measure)
    }


def _analysis(report: Report, part: Part, measure: Measure) -> Iterator[Analysis]:
    values = part.monthly[measure]
    known = [value for value in values if value is not None]
    least = LEAST_SHOWN if measure in part.partly else LEAST
    if len(known) >= least and any(known):
        kind, rules, wanted = HOW[measure]
        scale = 1 / MINUTES if measure in IN_MINUTES else 1
        plan = Plan(kind, rules, wanted=wanted, multiply=scale)
        yield analyse(Series.of(TITLES[measure], report.months, values), plan)


def chart_html(analysis: Analysis, prefix: str, links: Sequence[str]) -> str:
    """A figure whose picture fits a wide place, a narrow one and A4, its words, its warnings and its data.

    `links` lead to what is behind each month, where there is anything.
    """
    warnings = [element("p", text(warning), class_="chart-warning") for warning in analysis.warnings]
    return element(
        "figure",
        *(svg(analysis, prefix, look=look, headed=False) for look in LOOKS),
        element("figcaption", element("p", text(summarise(analysis))), *warnings),
        element("details", element("summary", "Data of this chart"), table(analysis, analysis.series, links=links)),
        class_="chart",
        id=prefix,
    )


def steps(report: Report, part: Part) -> list[Level]:
    """The pyramid's levels, the highest first."""
    ordered = sorted(enumerate(report.levels), key=lambda one: (-one[1].step, one[0]))
    return [
        Level(
            level.title,
            part.held.get(level.slug, 0),
            part.people,
            part.wanted.get(level.slug),
            held_words(part.held.get(level.slug, 0), part.people, part.wanted.get(level.slug)),
        )
        for _, level in ordered
    ]


def pyramid_html(report: Report, part: Part) -> str:
    rows = steps(report, part)
    return element(
        "div",
        *(levels_svg(rows, "pyramid", title=PYRAMID, look=look) for look in (WIDE, NARROW, PRINT_WIDE)),
        class_="chart",
    )
