"""What a recognised level rests on, and what mails say. What an assessor wrote stays on the page, in no mail."""

from textwrap import shorten

from app.kernel.config import Settings
from app.recognition.queries import ItemRow
from app.web.words import day

LONGEST_SOURCE = 120


def recognised_source(item: ItemRow) -> str:
    """recognised: QSIR Practitioner, NHS England, 3 March 2024"""
    on = f", {day(item.completed_on)}"
    what = f"recognised: {item.title}" + (f", {item.provider}" if item.provider else "")
    return shorten(what, LONGEST_SOURCE - len(on), placeholder=" …") + on


def recognised_mail(settings: Settings, item: ItemRow, level: str) -> tuple[str, str]:
    """Subject and text for whoever offered it."""
    said = f"{item.title} has been recognised. You now hold {level}, and it stands on your record."
    return f"Recognised: {item.title}", _letter(settings, item, said)


def declined_mail(settings: Settings, item: ItemRow) -> tuple[str, str]:
    said = (
        f"{item.title} has not been recognised as a level, and the QI team says why. It stays on your record. You can "
        "read the reason, and offer it again with more."
    )
    return f"Not recognised: {item.title}", _letter(settings, item, said)


def taken_back_mail(settings: Settings, item: ItemRow, level: str) -> tuple[str, str]:
    said = (
        f"That {item.title} was recognised as {level} has been taken back, and the QI team says why. What you learnt "
        "stays on your record."
    )
    return f"A recognition was taken back: {item.title}", _letter(settings, item, said)


def _letter(settings: Settings, item: ItemRow, said: str) -> str:
    contact = ", ".join(part for part in (settings.qi_contact_phone, settings.qi_contact_email) if part)
    whom = f"{settings.qi_contact} ({contact})" if contact else settings.qi_contact
    page = f"{settings.origin}/my-record/elsewhere/{item.id}"
    return f"Hello {item.person},\n\n{said}\n\n{page}\n\nQuestions? Ask {whom}. {settings.trust_name}"
