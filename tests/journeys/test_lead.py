"""A directorate lead: one sentence to act on, needs set in the grid, and everything countable behind its number."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from app.capability.commands import Cell, SetNeeds, set_needs
from app.capability.rules import Need
from app.organisation.models import Person
from tests.browser import good
from tests.capability.conftest import SPRING, Scene
from tests.journeys.conftest import Browse, House
from tests.journeys.walking import Tell, heading, press
from tests.learning.learner import POCKET, Learner

REASON = "Falls work on Larch starts in April"


@pytest.fixture
def scene(house: House, request: pytest.FixtureRequest) -> Scene:
    """A directorate for each journey, with two leads, three people in two wards, and a neighbour."""
    world, name = house.world, f"Medicine {len(request.node.name)}"
    return Scene(
        world=world,
        lead=world.lead(name, given_name="Teresa", family_name="Hollis"),
        other_lead=world.lead(name, given_name="Sam", family_name="Okoro"),
        neighbour=world.lead("Surgery"),
        anna=world.hire("Anna", "O'Neill", team=world.team("Larch", name), band="6"),
        ben=world.hire("Ben", "Nguyễn", team=world.team("Rowan", name), staff_group="Medical and Dental"),
        stranger=world.hire("Cho", "Kim", team=world.team("Larch", name)),
    )


def decide(scene: Scene, *people: Person) -> None:
    """The lead has asked them for Pocket QI by the spring."""
    cells = tuple(Cell(person.id, "pocket-qi", 0) for person in people)
    command = SetNeeds(cells=cells, need=Need.REQUIRED, due=SPRING, pause_reason=None, reason=REASON)
    with scene.world.db.write() as session:
        set_needs(session, scene.world.actor(scene.lead), command, scene.world.now)


def cell(page: Page, name: str, level: str = "pocket-qi") -> Locator:
    """The cell of the grid in somebody's row."""
    row = page.locator("#grid tbody tr").filter(has_text=name)
    return row.locator("td").filter(has=page.locator(f"input[value*='.{level}.']"))


def set_bar(page: Page, due: str = "31 March 2027", reason: str = REASON) -> None:
    page.get_by_label("Need", exact=True).select_option("required")
    page.get_by_role("textbox", name=re.compile("^Date|until$")).fill(due)
    page.get_by_label("Reason, shown to them").fill(reason)


def test_the_first_sentence_opens_the_lists_behind_its_numbers(scene: Scene, browse: Browse, story: Tell) -> None:
    page = browse(scene.lead)
    steps = story(page)
    with steps.given("three people who need Pocket QI, one of whom has started"):
        decide(scene, scene.anna, scene.ben, scene.stranger)
        started = Learner(scene.world, scene.ben.id, POCKET)
        started.enrol()
        started.do("read-why-projects-fail")
    with steps.when("the lead opens the site"):
        page.goto("/")
        say = page.locator("main > .app-say")
        expect(say).to_contain_text("3 people need Pocket QI by 31 March 2027; 1 has started; 2 have not.")
        good(page, "a lead's first screen")
    with steps.then("each number opens the named list behind it, with what it counts"):
        for link in say.get_by_role("link").all_inner_texts():
            _opens_as_many(page, say.get_by_role("link", name=link, exact=True))
    with steps.then("so do the totals under the grid and those of each team"):
        for place in ("#grid tfoot td:nth-child(3) a", "table:below(#teams) tr:nth-child(1) td a"):
            for number in range(min(page.locator(place).count(), 4)):
                _opens_as_many(page, page.locator(place).nth(number))


def _opens_as_many(page: Page, link: Locator) -> None:
    counted = re.match(r"[\d,]+", link.inner_text())
    assert counted, link.inner_text()
    link.click()
    expect(page.get_by_role("link", name="Back to the grid")).to_be_visible()
    number = int(counted[0].replace(",", ""))
    expect(page.locator("main > .app-say")).to_contain_text(re.compile(rf"^{number} "))
    expect(page.locator("tbody tr")).to_have_count(number)
    page.go_back()


def test_a_need_is_set_in_the_grid_previewed_saved_and_undone(scene: Scene, browse: Browse, story: Tell) -> None:
    page = browse(scene.lead)
    steps = story(page)
    page.goto("/teams?team=all")
    with steps.when("they choose cells by mouse, and forget the date"):
        cell(page, "O'Neill").click()
        cell(page, "Nguyễn").click()
        expect(page.locator("#chosen-count")).to_have_text("2 people chosen: Pocket QI")
        set_bar(page, due="soon")
        press(page, "Preview")
        expect(page.locator("#preview").get_by_role("alert")).to_contain_text("date")
        good(page, "a need without a date")
    with steps.when("they give a date and a reason"):
        set_bar(page)
        press(page, "Preview")
    with steps.then("they see the mail that goes out, and the hours that it asks of each team"):
        preview = page.locator("#preview")
        expect(preview).to_contain_text("Teresa Hollis asks you to complete Pocket QI by 31 March 2027.")
        expect(preview).to_contain_text(REASON)
        expect(preview).to_contain_text(re.compile(r"This asks Larch to release \d+ hours"))
        good(page, "before saving")
    with steps.when("they save"):
        preview.get_by_role("button", name=re.compile("^Save")).click()
        expect(page.get_by_text("Saved: 2 needs.")).to_be_visible()
    with steps.then("the grid shows it, and so does the first screen of who was asked"):
        expect(cell(page, "O'Neill")).to_contain_text("31 Mar")
        theirs = browse(scene.anna)
        theirs.goto("/")
        expect(theirs.locator("main")).to_contain_text(
            f"Teresa Hollis asked for Pocket QI by 31 March 2027: “{REASON}”"
        )
        good(theirs, "first screen of somebody who was asked")
    with steps.then("they can take it back"):
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_text("Undone: 2 needs. What held before holds again.")).to_be_visible()
        expect(cell(page, "O'Neill")).to_contain_text("Not decided")


def test_a_range_of_cells_is_chosen_with_shift_and_a_preview_goes_with_its_choice(
    scene: Scene, browse: Browse, story: Tell
) -> None:
    page = browse(scene.lead)
    steps = story(page)
    page.goto("/teams?team=all")
    with steps.when("they choose the first and, with Shift, the last cell of a column"):
        column = page.locator("input[name=c][value*='.pocket-qi.']")
        column.first.click()
        column.last.click(modifiers=["Shift"])
        expect(page.locator("#chosen-count")).to_have_text("5 people chosen: Pocket QI")
        set_bar(page)
        press(page, "Preview")
        expect(page.locator("#preview")).to_contain_text("Teresa Hollis asks you")
    with steps.then("the preview, and Save with it, goes when the choice changes"):
        column.first.click()
        expect(page.locator("#preview")).to_be_empty()
        expect(page.locator("#chosen-count")).to_have_text("4 people chosen: Pocket QI")


def test_the_second_lead_gets_the_firsts_value_and_both_choices(scene: Scene, browse: Browse, story: Tell) -> None:
    first, second = browse(scene.lead), browse(scene.other_lead)
    steps = story(first, second)
    with steps.given("the same cell, chosen by two leads"):
        for page in (first, second):
            page.goto("/teams?team=all")
            cell(page, "O'Neill").click()
    with steps.when("the first saves, and then the second with another date"):
        for page, due in ((first, "31 March 2027"), (second, "30 June 2027")):
            set_bar(page, due)
            press(page, "Preview")
            page.locator("#preview").get_by_role("button", name=re.compile("^Save")).click()
            if page is first:
                expect(page.get_by_text("Saved: 1 need.")).to_be_visible()
    with steps.then("the second sees the first's value, name, time and reason, and both choices"):
        expect(heading(second)).to_have_text("Somebody else saved first")
        dispute = second.locator(".app-dispute").first
        expect(dispute).to_contain_text("Keep theirs: Required by 31 March 2027")
        expect(dispute).to_contain_text(re.compile(r"Teresa Hollis, .*\d\d:\d\d"))
        expect(dispute).to_contain_text(REASON)
        expect(dispute).to_contain_text("Use mine: Required by 30 June 2027")
        good(second, "somebody else saved first")
    with steps.then("their own choice takes its place when they say so"):
        second.get_by_label(re.compile("^Use mine")).check()
        press(second, "Save it so")
        expect(second.get_by_text("Saved: 1 need.")).to_be_visible()
        expect(cell(second, "O'Neill")).to_contain_text("30 Jun")


def test_filters_narrow_the_grid_and_the_download_is_what_is_shown(
    scene: Scene, browse: Browse, story: Tell, tmp_path: Path
) -> None:
    decide(scene, scene.anna)
    page = browse(scene.lead)
    steps = story(page)
    page.goto("/teams?team=all")
    with steps.when("they show only whom Pocket QI is required of"):
        page.get_by_text("More filters").click()
        page.get_by_label("Level", exact=True).select_option("pocket-qi")
        page.get_by_label("Need is").select_option("required")
        press(page, "Show")
        names = page.locator("#grid tbody th bdi")
        expect(names).to_have_text(["O'Neill, Anna"])
        good(page, "a filtered grid")
    with steps.then("the file holds exactly these people"):
        with page.expect_download() as download:
            press(page, "CSV")
        download.value.save_as(tmp_path / "grid.csv")
        with (tmp_path / "grid.csv").open(encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
        assert [row["Person"] for row in rows] == names.all_inner_texts()
        assert rows[0]["Pocket QI: need"].lower() == "required"
    with steps.then("filters that nobody fits say so, and lead back"):
        page.get_by_label("Progress is").select_option("completed")
        press(page, "Show")
        expect(page.get_by_text("fits these filters")).to_be_visible()
        good(page, "nobody fits")
        page.get_by_role("link", name="Show everybody here").click()
        expect(names).to_have_count(5)
    with steps.then("somebody else's directorate is not there"):
        elsewhere = scene.world.directorate("Surgery").id
        answer = page.goto(f"/teams?directorate={elsewhere}")
        assert answer
        assert answer.status == 404
        assert page.goto(f"/teams/people/{scene.neighbour.id}").status == 404  # type: ignore[union-attr]
        expect(heading(page)).to_have_text("There is nothing here")
        good(page, "nothing here for a lead")
