"""qi charts analyse."""

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.table import Table as Grid

from app.charts import (
    ANHOEJ,
    IHI_RUN,
    NHS_MAKING_DATA_COUNT,
    RULE_SETS,
    WESTERN_ELECTRIC,
    Analysis,
    ChartError,
    ChartKind,
    Pareto,
    Plan,
    Wanted,
    analyse,
    summarise,
)
from app.charts.categories import holds_categories, read_paretos
from app.charts.drawing.page import page
from app.charts.drawing.pareto_picture import pareto_figure, pareto_svg
from app.charts.drawing.picture import figure, standalone
from app.charts.numbers import figure as shortened
from app.charts.plain import plain, plain_pareto
from app.charts.reading import Columns, SeriesInFile, Table, point_of, read_series, read_table
from app.cli.console import err, out, plainly, stop

app = typer.Typer(no_args_is_help=True, help="Run charts and SPC charts of any data.")


class Chart(StrEnum):
    """What can be asked for: every kind of chart over time, and Pareto."""

    RUN = ChartKind.RUN
    XMR = ChartKind.XMR
    I = ChartKind.I  # noqa: E741  # the chart's own name
    MR = ChartKind.MR
    P = ChartKind.P
    U = ChartKind.U
    C = ChartKind.C
    G = ChartKind.G
    T = ChartKind.T
    P_PRIME = ChartKind.P_PRIME
    U_PRIME = ChartKind.U_PRIME
    PARETO = "pareto"


class Rules(StrEnum):
    NHS = NHS_MAKING_DATA_COUNT.name
    ANHOEJ = ANHOEJ.name
    IHI = IHI_RUN.name
    WESTERN = WESTERN_ELECTRIC.name


T = TypeVar("T")


class Format(StrEnum):
    JSON = "json"
    TABLE = "table"
    SVG = "svg"
    HTML = "html"


@app.command(name="analyse")
@plainly
def analyse_file(
    file: Annotated[Path, typer.Argument(help="A CSV file with a line of column names.")],
    value: Annotated[str, typer.Option(help="The column of values or counts; empty cells are gaps.")],
    chart: Annotated[Chart, typer.Option(help="The kind of chart.")],
    date: Annotated[
        str | None, typer.Option(help="The column of ISO dates or whole numbers. Pareto: categories.")
    ] = None,
    rules: Annotated[Rules, typer.Option(help="Which patterns count as signals.")] = Rules.NHS,
    denominator: Annotated[str | None, typer.Option(help="The column that values are divided by.")] = None,
    by: Annotated[list[str] | None, typer.Option(help="A column that tells series apart; may be repeated.")] = None,
    series: Annotated[list[str] | None, typer.Option(help="Only this series; may be repeated.")] = None,
    screen: Annotated[
        bool | None,
        typer.Option("--screen/--no-screen", help="Leave out extreme moving ranges. Default: xmr, i and t."),
    ] = None,
    baseline: Annotated[int | None, typer.Option(help="Freeze the lines after so many points.")] = None,
    rebase: Annotated[list[str] | None, typer.Option(help="The first date of a new phase; may be repeated.")] = None,
    exclude: Annotated[list[int] | None, typer.Option(help="A point, from 1, to leave out; may be repeated.")] = None,
    multiply: Annotated[float, typer.Option(help="Scale what is shown, such as 100 for percentages.")] = 1,
    target: Annotated[float | None, typer.Option(help="The target, on the scale shown.")] = None,
    wanted: Annotated[Wanted, typer.Option(help="The direction in which the measure should go.")] = Wanted.NEUTRAL,
    form: Annotated[Format, typer.Option("--format", help="What to write to the output.")] = Format.TABLE,
) -> None:
    """Draw or describe the chart of each series in a CSV file."""
    table = _table(file)
    if chart is Chart.PARETO:
        _write_paretos(_paretos(table, value, date, tuple(by or ())), form, file.name)
        return
    if date is None:
        stop("Name the column of dates or whole numbers with --date.", 2)
    try:
        again = tuple(point_of(text) for text in rebase or ())
    except ChartError as error:
        stop(f"--rebase: {error}", 2)
    plan = Plan(
        ChartKind(chart),
        RULE_SETS[rules],
        screen,
        baseline,
        again,
        tuple(exclude or ()),
        multiply,
        target,
        wanted,
    )
    try:
        found = _chosen(read_series(table, Columns(date, value, denominator, tuple(by or ()))), series or [])
    except ChartError as error:
        stop(str(error))
    _write([_analysed(one, plan, found) for one in found], form, file.name)


def _table(file: Path) -> Table:
    try:
        return read_table(file.read_bytes(), str(file))
    except OSError as error:
        stop(f"{file} could not be read: {error.strerror}. Name a CSV file.")
    except ChartError as error:
        stop(str(error))


def _chosen(found: list[SeriesInFile], names: Sequence[str]) -> list[SeriesInFile]:
    known = [one.series.name for one in found]
    for name in names:
        if name not in known:
            stop(f"{found[0].table.source}: There is no series {name}. It has: {', '.join(known)}.")
    return [one for one in found if one.series.name in names] if names else found


def _analysed(one: SeriesInFile, plan: Plan, among: Sequence[SeriesInFile]) -> tuple[Analysis, Analysis | None]:
    """The chart of one series, and the moving ranges of an XmR. A re-base holds for the series that have its date."""
    elsewhere = {x for other in among if other is not one for x in other.series.xs}
    own = tuple(x for x in plan.rebase if x in one.series.xs or x not in elsewhere)
    plan = replace(plan, rebase=own)
    try:
        ranges = analyse(one.series, replace(plan, kind=ChartKind.MR)) if plan.kind is ChartKind.XMR else None
        return analyse(one.series, plan), ranges
    except ChartError as error:
        stop(str(one.located(error)))


def _paretos(table: Table, value: str, category: str | None, by: tuple[str, ...]) -> list[Pareto]:
    try:
        words = holds_categories(table, value)
        return read_paretos(table, value, None if words else category, by)
    except ChartError as error:
        stop(str(error))


def _write(charts: Sequence[tuple[Analysis, Analysis | None]], form: Format, title: str) -> None:
    match form:
        case Format.JSON:
            _say(json.dumps([plain(chart, ranges) for chart, ranges in charts], ensure_ascii=False, indent=1))
        case Format.SVG:
            _say(standalone(_only([chart for chart, _ in charts]), "chart"))
        case Format.HTML:
            figures = [figure(chart, f"chart-{number}") for number, (chart, _) in enumerate(charts, 1)]
            _say(page(title, figures))
        case Format.TABLE:
            for chart, _ in charts:
                _print(chart)


def _write_paretos(charts: Sequence[Pareto], form: Format, title: str) -> None:
    match form:
        case Format.JSON:
            _say(json.dumps([plain_pareto(chart) for chart in charts], ensure_ascii=False, indent=1))
        case Format.SVG:
            _say(pareto_svg(_only(charts), "chart", standalone=True))
        case Format.HTML:
            figures = [pareto_figure(chart, f"chart-{number}") for number, chart in enumerate(charts, 1)]
            _say(page(title, figures))
        case Format.TABLE:
            for chart in charts:
                grid = Grid("Category", "Count", "Share", "Cumulative", title=chart.series)
                for bar in chart.categories:
                    grid.add_row(bar.name, f"{bar.count:g}", f"{bar.share:.1%}", f"{bar.cumulative:.1%}")
                out.print(grid)


def _only(charts: Sequence[T]) -> T:
    if len(charts) > 1:
        stop("An SVG holds one chart. Choose a series with --series, or ask for --format html.", 2)
    return charts[0]


def _print(chart: Analysis) -> None:
    grid = Grid("When", "Value", "Centre", "Lower", "Upper", "Phase", "Label", title=chart.series)
    for point in chart.points:
        figures = (point.y, point.centre, point.lower, point.upper)
        shown = ("–" if value is None else shortened(value) for value in figures)
        grid.add_row(str(point.x), *shown, str(point.phase), point.label.value)
    out.print(grid)
    out.print(summarise(chart), markup=False)
    for warning in chart.warnings:
        err.print(warning, markup=False)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
