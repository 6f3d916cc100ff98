"""From bytes to text: the encodings that spreadsheets and record systems write, and never a guess between two."""

import codecs
import re

from app.intake.reading.shape import RefusedFileError

SAVE_AS_UTF8 = "Save it again as “CSV UTF-8” and bring that file."
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SAMPLE = 4096


def decoded(data: bytes, name: str) -> tuple[str, str]:
    """The text, without its byte order mark, and the name of its encoding.

    Raises RefusedFileError for bytes that are no text in the encoding, and for control characters.
    """
    encoding, mark = _marked(data) or _unmarked(data, name)
    try:
        text = data[mark:].decode(encoding)
    except UnicodeDecodeError as error:
        raise _bad_byte(data, mark + error.start, encoding, name) from None
    text = text.lstrip("\ufeff")
    unseen = UNSEEN.search(text)
    if unseen:
        line = lines(text[: unseen.start()]) + 1
        raise RefusedFileError(
            f"{name}: line {line:,} holds a control character ({codepoint(unseen.group())}), which no name or number "
            f"has. Delete it there, or write the file again from the system it came from."
        )
    return text, {"utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "cp1252": "Windows-1252"}[encoding]


def lines(text: str | bytes) -> int:
    """How many lines end in it, whichever way they end."""
    if isinstance(text, bytes):
        return text.count(b"\n") + text.count(b"\r") - text.count(b"\r\n")
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def codepoint(character: str) -> str:
    return f"U+{ord(character):04X}"


def _marked(data: bytes) -> tuple[str, int] | None:
    marks = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
    return next(((encoding, len(mark)) for mark, encoding in marks.items() if data.startswith(mark)), None)


def _unmarked(data: bytes, name: str) -> tuple[str, int]:
    sample = data[:_SAMPLE]
    high, low = sample[1::2].count(0), sample[0::2].count(0)
    if high > len(sample) // 4 and not low:
        return "utf-16-le", 0
    if low > len(sample) // 4 and not high:
        return "utf-16-be", 0
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse_half_converted(data, error.start, name)
        return "cp1252", 0
    return "utf-8", 0


def _refuse_half_converted(data: bytes, first_bad: int, name: str) -> None:
    """Two files put together, one of them UTF-8: read as Windows-1252, every accent of it would come out wrong."""
    text = data.decode("utf-8", "surrogateescape")
    bad = sum(1 for character in text if "\udc80" <= character <= "\udcff")
    good = sum(1 for character in text if character > "\x7f") - bad
    if good >= bad:
        raise _bad_byte(data, first_bad, "utf-8", name)


def _bad_byte(data: bytes, at: int, encoding: str, name: str) -> RefusedFileError:
    """`at` counts from the file's first byte."""
    if encoding.startswith("utf-16"):
        line = lines(data[: at - at % 2].decode(encoding, "replace")) + 1
        return RefusedFileError(f"{name}: line {line:,} breaks off in the middle of a character. {SAVE_AS_UTF8}")
    before = data[:at]
    column = at - max(before.rfind(b"\n"), before.rfind(b"\r"))
    place = f"line {lines(before) + 1:,}, byte {column:,} (0x{data[at]:02X})"
    named = {"utf-8": "UTF-8, which the rest of the file is", "cp1252": "UTF-8 nor in Windows-1252"}[encoding]
    never = "neither in " if encoding == "cp1252" else "not "
    return RefusedFileError(f"{name}: {place} is no character: {never}{named}. {SAVE_AS_UTF8}")
