"""Figures from data: a file for each, whose `kind` says what it is drawn as."""

from typing import Annotated, Literal

from pydantic import Field

from app.charts import ChartKind
from app.curriculum.format.fields import Strict
from app.curriculum.format.measure import Measure, Moment

Short = Annotated[str, Field(min_length=1, max_length=30)]
Phrase = Annotated[str, Field(min_length=1, max_length=40)]
Said = Annotated[str, Field(min_length=1, max_length=60)]
Told = Annotated[str, Field(min_length=1, max_length=80)]
Duration = Annotated[int, Field(ge=0, le=1_000_000)]
"""Minutes."""


class Diagram(Strict):
    """`title` and `description` are for people who do not see the figure; its caption stands in the module's text."""

    title: Annotated[str, Field(min_length=1, max_length=120)]
    description: Annotated[str, Field(min_length=1, max_length=600)]


Answer = Annotated[str, Field(min_length=1, max_length=70)]


class ModelForImprovement(Diagram):
    """The three questions, perhaps with a project's answers, above the wheel of plan, do, study, act."""

    kind: Literal["model-for-improvement"]
    aim: Answer | None = None
    measure: Answer | None = None
    change: Answer | None = None


class Cycle(Strict):
    test: Annotated[str, Field(min_length=1, max_length=50)]
    learned: Said


class PdsaRamp(Diagram):
    """Tests of a change that build on each other, the first one lowest."""

    kind: Literal["pdsa-ramp"]
    cycles: Annotated[list[Cycle], Field(min_length=2, max_length=6)]


Ideas = Annotated[list[Said], Field(default_factory=list, max_length=3)]


class Secondary(Strict):
    text: Said
    ideas: Ideas


class Driver(Strict):
    """Ideas stand under its secondary drivers where it has any, and otherwise under itself."""

    text: Said
    secondary: Annotated[list[Secondary], Field(default_factory=list, max_length=3)]
    ideas: Ideas


class DriverDiagram(Diagram):
    kind: Literal["driver-diagram"]
    aim: Said
    drivers: Annotated[list[Driver], Field(min_length=2, max_length=5)]


class Step(Strict):
    """`minutes` it takes, and `wait` before it."""

    lane: Short
    text: Phrase
    minutes: Duration | None = None
    wait: Duration | None = None
    decision: bool = False


class ProcessMap(Diagram):
    """Who does what, one step after the other."""

    kind: Literal["process-map"]
    lanes: Annotated[list[Short], Field(min_length=1, max_length=4)]
    steps: Annotated[list[Step], Field(min_length=3, max_length=12)]


class Bone(Strict):
    name: Phrase
    causes: Annotated[list[Phrase], Field(min_length=1, max_length=4)]


class Fishbone(Diagram):
    kind: Literal["fishbone"]
    problem: Told
    bones: Annotated[list[Bone], Field(min_length=3, max_length=6)]


class Counted(Strict):
    text: Said
    count: Annotated[int, Field(ge=0, le=1_000_000_000)]


class ParetoFigure(Diagram):
    """`unit` says what is counted."""

    kind: Literal["pareto"]
    unit: Told
    categories: Annotated[list[Counted], Field(min_length=3, max_length=12)]


class ChartNote(Strict):
    """What happened at one of the chart's points."""

    at: Moment
    text: Told


class ChartFigure(Diagram):
    """A measure over time, as `read-chart` has it in a quiz."""

    kind: Literal["chart"]
    measure: Measure
    chart: Annotated[ChartKind, Field(strict=False)]
    notes: Annotated[list[ChartNote], Field(default_factory=list, max_length=6)]


class SequenceStep(Strict):
    text: Short
    about: Told


class Sequence(Diagram):
    """Steps in order, each with what it is about."""

    kind: Literal["sequence"]
    steps: Annotated[list[SequenceStep], Field(min_length=3, max_length=7)]


class Rung(Strict):
    text: Phrase
    example: Told


class Ladder(Diagram):
    """Rungs from the lowest up, each with an example."""

    kind: Literal["ladder"]
    rungs: Annotated[list[Rung], Field(min_length=3, max_length=8)]


DIAGRAMS: dict[str, type[Diagram]] = {
    "model-for-improvement": ModelForImprovement,
    "pdsa-ramp": PdsaRamp,
    "driver-diagram": DriverDiagram,
    "process-map": ProcessMap,
    "fishbone": Fishbone,
    "pareto": ParetoFigure,
    "chart": ChartFigure,
    "sequence": Sequence,
    "ladder": Ladder,
}
