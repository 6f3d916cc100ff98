"""qi people import: what it shows, what it writes and its exit status, as another program relies on them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from app.cli import app
from tests.intake.staff_file import Importing, row, write
from tests.world import World

Run = Callable[..., Result]
DATA = Path(__file__).parent / "data"


@pytest.fixture
def run(world: World, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("QI_DATABASE_URL", world.settings.database_url)
    assert world.now

    def command(file: Path, *words: str) -> Result:
        return CliRunner().invoke(app, ["people", "import", str(file), *words])

    return command


def said(result: Result) -> Any:
    return json.loads(result.stdout)


def test_a_preview_writes_nothing_and_says_what_would_be(run: Run, world: World, tmp_path: Path) -> None:
    result = run(write(tmp_path, row("00012345")), "--create-teams", "--format", "json")
    assert result.exit_code == 0
    content = said(result)
    assert content["counts"]["joiners"] == 1
    assert content["joiners"][0]["employee_number"] == "00012345"
    assert content["not_read"] == ["NI Number", "Date of Birth"]
    assert (content["would_apply"], content["applied"]) == (True, False)
    assert Importing(world, tmp_path).posts("00012345") == []


def test_applying_does_what_the_preview_said(run: Run, world: World, tmp_path: Path) -> None:
    file = write(tmp_path, row("1"), row("2", manager="1"))
    plan = said(run(file, "--create-teams", "--format", "json"))
    done = run(file, "--create-teams", "--apply", "--expect", plan["plan"], "--format", "json")
    assert done.exit_code == 0
    assert said(done)["joiners"] == plan["joiners"]
    again = run(file, "--apply", "--expect", plan["plan"])
    assert again.exit_code == 1, "that plan has been done"
    assert said(run(file, "--format", "json"))["counts"]["unchanged"] == 2
    assert Importing(world, tmp_path).posts("2")


def test_rows_with_errors_stop_it_until_the_good_rows_are_asked_for(run: Run, world: World, tmp_path: Path) -> None:
    file = write(tmp_path, row("1"), row("2", start="32/01/2026"), row("MAR1"))
    assert run(file, "--create-teams", "--apply").exit_code == 1
    hr = Importing(world, tmp_path)
    assert hr.posts("1") == []
    result = run(file, "--create-teams", "--apply", "--rows", "good", "--format", "json")
    assert result.exit_code == 0
    assert [(e["row"], e["column"]) for e in said(result)["errors"]] == [(3, "Start Date"), (4, "Employee Number")]
    assert hr.posts("1")
    assert hr.posts("2") == []


def test_many_leavers_stop_it_until_they_are_expected(run: Run, world: World, tmp_path: Path) -> None:
    everybody = [row(str(n)) for n in range(20)]
    hr = Importing(world, tmp_path)
    world.later(days=-5)
    hr.do(*everybody)
    file = write(tmp_path, *everybody[:-2])
    stopped = run(file, "--whole", "trust", "--apply", "--format", "json")
    assert stopped.exit_code == 1
    assert len(said(stopped)["leavers"]) == 2
    assert "5 in 100" in stopped.stderr
    assert run(file, "--whole", "trust", "--apply", "--leavers-expected").exit_code == 0
    assert hr.posts("19")[0][5] is not None


def test_a_file_without_a_needed_column_is_refused_with_the_columns_it_has(run: Run, tmp_path: Path) -> None:
    result = run(write(tmp_path, row("1"), without=("family", "role")))
    assert result.exit_code == 2
    assert "family name, job role" in result.stderr
    assert "Employee Number, Assignment No." in result.stderr


@pytest.mark.parametrize("words", [("--whole", "half"), ("--whole", "directorate Nowhere"), ("--team-column", "Nest")])
def test_what_cannot_be_meant_is_refused(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    assert run(write(tmp_path, row("1")), *words).exit_code == 2


def test_job_roles_and_bands_that_are_new_are_listed_and_can_be_decided(run: Run, world: World, tmp_path: Path) -> None:
    world.hire(employee_number="9", job_role="Ward Manager")
    file = write(tmp_path, row("1", role="Sister/Charge Nurse", band="Band 6 or 7"))
    shown = run(file, "--create-teams")
    assert "Job roles that are new here, kept as recorded: Sister/Charge Nurse (1)." in " ".join(shown.output.split())
    told = said(run(file, "--create-teams", "--format", "json"))
    assert told["job_roles_as_recorded"] == {"Sister/Charge Nurse": 1}
    assert told["bands_as_recorded"] == {"Band 6 or 7": 1}
    decided = tmp_path / "decisions.yaml"
    decided.write_text('job roles: {"Sister/Charge Nurse": Ward Manager}\nbands: {"Band 6 or 7": "6"}\n')
    assert run(file, "--create-teams", "--map", str(decided), "--apply").exit_code == 0
    assert [post[1:3] for post in Importing(world, tmp_path).posts("1")] == [("Ward Manager", "6")]


def test_words_nobody_knows_wait_for_a_decision_that_is_remembered(run: Run, world: World, tmp_path: Path) -> None:
    world.team("Ward 7", "Medicine")
    rows = [
        row("1", directorate="387 Medical Division"),
        row("2", team="Ward Seven", group="Nursing"),
        row("3", directorate="387 Hosted"),
        row("4", team="Clinic"),
    ]
    file = write(tmp_path, *rows)
    first = run(file, "--format", "json")
    assert first.exit_code == 1
    assert {(u["about"], u["words"]) for u in said(first)["undecided"]} == {
        ("directorate", "387 Medical Division"),
        ("directorate", "387 Hosted"),
        ("team", "Ward Seven"),
        ("team", "Clinic"),
    }
    decided = tmp_path / "decided.yaml"
    decided.write_text(
        "directorates: {387 Medical Division: Medicine, 387 Hosted: leave out}\n"
        "teams: {Ward Seven: Ward 7, Medicine / Clinic: create}\n"
        "staff groups: {Nursing: Nursing and Midwifery Registered}\n"
    )
    done = run(file, "--map", str(decided), "--apply", "--format", "json")
    assert done.exit_code == 0, done.stderr
    assert (said(done)["counts"]["joiners"], said(done)["counts"]["left_out"]) == (3, 1)
    later = said(run(file, "--format", "json"))
    assert (later["counts"]["unchanged"], later["undecided"]) == (3, [])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("nonsense", "sections"),
        ("wards: {a: b}", "no section"),
        ("teams: {a: }", "no decision"),
        ("teams: {12: create}", "quotation marks"),
        ("teams: [", "decided.yaml"),
    ],
)
def test_a_file_of_decisions_that_cannot_be_used_says_why(run: Run, tmp_path: Path, content: str, said: str) -> None:
    decided = tmp_path / "decided.yaml"
    decided.write_text(content)
    result = run(write(tmp_path, row("1")), "--map", str(decided))
    assert result.exit_code == 2
    assert said in result.stderr


def test_columns_that_were_chosen_once_are_kept(run: Run, world: World, tmp_path: Path) -> None:
    path = tmp_path / "extract.csv"
    path.write_text(
        "Employee Number,First Name,Last Name,Org L2,Org L3,Org L4,Staff Group,Role,Start Date\n"
        "1,Ash,One,Trust Board,Medicine,Ward 7,Students,Student,2024-02-05\n"
    )
    chosen = ("--directorate-column", "Org L2", "--team-column", "org l3")
    assert run(path, *chosen, "--create-teams", "--apply").exit_code == 0
    assert Importing(world, tmp_path).posts("1")[0][0] == "Medicine"
    columns = said(run(path, "--format", "json"))["columns"]
    assert (columns["directorate"], columns["team"]) == ("Org L2", "Org L3")


def test_any_column_can_be_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("No,First Name,Last Name,Ward,Trade,Post,Since\n1,Ash,One,Ward 7,Students,Student,2024-02-05\n")
    told = ("employee number=No", "directorate=Ward", "staff group=trade", "job role=Post", "start=Since")
    words = [word for one in told for word in ("--column", one)]
    assert said(run(path, *words, "--create-teams", "--format", "json"))["counts"]["joiners"] == 1
    assert run(path, "--column", "shoe size=Post").exit_code == 2


def test_the_staff_records_own_file_is_taken(run: Run, world: World, tmp_path: Path) -> None:
    path = tmp_path / "go.dat"
    path.write_text(GO, newline="")
    result = run(path, "--directorate-column", "Organisation", "--create-teams", "--apply", "--format", "json")
    assert "20000009" in said(result)["errors"][0]["reason"], "the manager is in no file and not here"
    path.write_text(GO.replace("20000009", ""), newline="")
    result = run(path, "--directorate-column", "Organisation", "--create-teams", "--apply", "--format", "json")
    assert result.exit_code == 0, result.stdout
    assert Importing(world, tmp_path).posts("20000002")[0][1:3] == ("Community Nurse", "5")


def test_the_table_is_for_people_and_hostile_words_stay_words(run: Run, tmp_path: Path) -> None:
    result = run(write(tmp_path, row("1", "[red]=1"), row("=1+1")), "--create-teams")
    assert result.exit_code == 1
    assert "[red]=1, Ash" in result.stdout
    assert "1 joiner" in result.stdout


GO = (
    "HDR,GO_123_ASG_20090706_Full_31820181.DAT\r\n"
    'PER,1000001,20000002,"Mrs.","Sample","Alex","Jo","Former","Female",19700101,ZZ000000Z,19940801,,Yes,'
    '"1 Example Road","Exampletown","","","ZZ1 1ZZ","GB","","00000 000000","","","alex.sample@example.nhs.uk","","",'
    ',"",""\r\n'
    'ASG,3000003,20000002,19940801,,"Active Assignment",Contracted,"638 Monthly","Calendar Month","Church Street","",'
    '"Exampletown","LAN","ZZ1 2ZZ","GB",0,,20000009,"Manager, Mrs. Sam","AfC Annual Leave Accrual 1 NHS",PT,"Permanent"'
    ',1,25,"Week",37.5,,,"","","","Availability Schedule","638 L8 SP-CLTC-7850 Out of Hours Nursing",5G7,'
    '"4362624|Community Nurse Band 5|N6H|Community Health Services|","Community Nurse","N6H","638 96 Example Centre",'
    '"NHS|XR05|Review Body Band 5","Nursing and Midwifery Registered|Community Nurse",'
    '"638 z 9789 OOH Example Centre|Standard User||","GTA||",,"",""\r\n'
    "FTR,GO_123_ASG_20090706_Full_31820181.DAT,2\r\n"
)
