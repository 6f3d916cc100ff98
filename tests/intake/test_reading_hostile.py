"""Spreadsheets made to hurt: refused quickly, in little memory, with a sentence."""

import io
import struct
import tracemalloc
import zipfile

import pytest

from app.intake.reading import limits
from tests.intake.files import HEADER, MAIN, by_hand, cells, inline, packed, read, refusal

ROW = f'<row r="2">{inline("A2", "1")}{inline("B2", "Sample")}</row>'
GOOD = by_hand(rows=HEADER + ROW)
NAME = "staff.xlsx"


def sheet(inside: str, before: str = "") -> str:
    return f'{before}<worksheet xmlns="{MAIN}"><sheetData>{inside}</sheetData></worksheet>'


def test_what_these_tests_break_is_good() -> None:
    assert cells(read(GOOD, NAME)) == [("1", "Sample")]


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "_rels/.rels"])
def test_entities_are_refused_wherever_they_are_declared(part: str) -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    message = refusal(by_hand(rows=HEADER + ROW, more={part: f"{laughs}<x>&b;&c;</x>"}), NAME)
    assert "is broken" in message


def test_a_bomb_that_unpacks_to_a_gigabyte_is_refused_before_it_is_unpacked() -> None:
    many = {f"xl/media/{n}.bin": b"\0" * (9 * 1024 * 1024) for n in range(3)}
    tracemalloc.start()
    bomb = by_hand(rows=HEADER + ROW, more={**many})
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    message = refusal(bomb, NAME)
    peak = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    assert "unpacks to far more" in message
    assert peak < 10 * 1024 * 1024


def test_parts_that_together_unpack_to_too_much_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_IN_ALL", 1_000_000)
    monkeypatch.setattr(limits, "LARGEST_RATIO", 10_000)
    assert "unpacks to far more" in refusal(by_hand(rows=HEADER + ROW, more={"a": b"\0" * 1_000_001}), NAME)


def test_one_part_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_SHEET", 1_000)
    padded = by_hand(rows=HEADER + ROW + " " * 1_000)
    assert "unpacks to far more" in refusal(padded, NAME)


def test_an_archive_of_very_many_parts_is_refused_unread() -> None:
    many: dict[str, bytes | str] = {f"p{n}": b"" for n in range(limits.MOST_PARTS)}
    assert "parts, which no staff list has" in refusal(by_hand(rows=HEADER + ROW, more=many), NAME)


def test_a_size_that_lies_is_found_out() -> None:
    """The list of parts says that the sheet is small; what it unpacks to is not."""
    rows = "".join(f'<row r="{n}">{inline(f"A{n}", "1")}</row>' for n in range(2, 60_000))
    data = bytearray(by_hand(rows=HEADER + rows))
    at = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = struct.pack("<I", 700)
    assert "is broken" in refusal(bytes(data), NAME)


@pytest.mark.parametrize("name", ["../../../etc/cron.d/x", "/etc/passwd", "C:\\x", "xl/../../x"])
def test_names_of_parts_lead_nowhere(name: str) -> None:
    assert cells(read(by_hand(rows=HEADER + ROW, more={name: "x"}), NAME)) == [("1", "Sample")]


def test_a_sheet_that_is_said_to_be_outside_of_the_file_is_not_there() -> None:
    for target in ("../../../etc/passwd", "/etc/passwd", "file:///etc/passwd"):
        relations = f'<Relationships><Relationship Id="b" Type="x/worksheet" Target="{target}"/></Relationships>'
        assert "is broken" in refusal(by_hand(rows=HEADER, more={"xl/_rels/workbook.xml.rels": relations}), NAME)


def test_two_parts_of_one_name_are_refused() -> None:
    buffer = io.BytesIO(GOOD)
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/worksheets/sheet1.xml", sheet(HEADER))
    assert "is broken" in refusal(buffer.getvalue(), NAME)


def test_a_locked_part_is_named_for_what_it_is() -> None:
    data = bytearray(GOOD)
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert "locked with a password" in refusal(bytes(data), NAME)


def test_packings_that_no_spreadsheet_uses_are_refused() -> None:
    assert "is broken" in refusal(packed({"xl/workbook.xml": b"<x/>" * 99}, zipfile.ZIP_LZMA), NAME)


def test_a_cell_in_the_last_column_of_the_last_row_takes_no_room() -> None:
    far = f'<row r="1048576">{inline("XFD1048576", "x")}</row>'
    message = refusal(by_hand(rows=HEADER + ROW + far), NAME)
    assert "row 1,048,576 has something in column" in message
    assert "At most 500 columns" in message
    deep = f'<row r="1048576">{inline("B1048576", "x")}</row>'
    assert [row.number for row in read(by_hand(rows=HEADER + ROW + deep), NAME).rows] == [2, 1_048_576]


def test_columns_hidden_from_far_away_take_no_room() -> None:
    hidden = '<cols><col min="-99999999999" max="99999999999" hidden="1"/></cols>'
    table = read(by_hand(f"<worksheet>{hidden}<sheetData>{HEADER}{ROW}</sheetData></worksheet>"), NAME)
    assert table.remarks[1].startswith("Columns A (Number) and B (Name) are hidden")


def test_a_long_text_in_every_cell_is_kept_once() -> None:
    strings = f'<sst xmlns="{MAIN}"><si><t>{"x" * 10_000}</t></si></sst>'
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(2, 2_002))
    table = read(by_hand(rows=HEADER + rows, strings=strings), NAME)
    assert len({id(row.cells[0]) for row in table.rows}) == 1


def test_more_text_and_more_elements_than_a_staff_list_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_TEXT", 1_000)
    assert "holds far more than a staff list" in refusal(
        by_hand(rows=HEADER + f'<row r="2">{inline("A2", "x" * 1_001)}</row>'), NAME
    )
    monkeypatch.setattr(limits, "MOST_ELEMENTS", 1_000)
    assert "holds far more than a staff list" in refusal(
        by_hand(rows=HEADER + "<row>" + "<c/>" * 1_000 + "</row>"), NAME
    )


def test_a_tag_that_never_ends_is_refused() -> None:
    long = f'<row r="2" x="{"".join(chr(97 + n % 26) * (n % 7) for n in range(1_600_000))}"/>'
    assert "is broken" in refusal(by_hand(rows=HEADER + ROW + long), NAME)


@pytest.mark.parametrize(
    "inside",
    [
        '<row r="0"><c r="A0"><v>1</v></c></row>',
        '<row r="2"/><row r="2"/>',
        '<row r="two"/>',
        '<row r="2"><c r="1"><v>1</v></c></row>',
        '<row r="2"><c r="A2"><v>one</v></c></row>',
        '<row r="2"><c r="A2"><v>1e999</v></c></row>',
        '<row r="2"><c r="A2" t="s"><v>0</v></c></row>',
        '<row r="2"><c r="A2" t="s"><v>-1</v></c></row>',
        '<row r="2"><c r="A2" t="s"><v>one</v></c></row>',
        '<row r="2"><c',
        '<row r="2"></c></row>',
    ],
)
def test_a_sheet_that_breaks_its_own_format_is_refused(inside: str) -> None:
    assert "is broken" in refusal(by_hand(sheet(HEADER + inside)), NAME)


def test_every_cut_of_a_good_file_is_refused_with_a_sentence() -> None:
    for length in range(2, len(GOOD) - 1, 7):
        refusal(GOOD[:length], NAME)


def test_every_changed_byte_is_read_or_refused_with_a_sentence() -> None:
    for at in range(2, len(GOOD), 5):
        changed = GOOD[:at] + bytes([GOOD[at] ^ 0x55]) + GOOD[at + 1 :]
        try:
            read(changed, NAME)
        except Exception as error:  # noqa: BLE001 - whichever it is, it must be ours
            assert type(error).__name__ == "RefusedFileError", (at, error)  # noqa: PT017


@pytest.mark.parametrize("escaped", ["_x0000_", "_x0007_", "_x001B_"])
def test_control_characters_are_refused_with_their_cell(escaped: str) -> None:
    message = refusal(by_hand(rows=HEADER + f'<row r="2">{inline("B2", escaped)}</row>'), NAME)
    assert "cell B2 holds a control character" in message


def test_text_that_looks_like_a_formula_stays_text() -> None:
    row = f'<row r="2">{inline("A2", "=cmd()")}{inline("B2", "+1")}</row>'
    table = read(by_hand(rows=HEADER + row), NAME)
    assert cells(table) == [("=cmd()", "+1")]
    assert not [remark for remark in table.remarks if "formula" in remark]
