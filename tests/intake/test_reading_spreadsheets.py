"""Spreadsheets: what a cell is, the file says; what a person would not see, the remarks say."""

from datetime import date, datetime
from typing import Any

import pytest

from app.intake.reading import CellKind, Table, limits
from tests.intake.files import HEADER, by_hand, cells, inline, numbers, read, refusal, spreadsheet

TEXT, NUMBER, DATE, EMPTY = CellKind.TEXT, CellKind.NUMBER, CellKind.DATE, CellKind.EMPTY


def brought(data: bytes, sheet: str | None = None) -> Table:
    return read(data, "staff.xlsx", sheet)


def staff(sheet: Any) -> None:
    sheet.write_row(0, 0, ["Number", " Name ", "Grade"])
    sheet.write_row(1, 0, ["00012345", "O’Neill", "Band 5"])
    sheet.write_row(2, 0, ["7", "Łukasz É", "8a"])


def test_texts_stay_texts_and_leading_zeros_stay() -> None:
    table = brought(spreadsheet(lambda _, sheet: staff(sheet)))
    assert table.source == "xlsx"
    assert table.sheets == ("Staff",)
    assert table.columns == ("Number", "Name", "Grade")
    assert cells(table) == [("00012345", "O’Neill", "Band 5"), ("7", "Łukasz É", "8a")]
    assert {kind for row in table.rows for kind in row.kinds} == {TEXT}
    assert table.remarks == ("The sheet “Staff” was read.",)


def test_numbers_days_and_yes_or_no_come_as_short_text_with_their_kind() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["What", "Value"])
        formats = {code: book.add_format({"num_format": code}) for code in ("dd/mm/yyyy", "[$-809]d mmm yy;@", "hh:mm")}
        values = [
            (12345, None),
            (1.5, None),
            (123000.0, None),
            (1e22, None),
            (0.1, None),
            (-0.0, None),
            (0.5, book.add_format({"num_format": '0.0 "days"'})),
            (1000, book.add_format({"num_format": "[Red]#,##0.00E+00"})),
            (True, None),
            (date(2026, 3, 31), formats["dd/mm/yyyy"]),
            (date(1900, 1, 31), formats["[$-809]d mmm yy;@"]),
            (datetime(2026, 3, 31, 13, 5), formats["dd/mm/yyyy"]),
            (0.25, formats["hh:mm"]),
            (60, formats["dd/mm/yyyy"]),
        ]
        for at, (value, form) in enumerate(values, 1):
            sheet.write(at, 0, "x")
            sheet.write(at, 1, value, form)

    table = brought(spreadsheet(fill))
    assert [(row.cells[1], row.kinds[1]) for row in table.rows] == [
        ("12345", NUMBER),
        ("1.5", NUMBER),
        ("123000", NUMBER),
        ("1E+22", NUMBER),
        ("0.1", NUMBER),
        ("0", NUMBER),
        ("0.5", NUMBER),
        ("1000", NUMBER),
        ("TRUE", TEXT),
        ("2026-03-31", DATE),
        ("1900-01-31", DATE),
        ("2026-03-31T13:05:00", DATE),
        ("06:00:00", DATE),
        ("60", NUMBER),
    ]


def test_days_counted_from_1904_are_the_same_days() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Name", "Start"])
        sheet.write(1, 0, "Sample")
        sheet.write_datetime(1, 1, datetime(2026, 3, 31), book.add_format({"num_format": 14}))

    assert brought(spreadsheet(fill, date_1904=True)).rows[0].cells == ("Sample", "2026-03-31")


def test_hidden_rows_and_columns_are_read_and_named() -> None:
    def fill(_: Any, sheet: Any) -> None:
        staff(sheet)
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_row(9, None, None, {"hidden": True})
        sheet.set_column("C:C", None, None, {"hidden": True})
        sheet.set_column("F:XFD", None, None, {"hidden": True})

    table = brought(spreadsheet(fill))
    assert numbers(table) == [2, 3]
    assert table.remarks[1:] == (
        "Rows 2 and 3 are hidden in the spreadsheet and were read all the same.",
        "Column C (Grade) is hidden in the spreadsheet and was read all the same.",
    )


def test_merged_cells_are_named() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_column(0, 0, ["Number", "1", "2"])
        sheet.write(0, 1, "Grade")
        sheet.merge_range("B2:B3", "Band 5")

    table = brought(spreadsheet(fill))
    assert cells(table) == [("1", "Band 5"), ("2", "")]
    assert table.rows[1].kinds == (TEXT, EMPTY)
    assert "Cells are merged (B2:B3): the first of them was read with the value" in table.remarks[1]


def test_formulas_and_errors_are_named_and_marked() -> None:
    def fill(_: Any, sheet: Any) -> None:
        staff(sheet)
        sheet.write_formula("A2", '="000"&"12"', None, "00012")
        sheet.write_formula("B2", "=1+1", None, 2)
        sheet.write_formula("C2", "=NA()", None, "#N/A")

    table = brought(spreadsheet(fill))
    assert table.rows[0].cells == ("00012", "2", "#N/A")
    assert table.rows[0].kinds == (CellKind.FORMULA, CellKind.FORMULA, CellKind.ERROR)
    assert table.remarks[1] == (
        "3 cells have a formula (A2, B2 and C2): the value it had when the spreadsheet was saved was read."
    )
    assert table.remarks[2] == "1 cell has an error of the spreadsheet's, such as #N/A (C2)."


def test_a_formula_that_was_never_worked_out_is_an_empty_cell_and_marked() -> None:
    row = f'<row r="2">{inline("A2", "1")}<c r="B2"><f>A1</f></c></row>'
    table = brought(by_hand(rows=HEADER + row))
    assert table.rows[0].cells == ("1", "")
    assert table.rows[0].kinds[1] is CellKind.FORMULA


def test_the_first_sheet_that_can_be_seen_is_read_or_the_one_that_is_named() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write(0, 0, "Notes")
        sheet.hide()
        staff(book.add_worksheet("People & posts"))
        staff(book.add_worksheet("Old"))
        book.worksheets()[1].activate()

    data = spreadsheet(fill)
    table = brought(data)
    assert table.sheets == ("Staff", "People & posts", "Old")
    assert table.remarks[0] == "The sheet “People & posts” was read; “Staff” (hidden) and “Old” were not."
    assert brought(data, "Old").remarks[0].startswith("The sheet “Old” was read")
    message = refusal(data, "staff.xlsx", "New")
    assert "no sheet “New”. Choose one that it has: “Staff”, “People & posts” and “Old”." in message


def test_empty_rows_are_passed_over_and_numbers_kept() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_row(2, 1, ["Number", "Name"])
        sheet.write_row(6, 1, ["1", "Sample"])

    message = refusal(spreadsheet(fill), "staff.xlsx")
    assert "header (row 3) has no name in column A" in message

    rows = f'{HEADER}<row r="4">{inline("A4", " ")}</row><row r="9">{inline("B9", "Sample")}</row>'
    table = brought(by_hand(rows=rows))
    assert numbers(table) == [9]
    assert table.rows[0].cells == ("", "Sample")


def test_runs_of_different_looks_are_one_text_and_reading_aids_none() -> None:
    def fill(book: Any, sheet: Any) -> None:
        staff(sheet)
        sheet.write_rich_string("B2", book.add_format({"bold": True}), "O’", "Nei", book.add_format(), "ll")

    assert brought(spreadsheet(fill)).rows[0].cells[1] == "O’Neill"
    strings = "<sst><si><t>課</t><rPh><t>カ</t></rPh></si></sst>"
    table = brought(by_hand(rows=f'{HEADER}<row r="2"><c r="B2" t="s"><v>0</v></c></row>', strings=strings))
    assert table.rows[0].cells == ("", "課")


def test_cells_without_references_and_a_prefix_on_every_name_are_read() -> None:
    sheet = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
        '<x:row><x:c t="str"><x:v>Number</x:v></x:c><x:c t="str"><x:v>Name</x:v></x:c></x:row>'
        '<x:row><x:c><x:v>7</x:v></x:c><x:c t="str"><x:v>Sample</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    assert cells(brought(by_hand(sheet))) == [("7", "Sample")]


def test_rows_that_are_only_formatted_are_no_rows() -> None:
    styled = "".join(f'<row r="{n}" spans="1:2" s="1" customFormat="1"/>' for n in range(3, 100_003))
    table = brought(by_hand(rows=f'{HEADER}<row r="2">{inline("A2", "1")}</row>{styled}'))
    assert numbers(table) == [2]


def test_more_rows_than_are_read_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_ROWS", 50)
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(2, 5_000))
    assert "more than 50 rows" in refusal(by_hand(rows=HEADER + rows), "staff.xlsx")


@pytest.mark.parametrize(
    ("part", "what"),
    [
        ("xl/workbook.bin", "binary spreadsheet"),
        ("content.xml", "OpenDocument"),
        ("word/document.xml", "text document"),
    ],
)
def test_other_kinds_of_archive_are_called_what_they_are(part: str, what: str) -> None:
    message = refusal(by_hand(rows=HEADER, more={part: "<x/>"}), "staff.xlsx")
    assert what in message
    assert "save it as .xlsx or CSV" in message


def test_macros_and_links_to_other_files_are_left_alone() -> None:
    relations = (
        '<Relationships><Relationship Id="b" Type="x/worksheet" Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="m" Type="x/vbaProject" Target="vbaProject.bin"/>'
        '<Relationship Id="s" Type="x/sharedStrings" Target="file:///etc/passwd" TargetMode="External"/>'
        "</Relationships>"
    )
    row = f'<row r="2">{inline("A2", "1")}{inline("B2", "Sample")}</row>'
    table = brought(by_hand(rows=HEADER + row, more={"xl/_rels/workbook.xml.rels": relations}))
    assert cells(table) == [("1", "Sample")]
    assert "The spreadsheet holds macros. They were not run." in table.remarks
