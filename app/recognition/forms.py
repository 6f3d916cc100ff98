"""What people write and choose about learning from elsewhere, from text to commands."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, ClassVar, Self

from pydantic import BeforeValidator, Field

from app.recognition.commands import (
    Backing,
    DeclineOffer,
    KeepRule,
    OfferAgain,
    OfferedFile,
    OfferItem,
    Recognise,
    RecogniseByRule,
    TakeBackRecognition,
    WithdrawOffer,
)
from app.web.form import FILES_LEFT, Day, Form, MaybeDay, Posted

BIGGEST = 2**31 - 1
MOST_HOURS = 1000
CHOOSE_AGAIN = "Choose the file again: it could not be kept while the rest of this form was put right"
HOW_LONG = "Enter a number of hours such as 7 or 1.5, or leave it empty"
MONTHS = "Enter a whole number of months, or leave it empty"


def _hours(text: object) -> object:
    """Minutes from hours as people type them: 7, 1.5, 1,5; None when left empty."""
    if not isinstance(text, str):
        return text
    if not text.strip():
        return None
    try:
        hours = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        raise ValueError(HOW_LONG) from None
    if not hours.is_finite() or not 0 < hours <= MOST_HOURS:
        raise ValueError(HOW_LONG)
    return max(1, round(hours * 60))


def _empty_is_none(text: object) -> object:
    return None if isinstance(text, str) and not text.strip() else text


class BackingForm(Form):
    """What is said and shown for an item; the file comes beside the words."""

    tier: str = Field(default="", max_length=60)
    words: str = ""
    link: str = ""
    seen: int = Field(default=0, ge=0, le=BIGGEST)

    def backing(self, posted: Posted) -> Backing:
        file = posted.file("file")
        offered = OfferedFile(file.name, file.content, file.too_large) if file else None
        return Backing(tier=self.tier, words=self.words, link=self.link, file=offered)

    def again(self, posted: Posted, item_id: int) -> OfferAgain:
        return OfferAgain(item_id=item_id, seen=self.seen, backing=self.backing(posted))


class OfferForm(BackingForm):
    labels: ClassVar = {"title": "what it was: the name of the course or certificate"}
    messages: ClassVar = {"completed_on": "Enter the day it was finished, such as 31 March 2024", "hours": HOW_LONG}
    shown_as: ClassVar = {"minutes": "hours"}
    on_the_page: ClassVar = ("title", "provider", "completed_on", "hours", "tier", "words", "link", "file")

    title: str = ""
    provider: str = ""
    completed_on: Day
    hours: Annotated[int | None, BeforeValidator(_hours)] = None

    @classmethod
    def but(cls, posted: Posted, unread: Collection[str], today: date) -> Self:
        """The form as if those of its fields that could not be read were right, to look at all others."""
        read = {name: posted[name] for name in cls.model_fields if name in posted and name not in unread}
        return cls.model_validate({"completed_on": today} | read)

    @classmethod
    def in_order(cls, errors: Mapping[str, str]) -> dict[str, str]:
        first = (name for name in cls.on_the_page if name in errors)
        return {name: errors[name] for name in (*first, *errors)}

    def command(self, posted: Posted) -> OfferItem:
        return OfferItem(
            title=" ".join(self.title.split()),
            provider=" ".join(self.provider.split()),
            completed_on=self.completed_on,
            minutes=self.hours,
            backing=self.backing(posted),
        )


def file_was_left(posted: Posted) -> dict[str, str]:
    """What to say of a form that was kept over an ended sign-in, without its file."""
    return {"file": CHOOSE_AGAIN} if posted.all(FILES_LEFT) else {}


def with_file(posted: Posted, errors: Mapping[str, str]) -> dict[str, str]:
    """Errors of a form that came with a file: a browser shows no file again that was chosen before."""
    missing = {} if "file" in errors or posted.file("file") is None else {"file": CHOOSE_AGAIN}
    return dict(errors) | missing


def withdraw_command(posted: Posted, item_id: int) -> WithdrawOffer:
    return WithdrawOffer(item_id=item_id, seen=_number(posted.get("seen", "")))


class JudgementForm(Form):
    messages: ClassVar = {
        "counts_from": "Enter a day such as 31 March 2024, or leave it empty for the day of completion",
        "valid_until": "Enter a day such as 31 March 2029, or leave it empty for as long as the level says",
    }

    tier: str = ""
    counts_from: MaybeDay = None
    valid_until: MaybeDay = None
    reason: str = ""
    seen: int = Field(default=0, ge=0, le=BIGGEST)

    def command(self, item_id: int) -> Recognise:
        return Recognise(
            item_id=item_id,
            seen=self.seen,
            tier=self.tier,
            reason=self.reason,
            counts_from=self.counts_from,
            valid_until=self.valid_until,
        )


def rule_command(posted: Posted, item_id: int) -> RecogniseByRule:
    seen, rule = _number(posted.get("seen", "")), _number(posted.get("rule", ""))
    return RecogniseByRule(item_id=item_id, seen=seen, rule_id=rule)


def decline_command(posted: Posted, item_id: int) -> DeclineOffer:
    return DeclineOffer(item_id=item_id, seen=_number(posted.get("seen", "")), reason=posted.get("why_not", "").strip())


def take_back_command(posted: Posted, item_id: int) -> TakeBackRecognition:
    seen, reason = _number(posted.get("seen", "")), posted.get("why_back", "").strip()
    return TakeBackRecognition(item_id=item_id, seen=seen, reason=reason)


class RuleForm(Form):
    messages: ClassVar = {"months": MONTHS}

    title: str = ""
    provider: str = ""
    tier: str = ""
    months: Annotated[int | None, BeforeValidator(_empty_is_none)] = None
    reason: str = ""

    def command(self) -> KeepRule:
        return KeepRule(
            title=" ".join(self.title.split()),
            provider=" ".join(self.provider.split()),
            tier=self.tier,
            months=self.months,
            reason=self.reason,
        )


def _number(text: str) -> int:
    plain = text.isascii() and text.isdecimal() and len(text) <= len(str(BIGGEST))
    return min(int(text), BIGGEST) if plain else 0
