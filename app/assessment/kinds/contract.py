"""What the attempt asks of a kind of question. Whatever keeps to this joins without a change to the attempt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from app.kernel.errors import BadInputError, RuleBrokenError

Answer = Any
"""An answer as JSON, in a shape of its kind's own; None when the question is unanswered."""

Shown = Mapping[str, Any]
Marking = Mapping[str, Any]
Posted = Mapping[str, Sequence[str]]

ANSWER_FIELD = "answer"
"""The id of the first field of every kind, where an error's link leads."""


class Verdict(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    MISSED = "missed"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One option, place, pair or number of a marked answer: what it says, what became of it, and why."""

    text: str
    said: str
    verdict: Verdict
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A marked answer. `why` is about the question as a whole and may be empty.

    `credit` is the share of the task that was done, 0 to 1, where a task can be done in part; None where it is right
    or not. `figure_html` is a picture drawn by us that shows the answer. `for_people` is what no program can judge:
    questions for a coach or a colleague.
    """

    right: bool
    parts: tuple[Part, ...]
    why: str = ""
    credit: float | None = None
    figure_html: str = ""
    for_people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KindView:
    """What a kind's template shows: words, numbers and tuples, frozen. Each kind has its own."""


class AnswerProblem(BadInputError):  # noqa: N818  said to the learner, beside the field
    """Something typed that is no answer of this kind. `typed` is shown again, so that nothing has to be retyped."""

    def __init__(self, message: str, typed: Answer = None) -> None:
        super().__init__({ANSWER_FIELD: message})
        self.typed = typed


class StepTakenError(RuleBrokenError):
    """Something was typed for a step that had been taken in another window. `lost`: what it was, in words."""

    def __init__(self, lost: tuple[str, ...]) -> None:
        super().__init__("This step has been taken already, in another window.")
        self.lost = lost


class QuestionKind(Protocol):
    """Five functions and a name. `shown` and `marking` are what this kind's own `split` made of the quiz file."""

    @property
    def name(self) -> str:
        """The word after `kind:` in a quiz file, and the name of the template in templates/assessment/kinds/."""
        ...

    def split(self, raw: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """The question as written, as (shown, marking). Raises app.curriculum.kinds.QuestionProblem."""
        ...

    def page(self, shown: Shown, answer: Answer, seed: str) -> KindView:
        """A frozen value for the kind's template. The ids of the file stay behind: each choice has a drawn token."""
        ...

    def read(self, shown: Shown, posted: Posted, seed: str, before: Answer) -> Answer:
        """The posted fields as an answer; None when unanswered. A button named `stay` changes the answer in place.

        `before` is the answer as it was saved last, for tasks done step by step: a step that was taken stands, whatever
        is posted. Raises AnswerProblem, and StepTakenError for other words than those that the step was taken with.
        """
        ...

    def in_words(self, shown: Shown, answer: Answer) -> tuple[str, ...]:
        """The answer as lines of plain words, for the page on which people check their answers."""
        ...

    def mark(self, shown: Shown, marking: Marking, answer: Answer) -> Marked:
        """The answer against the key. An unanswered question is not right, and still explains itself."""
        ...
