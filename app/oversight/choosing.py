"""What the address of a report or of a list says."""

from datetime import date

from pydantic import BaseModel, ConfigDict

from app.capability.choosing import number_in
from app.capability.month import FIRST_MONTH
from app.kernel.errors import NotFoundError
from app.oversight.queries.named import Asked, Listed
from app.oversight.queries.reading import Choice
from app.oversight.rules.figures import last_of

TODAY = "today"
LAST_MONTH = date(2100, 1, 1)
"""No link of ours leads to it: what is nearer is asked whether it has ended."""


class ReportQuery(BaseModel):
    """Everything is text and may be missing: without a month, it is how things are today."""

    model_config = ConfigDict(extra="ignore", frozen=True, str_strip_whitespace=True)

    directorate: str = ""
    month: str = ""
    known: str = ""

    def choice(self, directorate_id: int) -> Choice:
        """Raises NotFoundError for what no link of ours says."""
        return Choice(directorate_id, self._month(self.month), self.known == TODAY)

    def place(self) -> int:
        return number_in(self.directorate or "0")

    def _month(self, text: str) -> date | None:
        if not text:
            return None
        try:
            month = date.fromisoformat(f"{text}-01")
        except ValueError:
            raise NotFoundError("month") from None
        if f"{month:%Y-%m}" != text or not FIRST_MONTH <= month < LAST_MONTH:
            raise NotFoundError("month")
        return month


class ListQuery(ReportQuery):
    """`of` is the month of the chart that the list is behind; without one it is the whole year."""

    what: str = Listed.TRAINED
    level: str = ""
    of: str = ""

    def asked(self, today: date) -> Asked:
        """Raises NotFoundError for what no link of ours says, and for a month that has not ended."""
        month = self._month(self.month)
        as_at = today if month is None else last_of(month)
        if as_at > today or self.what not in set(Listed):
            raise NotFoundError("list")
        of = self._month(self.of)
        return Asked(Listed(self.what), self.place(), as_at, self.level, of, is_of_month=month is not None)
