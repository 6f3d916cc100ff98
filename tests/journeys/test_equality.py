"""HR counts a year by protected characteristics: a wrong file and its remedy, the counts kept, seen, and taken back."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.access.permissions import Role
from app.organisation.models import Person
from tests.browser import good
from tests.equality.conftest import written
from tests.journeys.conftest import Browse, House
from tests.journeys.walking import Tell, heading, press

NUMBERS = [f"4{at:07}" for at in range(45)]


@pytest.fixture(scope="module")
def hr(house: House) -> Person:
    for number in NUMBERS:
        house.world.hire(employee_number=number)
    return house.world.with_role(Role.HR, given_name="Hannah", family_name="Reid")


def choose(page: Page, folder: Path, header: tuple[str, ...]) -> None:
    rows = [(number, "Female" if at < 30 else "Male") for at, number in enumerate(NUMBERS)]
    rows[3] = (rows[3][0], "1961-03-07")
    path = folder / "year.csv"
    path.write_bytes(written(rows, header))
    page.get_by_label("File", exact=True).set_input_files(path)
    press(page, "Look at the counts")


def test_a_year_is_counted_from_a_file_that_is_put_right(
    hr: Person, browse: Browse, story: Tell, tmp_path: Path
) -> None:
    page = browse(hr)
    steps = story(page)
    with steps.when("HR finds the page from the people's and brings a file whose columns say nothing"):
        page.goto("/people")
        page.get_by_role("link", name="Who got the training, by protected characteristic").click()
        expect(page.locator("main > .app-say")).to_contain_text("No year is counted yet")
        good(page, "no year is counted")
        page.get_by_role("link", name="Bring a year’s file").click()
        good(page, "a year's file")
        choose(page, tmp_path, ("Employee Number", "S"))
    with steps.then("it is refused with the remedy"):
        expect(page.get_by_role("alert")).to_contain_text("Name at least one of them as the Equality Act does")
        good(page, "a year's file refused")
    with steps.when("the column has its name"):
        choose(page, tmp_path, ("Employee Number", "Sex"))
    with steps.then("they see what would be kept, and the line that says a birth date"):
        expect(heading(page)).to_have_text("What would be kept of 2025/26")
        expect(page.get_by_text("This is a number, a date or an address")).to_be_visible()
        expect(page.locator("main")).not_to_contain_text("1961")
        good(page, "what would be kept")
    with steps.then("the counts are kept, shown, and taken back whole"):
        press(page, "Keep these counts")
        expect(page.get_by_text("The counts of 2025/26 are kept.")).to_be_visible()
        good(page, "counts by protected characteristic")
        page.get_by_role("link", name="Bring a year’s file").click()
        page.get_by_text("Take the counts of 2025/26 back").first.click()
        good(page, "take counts back")
        press(page, "Take the counts of 2025/26 back")
        expect(page.get_by_text("none are left")).to_be_visible()


def test_without_scripts_and_on_a_small_screen_it_is_the_same(hr: Person, browse: Browse, tmp_path: Path) -> None:
    page = browse(hr, width=320, javascript=False)
    page.goto("/equality/files")
    choose(page, tmp_path, ("Employee Number", "Sex"))
    expect(heading(page)).to_have_text("What would be kept of 2025/26")
    press(page, "Set the file aside")
    expect(page.get_by_text("Nothing of it was kept.")).to_be_visible()
