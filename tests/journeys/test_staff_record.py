"""HR and the staff file: a first import with 40 broken rows, and one of every month."""

import pytest
from playwright.sync_api import expect

from app.organisation.models import Person
from tests.browser import good
from tests.intake.staff_file import HEADER, row
from tests.journeys.conftest import Browse, House
from tests.journeys.staff_files import bring, member_of_hr, put_right, work
from tests.journeys.walking import Tell, heading

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
    return member_of_hr(house.world)


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
