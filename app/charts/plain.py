"""An analysis as plain values for JSON: numbers unrounded, dates as ISO text, None where there is nothing."""

from datetime import date

from app.charts.analysis import Analysis, Phase, Point
from app.charts.pareto import Pareto
from app.charts.runs import Runs
from app.charts.series import X
from app.charts.summary import summarise

Plain = dict[str, object]


def plain(analysis: Analysis, ranges: Analysis | None = None) -> Plain:
    """One object for a series. Runs and signal at the top are the last phase's; `phases` has those of each.

    `ranges` is the moving range half of an XmR chart.
    """
    plan = analysis.plan
    whole: Plain = {
        "series": analysis.series,
        "chart": plan.kind.value,
        "rules": plan.rules.name,
        "points": [_point(point) for point in analysis.points],
        **_runs(analysis.runs),
        "signal": analysis.signal,
        "variation": analysis.variation.value,
        "assurance": None if analysis.assurance is None else analysis.assurance.value,
        "warnings": list(analysis.warnings),
        "phases": [_phase(analysis, phase) for phase in analysis.phases],
        "screened": plan.screened,
        "target": plan.target,
        "wanted": plan.wanted.value,
        "summary": summarise(analysis),
    }
    if ranges is not None:
        whole["moving_ranges"] = [_point(point) for point in ranges.points]
    return whole


def plain_pareto(chart: Pareto) -> Plain:
    """One object for a Pareto: bars as points, with their share and cumulative share from 0 to 1."""
    return {
        "series": chart.series,
        "chart": "pareto",
        "rules": None,
        "total": chart.total,
        "points": [
            {"x": bar.name, "y": bar.count, "share": bar.share, "cumulative": bar.cumulative}
            for bar in chart.categories
        ],
        "warnings": [],
    }


def _point(point: Point) -> Plain:
    return {
        "x": written(point.x),
        "y": point.y,
        "centre": point.centre,
        "lower": point.lower,
        "upper": point.upper,
        "phase": point.phase,
        "label": point.label.value,
    }


def _phase(analysis: Analysis, phase: Phase) -> Plain:
    points = analysis.points[phase.first : phase.end]
    return {
        "phase": phase.number,
        "from": written(points[0].x),
        "to": written(points[-1].x),
        "centre": phase.centre,
        "useful": phase.runs.useful,
        **_runs(phase.runs),
        "signal": phase.signal,
    }


def _runs(runs: Runs) -> Plain:
    return {
        "longest_run": runs.longest_run,
        "longest_run_max": runs.longest_run_max,
        "crossings": runs.crossings,
        "crossings_min": runs.crossings_min,
    }


def written(x: X) -> str | int:
    return x.isoformat() if isinstance(x, date) else x
