"""Readings of a chart that a decision may rest on: how it varies now, whether it assures its target, any signal."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from app.assessment.kinds.content import Content
from app.charts import Analysis

Varies = Literal[
    "common_cause", "improvement", "improvement_high", "improvement_low", "concern", "concern_high", "concern_low",
    "neutral", "neutral_high", "neutral_low",
]  # fmt: skip
Assures = Literal["consistent_pass", "consistent_fail", "inconsistent", "none"]

VARIES: dict[str, str] = {
    "common_cause": "the last point is common cause",
    "improvement": "the last point is part of a signal of improvement",
    "improvement_high": "the last point is part of a signal of improvement, towards high values",
    "improvement_low": "the last point is part of a signal of improvement, towards low values",
    "concern": "the last point is part of a signal of concern",
    "concern_high": "the last point is part of a signal of concern, towards high values",
    "concern_low": "the last point is part of a signal of concern, towards low values",
    "neutral": "the last point is part of a signal",
    "neutral_high": "the last point is part of a signal towards high values",
    "neutral_low": "the last point is part of a signal towards low values",
}
ASSURES: dict[str, str] = {
    "consistent_pass": "the target is passed every time unless something changes",
    "consistent_fail": "the target is missed every time unless something changes",
    "inconsistent": "the target is hit and missed by chance",
    "none": "there is no target that the limits could be held against",
}
SIGNALS = {True: "there is a signal of special cause", False: "there is no signal of special cause"}


def _several(value: object) -> object:
    return [value] if isinstance(value, str) else value


class When(Content):
    """Each list holds the readings that will do. What is not given may be as it likes."""

    variation: Annotated[tuple[Varies, ...], BeforeValidator(_several), Field(max_length=10)] = ()
    assurance: Annotated[tuple[Assures, ...], BeforeValidator(_several), Field(max_length=4)] = ()
    signal: bool | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "When":
        if not (self.variation or self.assurance or self.signal is not None):
            raise PydanticCustomError("when", "needs `variation`, `assurance` or `signal`, or leave `when` out")
        return self


def holds(when: When, analysis: Analysis) -> bool:
    """Whether the engine reads the chart so. `concern` holds for high and low; the signal is that of the last phase."""
    variation, assurance = analysis.variation.value, _assurance(analysis)
    varies = not when.variation or any(variation == v or variation.startswith(f"{v}_") for v in when.variation)
    assures = not when.assurance or assurance in when.assurance
    return varies and assures and when.signal in {None, analysis.signal}


def in_words_of(when: When) -> str:
    """The last point is common cause; the target is hit and missed by chance."""
    said = [" or ".join(VARIES[v] for v in when.variation), " or ".join(ASSURES[a] for a in when.assurance)]
    return "; ".join(words for words in (*said, SIGNALS[when.signal] if when.signal is not None else "") if words)


def as_read(analysis: Analysis) -> str:
    """The engine's reading, in the same words as a condition."""
    target = [ASSURES[_assurance(analysis)]] if analysis.plan.target is not None else []
    said = "; ".join([VARIES[analysis.variation.value], *target, SIGNALS[analysis.signal]])
    return f"{said}."


def _assurance(analysis: Analysis) -> str:
    return "none" if analysis.assurance is None else analysis.assurance.value
