"""Reading a staff file into one table, however it was written."""

from app.intake.reading.table import CellKind, RefusedFileError, Row, Table, read_content, read_table

__all__ = ["CellKind", "RefusedFileError", "Row", "Table", "read_content", "read_table"]
