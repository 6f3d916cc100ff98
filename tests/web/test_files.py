"""No cell of a download is run as a formula, and what was written is what a spreadsheet program reads."""

import csv
import io
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from app.web.csv import csv_bytes
from app.web.xlsx import Sheet, xlsx_bytes

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\x00=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    '=HYPERLINK("x")',
]
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠")
TEXT = st.one_of(st.sampled_from(FORMULAS), st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
TABLES = st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=6)


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@given(TABLES)
@example([("=1", "a,b", 'say "hi"')])
def test_no_cell_of_a_csv_begins_like_a_formula(rows: list[tuple[str, str, str]]) -> None:
    for row in read_csv(csv_bytes(rows[0], rows)):
        assert not any(cell.startswith(RUNS) for cell in row)


@given(TABLES)
def test_a_csv_says_what_was_meant(rows: list[tuple[str, str, str]]) -> None:
    read = read_csv(csv_bytes(("a", "b", "c"), rows))[1:]
    assert len(read) == len(rows)
    for meant, found in zip(rows, read, strict=True):
        assert [
            cell.removeprefix("'") if was.startswith(RUNS) else cell for was, cell in zip(meant, found, strict=True)
        ] == list(meant)


def test_a_csv_opens_as_unicode_with_dates_and_empty_cells() -> None:
    content = csv_bytes(("Name", "On", "Minutes", "Note"), [("Nguyễn", date(2027, 3, 31), -5, None)])
    assert content.startswith(b"\xef\xbb\xbf")
    assert read_csv(content)[1] == ["Nguyễn", "2027-03-31", "-5", ""]


PRINTABLE = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)


@given(
    st.lists(
        st.tuples(st.one_of(st.sampled_from(["=1+1", "+1", "-1", "@x", "007", "1E5", "MAR1"]), PRINTABLE)),
        min_size=1,
        max_size=5,
    )
)
def test_every_text_in_a_workbook_is_text_and_comes_back(rows: list[tuple[str]]) -> None:
    content = xlsx_bytes([Sheet("People", ("Name",), rows)])
    read = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("People").to_python()
    assert [row[0] for row in read[1:]] == [text for (text,) in rows]


@pytest.mark.parametrize(
    "text", ["a\x00b", "a\x0bb", "a\x1fb", "\ufffe", "\uffff", "_x0041_", " spaces ", "line\nline"]
)
def test_a_workbook_with_strange_characters_can_be_opened(text: str) -> None:
    content = xlsx_bytes([Sheet("People", ("Name",), [(text,)])])
    [_, [read]] = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("People").to_python()
    assert isinstance(read, str)


def test_dates_and_numbers_keep_their_kind() -> None:
    content = xlsx_bytes([Sheet("A", ("On", "Minutes", "None"), [(date(2027, 3, 31), 45, None)])])
    [_, row] = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("A").to_python()
    assert row[:2] == [date(2027, 3, 31), 45.0]


def test_a_title_that_excel_refuses_is_refused_here() -> None:
    with pytest.raises(ValueError, match="1 to 31 characters"):
        Sheet("x" * 32, (), ())
