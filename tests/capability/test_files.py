"""What a spreadsheet program makes of the files that people download."""

import csv
import io
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from app.web.csv import csv_bytes
from app.web.xlsx import Sheet, xlsx_bytes

HOSTILE = ('=HYPERLINK("http://x")', "+1+1", "-2", "@SUM(A1)", "\tx", "O'Neill", 'say "hi", then\nleave', "Nguyễn", "")


def test_a_csv_cell_never_begins_like_a_formula_and_loses_nothing_else() -> None:
    content = csv_bytes(["Name", "=Note"], [[text, text] for text in HOSTILE])
    assert content.startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert header == ["Name", "'=Note"]
    for row, text in zip(rows, HOSTILE, strict=True):
        assert not row[0].startswith(("=", "+", "-", "@", "\t"))
        assert row[0].removeprefix("'") == text or row[0] == text


def test_a_csv_has_iso_dates_plain_numbers_and_empty_cells() -> None:
    content = csv_bytes(["a", "b", "c"], [[date(2027, 3, 31), -3, None]])
    assert content.decode("utf-8-sig").splitlines() == ["a,b,c", "2027-03-31,-3,"]


def test_a_spreadsheet_keeps_text_as_text_and_dates_as_dates() -> None:
    rows = [[text, date(2027, 3, 31), 7, None] for text in HOSTILE]
    book = CalamineWorkbook.from_filelike(io.BytesIO(xlsx_bytes([Sheet("People [1/2]", ["a", "b", "c", "d"], rows)])))
    assert book.sheet_names == ["People  1 2 "]
    header, *found = book.get_sheet_by_index(0).to_python()
    assert header == ["a", "b", "c", "d"]
    assert [row[0] for row in found] == list(HOSTILE)
    assert {(row[1], row[2], row[3]) for row in found} == {(date(2027, 3, 31), 7.0, "")}


def test_a_sheets_title_that_excel_would_refuse_is_refused_here() -> None:
    with pytest.raises(ValueError, match="31"):
        Sheet("x" * 32, [], [])
