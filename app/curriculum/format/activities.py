"""The kinds of activity, as a module lists them in course.yaml."""

from typing import Annotated, Literal

from pydantic import Field

from app.curriculum.format.fields import Id, Label, Line, MaybeWords, Minutes, QuizFile, Strict, Words


class _Activity(Strict):
    id: Id
    minutes: Minutes
    participatory_minutes: Annotated[int, Field(ge=0, le=600)]


class Read(_Activity):
    """The module's own text."""

    kind: Literal["read"]


class Quizzed(_Activity):
    """What the two kinds with questions share."""

    quiz: QuizFile


class Practice(Quizzed):
    """Questions with feedback, any number of tries, no pass mark."""

    kind: Literal["practice"]


class Assessment(Quizzed):
    """Questions with a pass mark. Without `draw` every question is asked."""

    kind: Literal["assessment"]
    draw: Annotated[int, Field(ge=1, le=200)] | None = None
    pass_mark: Annotated[int, Field(ge=1, le=200)]
    attempts: Literal["unlimited"] | Annotated[int, Field(ge=1, le=99)] = "unlimited"


class Note(_Activity):
    """Free text that the person keeps, and may share where the course allows it."""

    kind: Literal["note"]
    title: Label
    prompt: Words
    hint: MaybeWords = ""
    readers: Words
    sharing: Literal["never", "optional"]
    required: bool


class Steps(_Activity):
    """Things to do away from the screen, ticked by the person."""

    kind: Literal["steps"]
    title: Label
    items: Annotated[list[Words], Field(min_length=1, max_length=20)]


class Statement(Strict):
    id: Id
    text: Line


class Confidence(_Activity):
    """Five statements that a patient partner rates before and after."""

    kind: Literal["confidence"]
    title: Label
    statements: Annotated[list[Statement], Field(min_length=5, max_length=5)]


Activity = Annotated[Read | Practice | Assessment | Note | Steps | Confidence, Field(discriminator="kind")]
