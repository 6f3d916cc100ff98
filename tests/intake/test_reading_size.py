"""A trust of 50,000 staff is read in little memory; what it takes of a processor the bench measures."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter

from app.kernel.config import ROOT

ROWS = 50_000
MEASURE = """
import json, resource, sys
from pathlib import Path
from app.intake.reading import read_content, read_table
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
table = read_table(read_content(Path(sys.argv[1])), "staff")
held = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
print(json.dumps({"rows": len(table.rows), "megabytes": held}))
"""


def staff(row: int) -> list[str]:
    return [
        f"{row:08d}", f"Surname{row}", f"First{row % 3000}", f"person.{row}@example.nhs.uk",
        "Nursing and Midwifery Registered", "Staff Nurse", f"Ward {row % 300}", f"Directorate {row % 8}", "Band 5",
        f"{row * 7 % ROWS:08d}", f"{row}-2", "Active Assignment", "2020-01-01", "", "Mrs", f"Middle{row}", "PT",
        "Permanent", "1", f"Position {row} of many",
    ]  # fmt: skip


def measured(path: Path) -> dict[str, float]:
    run = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found: dict[str, float] = json.loads(run.stdout)
    assert found["rows"] == ROWS
    return found


@pytest.mark.slow
def test_a_large_file_with_separators(tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    rows = [[f"Column {n}" for n in range(20)], *(staff(row) for row in range(ROWS))]
    path.write_text("\n".join(",".join(row) for row in rows))
    found = measured(path)
    assert found["megabytes"] < 100, found


@pytest.mark.slow
def test_a_large_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "staff.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, [f"Column {n}" for n in range(20)])
        for row in range(ROWS):
            for column, cell in enumerate(staff(row)):
                sheet.write_string(row + 1, column, cell)
            sheet.write_number(row + 1, 12, 40_000 + row % 5_000, day)
            sheet.write_number(row + 1, 18, row / 7)
    found = measured(path)
    assert found["megabytes"] < 100, found
