"""Spreadsheets: rows written one by one in constant memory, text always as text."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter

from app.web.csv import Value

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_TITLE = 31
LONGEST_TEXT = 32_767
WIDEST = 60
_NOT_IN_TITLES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. Its title may be at most 31 characters long; a longer one is refused, not cut."""

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[Value]]

    def __post_init__(self) -> None:
        if not 1 <= len(self.title) <= LONGEST_TITLE:
            raise ValueError(f"a sheet's title has 1 to {LONGEST_TITLE} characters: {self.title!r}")


def xlsx_bytes(sheets: Sequence[Sheet]) -> bytes:
    """A whole workbook: the header row stays in sight, dates are dates, long text is cut at Excel's limit."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, _OPTIONS) as book:
        formats = (book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "d mmm yyyy"}))
        for sheet in sheets:
            _write(book.add_worksheet(sheet.title.translate(_NOT_IN_TITLES)), sheet, *formats)
    return written.getvalue()


def _write(page: Any, sheet: Sheet, bold: Any, day: Any) -> None:
    page.freeze_panes(1, 0)
    for column, title in enumerate(sheet.header):
        page.set_column(column, column, min(WIDEST, max(12, len(title) + 2)))
        page.write_string(0, column, title, bold)
    for number, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                page.write_string(number, column, value[:LONGEST_TEXT])
            elif isinstance(value, date):
                page.write_datetime(number, column, value, day)
            elif value is not None:
                page.write_number(number, column, value)
