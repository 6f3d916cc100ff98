"""Marking guides: what a piece of work is, and the points that a person judges it by."""

from typing import Annotated, Literal

from pydantic import Field

from app.curriculum.format.fields import Id, Label, Line, MaybeWords, Strict, Words

Value = Annotated[int, Field(ge=0, le=9)]
Percent = Annotated[int, Field(ge=1, le=100)]


class Part(Strict):
    """One of the things to write. `most`: how many characters it may have."""

    id: Id
    title: Label
    prompt: Words
    hint: MaybeWords = ""
    most: Annotated[int, Field(ge=100, le=20_000)] = 2000


class MarkLevel(Strict):
    value: Value
    text: Line


class Point(Strict):
    """Without `levels` a point is given or not given. `least`: nobody passes with less, however many points."""

    id: Id
    part: Id
    text: Line
    look_for: Words
    levels: Annotated[list[MarkLevel], Field(default_factory=list, max_length=6)]
    least: Value = 0


class SampleMark(Strict):
    point: Id
    value: Value
    why: Line


class Sample(Strict):
    """A worked sample: what was written, and what each point should get. Markers practise on it."""

    id: Id
    title: Label
    work: dict[Id, Annotated[str, Field(min_length=1, max_length=20_000)]]
    marks: list[SampleMark]


class MarkingGuide(Strict):
    id: Id
    title: Label
    brief: Words
    parts: Annotated[list[Part], Field(min_length=1, max_length=12)]
    points: Annotated[list[Point], Field(min_length=1, max_length=40)]
    pass_mark: Annotated[int, Field(ge=1, le=200)]
    markers: Literal[1, 2]
    second_mark_every: Annotated[int, Field(ge=2, le=100)] | None = None
    release: Literal["at-once", "together"] = "at-once"
    resubmissions: Literal["unlimited"] | Annotated[int, Field(ge=0, le=20)] = "unlimited"
    samples: Annotated[list[Sample], Field(min_length=1, max_length=10)]
    agree_at_least: Percent
