from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from app.assessment.commands import GrantAdjustment, SaveAnswer, SubmitAttempt
from app.assessment.kinds import KINDS
from app.assessment.kinds.contract import Answer, AnswerProblem
from app.assessment.queries import Asked
from app.assessment.rules import Leeway
from app.kernel.errors import BadInputError
from app.organisation.rules import first_without
from app.web.form import Day, Form, Invalid, MaybeDay, Posted

MOST_VERSIONS = 2**31 - 1
MOST_TRIES = 20
NO_LIMIT = "none"
LAST_YEAR = 2100


def _near(day: date | None) -> date | None:
    if day is not None and day.year >= LAST_YEAR:
        raise ValueError(f"Enter a day before the year {LAST_YEAR}")
    return day


def _nothing_is_none(text: object) -> object:
    return "0" if text == "" else text


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


class GrantForm(Form):
    """`extra_time` is a percentage, or no limit at all; `extra_tries` left empty is none."""

    labels: ClassVar = {
        "extra_time": "extra time",
        "arrangement": "what was agreed",
        "reason": "why it is granted",
    }
    messages: ClassVar = {
        "extra_tries": f"Enter a number of tries from 0 to {MOST_TRIES}, such as 1",
        "first": "Enter the first day, such as 31 March 2027",
    }
    shown_as: ClassVar = {"starts_on": "first", "ends_on": "last"}

    extra_time: Literal["0", "10", "25", "50", "100", "none"] = "0"
    extra_tries: Annotated[int, BeforeValidator(_nothing_is_none), Field(ge=0, le=MOST_TRIES)] = 0
    arrangement: Annotated[str, StringConstraints(max_length=500)] = ""
    reason: Annotated[str, StringConstraints(min_length=1, max_length=1000)]
    first: Annotated[Day, AfterValidator(_near)]
    last: Annotated[MaybeDay, AfterValidator(_near)] = None

    def command(self, person_id: int) -> GrantAdjustment:
        no_limit = self.extra_time == NO_LIMIT
        return GrantAdjustment(
            person_id=person_id,
            leeway=Leeway(percent=0 if no_limit else int(self.extra_time), no_limit=no_limit, tries=self.extra_tries),
            arrangement=self.arrangement,
            reason=self.reason,
            starts_on=self.first,
            ends_on=first_without(self.last),
        )
