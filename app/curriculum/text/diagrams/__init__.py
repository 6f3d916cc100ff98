"""Figures drawn from data: for each kind a wide picture, one for phones, and the same as a table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.curriculum.format import Diagram
from app.curriculum.format import diagrams as files
from app.curriculum.text.diagrams import (
    charted,
    driver_diagram,
    fishbone,
    ladder,
    model_for_improvement,
    pdsa_ramp,
    process_map,
    sequence,
)
from app.curriculum.text.diagrams.faults import faults
from app.curriculum.text.diagrams.sheet import NARROW, WIDE, Look
from app.curriculum.text.diagrams.table import Table, table_html
from app.curriculum.text.drawing import Element

__all__ = ["Drawn", "drawn", "faults", "table_html"]

Draw = Callable[[Any, Look], Element]
Tell = Callable[[Any], Table]
_KINDS: dict[type[Diagram], tuple[Draw, Tell]] = {
    files.ModelForImprovement: (model_for_improvement.draw, model_for_improvement.table),
    files.PdsaRamp: (pdsa_ramp.draw, pdsa_ramp.table),
    files.DriverDiagram: (driver_diagram.draw, driver_diagram.table),
    files.ProcessMap: (process_map.draw, process_map.table),
    files.Fishbone: (fishbone.draw, fishbone.table),
    files.ParetoFigure: (charted.draw_pareto, charted.pareto_table),
    files.ChartFigure: (charted.draw_chart, charted.chart_table),
    files.Sequence: (sequence.draw, sequence.table),
    files.Ladder: (ladder.draw, ladder.table),
}


@dataclass(frozen=True, slots=True)
class Drawn:
    wide: Element
    narrow: Element
    table: Table


def drawn(diagram: Diagram) -> Drawn:
    """A diagram without faults as two pictures and a table."""
    draw, table = _KINDS[type(diagram)]
    return Drawn(draw(diagram, WIDE), draw(diagram, NARROW), table(diagram))
