"""The kinds of activity, as a module lists them in course.yaml."""

from typing import Annotated, Literal

from pydantic import Field

from app.curriculum.format.fields import Id, Label, Line, MaybeWords, Minutes, Strict, Words, YamlFile


class _Activity(Strict):
    id: Id
    minutes: Minutes
    participatory_minutes: Annotated[int, Field(ge=0, le=600)]


class Read(_Activity):
    """The module's own text."""

    kind: Literal["read"]


class Quizzed(_Activity):
    """What the two kinds with questions share."""

    quiz: YamlFile


class Practice(Quizzed):
    """Questions with feedback, any number of tries, no pass mark."""

    kind: Literal["practice"]


class Assessment(Quizzed):
    """Questions with a pass mark. Without `draw` or `blueprint` every question is asked; `time_limit` is in minutes.

    `blueprint`: objective → how many of its questions an attempt draws.
    """

    kind: Literal["assessment"]
    draw: Annotated[int, Field(ge=1, le=200)] | None = None
    blueprint: dict[Id, Annotated[int, Field(ge=1, le=50)]] | None = None
    pass_mark: Annotated[int, Field(ge=1, le=200)]
    attempts: Literal["unlimited"] | Annotated[int, Field(ge=1, le=99)] = "unlimited"
    time_limit: Annotated[int, Field(ge=5, le=480)] | None = None

    @property
    def drawn(self) -> int | None:
        """How many questions an attempt draws; None: all of them."""
        return sum(self.blueprint.values()) if self.blueprint else self.draw


class Note(_Activity):
    """Free text that the person keeps, and may share where the course allows it.

    `after_days`: it is asked so many days after the course was completed.
    """

    kind: Literal["note"]
    title: Label
    prompt: Words
    hint: MaybeWords = ""
    readers: Words
    sharing: Literal["never", "optional"]
    required: bool
    after_days: Annotated[int, Field(ge=1, le=400)] | None = None


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


class Task(_Activity):
    """Work that people judge by a marking guide."""

    kind: Literal["task"]
    guide: YamlFile


class SignOff(_Activity):
    """Something done at work that a supervisor or a coach confirms."""

    kind: Literal["sign-off"]
    title: Label
    statement: Words
    prompt: Words
    hint: MaybeWords = ""
    signer: Literal["supervisor", "coach", "either"]


Activity = Annotated[
    Read | Practice | Assessment | Note | Steps | Confidence | Task | SignOff, Field(discriminator="kind")
]
