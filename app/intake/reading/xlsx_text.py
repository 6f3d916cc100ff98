"""Texts as a spreadsheet's XML writes them."""

import re

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def written(text: str) -> str:
    """The text that was typed: _x000D_ stands for what XML cannot hold, a pair of halves for one character."""
    if "_x" not in text:
        return text
    text = _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text)
    if any("\ud800" <= character <= "\udfff" for character in text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def shortest(raw: str) -> str | None:
    """A number in its shortest form: 12345, 1.5, 1E+22. None where it is no number."""
    if raw.isascii() and raw.isdecimal() and len(raw) <= 15 and (raw[0] != "0" or raw == "0"):  # noqa: PLR2004 - digits
        return raw
    if "_" in raw:
        return None
    try:
        value = float(raw)
    except ValueError:
        return None
    text = repr(value)
    if text in {"inf", "-inf", "nan"}:
        return None
    return (text.removesuffix(".0") if text != "-0.0" else "0").replace("e", "E")
