"""What is true of learning from elsewhere."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from pathlib import PurePath
from urllib.parse import urlsplit

from app.kernel.names import folded, tidy
from app.learning.rules import add_months


class OfferState(StrEnum):
    """WAITING for an assessor. Every other state is the end of that offer; a new one may follow."""

    WAITING = "waiting"
    WITHDRAWN = "withdrawn"
    RECOGNISED = "recognised"
    DECLINED = "declined"


class Verdict(StrEnum):
    RECOGNISED = "recognised"
    DECLINED = "declined"


class Way(StrEnum):
    """How it was decided: a rule that was written down before, or an assessor's judgement of this one item."""

    RULE = "rule"
    JUDGEMENT = "judgement"


class FileKind(StrEnum):
    """The kinds of file that can be offered, by their media type."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"


OFFERED = "Offered by the person"
"""The source of an item that somebody put on their own record."""

MOST_BYTES = 5 * 1024 * 1024
MOST_MEGABYTES = 5
LONG_WAIT_DAYS = 28
MOST_YEARS_AHEAD = 10
LONGEST_FILE_NAME = 160

_BEGINS = {FileKind.PDF: b"%PDF-", FileKind.JPEG: b"\xff\xd8\xff", FileKind.PNG: b"\x89PNG\r\n\x1a\n"}
_ENDINGS = {FileKind.PDF: (".pdf",), FileKind.JPEG: (".jpg", ".jpeg"), FileKind.PNG: (".png",)}


def kind_of(content: bytes) -> FileKind | None:
    """What a file is by its first bytes; its name can say anything. None for everything that is not taken."""
    return next((kind for kind, begins in _BEGINS.items() if content.startswith(begins)), None)


def wrong_file(content: bytes, *, too_large: bool = False) -> str:
    """Why a file cannot be taken, with the remedy; empty when it can."""
    if too_large or len(content) > MOST_BYTES:
        return (
            f"This file is larger than {MOST_MEGABYTES} MB. Choose a smaller one: a photograph of the certificate in "
            "lower quality, or only the page that shows it"
        )
    if not content:
        return "This file is empty. Open it on your computer to see what is in it, and choose it again"
    if kind_of(content) is None:
        return "This file is not a PDF, JPEG or PNG, whatever its name says. Save it as a PDF, or photograph it"
    return ""


def file_name(name: str, kind: FileKind) -> str:
    """A name under which a file can be saved anywhere, with the ending that its content asks for."""
    endings = _ENDINGS[kind]
    last = tidy(PurePath(name.replace("\\", "/")).name)
    plain = "".join(c if c.isalnum() or c in " ._-()" else "_" for c in last).strip(" .")
    if plain.lower().endswith(endings):
        stem, dot, ending = plain.rpartition(".")
        return f"{stem[: LONGEST_FILE_NAME - 6] or 'file'}{dot}{ending}"
    return f"{plain[: LONGEST_FILE_NAME - 6] or 'file'}{endings[0]}"


def host_of(link: str) -> str:
    """The site that a link leads to, as a browser resolves it; empty for what is no link of the web."""
    try:
        parts = urlsplit(link)
        host = (parts.hostname or "").encode("idna").decode()
    except (UnicodeError, ValueError):
        return ""
    plain = parts.scheme in {"http", "https"} and not parts.username and not parts.password
    return host if plain and "." in host.strip(".") and link == "".join(link.split()) else ""


def key_of(text: str) -> str:
    """Words as rules compare them: without accents, capitals and punctuation, one space between."""
    return folded(text)


def fits(rule_key: str, item_key: str) -> bool:
    """Whether every word of a rule is a word of the item's text. A rule without words fits any."""
    return set(rule_key.split()) <= set(item_key.split())


def weight(provider_key: str, title_key: str) -> int:
    """How much a rule says: of two that fit, the one with more words is meant."""
    return len(set(provider_key.split())) + len(set(title_key.split()))


def last_day(counts_from: date, months: int | None) -> date | None:
    """The last day on which a level is held; None for one that does not lapse."""
    return None if months is None else add_months(counts_from, months)


def waited(days: Sequence[int]) -> int:
    """How long the one that has waited longest has waited, in days."""
    return max(days, default=0)
