"""What people write, tick and rate, from text to commands."""

from typing import ClassVar, Literal

from pydantic import Field

from app.learning.commands import RateConfidence, ReplyToIdea, SaveNote, SaveSteps
from app.learning.rules import Sureness
from app.learning.wording import RATING
from app.web.form import Form, Posted

LONGEST_NOTE = 4000
MOST_ITEMS = 200


class NoteForm(Form):
    labels: ClassVar = {"text": "what you want to keep", "version": "this form from the page again"}
    messages: ClassVar = {
        "text": f"What you write must be {LONGEST_NOTE:,} characters or fewer. Nothing is lost: shorten it here",
        "share": "Choose whether to keep it private or to share it",
    }

    text: str = Field(default="", max_length=LONGEST_NOTE)
    version: int = Field(default=0, ge=0, le=2**31 - 1)
    share: Literal["yes", "no"] = "no"

    def command(self, course: str, activity: str) -> SaveNote:
        return SaveNote(
            course=course, activity=activity, version=self.version, text=self.text, share=self.share == "yes"
        )


class ReplyForm(Form):
    labels: ClassVar = {"reply": "an answer"}

    reply: str = Field(min_length=1, max_length=2000)

    def command(self, note_id: int) -> ReplyToIdea:
        return ReplyToIdea(note_id=note_id, reply=self.reply)


def steps_command(posted: Posted, course: str, activity: str) -> SaveSteps:
    """Ticks that mean nothing are no ticks."""
    ticked = frozenset(int(place) for place in posted.all("item")[:MOST_ITEMS] if place.isdecimal() and len(place) < 4)  # noqa: PLR2004
    version = posted.get("version", "0")
    return SaveSteps(
        course=course, activity=activity, version=int(version) if version.isdecimal() else 0, ticked=ticked
    )


def confidence_command(posted: Posted, course: str, activity: str) -> RateConfidence:
    """Each statement's field is its id after `sure-`; what is no answer is left out."""
    ratings = {
        name.removeprefix(RATING): Sureness(value)
        for name, value in posted.items()
        if name.startswith(RATING) and value in set(Sureness)
    }
    after = posted.get("when") == "after"
    return RateConfidence(course=course, activity=activity, after=after, ratings=ratings)
