"""HR brings in the trust's staff file each month: who joined, moved, changed and left is what the program then says."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.accounts.models import Credential, OneTimeCode, SignInSession
from app.intake.following import welcome_waiting
from app.intake.importing import StandsInTheWayError
from app.intake.models import StaffImport, StaffImportLine
from app.intake.rules.decisions import Decision, Unknown, Verdict
from app.intake.rules.lines import LineKind
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.organisation.models import Employment, Trust
from tests.intake.staff_file import SECRET_BIRTH, SECRET_NI, Importing, kinds, reasons, row
from tests.world import World

SINCE = date(2024, 2, 5)


@pytest.fixture
def hr(world: World, tmp_path: Path) -> Importing:
    return Importing(world, tmp_path)


def test_a_first_file_brings_everybody_in_with_their_managers_in_any_order(hr: Importing) -> None:
    shown = hr.do(row("00000002", manager="00000001"), row("00000001", team="Management", role="Matron", band="8a"))
    assert kinds(shown) == {LineKind.JOINER: ["00000002", "00000001"]}
    assert hr.posts("00000002") == [("Ward 7", "Staff Nurse", "5", True, SINCE, None)]
    assert hr.posts("00000001")[0][2] == "8a"
    with hr.world.db.read() as session:
        post = table(Employment)
        manager = session.scalar(sa.select(post.c.manager_id).where(post.c.employee_number == "00000002"))
    assert manager == hr.person("00000001").id


def test_the_same_file_again_changes_nothing(hr: Importing) -> None:
    rows = [row("1", manager="2", email="a@trust.example"), row("2"), row("3", assignment="3-1")]
    hr.do(*rows)
    before = _events(hr.world)
    again = hr.do(*rows)
    assert again.plan.lines == ()
    assert len(again.plan.unchanged) == 3
    assert _events(hr.world) == before + 1, "the import itself is written down, and nothing else"


def test_spelling_alone_is_no_change(hr: Importing) -> None:
    hr.do(row("1", "Núñez", email="N@trust.example"))
    again = hr.look(row("1", " NU\u0301N\u0303EZ ", email="n@Trust.example", role="staff  nurse", team="WARD 7"))
    assert again.plan.lines == ()


def test_a_mover_keeps_their_past_where_it_was(hr: Importing) -> None:
    hr.do(row("1"))
    hr.world.later(days=30)
    shown = hr.do(row("1", directorate="Surgery", team="Theatre"))
    assert kinds(shown) == {LineKind.MOVER: ["1"]}
    today = hr.world.today
    assert [p[0] for p in hr.posts("1")] == ["Ward 7", "Theatre"]
    assert hr.headcount(today) == {"Surgery": 1}
    assert hr.headcount(today - timedelta(days=1)) == {"Medicine": 1}
    assert hr.look(row("1", directorate="Surgery", team="Theatre")).plan.lines == ()


def test_a_move_counts_from_the_day_the_file_says(hr: Importing) -> None:
    hr.do(row("1"))
    hr.do(row("1", team="Ward 8", start="2026-11-02"))
    assert hr.posts("1")[1][4] == date(2026, 11, 2)
    assert hr.look(row("1", team="Ward 8", start="2026-11-02")).plan.lines == ()


def test_changes_show_old_and_new(hr: Importing) -> None:
    hr.do(row("1", "Smith", email="a@trust.example"))
    hr.world.later(days=30)
    shown = hr.do(row("1", "Jones", email="b@trust.example", band="Band 6"))
    [line] = shown.plan.lines
    assert line.kind is LineKind.CHANGE
    assert {(c.field, c.before, c.after) for c in line.changed} == {
        ("band", "5", "6"),
        ("name", "Smith, Ash", "Jones, Ash"),
        ("e-mail", "a@trust.example", "b@trust.example"),
    }
    assert hr.person("1").name == "Ash Jones"
    assert [p[2] for p in hr.posts("1")] == ["5", "6"], "whoever was in band 5 last month still was"


def test_whoever_the_whole_trusts_file_leaves_out_has_left_and_is_signed_out(hr: Importing) -> None:
    everybody = [row(str(n)) for n in range(1, 31)]
    hr.do(*everybody)
    leaver = hr.person("30").id
    hr.world.sign_in(leaver)
    hr.world.later(days=1)
    shown = hr.do(*everybody[:-1])
    assert kinds(shown) == {LineKind.LEAVER: ["30"]}
    assert hr.posts("30")[0][5] == hr.world.today
    with hr.world.db.read() as session:
        assert session.scalar(sa.select(table(SignInSession).c.ended_at)) == hr.world.now


def test_a_last_day_in_the_file_is_the_last_day_here(hr: Importing) -> None:
    hr.do(row("1"), row("2"))
    hr.do(row("1"), row("2", end="2026-11-20"))
    assert hr.posts("2")[0][5] == date(2026, 11, 21)
    shown = hr.do(row("1", end="2026-12-31"), row("2", end="2026-11-20"))
    assert kinds(shown) == {LineKind.CHANGE: ["1"]}, "an end to come is a change, not a leaver yet"


@pytest.mark.parametrize("whole", ["changes", "directorate Surgery"])
def test_a_partial_file_ends_nobody_it_leaves_out(hr: Importing, whole: str) -> None:
    hr.do(row("1"), row("2"), row("3", directorate="Surgery", team="Theatre"))
    hr.world.later(days=1)
    shown = hr.do(row("3", directorate="Surgery", team="Theatre"), whole=whole)
    assert shown.plan.lines == ()


def test_the_whole_of_a_directorate_ends_only_its_own_people(hr: Importing) -> None:
    hr.do(row("1"), row("2"), row("3", directorate="Surgery", team="Theatre"))
    hr.world.later(days=1)
    shown = hr.look(row("1"), whole="directorate medicine")
    assert kinds(shown) == {LineKind.LEAVER: ["2"]}


def test_a_row_that_is_wrong_ends_nobody(hr: Importing) -> None:
    hr.do(row("1"), row("2"), row("3"))
    hr.world.later(days=1)
    shown = hr.look(row("1"), row("2", start="12/26"), row("1.23E+05"))
    assert shown.plan.lines == ()
    assert "cannot be told" in " ".join(shown.plan.remarks)


def test_rows_with_errors_are_in_the_way_until_somebody_takes_the_good_ones(hr: Importing) -> None:
    shown = hr.look(row("1"), row("2", start="12/26"))
    with pytest.raises(StandsInTheWayError, match="1 row has errors"):
        hr.apply(shown, good_rows=False)
    assert hr.posts("1") == []
    hr.apply(shown, good_rows=True, leavers_expected=False)
    assert hr.posts("1")


def test_many_leavers_are_in_the_way_until_somebody_expects_them(hr: Importing) -> None:
    everybody = [row(str(n)) for n in range(20)]
    hr.do(*everybody)
    hr.world.later(days=1)
    one = hr.look(*everybody[1:])
    two = hr.look(*everybody[2:])
    with pytest.raises(StandsInTheWayError, match="2 of 20 active staff would leave"):
        hr.apply(two, good_rows=True, leavers_expected=False)
    assert hr.posts("0")[0][5] is None
    hr.apply(one, good_rows=False, leavers_expected=False)
    assert hr.posts("0")[0][5] == hr.world.today


def test_people_without_an_employee_number_are_not_the_files_business(hr: Importing) -> None:
    hr.do(row("1"))
    sponsor = hr.person("1")
    with hr.world.db.read() as session:
        team = session.scalar(sa.select(table(Employment).c.team_id))
    student = hr.world.hire(
        basis="student", team=type("T", (), {"id": team})(), sponsor_id=sponsor.id, ends_on=date(2027, 6, 1)
    )
    hr.world.later(days=1)
    assert hr.do(row("1")).plan.lines == ()
    assert hr.world.actor(student)


def test_several_posts_of_one_person_stand_side_by_side(hr: Importing) -> None:
    two = [row("1", assignment="1-1", primary="Y"), row("1", assignment="1-2", team="Clinic", primary="N")]
    assert kinds(hr.do(*two)) == {LineKind.JOINER: ["1"], LineKind.SECOND_POST: ["1"]}
    hr.world.later(days=10)
    swapped = [two[0] | {"primary": "N"}, two[1] | {"primary": "Y"}]
    hr.do(*swapped)
    assert hr.look(*swapped).plan.lines == ()
    today = hr.world.today
    assert {p[0]: p[3] for p in hr.posts("1") if p[5] is None} == {"Ward 7": False, "Clinic": True}
    assert hr.headcount(today) == hr.headcount(today - timedelta(days=1)) == {"Medicine": 1}
    hr.world.later(days=1)
    shown = hr.do(swapped[1])
    assert kinds(shown) == {LineKind.ENDED_POST: ["1"]}


def test_somebody_who_left_comes_back_with_their_history(hr: Importing) -> None:
    hr.do(row("1"), row("2"))
    person = hr.person("2").id
    hr.do(row("1"), row("2", end="2026-06-30"))
    shown = hr.do(row("1"), row("2", start="2026-11-16", team="Ward 8"))
    assert kinds(shown) == {LineKind.REJOINER: ["2"]}
    assert hr.person("2").id == person
    assert [(p[0], p[4]) for p in hr.posts("2")] == [("Ward 7", SINCE), ("Ward 8", date(2026, 11, 16))]


def test_somebody_left_out_by_mistake_goes_on_as_if_they_never_left(hr: Importing) -> None:
    hr.do(row("1"), row("2"))
    hr.world.later(days=1)
    hr.do(row("1"))
    left = hr.world.today
    hr.world.later(days=20)
    assert kinds(hr.do(row("1"), row("2"))) == {LineKind.REJOINER: ["2"]}
    assert [p[4:] for p in hr.posts("2")] == [(SINCE, left), (left, None)]
    assert hr.look(row("1"), row("2")).plan.lines == ()


def test_the_same_name_alone_is_only_proposed(hr: Importing) -> None:
    hr.do(row("1"), row("2", "O’Neill", given="Mary"))
    hr.do(row("1"), row("2", "O’Neill", given="Mary", end="2026-06-30"))
    newcomer = row("77", "O'Neill", given="Mary", start="2026-11-16")
    shown = hr.look(row("1"), newcomer)
    assert shown.plan.lines == ()
    assert "employee number 2" in reasons(shown)[0][2]
    person = hr.person("2").id
    same = {(Unknown.PERSON, "77"): Decision(Verdict.MAP, "2")}
    assert kinds(hr.look(row("1"), newcomer, decided=same)) == {LineKind.REJOINER: ["77"]}
    other = {(Unknown.PERSON, "77"): Decision(Verdict.CREATE)}
    hr.do(row("1"), newcomer, decided=other)
    assert hr.person("77").id != person
    assert hr.look(row("1"), newcomer).plan.lines == (), "the decision is remembered"


def test_a_number_under_another_name_is_not_taken_for_the_same_person(hr: Importing) -> None:
    hr.do(row("1", "Okafor", given="Ruth"))
    shown = hr.look(row("1", "Adler", given="Marco"))
    assert shown.plan.lines == ()
    assert "belongs to Okafor, Ruth" in reasons(shown)[0][2]


def test_a_merged_directorates_people_are_found_in_its_successor(hr: Importing) -> None:
    hr.do(row("1"))
    into = hr.world.team("Ward 9", "Integrated Care")
    with hr.world.db.write() as session:
        from app.access.actor import SYSTEM
        from app.organisation.commands import CloseTeam, close_team

        team = session.scalar(sa.select(table(Employment).c.team_id))
        assert team is not None
        command = CloseTeam(team_id=team, on=hr.world.today, successor_id=into.id)
        close_team(session, SYSTEM, command, hr.world.now)
    assert hr.look(row("1")).plan.lines == ()


def test_what_is_not_for_us_is_nowhere(hr: Importing) -> None:
    hr.do(row("1"), row("2", start="nonsense"))
    files = [path for path in hr.folder.rglob("*") if path.is_file() and path.name != "staff.csv"]
    assert files or not hr.world.db.is_sqlite
    for path in files:
        content = path.read_bytes()
        assert SECRET_NI.encode() not in content, path.name
        assert SECRET_BIRTH.encode() not in content, path.name


def test_the_import_is_kept_with_its_lists_and_who_did_it(hr: Importing) -> None:
    shown = hr.look(row("1"), row("2", start="nonsense"))
    record = hr.apply(shown)
    with hr.world.db.read() as session:
        kept = session.get(StaffImport, record.id)
        lines = session.execute(sa.select(table(StaffImportLine))).all()
        trust = session.scalars(sa.select(Trust)).one()
    assert kept is not None
    assert (kept.file_name, kept.rows, kept.counts["joiner"], kept.counts["errors"]) == ("staff.csv", 2, 1, 1)
    assert kept.applied_by_id == 1
    assert [(line.kind, line.employee_number, line.person_id) for line in lines] == [
        (LineKind.JOINER, "1", hr.person("1").id)
    ]
    assert trust.staff_data_source == "Staff file staff.csv"
    assert trust.staff_data_at == hr.world.now


@pytest.mark.parametrize("invited", [False, True])
def test_joiners_get_an_account_and_if_it_is_set_one_invitation(world: World, tmp_path: Path, invited: bool) -> None:
    hr = Importing(world, tmp_path)
    hr.do(row("1", email="a@trust.example"), row("2"))
    settings = world.settings.model_copy(update={"invite_joiners": invited})
    assert welcome_waiting(world.db, settings, world.now, 10) == 2
    assert welcome_waiting(world.db, settings, world.now, 10) == 0
    with world.db.read() as session:
        assert session.scalars(sa.select(table(Credential).c.username)).all() == ["a@trust.example"]
        assert session.scalar(sa.select(sa.func.count()).select_from(table(OneTimeCode))) == invited


def test_a_sign_in_name_follows_the_address(hr: Importing) -> None:
    hr.do(row("1", email="old@trust.example"))
    welcome_waiting(hr.world.db, hr.world.settings, hr.world.now, 10)
    hr.do(row("1", email="new@trust.example"))
    with hr.world.db.read() as session:
        assert session.scalar(sa.select(table(Credential).c.username)) == "new@trust.example"


def _events(world: World) -> int:
    with world.db.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(table(AuditEvent))) or 0
