"""A staff file as somebody brings it, and what its columns say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.intake.queries import kept_columns
from app.intake.reading import RefusedFileError, Table
from app.intake.rules.columns import Column, Columns, chosen, fingerprint, listed, missing, proposed
from app.intake.rules.decisions import Decisions
from app.kernel.db import ReadSession


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffFile:
    """A file, and what a person said of it. `whole`: trust, changes, or `directorate NAME`.

    `path` is None for one that waits in the database under `upload_id`.
    """

    path: Path | None = None
    upload_id: int | None = None
    name: str
    sheet: str | None = None
    whole: str = "changes"
    create: bool = False
    decided: Decisions = field(default_factory=dict)
    chosen: Mapping[Column, str] = field(default_factory=dict)


class MissingColumnsError(RefusedFileError):
    """A file lacks what is needed, or calls it something else. Holds what could be told of its columns."""

    def __init__(self, reason: str, columns: Columns) -> None:
        super().__init__(reason)
        self.columns = columns


def columns_of(session: ReadSession, file: StaffFile, read: Table) -> Columns:
    """What the columns say: proposed, kept from before, told. Raises RefusedFileError when one is missing."""
    columns = proposed(read.columns, kept_columns(session, fingerprint(read.columns)))
    for column, name in file.chosen.items():
        try:
            columns = chosen(columns, column, name)
        except ValueError as error:
            raise RefusedFileError(str(error)) from None
    lacking = missing(columns)
    if lacking:
        raise MissingColumnsError(
            f"{file.name} has no column for: {', '.join(lacking)}. Its columns are: {listed(read.columns)}. "
            "Add what is missing, or name the columns as the staff record does.",
            columns,
        )
    return columns
