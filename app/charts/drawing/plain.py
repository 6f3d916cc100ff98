"""A chart before anybody has read it, for those who are to read it themselves."""

from dataclasses import replace

from app.charts.analysis import Analysis
from app.charts.icons import Variation
from app.charts.signals import Label


def unread(analysis: Analysis) -> Analysis:
    """The same points and lines with no word of signals left: what is not in there, no picture can let slip."""
    return replace(
        analysis,
        points=tuple(replace(point, label=Label.COMMON) for point in analysis.points),
        phases=tuple(replace(phase, signal=False, patterns=()) for phase in analysis.phases),
        variation=Variation.COMMON_CAUSE,
        assurance=None,
    )
