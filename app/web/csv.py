"""CSV as spreadsheets open it safely: UTF-8 with its mark, and no cell that a program would run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

MEDIA_TYPE = "text/csv; charset=utf-8"

Value = str | int | float | date | datetime | None

# OWASP, CSV Injection: a cell that begins so is run by spreadsheet programs; so are the full-width forms.
_RISKY = tuple("=+-@\t\r\n\x00＝＋－＠")


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """A whole file. Dates are ISO 8601, nothing is an empty cell, and text that looks like a formula begins with '."""
    written = io.StringIO(newline="")
    lines = csv.writer(written)
    lines.writerow([_cell(title) for title in header])
    lines.writerows([[_cell(value) for value in row] for row in rows])
    return written.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """The same text, behind a ' where a spreadsheet program would run it."""
    return "'" + text if text.startswith(_RISKY) else text


def _cell(value: Value) -> str | int | float:
    if isinstance(value, str):
        return harmless(value)
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else value
