"""What HR says with a yearly file, and what the addresses of the counts say."""

from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel, ConfigDict

from app.capability.choosing import number_in
from app.equality.rules.characteristics import years_offered
from app.web.form import Invalid, Posted, Uploaded

MOST_BYTES = 12 * 1024 * 1024


class ShownQuery(BaseModel):
    """A level and a year, and nothing else: these counts cannot be filtered."""

    model_config = ConfigDict(extra="ignore", frozen=True, str_strip_whitespace=True)

    tier: str = ""
    year: str = ""

    @property
    def year_number(self) -> int:
        """0 where the address says none; raises NotFoundError for what no link of ours says."""
        return number_in(self.year or "0")


@dataclass(frozen=True, slots=True)
class Brought:
    file: Uploaded
    year: int


def brought(posted: Posted, today: date) -> Brought | Invalid:
    errors: dict[str, str] = {}
    year = posted.get("year", "")
    if year not in {str(one) for one in years_offered(today)}:
        errors["year"] = "Choose the year that the file is of"
    file = posted.file("file")
    if file is None:
        errors["file"] = "Choose the year’s file: CSV or XLSX"
    elif not (file.content or file.too_large):
        errors["file"] = f"{file.name} is empty. Choose the file that holds the year’s rows"
    elif file.too_large:
        errors["file"] = f"The file is larger than {MOST_BYTES // 1024 // 1024} MB. Leave columns out of it"
    if errors or file is None:
        return Invalid(dict(posted), errors)
    return Brought(file, int(year))
