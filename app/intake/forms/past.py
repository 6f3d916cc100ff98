"""What a person says with a list of completions: the file, its columns, what courses mean, which rows to take."""

from dataclasses import dataclass, field
from typing import ClassVar

from pydantic import Field

from app.intake.rules.past.columns import PastColumn, field_of
from app.intake.rules.past.decisions import MOST_DECIDED, PastDecision, PastDecisions, decision
from app.web.form import Form, Invalid, Posted, Uploaded

MOST_BYTES = 12 * 1024 * 1024
LONGEST_COLUMN = 200


@dataclass(frozen=True, slots=True)
class ListBrought:
    file: Uploaded
    sheet: str
    chosen: dict[PastColumn, str] = field(default_factory=dict)


def list_brought(posted: Posted) -> ListBrought | Invalid:
    """The file, the sheet, and columns that were named."""
    errors: dict[str, str] = {}
    file = posted.file("file")
    if file is None:
        errors["file"] = "Choose the list of completions: a CSV or XLSX file"
    elif not (file.content or file.too_large):
        errors["file"] = f"{file.name} is empty. Choose the file that holds the list of completions"
    elif file.too_large:
        most = MOST_BYTES // 1024 // 1024
        errors["file"] = f"The file is larger than {most} MB. Leave columns out, or use the command line"
    named = {column: " ".join(posted.get(field_of(column), "").split()) for column in PastColumn}
    for column, name in named.items():
        if len(name) > LONGEST_COLUMN:
            errors[field_of(column)] = f"The name of a column has at most {LONGEST_COLUMN} characters here"
    if errors or file is None:
        return Invalid(dict(posted), errors)
    chosen = {column: name for column, name in named.items() if name}
    return ListBrought(file, " ".join(posted.get("sheet", "").split())[:100], chosen)


class PastListForm(Form):
    """Which of the lists behind the numbers, and which page of it."""

    show: str = Field("", max_length=20)
    page: int = Field(1, ge=1, le=10_000)


class ApplyPastForm(Form):
    """`plan` is the number of the plan that was shown; `rows` is good where rows with errors are left out."""

    labels: ClassVar[dict[str, str]] = {"plan": "the plan"}
    plan: str = Field(min_length=1, max_length=16)
    rows: str = Field("all", max_length=4)


def decided(posted: Posted) -> PastDecisions:
    """What was chosen for each course; what was left as it is says nothing."""
    found: dict[str, PastDecision] = {}
    for number in range(MOST_DECIDED):
        words, said = posted.get(f"words-{number}", ""), posted.get(f"means-{number}", "")
        if words and said and said != posted.get(f"was-{number}", ""):
            found[words[:250]] = decision(said[:250])
    return found
