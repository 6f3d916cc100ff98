"""Whatever a table holds and however it is written, it reads back the same; and a second reader agrees."""

import io
import unicodedata
from typing import Any

import python_calamine
from hypothesis import assume, example, given
from hypothesis import strategies as st

from app.intake.reading import RefusedFileError, Row, Table
from app.intake.reading.text import UNSEEN
from tests.intake.files import cells, numbers, read, spreadsheet

LETTERS = "abcdefghijklmnopqrstuvwxyz"
ANY = st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\ufeff\ufffd") | st.sampled_from(
    [",", ";", "\t", '"', "\n", "\r\n", " ", "'", "=", "0", "’", "é", "e\u0301", "\u037e", "|"]
)
WESTERN = st.sampled_from([chr(code) for code in range(32, 127)] + list('’“”–€ÀÉÑÖßàéîõüÿ,;"\t\n'))


@st.composite
def tables(draw: st.DrawFn, letters: st.SearchStrategy[str] = ANY) -> list[list[str]]:
    """A header of two names or more, and rows as wide with something in each."""
    header = draw(st.lists(st.text(LETTERS, min_size=1, max_size=8), min_size=2, max_size=5, unique=True))
    cell = st.lists(letters, max_size=12).map("".join)
    row = st.lists(cell, min_size=len(header), max_size=len(header)).filter(lambda row: any(c.strip() for c in row))
    return [header, *draw(st.lists(row, min_size=1, max_size=6))]


def composed(table: list[list[str]]) -> list[tuple[str, ...]]:
    return [tuple(unicodedata.normalize("NFC", cell) for cell in row) for row in table]


def as_csv(table: list[list[str]], separator: str, ending: str, *, all_quoted: bool) -> str:
    def cell(text: str) -> str:
        quoted = all_quoted or any(sign in text for sign in (separator, '"', "\r", "\n"))
        return '"' + text.replace('"', '""') + '"' if quoted else text

    return "".join(separator.join(cell(text) for text in row) + ending for row in table)


def same(read_back: Table, table: list[list[str]]) -> None:
    assert [read_back.columns, *cells(read_back)] == composed(table)
    assert numbers(read_back) == list(range(2, len(table) + 1))


@given(
    tables(),
    st.sampled_from(",;\t"),
    st.sampled_from(["\r\n", "\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.booleans(),
)
@example([["a", "b"], ["1\u037e2", "x"]], ";", "\n", "utf-8", False)
def test_any_table_written_with_separators_reads_back(
    table: list[list[str]], separator: str, ending: str, encoding: str, all_quoted: bool
) -> None:
    same(read(as_csv(table, separator, ending, all_quoted=all_quoted).encode(encoding)), table)


@given(tables(WESTERN), st.sampled_from(",;\t"))
def test_any_western_table_reads_back_from_windows(table: list[list[str]], separator: str) -> None:
    """Bytes that happen to be UTF-8 are read as UTF-8, or refused where only some are: nobody can know better."""
    data = as_csv(table, separator, "\r\n", all_quoted=False).encode("cp1252")
    text = data.decode("utf-8", "surrogateescape")
    assume(data.isascii() or not any("\x7f" < character < "\udc80" or character > "\udcff" for character in text))
    same(read(data), table)


@given(tables())
def test_any_table_written_as_a_spreadsheet_reads_back(table: list[list[str]]) -> None:
    table = [[cell.replace("\r", "") for cell in row] for row in table]
    assume(all(any(cell.strip() for cell in row) for row in table))
    width = len(table[0])

    def fill(_: Any, sheet: Any) -> None:
        for at, row in enumerate(table):
            for column, cell in enumerate(row):
                if cell:
                    sheet.write_string(at, column, cell)

    data = spreadsheet(fill)
    read_back = read(data, "staff.xlsx")
    same(read_back, table)
    second = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert composed([[str(cell) for cell in row] + [""] * (width - len(row)) for row in second]) == composed(table)


@given(st.lists(st.floats(-9.99e307, 9.99e307) | st.integers(-(10**15), 10**15), min_size=1))
def test_any_number_reads_back_as_a_second_reader_reads_it(values: list[float]) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Name", "Value"])
        for at, value in enumerate(values, 1):
            sheet.write_string(at, 0, "x")
            sheet.write_number(at, 1, value)

    data = spreadsheet(fill)
    second = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    found = [row.cells[1] for row in read(data, "staff.xlsx").rows]
    assert [float(text) for text in found] == [row[1] for row in second[1:]]
    assert all(len(text) <= max(len(repr(float(text))), 16) and not text.endswith(".0") for text in found)


@given(st.lists(st.datetimes(), min_size=1), st.sampled_from(["dd/mm/yyyy", "d-mmm-yy", 'yyyy"-"mm', "[$-809]dd mmmm"]))
def test_any_day_reads_back_as_a_second_reader_reads_it(days: list[Any], code: str) -> None:
    days = [day.replace(microsecond=0, year=max(day.year, 1901)) for day in days]

    def fill(book: Any, sheet: Any) -> None:
        form = book.add_format({"num_format": code})
        sheet.write_row(0, 0, ["Name", "Start"])
        for at, day in enumerate(days, 1):
            sheet.write_string(at, 0, "x")
            sheet.write_datetime(at, 1, day, form)

    found = [row.cells[1] for row in read(spreadsheet(fill), "staff.xlsx").rows]
    assert found == [day.isoformat().removesuffix("T00:00:00") for day in days]


@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
@example(b"PK\x05\x06" + b"\0" * 18)
@example(b"HDR")
@example(b'"')
def test_any_bytes_are_read_or_refused_with_a_sentence(data: bytes) -> None:
    for name in ("staff.csv", "GO.DAT"):
        try:
            table = read(data, name)
        except RefusedFileError as refused:
            said = str(refused)
        else:
            said = f"{name} was read"
            assert all(isinstance(row, Row) and len(row.cells) >= len(table.columns) for row in table.rows)
            assert all(len(row.cells) == len(row.kinds) for row in table.rows)
        assert said.startswith(name)
        assert not UNSEEN.search(said)
