"""A real survey brought as if it were a staff file: read, nothing guessed, and every value that is refused named."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from app.intake.headers import StaffFile
from app.intake.importing import preview
from app.intake.reading import RefusedFileError
from app.intake.rules.bands import band_of
from app.intake.rules.columns import Column
from app.intake.rules.lines import LineKind
from app.kernel.names import tidy
from tests.intake.staff_file import Importing, kinds, reasons, row
from tests.world import World

SURVEY = Path(__file__).parent / "data" / "survey.csv"
ROLE, BAND, YEARS, AWARE, ORGANISATION = 0, 1, 2, 3, 8
LONGEST_BAND, LONGEST_ROLE = 40, 120


def answers() -> tuple[list[str], list[list[str]]]:
    with SURVEY.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return header, rows


def test_it_is_refused_whole_with_every_column_that_is_lacking_and_all_that_it_has(world: World) -> None:
    with pytest.raises(RefusedFileError) as refused:
        preview(world.db, StaffFile(path=SURVEY, name="survey.csv"), world.now)
    said = str(refused.value)
    assert "no column for: employee number, given name, family name, staff group, job role, start, team or dir" in said
    assert all(name in said for name in answers()[0])


def test_columns_chosen_at_random_take_nothing_and_name_every_value(world: World) -> None:
    header, rows = answers()
    wrong = {
        Column.EMPLOYEE_NUMBER: YEARS, Column.GIVEN_NAME: 4, Column.FAMILY_NAME: ROLE, Column.STAFF_GROUP: 6,
        Column.JOB_ROLE: 5, Column.START: AWARE, Column.BAND: BAND, Column.TEAM: ORGANISATION,
    }  # fmt: skip
    chosen = {column: header[at] for column, at in wrong.items()}
    asked = StaffFile(path=SURVEY, name="survey.csv", whole="trust", create=True, chosen=chosen)
    shown = preview(world.db, asked, world.now)
    assert (shown.rows, shown.plan.lines, shown.plan.unchanged) == (len(rows), (), ())
    starts = {p.row: p.reason for p in shown.plan.problems if p.column == header[AWARE]}
    for number, cells in enumerate(rows, 2):
        assert starts[number] == (
            f"“{tidy(cells[AWARE])[:30]}” is no date that can be read in one way. Write it as 2026-12-31"
        )
    numbers = {p.row for p in shown.plan.problems if p.column == header[YEARS] and "employee number" in p.reason}
    assert numbers == {n for n, cells in enumerate(rows, 2) if "~" in cells[YEARS]}


def test_its_bands_and_roles_in_a_staff_file_are_kept_as_written_or_named(world: World, tmp_path: Path) -> None:
    hr = Importing(world, tmp_path)
    _, rows = answers()
    file = [row(f"{n:05}", band=cells[BAND], role=cells[ROLE]) for n, cells in enumerate(rows)]
    shown = hr.do(*file)
    too_long = {
        n: [column for column, at, most in (("Band", BAND, LONGEST_BAND), ("Job Role", ROLE, LONGEST_ROLE))
            if len(tidy(cells[at])) > most]
        for n, cells in enumerate(rows)
    }  # fmt: skip
    wordless = {n for n, cells in enumerate(rows) if not any(c.isalnum() for c in cells[ROLE])}
    refused = {n for n, columns in too_long.items() if columns} | wordless
    assert {at - 2 for at, _, _ in reasons(shown)} == refused
    assert {(at - 2, column) for at, column, _ in reasons(shown)} >= {
        (n, columns[-1]) for n, columns in too_long.items() if columns
    }
    assert refused
    taken = {f"{n:05}": tidy(cells[BAND]) for n, cells in enumerate(rows) if n not in refused}
    assert kinds(shown)[LineKind.JOINER] == list(taken)
    assert not [band for band in taken.values() if band_of(band)], "no band of the survey is one band"
    assert Counter(taken.values()).items() <= dict(shown.plan.as_recorded).items()
    for number, band in taken.items():
        assert hr.posts(number)[0][2] == band
