"""The series in tests/charts/data, and short ways to a series and its chart."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.charts import NHS_MAKING_DATA_COUNT, Analysis, ChartKind, Plan, RuleSet, Series, analyse
from app.charts.reading import Columns, read_series, read_table

DATA = Path(__file__).parent / "data"
TRUSTS = "ae_attendances_five_trusts.csv"
MEASURES: dict[str, Columns] = {
    "england_attendances_data.csv": Columns("period", "attendances"),
    "deviations_data.csv": Columns("date", "data"),
    "snapshot_data.csv": Columns("date", "y"),
    "snapshot_outlier_data.csv": Columns("date", "y"),
    "montgomery_06.07.csv": Columns("weeks", "cost"),
    "montgomery_07.08.csv": Columns("sample", "count"),
    "montgomery_07.14.csv": Columns("failure", "hours"),
}


def series_in(name: str, columns: Columns) -> list[Series]:
    return [found.series for found in read_series(read_table((DATA / name).read_bytes(), name), columns)]


def every_measure() -> dict[str, Series]:
    """Each series of values without a denominator, by a name for the test."""
    found = {name: series_in(name, columns)[0] for name, columns in MEASURES.items()}
    for value in ("attendances", "breaches", "admissions"):
        for series in series_in(TRUSTS, Columns("period", value, by=("org_code",))):
            found[f"{series.name} {value}"] = series
    return found


def trusts(denominator: str | None = "attendances") -> list[Series]:
    """Breaches of the four-hour wait out of attendances, for five trusts."""
    return series_in(TRUSTS, Columns("period", "breaches", denominator, ("org_code",)))


def numbered(values: Sequence[float | None], sizes: Sequence[float | None] | None = None) -> Series:
    return Series.of("made up", list(range(1, len(values) + 1)), values, sizes)


def chart(
    values: Sequence[float | None],
    kind: ChartKind = ChartKind.XMR,
    rules: RuleSet = NHS_MAKING_DATA_COUNT,
    sizes: Sequence[float | None] | None = None,
    **choices: Any,
) -> Analysis:
    return analyse(numbered(values, sizes), Plan(kind, rules, **choices))


def labels(analysis: Analysis) -> list[str]:
    return [point.label.value for point in analysis.points]
