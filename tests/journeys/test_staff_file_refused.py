"""HR and a staff file that is refused, that stands still, on a small screen, and without scripts."""

import re
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from app.intake.models import StaffUpload, StaffUploadLine, StaffUploadProblem
from app.intake.rules.uploads import UploadState
from app.kernel.db import table
from app.organisation.models import Person
from tests.browser import PHONE, good
from tests.intake.bringing import content
from tests.intake.staff_file import row
from tests.intake.test_import_command import GO
from tests.journeys.conftest import Browse, House
from tests.journeys.staff_files import bring, member_of_hr, put_right, work
from tests.journeys.walking import Tell, heading, press


@pytest.fixture(scope="module")
def hr(house: House) -> Person:
    return member_of_hr(house.world)


@pytest.fixture(autouse=True)
def _nothing_waits(house: House) -> None:
    """A journey that stopped in the middle leaves a file that would stand in the way of the next."""
    with house.world.db.write() as session:
        for model in (StaffUploadLine, StaffUploadProblem, StaffUpload):
            session.execute(sa.delete(table(model)))


def test_a_file_without_its_end_is_refused_and_the_whole_one_is_taken(hr: Person, browse: Browse, story: Tell) -> None:
    page = browse(hr)
    steps = story(page)
    whole = GO.replace("20000009", "").replace("20000002", "60000002")
    with steps.when("HR brings a staff record file that was cut off"):
        bring(page, data=whole.partition("FTR,")[0].encode(), name="go.dat")
        expect(heading(page)).to_have_text("The file was not taken")
        expect(page.locator(".nhsuk-warning-callout")).to_contain_text("footer")
        good(page, "staff file, refused")
    with steps.when("and the whole of it on the same page"):
        page.get_by_label("Staff file").set_input_files(
            {"name": "go.dat", "mimeType": "text/plain", "buffer": whole.encode()}
        )
        work(page, "Read the file")
        good(page, "staff file, teams of no directorate")
    with steps.when("they say which column is the directorate, because the file names none"):
        page.get_by_role("link", name="A column or the sheet is wrong").click()
        good(page, "staff file, columns")
        page.get_by_label(re.compile("^Directorate")).first.select_option("Organisation")
        page.get_by_label(re.compile("^Team")).first.select_option(label="Not in this file")
        page.get_by_label("Staff file").set_input_files(
            {"name": "go.dat", "mimeType": "text/plain", "buffer": whole.encode()}
        )
        work(page, "Read the file with these columns")
    with steps.then("its people join once the directorate is opened"):
        page.get_by_role("link", name="Decide", exact=True).first.click()
        work(page, "Open all other directorates and teams as new")
        work(page, "Apply")
        expect(page.locator(".app-say")).to_have_text("1 joined.")


def test_a_file_without_a_header_is_refused_and_with_it_taken(hr: Person, browse: Browse, story: Tell) -> None:
    page = browse(hr)
    steps = story(page)
    data = content(row("40000001", "Header"))
    with steps.when("HR brings a list without the names of its columns, and then with some of its own"):
        bring(page, data=data.partition(b"\n")[2])
        expect(page.locator(".nhsuk-warning-callout")).to_contain_text("has no header: row 1 looks like somebody's")
        bring(page, data=data.replace(b"Last Name", b"Known As"))
        expect(page.locator(".nhsuk-warning-callout")).to_contain_text("has no column for: family name")
        good(page, "staff file, a column is missing")
    with steps.then("they say which column it is, and it is read"):
        page.get_by_label("Last name").select_option("Known As")
        page.get_by_label("Staff file").set_input_files(
            {"name": "staff.csv", "mimeType": "text/csv", "buffer": data.replace(b"Last Name", b"Known As")}
        )
        work(page, "Read the file")
        expect(page.locator(".app-say")).to_have_text("Nothing is written yet. 1 joins.")
        press(page, "Set the file aside: keep nothing, change nothing")
        expect(page.get_by_text("The file is set aside.")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["320 px", "without JavaScript"])
def test_all_of_it_on_a_small_screen_and_without_scripts(
    hr: Person, browse: Browse, story: Tell, javascript: bool, tmp_path: Path
) -> None:
    page = browse(hr, width=PHONE if javascript else 1280, javascript=javascript)
    steps = story(page)
    mark = "P" if javascript else "N"
    name = "phone" if javascript else "no scripts"
    look = good if javascript else (lambda _page, _name: None)
    with steps.when("HR brings a file with an error, an unknown team and somebody who joins"):
        page.goto("/staff-record")
        look(page, f"staff record, {name}")
        bring(page, row(f"{mark}1", start="12/26"), row(f"{mark}2", team=f"Clinic {mark}"), row(f"{mark}3"))
        look(page, f"staff file, preview, {name}")
    with steps.when("puts the row right"):
        page.get_by_role("link", name="Put them right one by one").click()
        look(page, f"staff file, a row, {name}")
        press(page, "Save and go to the next")
        expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
        look(page, f"staff file, a row still wrong, {name}")
        put_right(page, {"Start Date": "2024-02-05"})
        work(page, "Work it out again with the corrections")
    with steps.when("and opens the team"):
        page.get_by_role("link", name="Decide", exact=True).first.click()
        press(page, "Keep these decisions")
        expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
        look(page, f"staff file, decisions, {name}")
        work(page, "Open all other directorates and teams as new")
    with steps.then("it is applied, and kept as a file too"):
        work(page, "Apply")
        expect(page.locator(".app-say")).to_have_text("3 joined.")
        look(page, f"staff record, an import, {name}")
        with page.expect_download() as download:
            press(page, "Download all of it as CSV, errors too")
        path = tmp_path / "import.csv"
        download.value.save_as(path)
        assert len(path.read_text("utf-8-sig").splitlines()) == 4


def test_work_that_was_killed_is_said_and_goes_on(house: House, hr: Person, browse: Browse, story: Tell) -> None:
    page = browse(hr)
    steps = story(page)
    upload = table(StaffUpload)
    with steps.given("a file whose work stands still"):
        bring(page, row("50000001", "Still"))
        with house.world.db.write() as session:
            still = {"state": UploadState.WORKING, "phase": "Checking each row", "beat_at": house.world.now}
            session.execute(sa.update(upload).where(upload.c.open_as.is_not(None)).values(**still))
        page.reload()
        expect(page.get_by_role("progressbar")).to_be_visible()
        good(page, "staff file, being worked on")
    with steps.when("nothing is heard of it for 45 seconds"):
        house.later(seconds=60)
        expect(page.get_by_text("stopped before its end. Nothing was changed.")).to_be_visible()
        good(page, "staff file, stopped")
    with steps.then("it is worked out again"):
        work(page, "Work it out again")
        expect(page.locator(".app-say")).to_have_text("Nothing is written yet. 1 joins.")
        press(page, "Set the file aside: keep nothing, change nothing")
