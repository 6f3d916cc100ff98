"""What HR types about a staff file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from app.intake.commands.uploading import AskApply, BringFile, DecideWords, PutRowRight
from app.intake.models import StaffUpload
from app.intake.queries.deciding import Places
from app.intake.reading import CellKind, Row, Table
from app.intake.reading.limits import LARGEST_FILE
from app.intake.rules.checking import checked
from app.intake.rules.columns import Column, Columns, missing
from app.intake.rules.decisions import LONGEST_WORDS, Decision, Unknown, Verdict, decision_key, may_be_new
from app.intake.rules.places import BETWEEN
from app.intake.rules.rows import LONGEST_PLACE
from app.organisation.rules import BANDS, MEDICAL_GRADES, STAFF_GROUPS
from app.web.form import Form, Invalid, Posted, Uploaded

MOST = LARGEST_FILE
LONGEST_CELL = 320
NO_FILE = "Choose the staff file"
TOO_LARGE = (
    f"The file is larger than {LARGEST_FILE // 1024 // 1024} MB. Leave columns out, or split it into smaller files"
)


class BringForm(Form):
    """`directorate` is a name, needed when the file is the whole of one."""

    labels: ClassVar = {
        "whole": "what the file is the whole of",
        "sheet": "the sheet",
        "directorate": "the directorate’s name",
    }
    messages: ClassVar = {"whole": "Choose what the file is the whole of"}

    whole: Literal["trust", "directorate", "changes"]
    directorate: Annotated[str, StringConstraints(max_length=120)] = ""
    sheet: Annotated[str, StringConstraints(max_length=100)] = ""


class ListForm(Form):
    """The list that an address asks for."""

    show: Annotated[str, StringConstraints(max_length=20)] = ""
    q: Annotated[str, StringConstraints(max_length=100)] = ""
    page: Annotated[int, Field(ge=1, le=10_000)] = 1


class ApplyForm(Form):
    plan: Annotated[str, StringConstraints(min_length=1, max_length=16)]
    good_rows: bool = False
    leavers_expected: bool = False

    def command(self, upload_id: int) -> AskApply:
        return AskApply(
            upload_id=upload_id, plan=self.plan, good_rows=self.good_rows, leavers_expected=self.leavers_expected
        )


@dataclass(frozen=True, slots=True)
class Brought:
    command: BringFile
    content: bytes


def brought(posted: Posted, fields: Mapping[str, Column]) -> Brought | Invalid:
    """The file and what was said of it. `fields` are the form's fields that name a column.

    What was said of the columns of one sheet says nothing of another's.
    """
    form = BringForm.parse(posted)
    errors = dict(form.errors) if isinstance(form, Invalid) else {}
    file = posted.file("file")
    errors |= _file_errors(file)
    if not isinstance(form, Invalid) and form.whole == "directorate" and not form.directorate:
        errors["directorate"] = "Choose the directorate that the file is the whole of"
    another_sheet = "sheet-was" in posted and posted["sheet-was"] != posted.get("sheet", "")
    told = {} if another_sheet else {column: posted[field] for field, column in fields.items() if field in posted}
    chosen = told if any(told.values()) else {}
    errors |= _column_errors(chosen, {column: field for field, column in fields.items()})
    if errors or file is None or isinstance(form, Invalid):
        return Invalid(dict(posted), errors)
    whole = f"directorate {form.directorate}" if form.whole == "directorate" else form.whole
    command = BringFile(
        file_name=file.name,
        whole=whole,
        sheet=form.sheet,
        chosen={str(column): name[:LONGEST_CELL] for column, name in chosen.items()},
    )
    return Brought(command, file.content)


def _file_errors(file: Uploaded | None) -> dict[str, str]:
    if file is None:
        return {"file": NO_FILE}
    if file.too_large:
        return {"file": TOO_LARGE}
    return {} if file.content else {"file": f"{file.name} is empty. Choose the file that holds the staff list"}


def _column_errors(chosen: Mapping[Column, str], field_of: Mapping[Column, str]) -> dict[str, str]:
    """When columns are told at all, all that are needed are told, and none twice; one without a name is not there."""
    if not chosen:
        return {}
    errors: dict[str, str] = {}
    seen: dict[str, Column] = {}
    there = {column: name for column, name in chosen.items() if name}
    for column, name in there.items():
        if name in seen:
            errors[field_of[column]] = f"“{name}” is chosen twice. Choose another column"
        seen.setdefault(name, column)
    for lacking in missing(Columns(tuple(there.values()), there)):
        column = next((c for c in Column if c == lacking), Column.TEAM)
        errors.setdefault(field_of[column], f"Choose the column for: {lacking}")
    return errors


def row_form(posted: Posted, upload: StaffUpload, row: int, fields: Mapping[str, str]) -> PutRowRight | Invalid:
    """The row's words, each checked by itself. `fields` are the form's fields, by them the file's columns."""
    values = {name: " ".join(posted[field].split())[:LONGEST_CELL] for field, name in fields.items()}
    columns = Columns(tuple(values), {Column(column): name for column, name in upload.columns.items()})
    whole = Row(row, tuple(values.values()), (CellKind.TEXT,) * len(values))
    problems = checked(Table("form", columns.header, (whole,), (), ()), columns).problems
    by_name = {name: field for field, name in fields.items()}
    errors: dict[str, str] = {}
    for problem in problems:
        errors.setdefault(by_name.get(problem.column, next(iter(fields))), problem.reason)
    if errors:
        return Invalid(dict(posted), errors)
    return PutRowRight(upload_id=upload.id, row=row, values=values)


Words = Iterable[tuple[str, Unknown, str, int]]


def decisions_form(posted: Posted, upload: StaffUpload, words: Words, places: Places) -> DecideWords | Invalid:
    """What was said of each word and each person; `words` as the page numbered them."""
    create_all, new = posted.get("all") == "create", may_be_new(upload.columns)
    decided: dict[tuple[Unknown, str], Decision] = {}
    errors: dict[str, str] = {}
    for key, about, said, _ in words:
        target = " ".join(posted.get(f"{key}-target", "").split())
        verdict = posted.get(key, "") or (Verdict.MAP if target else "")
        if not verdict and create_all and about in new:
            verdict = Verdict.CREATE
        if verdict == Verdict.MAP:
            found = _target(about, target, places)
            if found is None:
                errors[f"{key}-target"] = _no_target(about, said, target)
            else:
                decided[about, decision_key(said)] = Decision(Verdict.MAP, found)
        elif verdict == Verdict.LEAVE_OUT or (verdict == Verdict.CREATE and about in new):
            decided[about, decision_key(said)] = Decision(Verdict(verdict))
    for at, proposal in enumerate(upload.proposals):
        verdict, number = posted.get(f"person-{at}", ""), decision_key(proposal["number"])
        if verdict == Verdict.MAP and proposal["target"]:
            decided[Unknown.PERSON, number] = Decision(Verdict.MAP, proposal["target"])
        elif verdict == Verdict.CREATE and proposal["may_be_new"]:
            decided[Unknown.PERSON, number] = Decision(Verdict.CREATE)
    if not errors and not decided:
        errors["decisions"] = "Nothing is decided yet. Choose what at least one of these is"
    return Invalid(dict(posted), errors) if errors else DecideWords(upload_id=upload.id, decided=decided)


def _target(about: Unknown, target: str, places: Places) -> str | None:
    """The name that is meant, as it is written here; None when there is none."""
    if about is Unknown.JOB_ROLE:
        return target[:120] or None
    names: Iterable[str] = {
        Unknown.DIRECTORATE: places.directorates,
        Unknown.STAFF_GROUP: STAFF_GROUPS,
        Unknown.BAND: (*BANDS, *MEDICAL_GRADES),
        Unknown.TEAM: (*places.teams, *(name.partition(BETWEEN)[2] for name in places.teams)),
    }.get(about, ())
    known = {decision_key(name): name for name in names}
    found = known.get(decision_key(target)) if len(target) <= LONGEST_WORDS else None
    if about is not Unknown.TEAM:
        return found
    return _whole_name(found, places) if found else _new_team(target, places)


def _new_team(target: str, places: Places) -> str | None:
    """A team to be opened in a directorate that is here."""
    directorate, _, name = target.partition(BETWEEN)
    homes = {decision_key(known): known for known in places.directorates}
    home = homes.get(decision_key(directorate))
    return f"{home}{BETWEEN}{name.strip()}" if home and 0 < len(name.strip()) <= LONGEST_PLACE else None


def _whole_name(team: str, places: Places) -> str:
    """A team's name that one directorate alone has is that directorate's team; else it is the file's directorate's."""
    homes = [name for name in places.teams if name.partition(BETWEEN)[2] == team]
    return homes[0] if len(homes) == 1 else team


def _no_target(about: Unknown, said: str, target: str) -> str:
    if not target:
        return f"Enter what “{said[:60]}” is"
    return f"There is no {about} “{target[:60]}”. Choose one from the list"
