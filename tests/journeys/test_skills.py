"""People and skills side by side: a lead finds where two see it differently, goes there, rates, and prints the page."""

import re
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import expect

from app.ratings.rules import Said
from tests.browser import PHONE, good, picture
from tests.journeys.conftest import Browse, House
from tests.journeys.test_matrix import A3
from tests.journeys.walking import Tell, heading, press
from tests.ratings.scene import Scene


@pytest.fixture
def scene(house: House, request: pytest.FixtureRequest) -> Scene:
    """A ward of its own for each journey; ratings are agreed once for the house."""
    client = house.world.client(house.world.with_role("qi_admin"))
    off = "Ratings are off" in client.get("/ratings/agreement").text
    scene = Scene.of(house.world, f"Medicine {request.node.name}"[:100], agreed=off)
    scene.says(scene.ann, Said.LEADS, aim=Said.LEVEL_3, systems=Said.LEVEL_2)
    scene.shares(scene.ann)
    scene.rates(scene.lead, scene.ann, aim=Said.LEVEL_1)
    scene.judges(scene.lead, {scene.ann.id: Said.TAKES_PART, scene.ben.id: Said.NEW})
    return scene


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (PHONE, True), (PHONE, False)])
def test_a_lead_goes_from_the_grid_to_what_is_seen_differently_and_rates_it_anew(
    scene: Scene, browse: Browse, story: Tell, width: int, javascript: bool
) -> None:
    page = browse(scene.lead, width=width, javascript=javascript)
    steps, kind = story(page), f"skills {width}{'' if javascript else ' without scripts'}"
    look = good if javascript else picture
    with steps.given("a lead who looks at a team of theirs"):
        page.goto(f"/teams?team={scene.team.id}")
        page.get_by_role("link", name="Their skills, one by one").click()
        expect(heading(page)).to_contain_text("Skills of the people you rate")
        expect(page.get_by_text("2 of 3 people rated as a whole; 1 skill by skill.")).to_be_visible()
        look(page, f"{kind} 1 everybody")
    with steps.when("they show where something is seen differently"):
        page.get_by_label("Show").select_option("differs")
        press(page, "Show")
        expect(page.locator("#grid tbody th bdi")).to_have_text(["Bell, Ann"])
        expect(page.locator("#grid tbody")).to_contain_text("Theirs: 3")
        look(page, f"{kind} 2 seen differently")
    with steps.then("a cell leads to that skill of that person, and what they choose there is saved"):
        page.locator(f"#grid a[href$='{scene.ann.id}/all#paim']").click()
        skill = page.get_by_role("group", name=re.compile("^Aim setting"))
        expect(skill).to_be_in_viewport()
        skill.get_by_role("radio", name=re.compile("^3:")).check()
        if javascript:
            expect(page.locator("#saved")).to_have_text(re.compile(r"^Saved at \d\d:\d\d\. 1 of 15 done\.$"))
            expect(page.locator("#saved")).to_be_in_viewport()
            look(page, f"{kind} 3 rated")
        press(page, "Save, and back")
        page.goto(f"/ratings/grid?team={scene.team.id}")
        expect(page.locator(f"#grid a[href$='{scene.ann.id}/all#paim']")).to_contain_text("Lead: 3")
        expect(page.locator(f"#grid a[href$='{scene.ann.id}/all#paim']")).not_to_contain_text("Seen differently")


@pytest.mark.parametrize("width", [1280, 320])
def test_the_arrows_walk_from_names_to_cells_and_each_says_whose_and_of_what(
    scene: Scene, browse: Browse, story: Tell, width: int
) -> None:
    page = browse(scene.lead, width=width)
    steps = story(page)
    page.goto(f"/ratings/grid?team={scene.team.id}")

    def at() -> str:
        return str(
            page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText")
        )

    with steps.when("the grid has one stop for the tab key"):
        assert page.locator("#grid [tabindex='0']").count() == 1
        page.locator("#grid tbody a").first.focus()
        assert at() == "Bell, Ann"
    with steps.then("the arrows go from cell to cell, also over rows of fewer cells"):
        page.keyboard.press("ArrowRight")
        assert at().startswith("Bell, Ann, As a whole: Lead: Takes part")
        page.keyboard.press("End")
        assert at() == "Bell, Ann, Strategy governance and equity: Not yet rated"
        page.keyboard.press("ArrowDown")
        assert at() == "Rated as a whole only"
        page.keyboard.press("Home")
        assert at() == "Kim, Ben"
        good(page, "skills by keyboard")
    with steps.then("somebody is found by name, and Enter opens them"):
        page.get_by_label("Find a person here").fill("osei")
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name="Osei, Maya")).to_be_focused()
        page.keyboard.press("Enter")
        expect(heading(page)).to_have_text("What Maya Osei can do")


def test_on_paper_it_is_a3_and_says_no_more_than_the_screen(
    scene: Scene, browse: Browse, story: Tell, tmp_path: Path
) -> None:
    for number in range(40):
        scene.world.hire("Jo", f"Adams{number:02}", team=scene.team)
    page = browse(scene.lead)
    steps = story(page)
    page.goto(f"/ratings/grid?team={scene.team.id}")
    with steps.when("the lead prints the page"):
        file = tmp_path / "skills.pdf"
        file.write_bytes(page.pdf(prefer_css_page_size=True))
    with steps.then("it is A3 with its headings on every sheet, and nobody is lost"):
        sheets = pypdf.PdfReader(file).pages
        size = tuple(round(float(side) / 72 * 25.4) for side in (sheets[0].mediabox.width, sheets[0].mediabox.height))
        assert size == A3
        texts = [sheet.extract_text() for sheet in sheets]
        assert all(f"Adams{number:02}" in "".join(texts) for number in range(40))
        for text in texts:
            assert "Adams" not in text or "As a whole" in text, "a sheet of names without its headings"
    with steps.then("and it holds what the page holds"):
        words = set(page.locator("body").text_content().split())  # type: ignore[union-attr]
        printed = set(" ".join(texts).replace("≠", " ").replace("▲", " ").split())
        assert "Theirs:" in printed
        assert not {word for word in printed if word.isdecimal()} - {word.strip(",.") for word in words}
