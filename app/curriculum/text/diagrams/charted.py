"""Charts and Paretos, as the chart engine draws them, in the sizes that figures have."""

from app.charts import Pareto, pareto, summarise
from app.charts.drawing.frame import Look as ChartLook
from app.charts.drawing.notes import Annotation
from app.charts.drawing.pareto_picture import pareto_rows, pareto_svg, summary
from app.charts.drawing.picture import data_rows, svg
from app.charts.numbers import moment
from app.curriculum.files import SourceFile
from app.curriculum.format.diagrams import ChartFigure, ParetoFigure
from app.curriculum.format.measure import chart
from app.curriculum.problems import Findings
from app.curriculum.text.diagrams.sheet import Look, framed
from app.curriculum.text.diagrams.table import Table, table_of
from app.curriculum.text.drawing import Element, read_svg

WIDE = ChartLook("wide", 640, 270, 14, 4.2, 6, 7)
NARROW = ChartLook("narrow", 320, 220, 14, 3.6, 5, 3)


def draw_chart(diagram: ChartFigure, look: Look) -> Element:
    analysis = chart(diagram.measure, diagram.chart)
    notes = [Annotation(note.at, note.text) for note in diagram.notes]
    drawn = svg(analysis, "chart", annotations=notes, look=_look(look))
    return _traced(drawn, diagram.title, f"{diagram.description} {summarise(analysis)}")


def chart_table(diagram: ChartFigure) -> Table:
    heads, rows = data_rows(chart(diagram.measure, diagram.chart))
    said = {moment(note.at): note.text for note in diagram.notes}
    if said:
        heads, rows = [*heads, "Note"], [[*row, said.get(row[0], "")] for row in rows]
    return table_of(heads, rows, range(1, 5))


def draw_pareto(diagram: ParetoFigure, look: Look) -> Element:
    counted = _counted(diagram)
    drawn = pareto_svg(counted, "pareto", look=_look(look))
    return _traced(drawn, diagram.title, f"{diagram.description} {summary(counted)}")


def pareto_table(diagram: ParetoFigure) -> Table:
    return table_of(*pareto_rows(_counted(diagram)), range(1, 4))


def _counted(diagram: ParetoFigure) -> Pareto:
    return pareto(diagram.unit, {category.text: category.count for category in diagram.categories})


def _look(look: Look) -> ChartLook:
    return NARROW if look.is_narrow else WIDE


def _traced(drawn: str, title: str, description: str) -> Element:
    """The engine's picture as a tree. What no drawing may have is left out when the tree is written."""
    root = read_svg(SourceFile("chart", drawn), Findings())
    assert root is not None
    parts = [part for part in root.elements if part.tag not in {"title", "desc"}]
    return framed(parts, root.attributes["viewBox"], title, description)
