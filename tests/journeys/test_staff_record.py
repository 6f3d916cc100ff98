"""HR and the staff file: a first import with 40 broken rows, one of every month, and a file that is refused."""

import re
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from app.access.permissions import Role
from app.intake.models import StaffUpload, StaffUploadLine, StaffUploadProblem
from app.intake.rules.uploads import UploadState
from app.kernel.db import table
from app.organisation.models import Person
from tests.browser import PATIENCE, PHONE, good
from tests.evidence.scene import certify, learn
from tests.intake.bringing import content
from tests.intake.staff_file import HEADER, row
from tests.intake.test_import_command import GO
from tests.journeys.conftest import Browse, House
from tests.journeys.walking import Tell, heading, press

BROKEN: tuple[tuple[str, str, str], ...] = (
    ("start", "12/26", "2024-02-05"),
    ("start", "5 March 26", "5 March 2026"),
    ("email", "nobody@", ""),
    ("number", "1.23E+05", "{number}"),
    ("number", "MAR1", "{number}"),
    ("family", "", "Okafor"),
    ("band", "Band of nobody in this trust or any other one", "Band 6"),
    ("group", "", "Estates and Ancillary"),
    ("end", "2020-01-01", "2027-01-01"),
    ("primary", "perhaps", "yes"),
)
"""What is wrong in a row: the column, what stands there, and what is right."""
MANY = 40


@pytest.fixture(scope="module")
def hr(house: House) -> Person:
    world = house.world
    for name in ("Ward 7", "Ward 8"):
        world.team(name, "Medicine")
    team = world.team("Office", "Corporate")
    return world.with_role(Role.HR, given_name="Hannah", family_name="Reid", team=team, employee_number="00000001")


@pytest.fixture(autouse=True)
def _nothing_waits(house: House) -> None:
    """A journey that stopped in the middle leaves a file that would stand in the way of the next."""
    with house.world.db.write() as session:
        for model in (StaffUploadLine, StaffUploadProblem, StaffUpload):
            session.execute(sa.delete(table(model)))


def bring(page: Page, *rows: dict[str, str], data: bytes = b"", name: str = "staff.csv", whole: str = "") -> None:
    """From the staff record's page to the preview, or to why there is none."""
    page.goto("/staff-record")
    page.get_by_label("Staff file").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": data or content(*rows)}
    )
    if whole:
        page.get_by_label(whole, exact=True).check()
    work(page, "Read the file")


def work(page: Page, button: str) -> None:
    """Press a button that begins work, and wait until it is done: the page follows, and without scripts by its link."""
    with page.expect_navigation():
        press(page, button)
    look = page.get_by_role("link", name="Look how far it is")
    while not _follows(page) and look.count():
        look.click()
    done = re.compile("^(What .* (would change|did)|The file was not taken)$")
    expect(heading(page)).to_have_text(done, timeout=PATIENCE)


def _follows(page: Page) -> bool:
    """Whether its scripts are at work."""
    return page.locator("script[src*=htmx]").count() > 0 and bool(page.evaluate("() => 'htmx' in window"))


def put_right(page: Page, right: dict[str, str]) -> None:
    """Only the fields with an error are filled."""
    for field in page.locator(".nhsuk-input--error").all():
        label = page.locator(f"label[for='{field.get_attribute('id')}']").inner_text().partition(" (")[0]
        field.fill(right[label])
    press(page, "Save and go to the next")


def test_a_first_file_with_forty_broken_rows_is_put_right_row_by_row_and_applied(
    hr: Person, browse: Browse, story: Tell
) -> None:
    rows, right = [], {}
    for n in range(MANY):
        key, wrong, sound = BROKEN[n % len(BROKEN)]
        number = f"1{n:07}"
        rows += [row(number, f"Broken{n}") | {key: wrong}, row(f"2{n:07}", f"Sound{n}")]
        right[2 * n + 2] = {HEADER[key]: sound.format(number=number)}
    page = browse(hr)
    steps = story(page)
    with steps.given("HR opens the staff record, which nobody has brought in yet"):
        page.goto("/people")
        page.get_by_role("link", name="Staff record: bring in this month’s file").click()
        expect(page.get_by_text("No staff file has been brought in yet.")).to_be_visible()
        good(page, "staff record, first")
    with steps.when("they bring the file, and see what it would do"):
        bring(page, *rows)
        expect(page.locator(".app-say")).to_have_text("Nothing is written yet. 40 join.")
        expect(page.get_by_text("40 rows have errors")).to_be_visible()
        good(page, "staff file, preview with errors")
        page.get_by_role("link", name="40 Errors").click()
        good(page, "staff file, errors")
    with steps.when("they put right one row after the other"):
        page.get_by_role("link", name="Put them right one by one").click()
        good(page, "staff file, a row")
        for at, mended in right.items():
            expect(heading(page)).to_have_text(f"Row {at} of staff.csv")
            put_right(page, mended)
    with steps.when("and have it worked out again"):
        expect(page.get_by_text("it was the last. Now work it out again.")).to_be_visible()
        good(page, "staff file, all put right")
        work(page, "Work it out again with the corrections")
        expect(page.locator(".app-say")).to_have_text("Nothing is written yet. 80 join.")
        expect(page.get_by_text("rows have errors")).to_have_count(0)
    with steps.then("all of them join when it is applied"):
        work(page, "Apply")
        expect(heading(page)).to_have_text("What staff.csv did")
        expect(page.locator(".app-say")).to_have_text("80 joined.")
        good(page, "staff record, an import")
        page.goto("/staff-record")
        expect(page.locator(".app-say")).to_contain_text("80 joined.")
        good(page, "staff record, later")


def test_a_month_with_joiners_movers_a_merged_directorate_a_rejoiner_and_a_leaver(
    house: House, hr: Person, browse: Browse, story: Tell
) -> None:
    world = house.world
    here: dict[str, Any] = {"team": world.team("Ward 7", "Medicine"), "employee_number": "30000001", "email": None}
    mover = world.hire("Mo", "Mover", **here)
    leaver = world.hire("Lee", "Leaver", **here | {"employee_number": "30000002"})
    back = world.hire("Bea", "Comeback", **here | {"employee_number": "30000003"})
    certify(world, back, learn(world, back))
    world.leave(back, world.today)
    rows = [
        row("30000001", "Mover", given="Mo", team="Ward 8"),
        row("30000002", "Leaver", given="Lee", end=world.today.isoformat()),
        row("30000099", "Comeback", given="Bea", start=world.today.isoformat()),
        row("30000004", "Joiner", given="Jo"),
        row("30000005", "Elder", given="El", directorate="Care of Older People", team="Ward 8"),
    ]
    house.later(days=1)
    page, theirs = browse(hr), browse(leaver)
    steps = story(page, theirs)
    with steps.given("whoever leaves is signed in"):
        theirs.goto("/my-skills")
        expect(heading(theirs)).to_have_text("My improvement skills")
    with steps.when("HR brings the month's file, which knows a directorate that was merged, and somebody from before"):
        bring(page, *rows)
        expect(page.get_by_text("word is not known here")).to_be_visible()
        expect(page.get_by_text("person may be somebody who was here before")).to_be_visible()
        good(page, "staff file, to decide")
        page.get_by_role("link", name="Decide", exact=True).first.click()
        good(page, "staff file, decisions")
    with steps.when("they say what is what"):
        page.get_by_label("What “Care of Older People” is", exact=True).select_option(label="Another word for …")
        page.get_by_label("Which one “Care of Older People” is another word for").fill("Medicine")
        card = page.get_by_role("group", name=re.compile("Comeback, Bea, employee number 30000099"))
        expect(card).to_contain_text("Held")
        card.get_by_label("The same person: their history goes on").check()
        work(page, "Keep these decisions")
        expect(page.locator(".app-say")).to_have_text(
            "Nothing is written yet. 2 join, 1 comes back, 1 moves, 1 leaves."
        )
    with steps.then("it is done when it is applied, and the leaver's sign-in ends at once"):
        work(page, "Apply")
        expect(page.locator(".app-say")).to_have_text("2 joined, 1 came back, 1 moved, 1 left.")
        theirs.goto("/my-skills")
        expect(theirs.get_by_label("Password", exact=True)).to_be_visible()
    with steps.then("whoever came back keeps what they learned"):
        page.get_by_role("link", name="1 Rejoiners").click()
        expect(page.get_by_role("link", name="Comeback, Bea")).to_have_attribute("href", f"/people/{back.id}")
        page.goto(f"/evidence/people/{back.id}")
        expect(page.locator("main")).to_contain_text("Introduction to quality improvement")
        page.goto(f"/people/{mover.id}")
        expect(page.locator("main")).to_contain_text("Ward 8")
    with steps.then("the next month knows the old name, and the same file changes nothing"):
        bring(page, *rows)
        expect(page.get_by_text("There is nothing to apply")).to_be_visible()
        good(page, "staff file, nothing to apply")


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
