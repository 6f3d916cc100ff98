"""HR brings in what people completed elsewhere: looks, decides, brings it in; the learner finds it on their course."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.access.permissions import Role
from app.organisation.models import Person
from tests.browser import good
from tests.intake.past_list import row, written
from tests.journeys.conftest import Browse, House
from tests.journeys.walking import Tell, heading, press


@dataclass
class Trust:
    hr: Person
    anna: Person


@pytest.fixture(scope="module")
def trust(house: House) -> Trust:
    anna = house.world.hire("Anna", "O'Neill", employee_number="30450001")
    house.world.hire("Ben", "Nguyễn", employee_number="30450002")
    return Trust(house.world.with_role(Role.HR, given_name="Hannah", family_name="Reid"), anna)


def listed(folder: Path, *rows: dict[str, str]) -> Path:
    path = folder / "past learning.csv"
    path.write_bytes(written(*rows))
    return path


def test_a_list_is_looked_at_decided_about_and_brought_in(
    trust: Trust, browse: Browse, story: Tell, tmp_path: Path
) -> None:
    page, hers = browse(trust.hr), browse(trust.anna)
    steps = story(page, hers)
    rows = (row("30450001", "QI Bronze", "2025-03-04", minutes="420"), row("30450002", "Fire Safety"))
    with steps.when("HR finds past learning from the people's page and brings a list without its numbers"):
        page.goto("/people")
        page.get_by_role("link", name="Past learning from other systems").click()
        good(page, "past learning")
        page.get_by_label("List of completions").set_input_files(tmp_path / _without_numbers(tmp_path))
        press(page, "Look at the list")
    with steps.then("it is refused with the reason"):
        expect(page.get_by_role("alert")).to_contain_text("no column for: employee number")
        good(page, "past learning refused")
    with steps.when("they bring the right one, in which one number is nobody's"):
        page.get_by_label("List of completions").set_input_files(listed(tmp_path, *rows, row("99999")))
        press(page, "Look at the list")
    with steps.then("each row's meaning is there, and nothing is written"):
        expect(page.locator("main > .app-say")).to_contain_text("3 rows: 2 pieces of evidence and 1 row with errors")
        expect(page.get_by_text("Nobody here has or had this number")).to_be_visible()
        good(page, "past learning preview")
    with steps.when("they say that QI Bronze is Pocket QI"):
        page.get_by_role("link", name="Say what they mean").click()
        good(page, "past learning courses")
        page.get_by_label("QI Bronze").select_option("It is Pocket QI")
        press(page, "Save")
        expect(page.locator("main > .app-say")).to_contain_text("1 course completed")
    with steps.then("it is brought in once the good rows are said to be enough"):
        press(page, "Bring it in")
        expect(page.get_by_role("alert")).to_contain_text("1 row has errors")
        good(page, "past learning with errors")
        page.get_by_role("checkbox").check()
        press(page, "Bring it in")
        expect(heading(page)).to_have_text("What past learning.csv brought in")
        expect(page.get_by_text("Level Pocket QI: from that day until 4 March 2028")).to_be_visible()
        good(page, "past learning brought in")
    with steps.then("Anna's course says so"):
        _hers(hers)


def _without_numbers(folder: Path) -> str:
    (folder / "wrong.csv").write_bytes(written(row("1"), without=("number",)))
    return "wrong.csv"


def _hers(page: Page) -> None:
    page.goto("/courses/pocket-qi")
    expect(page.get_by_text("Completed 4 Mar 2025")).to_be_visible()
    page.get_by_role("link", name="What you did, and your certificate").click()
    expect(page.get_by_text("Completed on 4 March 2025 elsewhere")).to_be_visible()
    good(page, "completed elsewhere")


def test_without_scripts_and_on_a_small_screen_it_is_the_same(trust: Trust, browse: Browse, tmp_path: Path) -> None:
    page = browse(trust.hr, width=320, javascript=False)
    page.goto("/past-learning")
    page.get_by_label("List of completions").set_input_files(listed(tmp_path, row("30450002", "Open School")))
    press(page, "Look at the list")
    expect(page.locator("main > .app-say")).to_contain_text("1 row: 1 piece of evidence")
    press(page, "Set the list aside")
    expect(page.get_by_text("Nothing of it was kept")).to_be_visible()
