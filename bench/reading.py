"""Reading a staff file alone, as text with separators and as a spreadsheet, beside the plainest reading of the same."""

import csv
import json
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import xlsxwriter

from app.intake.reading import read_content, read_table
from app.kernel.config import ROOT
from bench.staff_file import write_files
from bench.trust import FOLDER

ROWS = 50_000


@dataclass(frozen=True, kw_only=True)
class Read:
    """Seconds of a processor; `plain`: those that csv, or the spreadsheet's XML by itself, took in the same run.

    `most`: so many times its plainest reading it may take.
    """

    name: str
    rows: int
    seconds: float
    plain: float
    most: float

    @property
    def kept(self) -> bool:
        return self.seconds <= self.most * self.plain

    @property
    def said(self) -> str:
        verdict, times = "Kept" if self.kept else "BROKEN", self.seconds / self.plain
        return (
            f"{verdict}: alone, {self.rows:,} rows of {self.name} are read in {self.seconds:.2f} s of a processor, "
            f"{times:.1f} times its plainest reading, budget {self.most:g}"
        )


def measured() -> Iterator[Read]:
    folder = FOLDER / "reading"
    folder.mkdir(parents=True, exist_ok=True)
    text = write_files(folder, ROWS).first
    for name, path, most in (("CSV", text, 15.0), ("XLSX", _spreadsheet(text), 3.0)):
        done = subprocess.run(
            [sys.executable, "-m", "bench.reading", str(path)], stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT
        )
        yield Read(name=name, rows=ROWS, most=most, **json.loads(done.stdout))


def _spreadsheet(text: Path) -> Path:
    path = text.with_suffix(".xlsx")
    with xlsxwriter.Workbook(path) as book, text.open(encoding="utf-8", newline="") as lines:
        sheet = book.add_worksheet()
        for row, cells in enumerate(csv.reader(lines)):
            for column, cell in enumerate(cells):
                sheet.write_string(row, column, cell)
    return path


def _seconds(do: Callable[[], object]) -> float:
    began = time.process_time()
    do()
    return time.process_time() - began


def _plainly(path: Path) -> int:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as lines:
            return sum(len(row) for row in csv.reader(lines))
    with zipfile.ZipFile(path) as parts:
        sheets = [
            name for name in parts.namelist() if name.startswith("xl/worksheets/") or name.endswith("Strings.xml")
        ]
        return sum(1 for name in sheets for _ in ET.iterparse(parts.open(name)))


def main(path: Path) -> None:
    seconds = _seconds(lambda: read_table(read_content(path), "staff"))
    sys.stdout.write(json.dumps({"seconds": seconds, "plain": _seconds(lambda: _plainly(path))}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
