"""qi learning import: what it shows, what it writes and its exit status, as another program relies on them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner, Result

from app.cli import app
from app.schema import metadata
from tests.intake.past_list import SECRET_BIRTH, SECRET_NI, Bringing, row, written
from tests.world import World

Run = Callable[..., Result]
SHARED = Path("tests/intake/data")


@pytest.fixture
def hr(world: World) -> Bringing:
    world.load_courses()
    return Bringing(world)


@pytest.fixture
def run(hr: Bringing, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("QI_DATABASE_URL", hr.world.settings.database_url)

    def command(file: Path, *words: str) -> Result:
        return CliRunner().invoke(app, ["learning", "import", str(file), *words])

    return command


def listed(folder: Path, *rows: dict[str, str], without: tuple[str, ...] = ()) -> Path:
    path = folder / "past.csv"
    path.write_bytes(written(*rows, without=without))
    return path


def said(result: Result) -> Any:
    return json.loads(result.stdout)


def test_a_preview_writes_nothing_and_applying_does_what_it_said(run: Run, hr: Bringing, tmp_path: Path) -> None:
    ada = hr.world.hire(employee_number="00001")
    file = listed(tmp_path, row("00001"), row("00001", "Fire Safety"))
    plan = said(run(file, "--format", "json"))
    assert plan["counts"] == {
        "completed": 1, "completed_again": 0, "evidence": 1, "unchanged": 0, "left_out": 0, "errors": 0, "levels": 1,
    }  # fmt: skip
    assert plan["unknown_courses"] == [
        {"course": "Fire Safety", "rows": 1, "decided": False, "meaning": "evidence", "here": ""}
    ]
    assert plan["not_read"] == ["NI Number", "Date of Birth"]
    assert hr.enrolments(ada.id) == []
    done = run(file, "--apply", "--expect", plan["plan"], "--format", "json")
    assert (done.exit_code, said(done)["completed"]) == (0, plan["completed"])
    assert len(hr.enrolments(ada.id)) == 1
    assert run(file, "--apply", "--expect", plan["plan"]).exit_code == 1, "that plan has been done"


def test_rows_with_errors_stop_it_until_the_good_rows_are_asked_for(run: Run, hr: Bringing, tmp_path: Path) -> None:
    ada = hr.world.hire(employee_number="1")
    file = listed(tmp_path, row("1"), row("404"))
    stopped = run(file, "--apply")
    assert stopped.exit_code == 1
    assert "1 row has errors" in stopped.stderr
    assert hr.enrolments(ada.id) == []
    assert run(file, "--apply", "--rows", "good").exit_code == 0
    assert len(hr.enrolments(ada.id)) == 1


def test_decisions_come_with_a_file_and_columns_by_their_names(run: Run, hr: Bringing, tmp_path: Path) -> None:
    ada = hr.world.hire(employee_number="1")
    decisions = tmp_path / "decisions.yaml"
    decisions.write_text('courses:\n  "QI Bronze": pocket-qi\n  "Fire": leave out\n')
    file = listed(tmp_path, row("1", "Other", certificate="QI Bronze"), row("1", "Other", certificate="Fire"))
    done = run(file, "--apply", "--map", str(decisions), "--column", "course=Certificate No", "--format", "json")
    assert (done.exit_code, said(done)["counts"]["completed"], said(done)["counts"]["left_out"]) == (0, 1, 1)
    assert hr.enrolments(ada.id)[0][0] == "pocket-qi"
    assert said(run(file, "--format", "json"))["counts"]["unchanged"] == 1, "both are remembered"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("courses: nothing", "one section"),
        ("courses: {5: evidence}", "quotation marks"),
        ("courses: {Fire: }", "no decision"),
        ("people: {}", "one section"),
    ],
)
def test_a_file_of_decisions_that_cannot_be_read_says_why(
    run: Run, hr: Bringing, tmp_path: Path, content: str, why: str
) -> None:
    decisions = tmp_path / "decisions.yaml"
    decisions.write_text(content)
    result = run(listed(tmp_path, row("1")), "--map", str(decisions))
    assert result.exit_code == 2
    assert why in result.stderr


def test_a_file_without_a_column_that_is_needed_is_refused(run: Run, hr: Bringing, tmp_path: Path) -> None:
    result = run(listed(tmp_path, row("1"), without=("number", "on")))
    assert result.exit_code == 2
    assert "no column for: employee number, completed on" in result.stderr
    assert run(tmp_path / "not-there.csv").exit_code == 2
    assert run(listed(tmp_path, row("1")), "--column", "colour=Course").exit_code == 2
    assert run(listed(tmp_path, row("1")), "--column", "course=Colour").exit_code == 2


def test_the_staff_records_own_competence_export_needs_only_an_employee_number(
    run: Run, hr: Bringing, tmp_path: Path
) -> None:
    ada = hr.world.hire(employee_number="20000002")
    header = (
        "Competency Name,Competence Level,Min Requirement,Essential,Expiry Date,Compliance Status,Description,"
        "Date Start,Date Last Awarded,Title,Last Updated By,VPD"
    )
    first = (
        "457|LOCAL|QI Pocket|,1 - Attended,,Y,30-Nov-2028,GREEN,,02-Dec-2024,2025/12/02 00:00:00,457 QI Pocket,"
        '"457XSAMPLE01|Sample, Dr Alex",457'
    )
    file = tmp_path / "competences.csv"
    file.write_text(f"{header}\n{first}\n")
    refused = run(file)
    assert refused.exit_code == 2
    assert "employee number" in refused.stderr
    file.write_text(f"Employee Number,{header}\n20000002,{first}\n")
    assert run(file, "--apply").exit_code == 0
    [(title, on, _, _, reference, _)] = hr.items(ada.id)
    assert (title, on.isoformat(), reference) == ("QI Pocket", "2025-12-02", "expires 2028-11-30")


def test_what_is_not_read_is_stored_nowhere(run: Run, hr: Bringing, tmp_path: Path) -> None:
    hr.world.hire(employee_number="1")
    assert run(listed(tmp_path, row("1"), row("404")), "--apply", "--rows", "good").exit_code == 0
    with hr.world.db.read() as session:
        connection = session.connection()
        content = "".join(repr(connection.execute(sa.select(one)).all()) for one in metadata.sorted_tables)
    assert "404" in content
    assert SECRET_NI not in content
    assert SECRET_BIRTH not in content


def test_text_for_people_says_what_is_decided_and_left_out(run: Run, hr: Bringing, tmp_path: Path) -> None:
    hr.world.hire(employee_number="1")
    result = run(listed(tmp_path, row("1", "=cmd|' /C calc'!A0"), row("1", result="no show"), row("404")))
    assert result.exit_code == 1
    assert "no course here is called so: kept as evidence" in result.stdout
    assert "no show" in result.stdout
