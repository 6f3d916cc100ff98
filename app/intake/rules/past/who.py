"""Whose completion a row is: somebody who works here or did, by an employee number that they have or had."""

from app.intake.rules.past.columns import PastColumn
from app.intake.rules.past.picture import KnownPerson, PastPicture
from app.intake.rules.past.rows import PastRow
from app.kernel.names import folded

WIDEST = 10
"""How wide employee numbers with leading zeros are at most."""


class RowError(Exception):
    """A row cannot be taken. `column` is the one to look at."""

    def __init__(self, column: PastColumn, reason: str) -> None:
        super().__init__(reason)
        self.column = column


def learner(row: PastRow, picture: PastPicture) -> KnownPerson:
    """Raises RowError for a number that nobody has had, and for one that belongs to a wholly different name."""
    known = picture.by_number.get(row.number)
    if known is None:
        raise RowError(PastColumn.EMPLOYEE_NUMBER, _nobody(row.number, picture))
    if not row.name:
        return known
    said = set(folded(row.name).split())
    if said and not said & set(folded(known.name).split()) and row.number not in picture.renamed:
        raise RowError(
            PastColumn.EMPLOYEE_NUMBER,
            f"Here this number belongs to {known.list_name}, and the row names somebody else. Correct the number, or "
            "the name",
        )
    return known


def widened(number: str) -> list[str]:
    """The same number with the leading zeros that a spreadsheet may have dropped."""
    return [number.zfill(width) for width in range(len(number) + 1, WIDEST + 1)] if number.isdecimal() else []


def _nobody(number: str, picture: PastPicture) -> str:
    for wider in widened(number):
        if wider in picture.by_number:
            return (
                f"Nobody here has this number, and “{wider}” is here: a spreadsheet may have dropped leading zeros. "
                "Export the column as text"
            )
    return "Nobody here has or had this number. Bring in the staff record first, or correct it"
