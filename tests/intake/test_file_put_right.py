"""Rows are put right one by one, words decided and people told apart, in the browser; the next file knows of it."""

from datetime import date, timedelta
from typing import Any

import httpx2
import pytest
import sqlalchemy as sa

from app.intake.models import StaffImport, StaffImportProblem
from app.kernel.db import table
from app.organisation.models import Employment, Team
from tests.client import document
from tests.intake.bringing import Bringing, content, count, field_of, text
from tests.intake.staff_file import HEADER, row


def value_of(page: httpx2.Response, label: str) -> str:
    wanted = field_of(page, label)
    return next(str(f.attrib.get("value", "")) for f in document(page).all("input") if f.attrib.get("id") == wanted)


def word_of(page: httpx2.Response, words: str) -> str:
    """The name under which the form asks about these words."""
    wanted = f"What “{words}” is"
    return next(str(f.attrib["name"]) for f in document(page).all("select") if f.attrib.get("aria-label") == wanted)


def numbers(bringing: Bringing) -> set[str]:
    post = table(Employment)
    with bringing.world.db.read() as session:
        return set(session.scalars(sa.select(post.c.employee_number)))


@pytest.fixture(autouse=True)
def _ward(bringing: Bringing) -> None:
    bringing.world.team("Ward 7", "Medicine")


def test_rows_are_put_right_one_after_the_other_and_then_worked_out_again(bringing: Bringing) -> None:
    bringing.bring(row("1"), row("2", start="12/26"), row("3", email="nobody@", band="x" * 41))
    page = bringing.client.follow(bringing.client.get(f"{bringing.path}/rows"))
    assert document(page).h1 == "Row 3 of staff.csv"
    assert "1 other row to put right." in text(page)
    assert "“12/26” is no date that can be read in one way" in text(page)
    page = bringing.go(page, "/rows/3", **{field_of(page, "Start Date"): "2024-02-05"})
    page = bringing.client.follow(page) if page.status_code == 303 else page
    assert document(page).h1 == "Row 4 of staff.csv"
    page = bringing.go(page, "/rows/4", **{field_of(page, "Work Email"): "", field_of(page, "Band"): "Band 6"})
    assert "2 rows were put right since this was worked out" in text(page)
    assert "rows have errors" not in text(page)
    assert not any(form.action.endswith("/apply") for form in document(page).forms), "first it is worked out again"
    page = bringing.go(page, "/again")
    assert "3 join." in text(page)
    assert "put right since" not in text(page)
    bringing.apply()
    assert {"1", "2", "3"} <= numbers(bringing)
    assert count(bringing.world, StaffImportProblem) == 0


def test_applying_before_the_corrections_are_worked_in_is_refused(bringing: Bringing) -> None:
    old = bringing.bring(row("1"), row("2", start="12/26"))
    page = bringing.client.get(f"{bringing.path}/rows/3")
    bringing.go(page, "/rows/3", **{field_of(page, "Start Date"): "2024-02-05"})
    answer = bringing.go(old, "/apply", good_rows="true")
    assert "Rows were put right since this preview" in answer.text
    assert count(bringing.world, StaffImport) == 0


def test_a_cell_that_is_still_wrong_is_shown_again_with_everything_that_was_typed(bringing: Bringing) -> None:
    bringing.bring(row("2", "Okafor", start="12/26"))
    page = bringing.client.get(f"{bringing.path}/rows/2")
    typed = {field_of(page, "Start Date"): "13/13/2024", field_of(page, "Job Role"): "Ward Sister"}
    answer = bringing.go(page, "/rows/2", **typed)
    assert answer.status_code == 422
    assert document(answer).title.startswith("Error: Row 2 of staff.csv")
    assert (value_of(answer, "Start Date"), value_of(answer, "Job Role")) == ("13/13/2024", "Ward Sister")
    assert "is on no calendar" in text(answer)
    assert value_of(bringing.client.get(f"{bringing.path}/rows/2"), "Job Role") == "Staff Nurse", "nothing was kept"


def test_what_was_corrected_is_there_when_the_row_is_opened_again(bringing: Bringing) -> None:
    bringing.bring(row("2", start="12/26"), row("3", start="12/26"))
    page = bringing.client.get(f"{bringing.path}/rows/2")
    bringing.go(page, "/rows/2", **{field_of(page, "Start Date"): "2024-02-05"})
    again = bringing.client.get(f"{bringing.path}/rows/2")
    assert value_of(again, "Start Date") == "2024-02-05"
    assert "no date" not in text(again)
    errors = bringing.client.get(f"{bringing.path}?show=errors")
    assert "Put right Look again: row 2" in text(errors)


def test_a_row_without_errors_has_no_page(bringing: Bringing) -> None:
    bringing.bring(row("1"), row("2", start="12/26"))
    for number in (1, 2, 99, 10**12):
        assert bringing.client.get(f"{bringing.path}/rows/{number}").status_code == 404
    answer = bringing.client.get(bringing.path + "/rows")
    assert answer.headers["location"].endswith("/rows/3")


def test_of_a_person_with_two_rows_only_the_wrong_one_is_to_be_put_right(bringing: Bringing) -> None:
    page = bringing.bring(
        row("2", assignment="2-1", primary="yes", start="12/26"), row("2", assignment="2-2", primary="no")
    )
    assert "1 row has errors" in text(page)
    assert "none of their rows is taken" in text(page)
    page = bringing.client.get(f"{bringing.path}/rows/2")
    page = bringing.go(page, "/rows/2", **{field_of(page, "Start Date"): "2024-02-05"})
    assert "it was the last" in page.text
    assert bringing.client.get(f"{bringing.path}/rows/3").status_code == 200
    page = bringing.go(bringing.client.get(bringing.path), "/again")
    assert "1 joins, 1 begins a second post" in text(page)


def test_directorates_and_teams_are_opened_at_once_and_the_next_file_knows_them(bringing: Bringing) -> None:
    rows = [row("1", directorate="Care of Elders", team="Ward 1"), row("2", team="Clinic"), row("3")]
    page = bringing.bring(*rows)
    assert "2 words are not known here" in text(page)
    decisions = bringing.client.get(f"{bringing.path}/decisions")
    page = bringing.go(decisions, "/decisions", all="create")
    assert "3 join." in text(page)
    assert "Teams that are opened" in text(page)
    bringing.apply()
    assert {"1", "2", "3"} <= numbers(bringing)
    page = bringing.bring(*rows)
    assert "3 people are as the file says" in text(page)


def test_a_word_mapped_to_nothing_is_shown_again_and_then_kept_for_the_next_file(bringing: Bringing) -> None:
    bringing.world.team("Theatre", "Surgery")
    rows = [
        row("1", directorate="387 Medical Division"),
        row("2", group="Nursing"),
        row("3", team="Thtr"),
        row("4", team="Old Unit"),
    ]
    bringing.bring(*rows)
    page = bringing.client.get(f"{bringing.path}/decisions")
    division, group = word_of(page, "387 Medical Division"), word_of(page, "Nursing")
    theatre, unit = word_of(page, "Thtr"), word_of(page, "Old Unit")
    typed = {
        division: "map", f"{division}-target": "Medicin", group: "map", f"{group}-target": "",
        theatre: "map", f"{theatre}-target": "theatre", unit: "leave out",
    }  # fmt: skip
    answer = bringing.go(page, "/decisions", **typed)
    assert answer.status_code == 422
    assert "There is no directorate “Medicin”. Choose one from the list" in text(answer)
    assert "Enter what “Nursing” is" in text(answer)
    fields = next(form for form in document(answer).forms if form.action.endswith("/decisions")).fields
    assert {name: fields[name] for name in typed} == {name: [value] for name, value in typed.items()}
    more = {f"{division}-target": " medicine ", f"{group}-target": "Nursing and Midwifery Registered"}
    page = bringing.go(answer, "/decisions", **more)
    assert "3 join." in text(page)
    assert "Surgery / Theatre" in text(page), "a team that one directorate alone has is that directorate's"
    assert "1 row left out, as was decided" in text(page)
    bringing.apply()
    page = bringing.bring(*rows)
    assert "3 people are as the file says" in text(page)


def test_nothing_decided_is_said(bringing: Bringing) -> None:
    bringing.bring(row("1", team="Clinic"))
    page = bringing.client.get(f"{bringing.path}/decisions")
    answer = bringing.go(page, "/decisions")
    assert answer.status_code == 422
    assert "Nothing is decided yet" in text(answer)


def test_a_decision_on_an_older_preview_is_not_taken(bringing: Bringing) -> None:
    bringing.bring(row("1", team="Clinic"), row("2", team="Unit"))
    old = bringing.client.get(f"{bringing.path}/decisions")
    bringing.go(old, "/decisions", **{word_of(old, "Clinic"): "create"})
    answer = bringing.go(old, "/decisions", **{word_of(old, "Unit"): "leave out"})
    assert answer.status_code == 409
    assert "The preview is another by now" in text(answer)
    assert [d[1:3] for d in bringing.upload().decided] == [["clinic", "create"]]


def test_job_roles_and_bands_are_taken_as_written_unless_they_are_mapped(bringing: Bringing) -> None:
    bringing.bring(row("1", role="Staff Nurse"))
    bringing.apply()
    rows = [row("2", role="Nurse, Staff", band="Band 6 or 7"), row("3", role="Porter")]
    page = bringing.bring(*rows)
    assert "3 job roles or bands not known here are taken as written" in text(page)
    page = bringing.client.get(f"{bringing.path}/decisions")
    role, band = word_of(page, "Nurse, Staff"), word_of(page, "Band 6 or 7")
    typed = {role: "map", f"{role}-target": "Staff Nurse", band: "map", f"{band}-target": "6"}
    bringing.go(page, "/decisions", **typed)
    bringing.apply()
    assert jobs(bringing)["2"] == ("Staff Nurse", "6")
    assert jobs(bringing)["3"] == ("Porter", "5")
    assert "2 people are as the file says" in text(bringing.bring(*rows))


def jobs(bringing: Bringing) -> dict[str, tuple[str, str]]:
    post = table(Employment)
    with bringing.world.db.read() as session:
        found = session.execute(sa.select(post.c.employee_number, post.c.job_role, post.c.band))
        return {number: (role, band) for number, role, band in found}


@pytest.mark.parametrize("verdict", ["map", "create"])
def test_somebody_who_may_have_been_here_before_is_told_by_hr(bringing: Bringing, verdict: str) -> None:
    world = bringing.world
    before = world.hire("Ash", "Okafor", employee_number="OLD1", team="Ward 7", job_role="Ward Sister")
    world.leave(before, world.today - timedelta(days=90))
    page = bringing.bring(row("NEW1", "Okafor", start="2026-11-02"))
    assert "1 person may be somebody who was here before" in text(page)
    page = bringing.client.get(f"{bringing.path}/decisions")
    assert "Okafor, Ash, employee number NEW1" in text(page)
    assert "Ward Sister, Ward 7, Medicine" in text(page), "what they were, so that somebody can tell"
    page = bringing.go(page, "/decisions", **{"person-0": verdict})
    assert ("1 comes back." if verdict == "map" else "1 joins.") in text(page)
    bringing.apply()
    post = table(Employment)
    with world.db.read() as session:
        who = session.scalar(sa.select(post.c.person_id).where(post.c.employee_number == "NEW1"))
    assert (who == before.id) is (verdict == "map")
    page = bringing.bring(row("NEW1", "Okafor", start="2026-11-02"))
    assert "1 person is as the file says" in text(page)


def test_a_number_that_is_somebody_elses_leads_to_its_row(bringing: Bringing) -> None:
    bringing.world.hire("Bo", "Lindqvist", employee_number="77", team="Ward 7", starts_on=date(2024, 2, 5))
    bringing.bring(row("77", "Okafor"))
    page = bringing.client.get(f"{bringing.path}/decisions")
    assert "Lindqvist, Bo" in text(page)
    assert not [i for i in document(page).all("input") if i.attrib.get("id") == "person-0-create"]
    answer = bringing.client.post(
        f"{bringing.path}/decisions", data={"plan": bringing.upload().plan, "person-0": "create"}
    )
    assert answer.status_code == 422, "under a number that is taken nobody new can come"
    mend = bringing.client.get(document(page).links["correct row 2"])
    page = bringing.go(mend, "/rows/2", **{field_of(mend, "Employee Number"): "78"})
    page = bringing.go(bringing.client.get(bringing.path), "/again")
    assert "1 joins." in text(page)


def test_decisions_are_asked_of_nobody_when_there_are_none(bringing: Bringing) -> None:
    bringing.bring(row("1"))
    bringing.apply()
    bringing.bring(row("1"), row("2"))
    page = bringing.client.get(f"{bringing.path}/decisions")
    assert "There is nothing to decide." in text(page)


def test_a_form_that_lost_a_field_says_so(bringing: Bringing) -> None:
    bringing.bring(row("2", start="12/26"), row("3", team="Clinic"))
    for path in ("/rows/2", "/decisions"):
        answer: Any = bringing.client.post(bringing.path + path, data={"_once": "x"})
        assert answer.status_code == 422
        assert "Part of this form was lost on its way" in text(answer)


def test_a_team_of_no_directorate_cannot_be_opened_without_saying_where(bringing: Bringing) -> None:
    names = {key: words for key, words in HEADER.items() if key != "directorate"}
    bringing.bring_bytes(content(row("1", team="Clinic"), row("2"), names=names))
    page = bringing.client.get(f"{bringing.path}/decisions")
    assert "The file names teams and no directorate." in text(page)
    clinic = word_of(page, "Clinic")
    assert not [e for e in document(page).all("option", "button") if e.attrib.get("value") == "create"]
    assert bringing.client.submit(page, "/decisions", all="create").status_code == 422
    for wrong in ("Clinic", "Nowhere / Clinic", "Medicine / "):
        answer = bringing.client.submit(page, "/decisions", **{clinic: "map", f"{clinic}-target": wrong})
        assert "Choose one from the list" in text(answer), wrong
    page = bringing.go(page, "/decisions", **{clinic: "map", f"{clinic}-target": "medicine / Clinic"})
    assert "2 join." in text(page)
    assert "Medicine / Clinic" in text(page)


def test_a_name_that_is_typed_counts_though_nothing_was_chosen_beside_it(bringing: Bringing) -> None:
    bringing.bring(row("1", team="Ward Seven"), row("2", team="Clinic"))
    page = bringing.client.get(f"{bringing.path}/decisions")
    page = bringing.go(page, "/decisions", all="create", **{f"{word_of(page, 'Ward Seven')}-target": "Ward 7"})
    assert "2 join." in text(page)
    bringing.apply()
    with bringing.world.db.read() as session:
        assert "Ward Seven" not in set(session.scalars(sa.select(table(Team).c.name)))
