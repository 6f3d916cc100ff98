"""What a learner writes for a task, from text to commands."""

from pydantic import Field

from app.kernel.errors import BadInputError
from app.marking.commands.writing import HandIn, SaveWork, TakeBack
from app.marking.rules import PART
from app.web.form import Form, Invalid, Posted

MOST = 2**31 - 1
OPEN_AGAIN = "This form is incomplete. Open the page with your work again."


class WorkForm(Form):
    """Which go this is, and how often it had been saved when the page was opened. The words are in the parts."""

    number: int = Field(ge=1, le=MOST)
    version: int = Field(ge=0, le=MOST)

    @classmethod
    def command(cls, posted: Posted, course: str, activity: str) -> SaveWork:
        form = cls.parse(posted)
        if isinstance(form, Invalid):
            raise BadInputError({"version": OPEN_AGAIN})
        return SaveWork(
            course=course, activity=activity, number=form.number, seen=form.version, content=words_of(posted)
        )


class HandInForm(Form):
    number: int = Field(ge=1, le=MOST)
    seen: int = Field(ge=0, le=MOST)

    @classmethod
    def command(cls, posted: Posted, course: str, activity: str) -> HandIn:
        form = cls.parse(posted)
        if isinstance(form, Invalid):
            raise BadInputError({"seen": OPEN_AGAIN})
        return HandIn(course=course, activity=activity, number=form.number, seen=form.seen)


class TakeBackForm(Form):
    number: int = Field(ge=1, le=MOST)

    @classmethod
    def command(cls, posted: Posted, course: str, activity: str) -> TakeBack:
        form = cls.parse(posted)
        if isinstance(form, Invalid):
            raise BadInputError({"number": OPEN_AGAIN})
        return TakeBack(course=course, activity=activity, number=form.number)


def words_of(posted: Posted) -> dict[str, str]:
    """Part → what was typed for it."""
    return {name.removeprefix(PART): words.strip() for name, words in posted.items() if name.startswith(PART)}
