"""The grid as a lead uses it every day: one cell in place, a view that is kept, the arrows, a name, and paper."""

import re
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Page, expect

from app.organisation.models import Person
from tests.browser import good
from tests.capability.conftest import Scene
from tests.journeys.conftest import Browse, House
from tests.journeys.test_lead import cell, decide
from tests.journeys.walking import Tell, press

A3 = (420, 297)


@pytest.fixture
def scene(house: House, request: pytest.FixtureRequest) -> Scene:
    """A directorate for each journey, with two leads and people in two wards at two sites."""
    world, name = house.world, f"Medicine {request.node.name}"
    larch, rowan = world.team("Larch", name, site="Riverside"), world.team("Rowan", name, site="Hilltop")
    return Scene(
        world=world,
        lead=world.lead(name, given_name="Teresa", family_name="Hollis"),
        other_lead=world.lead(name, given_name="Sam", family_name="Okoro"),
        neighbour=world.lead("Surgery"),
        anna=world.hire("Anna", "O'Neill", team=larch, band="6"),
        ben=world.hire("Ben", "Nguyễn", team=rowan, staff_group="Medical and Dental"),
        stranger=world.hire("Cho", "Kim", team=larch),
    )


def focus(page: Page, person: Person, level: str = "pocket-qi") -> None:
    page.locator(f"input[name=c][value^='{person.id}.{level}.']").focus()


def set_dialog(page: Page, due: str) -> None:
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Need", exact=True).select_option("required")
    dialog.get_by_role("textbox", name=re.compile("^Date")).fill(due)
    dialog.get_by_label("Reason, shown to them").fill("Falls work")
    dialog.get_by_role("button", name="Save", exact=True).click()


def test_one_cell_is_decided_in_place_and_undone(scene: Scene, browse: Browse, story: Tell) -> None:
    page = browse(scene.lead)
    steps = story(page)
    page.goto("/teams?team=all")
    with steps.when("the lead presses Enter on a cell and forgets the date"):
        focus(page, scene.anna)
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog")).to_contain_text("Anna O'Neill: Pocket QI")
        set_dialog(page, "soon")
        expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("date")
        good(page, "a cell in its dialog")
    with steps.then("a date is all that is missing, and the grid shows it without being left"):
        set_dialog(page, "31 March 2027")
        expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("Saved: required by 31 March 2027.")
        good(page, "a cell that is saved")
        page.keyboard.press("Escape")
        expect(cell(page, "O'Neill")).to_contain_text("31 Mar")
        expect(page.locator(f"input[name=c][value^='{scene.anna.id}.pocket-qi.']")).to_be_focused()
    with steps.then("what it says now is what it is chosen by, and Undo takes it back"):
        page.get_by_role("button", name=re.compile("^Set this cell alone: O'Neill, Anna, Required")).click()
        set_dialog(page, "30 April 2027")
        page.get_by_role("dialog").get_by_role("button", name="Undo").click()
        expect(page.get_by_text("Undone: 1 need. What held before holds again.")).to_be_visible()
        expect(cell(page, "O'Neill")).to_contain_text("31 Mar")


def test_a_stale_cell_gets_both_choices_in_the_dialog(scene: Scene, browse: Browse, story: Tell) -> None:
    page = browse(scene.lead)
    steps = story(page)
    for choice, shown in (("Keep theirs", "Not required"), ("Use mine", "30 Jun")):
        with steps.given("a cell about which the other lead decides meanwhile"):
            page.goto("/teams?team=all")
            focus(page, scene.anna if choice == "Keep theirs" else scene.ben)
            page.keyboard.press("F2")
            expect(page.get_by_role("dialog")).to_contain_text("Not decided")
            person = scene.anna if choice == "Keep theirs" else scene.ben
            other = browse(scene.other_lead)
            other.goto(f"/teams/cells/{person.id}/pocket-qi?team=all")
            other.get_by_label("Need", exact=True).select_option("not_required")
            other.get_by_label("Reason, shown to them").fill("Works nights")
            press(other, "Save")
            expect(other.get_by_text("Saved: 1 need.")).to_be_visible()
        with steps.then(f"the lead sees the other's value, name, time and reason, and can say: {choice}"):
            set_dialog(page, "30 June 2027")
            dialog = page.get_by_role("dialog")
            expect(dialog).to_contain_text("Keep theirs: Not required for this role")
            expect(dialog).to_contain_text(re.compile(r"Sam Okoro, .*\d\d:\d\d: “Works nights”"))
            expect(dialog).to_contain_text("Use mine: Required by 30 June 2027")
            good(page, "a stale cell")
            dialog.get_by_label(re.compile(f"^{choice}")).check()
            press(page, "Save it so")
            expect(cell(page, person.list_name)).to_contain_text(shown)


def test_arrows_walk_the_grid_from_names_to_cells(scene: Scene, browse: Browse, story: Tell) -> None:
    page = browse(scene.lead)
    steps = story(page)
    page.goto("/teams?team=all")

    def at() -> str:
        return str(page.evaluate("document.activeElement.value ?? document.activeElement.textContent"))

    with steps.when("the first cell has the focus, Tab has one stop here"):
        page.locator("#grid tbody input[name=c]").first.focus()
        assert page.locator("#grid tbody [tabindex='0']").count() == 1
    with steps.then("the arrows, Home, End and the page keys go where they say"):
        page.keyboard.press("ArrowLeft")
        assert at() == "Hollis, Teresa"
        page.keyboard.press("ArrowDown")
        assert at() == "Kim, Cho"
        page.keyboard.press("ArrowRight")
        assert at().startswith(f"{scene.stranger.id}.induction.")
        page.keyboard.press("ArrowRight")
        assert at().startswith(f"{scene.stranger.id}.pocket-qi.")
        page.keyboard.press("Control+End")
        assert at().startswith(f"{scene.anna.id}.")
        page.keyboard.press("PageUp")
        assert at().startswith(f"{scene.lead.id}.")
        page.keyboard.press("Home")
        assert at() == "Hollis, Teresa"
        page.keyboard.press("ArrowUp")
        assert at() == "Hollis, Teresa"
        good(page, "the grid by keyboard")
    with steps.then("and Enter on a name opens the person"):
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("Teresa Hollis")


def test_a_view_and_a_selection_are_kept_and_come_back(scene: Scene, browse: Browse, story: Tell) -> None:
    page = browse(scene.lead)
    steps = story(page)
    page.goto("/teams?team=all")
    with steps.when("a lead shows one site in the order of a level's dates, and saves the view"):
        page.get_by_text("More filters and order").click()
        page.get_by_label("Site").select_option("Riverside")
        page.get_by_label("Order by").select_option("due.pocket-qi")
        press(page, "Show")
        page.get_by_text("Save this view").click()
        page.get_by_label("Its name, for you alone").fill("By the river")
        press(page, "Save the view")
        expect(page.get_by_text("The view is saved.")).to_be_visible()
    with steps.then("it is one step away the next day"):
        page.goto("/teams")
        page.get_by_role("link", name="By the river").click()
        expect(page.locator("#grid tbody th bdi")).to_have_text(["Kim, Cho", "O'Neill, Anna"])
        good(page, "a saved view")
    with steps.when("they tick people of two wards and keep them"):
        page.goto("/teams?team=all")
        for name in ("O'Neill", "Nguyễn"):
            cell(page, name).locator("label").click()
        press(page, "Keep these people as a selection")
        page.get_by_label("Its name").fill("Link people")
        good(page, "a new selection")
        press(page, "Save")
    with steps.then("they are a grid of their own"):
        expect(page.locator("h1")).to_have_text("Link people")
        expect(page.locator("#grid tbody th bdi")).to_have_text(["Nguyễn, Ben", "O'Neill, Anna"])
        page.get_by_role("link", name="My views and selections").click()
        expect(page.locator("main")).to_contain_text("2 people in your reach")
        good(page, "views and selections")


def test_a_person_is_found_and_the_grid_goes_on_paper(
    scene: Scene, browse: Browse, story: Tell, tmp_path: Path
) -> None:
    world, directorate = scene.world, f"Medicine {test_a_person_is_found_and_the_grid_goes_on_paper.__name__}"
    for number in range(70):
        world.hire("Jo", f"Adams{number:02}", team=world.team("Larch", directorate))
    decide(scene, scene.anna, scene.ben)
    page = browse(scene.lead)
    steps = story(page)
    page.goto("/teams?team=all")
    with steps.when("somebody is looked for among many"):
        box = page.get_by_label("Find a person here")
        box.fill("oneil")
        expect(page.locator("#found")).to_have_text("1 person: press Enter")
        box.press("Enter")
    with steps.then("their row is on the screen and has the focus"):
        expect(page.get_by_role("link", name="O'Neill, Anna")).to_be_focused()
        expect(page.get_by_role("link", name="O'Neill, Anna")).to_be_in_viewport()
    with steps.then("on paper it is A3, with headings on every sheet, and nobody is lost"):
        file = tmp_path / "grid.pdf"
        file.write_bytes(page.pdf(prefer_css_page_size=True))
        sheets = pypdf.PdfReader(file).pages
        size = tuple(round(float(side) / 72 * 25.4) for side in (sheets[0].mediabox.width, sheets[0].mediabox.height))
        assert size == A3
        texts = [sheet.extract_text() for sheet in sheets]
        whole = "\n".join(texts)
        assert all(f"Adams{number:02}" in whole for number in range(70))
        for text in texts:
            assert "Adams" not in text or "Pocket QI" in text, "a sheet of names without its headings"
        assert whole.count("Completed, of required") <= 3, "totals stand once, at the end"
