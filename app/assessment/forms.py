from pydantic import Field

from app.assessment.commands import SaveAnswer, SubmitAttempt
from app.assessment.kinds import KINDS
from app.assessment.kinds.contract import Answer, AnswerProblem
from app.assessment.queries import Asked
from app.kernel.errors import BadInputError
from app.web.form import Form, Invalid, Posted

MOST_VERSIONS = 2**31 - 1


class AnswerForm(Form):
    """The version that the page had seen. What was answered is read by the question's own kind."""

    version: int = Field(ge=0, le=MOST_VERSIONS)

    @classmethod
    def command(cls, posted: Posted, attempt_id: int, asked: Asked) -> SaveAnswer:
        """Raises AnswerProblem for something typed that is no answer, StepTakenError for words that come too late."""
        form = cls.parse(posted)
        if isinstance(form, Invalid):
            raise BadInputError({"version": "This form is incomplete. Open the question again."})
        value = KINDS[asked.kind].read(asked.shown, posted.lists(), asked.seed, asked.answer)
        return SaveAnswer(attempt_id=attempt_id, question=asked.key, value=value, seen=form.version)

    @staticmethod
    def as_typed(posted: Posted, asked: Asked) -> Answer:
        """The answer as it stands in the form, without the step that a pressed button would have taken.

        What that step brings is not shown to somebody who may still choose not to have taken it.
        """
        fields = {name: values for name, values in posted.lists().items() if name != "stay"}
        try:
            return KINDS[asked.kind].read(asked.shown, fields, asked.seed, asked.answer)
        except AnswerProblem as problem:
            return problem.typed


class SubmitForm(Form):
    """How often anything had been saved when the answers were checked."""

    seen: int = Field(ge=0, le=MOST_VERSIONS)

    @classmethod
    def command(cls, posted: Posted, attempt_id: int) -> SubmitAttempt:
        form = cls.parse(posted)
        if isinstance(form, Invalid):
            raise BadInputError({"seen": "This form is incomplete. Open the page with your answers again."})
        return SubmitAttempt(attempt_id=attempt_id, seen=form.seen)
