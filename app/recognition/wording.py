"""What a recognised level rests on, and what mails say. What an assessor wrote stays on the page, in no mail."""

from datetime import date
from textwrap import shorten

from app.kernel.config import Settings
from app.recognition.queries import ItemRow
from app.recognition.queries.advisors import AdvisorRow
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


def advisor_source(record: AdvisorRow) -> str:
    """external programme: Improvement Advisor, IHI, passed 3 March 2026"""
    passed = f", passed {day(record.assessed_on)}"
    what = f"external programme: {record.programme}, {record.provider}"
    return shorten(what, LONGEST_SOURCE - len(passed), placeholder=" …") + passed


def review_source(held_on: date) -> str:
    return f"review of an improvement advisor on {day(held_on)}"


def sponsor_line(settings: Settings, record: AdvisorRow, *, wanted: bool) -> str:
    """What a sponsor's weekly mail says. `wanted`: their sign-off is wanted now."""
    what = f"{record.person}: {record.programme}, {record.provider}"
    if wanted:
        return (
            f"As their sponsor you are asked to sign off what {what} came to: {settings.origin}/sponsored/{record.id}"
        )
    return (
        f"You are named as the sponsor of {what}, until {day(record.ends_on)}.\n"
        f"When it has ended you sign it off here: {settings.origin}/sponsored/{record.id}"
    )


def advisor_mail(settings: Settings, record: AdvisorRow) -> tuple[str, str]:
    """Subject and text for whoever now holds the level."""
    said = (
        f"Your programme {record.programme} with {record.provider} has been recorded: you now hold the level of an "
        f"improvement advisor. The QI team talks it over with you by {day(record.review_on)}."
    )
    return "You hold the level of an improvement advisor", _written(
        settings, record.person, said, f"{settings.origin}/my-record/advisor"
    )


def _letter(settings: Settings, item: ItemRow, said: str) -> str:
    return _written(settings, item.person, said, f"{settings.origin}/my-record/elsewhere/{item.id}")


def _written(settings: Settings, name: str, said: str, page: str) -> str:
    contact = ", ".join(part for part in (settings.qi_contact_phone, settings.qi_contact_email) if part)
    whom = f"{settings.qi_contact} ({contact})" if contact else settings.qi_contact
    return f"Hello {name},\n\n{said}\n\n{page}\n\nQuestions? Ask {whom}. {settings.trust_name}"
