"""Pareto charts out of a CSV file."""

from collections.abc import Sequence

from app.charts.pareto import Pareto, pareto
from app.charts.reading import MISSING, NUMBER, FileError, Row, Table, number
from app.charts.series import ChartError


def read_paretos(table: Table, value: str, category: str | None, by: tuple[str, ...] = ()) -> list[Pareto]:
    """One Pareto for each series. Raises FileError at the first fault.

    With `category`, the value is its count, and counts of the same category add up. Without it, the value is itself the
    category and each row counts once. A row without a value, or without a category, counts nothing.
    """
    for column in (value, category, *by):
        if column is not None:
            table.require(column)
    grouped: dict[str, list[Row]] = {}
    for row in table.rows:
        grouped.setdefault(" / ".join(row.cells[column] for column in by) or value, []).append(row)
    return [_pareto(table, name, rows, value, category) for name, rows in grouped.items()]


def _pareto(table: Table, name: str, rows: Sequence[Row], value: str, category: str | None) -> Pareto:
    counts: dict[str, float] = {}
    for row in rows:
        bar = row.cells[category or value]
        if bar in MISSING:
            continue
        count = 1 if category is None else number(table, row, value) or 0
        if count < 0:
            raise FileError(table.source, f"{count:g} is below zero. Correct it.", row.line, value)
        counts[bar] = counts.get(bar, 0) + count
    try:
        return pareto(name, counts)
    except ChartError as error:
        raise FileError(table.source, str(error), None, value) from None


def holds_categories(table: Table, column: str) -> bool:
    """Whether a column holds words, not counts: none of its cells is a number."""
    table.require(column)
    return not any(NUMBER.fullmatch(row.cells[column]) for row in table.rows)
