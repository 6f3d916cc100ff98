"""From a staff file to a table, or to a plain sentence saying why not. Pure: no database and no web."""

from pathlib import Path

from app.intake.reading.archive import SAVE_AGAIN
from app.intake.reading.limits import LARGEST_FILE
from app.intake.reading.separated import read_separated
from app.intake.reading.shape import CellKind, RefusedFileError, Row, Table
from app.intake.reading.spreadsheet import read_spreadsheet
from app.intake.reading.staff_record import is_staff_record, read_staff_record
from app.intake.reading.text import decoded

__all__ = ["CellKind", "RefusedFileError", "Row", "Table", "read_content", "read_table"]

ARCHIVE = b"PK"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = "EncryptedPackage".encode("utf-16-le")
NOT_TABLES = {b"%PDF": "a PDF", b"{\\rtf": "a text document", b"<": "a web page or XML, whatever its name says"}


def read_table(content: bytes, name: str, *, sheet: str | None = None) -> Table:
    """The table in a file, which its owner calls `name`; of a spreadsheet, the first or the named sheet.

    What the file is, its content says and not its name. Raises RefusedFileError.
    """
    if len(content) > LARGEST_FILE:
        most = LARGEST_FILE // 1024 // 1024
        raise RefusedFileError(f"{name} is larger than {most} MB. Leave columns out, or split it into smaller files.")
    if content.startswith(ARCHIVE):
        return read_spreadsheet(content, name, sheet)
    _refuse_other_kinds(content, name)
    text, encoding = decoded(content, name)
    del content
    if is_staff_record(text, name):
        return read_staff_record(text, encoding, name)
    return read_separated(text, encoding, name)


def read_content(path: Path) -> bytes:
    """The file's bytes: one that is too large only so far that it can be told."""
    with path.open("rb") as file:
        return file.read(LARGEST_FILE + 1)


def _refuse_other_kinds(content: bytes, name: str) -> None:
    start = content[:512]
    if start.startswith(OLD_OFFICE):
        if LOCKED in content:
            raise RefusedFileError(f"{name} is locked with a password. Save it without one and bring that file.")
        raise RefusedFileError(f"{name} is in the old .xls format. {SAVE_AGAIN}")
    for sign, what in NOT_TABLES.items():
        if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(sign):
            raise RefusedFileError(f"{name} is {what}. {SAVE_AGAIN}")
