"""A spreadsheet's table, and what a person should know about how it was read."""

from collections.abc import Iterator
from contextlib import closing

from app.intake.reading.archive import Archive
from app.intake.reading.columns import Gathered, gathered
from app.intake.reading.naming import columns_letter, listed, rows_named
from app.intake.reading.seen import Seen
from app.intake.reading.shape import CellKind, Table
from app.intake.reading.workbook import Sheet, Workbook, read_workbook
from app.intake.reading.worksheet import stream


def read_spreadsheet(content: bytes, name: str, wanted: str | None) -> Table:
    """Raises RefusedFileError."""
    with closing(Archive(content, name)) as archive:
        workbook = read_workbook(archive)
        sheet = workbook.chosen(wanted, name)
        seen = Seen()
        with closing(stream(archive, workbook, sheet, seen)) as rows:
            whole = gathered(rows, name, missing=CellKind.EMPTY)
    remarks = (*_of_workbook(workbook, sheet), *_of_sheet(seen, whole), *whole.remarks)
    return Table("xlsx", whole.columns, whole.rows, remarks, tuple(each.name for each in workbook.sheets))


def _of_workbook(workbook: Workbook, read: Sheet) -> Iterator[str]:
    others = [f"“{each.name}”{' (hidden)' if each.hidden else ''}" for each in workbook.sheets if each is not read]
    hidden = ", which is hidden," if read.hidden else ""
    left = f"; {listed(others)} {'was' if len(others) == 1 else 'were'} not" if others else ""
    yield f"The sheet “{read.name}”{hidden} was read{left}."
    if workbook.has_macros:
        yield "The spreadsheet holds macros. They were not run."


def _of_sheet(seen: Seen, whole: Gathered) -> Iterator[str]:
    if seen.hidden_rows:
        verb = "was" if len(seen.hidden_rows) == 1 else "were"
        yield f"{rows_named(seen.hidden_rows, 'is')} hidden in the spreadsheet and {verb} read all the same."
    hidden = [
        f"{columns_letter(at)} ({whole.columns[at]})" for at in sorted(seen.hidden_columns) if at < len(whole.columns)
    ]
    if hidden:
        one = len(hidden) == 1
        yield (
            f"Column{'' if one else 's'} {listed(hidden)} {'is' if one else 'are'} hidden in the spreadsheet and "
            f"{'was' if one else 'were'} read all the same."
        )
    if seen.merged.count:
        yield (
            f"Cells are merged ({seen.merged.words}): the first of them was read with the value, the others as empty."
        )
    if seen.formulas.count:
        yield (
            f"{_cells(seen.formulas.count)} a formula ({seen.formulas.words}): the value it had when the spreadsheet "
            f"was saved was read."
        )
    if seen.errors.count:
        yield f"{_cells(seen.errors.count)} an error of the spreadsheet's, such as #N/A ({seen.errors.words})."


def _cells(count: int) -> str:
    return "1 cell has" if count == 1 else f"{count:,} cells have"
