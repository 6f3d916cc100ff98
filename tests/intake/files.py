"""Files as trusts send them, and spreadsheets that no program would write."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from app.intake.reading import RefusedFileError, Table, read_table

DATA = Path(__file__).parent / "data"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def read(data: bytes | str, name: str = "staff.csv", sheet: str | None = None) -> Table:
    return read_table(data.encode() if isinstance(data, str) else data, name, sheet=sheet)


def refusal(data: bytes | str, name: str = "staff.csv", sheet: str | None = None) -> str:
    with pytest.raises(RefusedFileError) as refused:
        read(data, name, sheet)
    message = str(refused.value)
    assert message.startswith(name)
    assert refused.value.status == 422
    return message


def cells(table: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows]


def numbers(table: Table) -> list[int]:
    return [row.number for row in table.rows]


def spreadsheet(fill: Callable[[Any, Any], None], **options: object) -> bytes:
    """What XlsxWriter writes after `fill(workbook, first sheet)`."""
    buffer = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, **options}
    with xlsxwriter.Workbook(buffer, plain) as workbook:
        fill(workbook, workbook.add_worksheet("Staff"))
    return buffer.getvalue()


def by_hand(sheet: str = "", *, rows: str = "", more: dict[str, bytes | str] | None = None, strings: str = "") -> bytes:
    """The least that is a spreadsheet: a sheet with these rows (or whole, as `sheet`), and `more` parts or others."""
    sheet = sheet or f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    parts: dict[str, bytes | str] = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        '<sheets><sheet name="Staff" sheetId="1" r:id="b"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="b" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="c" Type="{OFFICE}/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
        "xl/sharedStrings.xml": strings or f'<sst xmlns="{MAIN}"/>',
        **(more or {}),
    }
    return packed(parts)


def packed(parts: dict[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def inline(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


HEADER = f'<row r="1">{inline("A1", "Number")}{inline("B1", "Name")}</row>'
