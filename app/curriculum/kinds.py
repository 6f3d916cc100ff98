"""What the curriculum asks of a kind of question. The kinds live above, in assessment; whoever loads hands them in."""

from collections.abc import Mapping
from typing import Any, Protocol


class QuestionProblem(Exception):  # noqa: N818  said in the words of a course writer, shown with file and line
    """A question's own fields are not right. `field` is its dotted path, such as `options.1.feedback`."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


class QuestionKind(Protocol):
    """One kind of question: it checks its own fields and parts what may travel from what may not."""

    @property
    def name(self) -> str:
        """The word after `kind:` in a quiz file."""
        ...

    def split(self, raw: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """The question as written in its file, as (shown, marking).

        `shown` may reach the browser before release: nothing in it, not even an order, gives the answer away.
        The curriculum has checked the fields that every question has (id, kind, objective, competency, difficulty,
        source, stem, explanation) and adds them itself: `stem` (plain words), `stem_html`, `objective`, `competency`,
        `difficulty` to shown, `explanation_html` and `source` to marking. A kind returns its own fields only.
        Raises QuestionProblem for a missing, unknown or wrong field of its own.
        """
        ...


Kinds = Mapping[str, QuestionKind]
