"""Files with separators, as spreadsheets and record systems write them."""

import pytest

from app.intake.reading import CellKind, limits
from tests.intake.files import DATA, cells, numbers, read, refusal

STAFF = "Number,Name,Grade\r\n00012345,O’Neill,Band 5\r\n00000007,Łukasz É,8a\r\n"
WESTERN = "Number;Name\r\n00012345;O’Neill\r\n7;José Müller\r\n"


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
    ],
)
def test_every_encoding_reads_the_same_and_leading_zeros_stay(encoding: str, said: str) -> None:
    table = read(STAFF.encode(encoding))
    assert table.columns == ("Number", "Name", "Grade")
    assert cells(table) == [("00012345", "O’Neill", "Band 5"), ("00000007", "Łukasz É", "8a")]
    assert table.remarks == (f"The file was read as {said}, separated by commas.",)
    assert table.source == "csv"
    assert table.sheets == ()
    assert {kind for row in table.rows for kind in row.kinds} == {CellKind.TEXT}


def test_utf_16_with_a_mark_the_other_way_round_is_read() -> None:
    assert cells(read(b"\xfe\xff" + STAFF.encode("utf-16-be"))) == cells(read(STAFF))


def test_a_windows_apostrophe_is_an_apostrophe() -> None:
    data = WESTERN.encode("cp1252")
    assert b"\x92" in data
    table = read(data)
    assert cells(table) == [("00012345", "O’Neill"), ("7", "José Müller")]
    assert table.remarks == ("The file was read as Windows-1252, separated by semicolons.",)


def test_a_byte_that_is_no_letter_is_named_with_its_line() -> None:
    message = refusal(b"Number,Name\r\n1,Jos\xe9\r\n2,M\x81ller\r\n")
    assert "line 3, byte 4 (0x81)" in message
    assert "CSV UTF-8" in message


def test_a_file_half_converted_is_not_guessed_at() -> None:
    message = refusal("Number,Name\n1,José\n2,Müller\n3,".encode() + b"O\x92Neill\n")
    assert "line 4, byte 4 (0x92)" in message
    assert "the rest of the file is" in message


def test_a_broken_mark_is_no_licence_to_guess() -> None:
    assert "line 2, byte 6 (0xE9)" in refusal(b"\xef\xbb\xbfNumber,Name\n1,Jos\xe9\n")


def test_a_utf_16_file_that_was_cut_short_is_refused() -> None:
    assert "line 3 breaks off" in refusal(STAFF.encode("utf-16")[:-23])


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r"])
def test_every_separator_and_line_ending(separator: str, ending: str) -> None:
    lines = [["Name", "Post", "Grade"], ["Sample", "Nurse", "5"], ["Other", "Doctor", "7"]]
    table = read(ending.join(separator.join(line) for line in lines))
    assert [table.columns, *cells(table)] == [tuple(line) for line in lines]


def test_commas_in_names_do_not_make_a_comma_file() -> None:
    table = read("Name, first;Number;Grade\nSample, Alex;1;5\nOther, Sam;2;6\nThird, Jo;3;7\n")
    assert table.columns == ("Name, first", "Number", "Grade")
    assert cells(table)[0] == ("Sample, Alex", "1", "5")


def test_semicolons_in_some_rows_do_not_make_a_semicolon_file() -> None:
    table = read("Number,Posts; held\n1,Nurse; Tutor\n2,Doctor\n3,Clerk\n")
    assert table.columns == ("Number", "Posts; held")


def test_the_separator_that_excel_was_told_is_believed() -> None:
    table = read("sep=;\nName, first;Number\nSample, Alex;1\n")
    assert table.columns == ("Name, first", "Number")
    assert numbers(table) == [3]


def test_quotation_marks_and_line_breaks_in_cells() -> None:
    table = read('Number,Note\n1,"said ""yes"", twice"\n2,"first\r\nsecond"\n3,last\n')
    assert cells(table) == [("1", 'said "yes", twice'), ("2", "first\r\nsecond"), ("3", "last")]
    assert numbers(table) == [2, 3, 4]
    assert "Row 3 has line breaks within a cell: rows are counted, not lines." in table.remarks


def test_a_quotation_mark_that_is_never_closed_is_refused_with_its_row() -> None:
    message = refusal('Number,Name\n1,Sample\n2,"Other\n3,Third\n')
    assert "opened in row 3 and never closed" in message


def test_a_quotation_mark_inside_a_quoted_cell_is_refused_with_its_row() -> None:
    message = refusal('Number,Name\n1,"Jo "Jack" Sample"\n')
    assert "row 2 has a quotation mark inside a quoted cell" in message


def test_empty_lines_are_passed_over_and_rows_keep_their_numbers() -> None:
    table = read("\n\nNumber,Name\n\n1,Sample\n , \n2,Other\n\n")
    assert numbers(table) == [5, 7]


def test_outer_spaces_stay_in_cells_and_go_from_the_header() -> None:
    table = read("Number , Name\n 1,Sample \n")
    assert table.columns == ("Number", "Name")
    assert cells(table) == [(" 1", "Sample ")]


def test_letters_come_composed() -> None:
    table = read("Number,Nom e\u0301tabli\n1,Jose\u0301\n")
    assert table.columns[1] == "Nom établi"
    assert cells(table) == [("1", "José")]


def test_a_greek_question_mark_separates_nothing() -> None:
    assert cells(read("Number,Name\n1,a\u037eb\n")) == [("1", "a;b")]


def test_short_rows_are_filled_and_named() -> None:
    table = read("Number,Name,Grade\n1,Sample\n2,Other,5\n3\n")
    assert cells(table) == [("1", "Sample", ""), ("2", "Other", "5"), ("3", "", "")]
    assert "Rows 2 and 4 have fewer cells than the header: the missing ones were read as empty." in table.remarks


def test_empty_cells_too_many_are_cut_and_others_kept_for_the_row_to_be_refused() -> None:
    table = read("Number,Name\n1,Sample,,\n2,Sample,Alex\n")
    assert cells(table) == [("1", "Sample"), ("2", "Sample", "Alex")]
    assert len(table.rows[1].kinds) == 3
    assert "Row 3 has more cells than the header." in table.remarks


def test_empty_columns_at_the_end_are_no_columns() -> None:
    table = read("Number,Name,,\n1,Sample,,\n")
    assert table.columns == ("Number", "Name")
    assert cells(table) == [("1", "Sample")]


def test_a_column_without_a_name_that_has_something_in_it_is_refused() -> None:
    assert "column C has no name in the header, and row 3" in refusal("Number,Name,\n1,Sample,\n2,Other,Band 5\n")


@pytest.mark.parametrize(
    "first",
    [
        "1,2,3",
        "00012345,Sample,Band 5",
        "Sample,Alex,alex.sample@example.nhs.uk",
        "Sample,2020-01-01,5",
        "1,31/03/2026,2",
    ],
)
def test_a_file_without_a_header_is_refused(first: str) -> None:
    message = refusal(f"{first}\nOther,Sam,x\n")
    assert "no header: row 1 looks like" in message
    assert "Add a first row" in message


def test_a_header_with_a_gap_or_a_name_twice_is_refused() -> None:
    assert "no name in column B" in refusal("Number,,Name\n1,2,3\n")
    message = refusal("Number,Name,number \n1,2,3\n")
    assert "“number” twice, in columns A and C" in message


def test_a_title_above_the_header_is_refused() -> None:
    message = refusal("Staff in post\n\nNumber,Name\n1,Sample\n")
    assert "row 1 has one name, “Staff in post”" in message
    assert "delete it" in message


@pytest.mark.parametrize("nothing", [b"", b"\r\n\r\n", b"\xef\xbb\xbf", b",,,\n,,,\n"])
def test_an_empty_file_is_refused(nothing: bytes) -> None:
    assert "is empty" in refusal(nothing)


def test_a_header_alone_is_refused() -> None:
    assert "nothing under it" in refusal("Number,Name\n")


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f", "\x92"])
def test_control_characters_are_refused_with_their_line(sign: str) -> None:
    message = refusal(f"Number,Name\n1,Sample\n2,O{sign}Neill\n")
    assert "line 3" in message
    assert f"U+{ord(sign):04X}" in message


def test_letters_that_were_lost_before_are_named() -> None:
    assert "Row 3 has the sign �" in read("Number,Name\n1,Sample\n2,M�ller\n").remarks[1]


def test_a_file_that_is_too_large_or_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert limits.MOST_ROWS == 200_000
    monkeypatch.setattr(limits, "MOST_ROWS", 500)
    assert len(read("Number,Name\n" + "1,Sample\n" * 500).rows) == 500
    assert "more than 500 rows" in refusal("Number,Name\n" + "1,Sample\n" * 501)
    assert "larger than 60 MB" in refusal(b"\0" * (limits.LARGEST_FILE + 1))
    assert "501 columns" in refusal(",".join(f"Column {n}" for n in range(501)) + "\n1\n")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n", "is a PDF"),
        (b"\n <html><table>", "is a web page"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old .xls format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (b"PK\x03\x04 and no more", "is broken"),
    ],
)
def test_what_is_no_table_is_called_what_it_is(data: bytes, what: str) -> None:
    assert what in refusal(data, "staff.xls")


def test_a_real_survey_is_read_without_a_guess() -> None:
    table = read((DATA / "survey.csv").read_bytes(), "survey.csv")
    assert len(table.columns) == 9
    assert len(table.rows) == 237
    assert {len(row.cells) for row in table.rows} == {9}
    bands = {row.cells[1] for row in table.rows}
    assert {"Band 9 or VSM", "Band 6 or 7"} <= bands
    assert any("~" in row.cells[2] for row in table.rows)
