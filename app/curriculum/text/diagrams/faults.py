"""What is wrong with a diagram's data that no single field can say."""

from collections.abc import Iterable, Iterator

from app.curriculum.format.diagrams import ChartFigure, Diagram, DriverDiagram, ParetoFigure, ProcessMap
from app.curriculum.format.measure import fault_of
from app.curriculum.located import dotted
from app.curriculum.problems import one_of_these

Fault = tuple[tuple[str | int, ...], str, str]
"""Where in the file, what is wrong, and the remedy."""


def faults(diagram: Diagram) -> Iterator[Fault]:
    match diagram:
        case DriverDiagram():
            yield from _drivers(diagram)
        case ProcessMap():
            yield from _process(diagram)
        case ParetoFigure():
            yield from _pareto(diagram)
        case ChartFigure():
            yield from _chart(diagram)


def _drivers(diagram: DriverDiagram) -> Iterator[Fault]:
    for place, driver in enumerate(diagram.drivers):
        if driver.secondary and driver.ideas:
            message = f"'{driver.text}' has secondary drivers and ideas of its own"
            yield ("drivers", place, "ideas"), message, "Move each idea to the secondary driver that it serves"


def _process(diagram: ProcessMap) -> Iterator[Fault]:
    yield from _repeated(("lanes",), diagram.lanes, "lane")
    for place, step in enumerate(diagram.steps):
        if step.lane not in diagram.lanes:
            where = ("steps", place, "lane")
            yield where, f"unknown lane '{step.lane}'", one_of_these(step.lane, diagram.lanes)


def _pareto(diagram: ParetoFigure) -> Iterator[Fault]:
    yield from _repeated(("categories",), [category.text for category in diagram.categories], "category")
    if not any(category.count for category in diagram.categories):
        yield ("categories",), "nothing is counted", "Give at least one category a count above zero"


def _chart(diagram: ChartFigure) -> Iterator[Fault]:
    if fault := fault_of(diagram.measure, diagram.chart):
        yield tuple(dotted(fault[0])), fault[1], "Correct it, or choose another chart"
        return
    known = {row.at for row in diagram.measure.points}
    for place, note in enumerate(diagram.notes):
        if note.at not in known:
            where = ("notes", place, "at")
            yield where, f"no point of the chart is at {note.at}", "Write the day or number of a point"


def _repeated(where: tuple[str | int, ...], names: Iterable[str], what: str) -> Iterator[Fault]:
    seen = set()
    for place, name in enumerate(names):
        if name in seen:
            yield (*where, place), f"the {what} '{name}' is there twice", "Keep one of the two"
        seen.add(name)
