"""Quiz files. What only one kind of question has is checked by that kind itself."""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from app.curriculum.format.fields import Id, Label, MaybeWords, Strict

Stem = Annotated[str, Field(min_length=1, max_length=4000)]


class Question(Strict):
    """The fields that every question has; the others stay in `own`."""

    model_config = ConfigDict(extra="allow")

    id: Id
    kind: Id
    objective: Id
    competency: Id
    difficulty: Literal["easy", "medium", "hard"]
    source: Id
    stem: Stem
    explanation: MaybeWords = ""

    @property
    def own(self) -> dict[str, Any]:
        return self.__pydantic_extra__ or {}


class Quiz(Strict):
    id: Id
    title: Label
    intro: MaybeWords = ""
    questions: Annotated[list[Question], Field(min_length=1, max_length=200)]
