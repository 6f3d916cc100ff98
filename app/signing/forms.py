"""What learners and deciders write, from text to commands."""

from typing import ClassVar, Literal

from pydantic import Field

from app.signing.commands import (
    ConfirmSeveral,
    ConfirmUse,
    DecideSignOff,
    DecideUse,
    RequestSignOff,
    TellUse,
    WithdrawSignOff,
    Work,
)
from app.web.form import Form, MaybeDay, Posted

LONGEST = 4000
BIGGEST = 2**31 - 1
MOST_AT_ONCE = 50


class RequestForm(Form):
    labels: ClassVar = {"account": "what you did", "seen": "this form from the page again"}
    messages: ClassVar = {
        "account": f"What you write must be {LONGEST:,} characters or fewer. Nothing is lost: shorten it here",
        "asked": "Choose whom to ask",
    }

    account: str = Field(default="", max_length=LONGEST)
    asked: int = Field(default=0, ge=0, le=BIGGEST)
    seen: int = Field(default=0, ge=0, le=BIGGEST)

    def command(self, course: str, activity: str) -> RequestSignOff:
        return RequestSignOff(
            course=course, activity=activity, account=self.account, asked_id=self.asked, seen=self.seen
        )


class DecisionForm(Form):
    messages: ClassVar = {"decision": "Choose whether you confirm or reject it"}

    decision: Literal["confirm", "reject"]
    comment: str = ""

    def command(self, sign_off_id: int) -> DecideSignOff:
        return DecideSignOff(sign_off_id=sign_off_id, confirm=self.decision == "confirm", comment=self.comment)


def withdraw_command(posted: Posted, course: str, activity: str) -> WithdrawSignOff:
    seen = posted.get("seen", "")
    return WithdrawSignOff(course=course, activity=activity, seen=_number(seen))


def several_command(posted: Posted) -> ConfirmSeveral:
    """Those that were ticked. What is no number is nothing that was ticked."""
    ids = [_number(text) for text in posted.all("request")[:MOST_AT_ONCE]]
    return ConfirmSeveral(sign_off_ids=tuple(dict.fromkeys(i for i in ids if i)))


def _number(text: str) -> int:
    plain = text.isascii() and text.isdecimal() and len(text) <= len(str(BIGGEST))
    return min(int(text), BIGGEST) if plain else 0


class UseForm(Form):
    """What is told of a piece of work. Its rules have the messages: nothing that is too long is cut."""

    messages: ClassVar = {
        "worked_on": "Enter a date such as 31 March 2026",
        "asked": "Choose whom to ask",
    }

    what: str = ""
    place: str = ""
    worked_on: MaybeDay = None
    account: str = ""
    asked: int = Field(default=0, ge=0, le=BIGGEST)
    seen: int = Field(default=0, ge=0, le=BIGGEST)

    @property
    def work(self) -> Work:
        return Work(what=self.what, place=self.place, worked_on=self.worked_on, account=self.account)

    def command(self, tier: str) -> TellUse:
        return TellUse(tier=tier, work=self.work, asked_id=self.asked, seen=self.seen)

    def confirming(self, person_id: int, tier: str) -> ConfirmUse:
        return ConfirmUse(person_id=person_id, tier=tier, work=self.work)


class UseDecisionForm(Form):
    messages: ClassVar = {"decision": "Choose whether you confirm it or send it back"}

    decision: Literal["confirm", "back"]
    comment: str = ""

    def command(self, use_id: int) -> DecideUse:
        return DecideUse(use_id=use_id, confirm=self.decision == "confirm", comment=self.comment)
