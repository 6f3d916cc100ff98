"""A report as plain values for JSON, and back: what was kept is read as it was written, whatever the program is now."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.oversight.rules.figures import Level, Measure, Part, Report

VERSION = 1
"""Goes up when what is kept changes its meaning; every version that was ever kept can be read."""


def plain(report: Report) -> dict[str, Any]:
    return {
        "version": VERSION,
        "as_at": report.as_at.isoformat(),
        "months": [month.isoformat() for month in report.months],
        "levels": [{"slug": level.slug, "title": level.title, "step": level.step} for level in report.levels],
        "trust": _part(report.trust),
        "parts": [_part(part) for part in report.parts],
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "directorate": part.directorate_id,
        "name": part.name,
        "people": part.people,
        "held": dict(part.held),
        "wanted": dict(part.wanted),
        "monthly": {measure.value: list(values) for measure, values in part.monthly.items()},
        "totals": {measure.value: value for measure, value in part.totals.items()},
        "timed": list(part.timed),
        "timed_year": part.timed_year,
    }


def read(kept: Mapping[str, Any]) -> Report:
    """Raises ValueError for a version that this program does not know: it is older than what was kept."""
    if kept["version"] != VERSION:
        raise ValueError(f"a report of version {kept['version']}")
    return Report(
        as_at=date.fromisoformat(kept["as_at"]),
        months=tuple(date.fromisoformat(month) for month in kept["months"]),
        levels=tuple(Level(level["slug"], level["title"], level["step"]) for level in kept["levels"]),
        trust=_read_part(kept["trust"]),
        parts=tuple(_read_part(part) for part in kept["parts"]),
    )


def _read_part(kept: Mapping[str, Any]) -> Part:
    return Part(
        directorate_id=kept["directorate"],
        name=kept["name"],
        people=kept["people"],
        held=kept["held"],
        wanted=kept["wanted"],
        monthly={Measure(name): tuple(values) for name, values in kept["monthly"].items()},
        totals={Measure(name): value for name, value in kept["totals"].items()},
        timed=tuple(kept["timed"]),
        timed_year=kept["timed_year"],
    )
