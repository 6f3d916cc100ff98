"""A carer takes the whole course in a browser without scripts, writes where they like, and prints the pack."""

import re
from io import BytesIO

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser import good
from tests.journeys import walking
from tests.journeys.conftest import Browse, House
from tests.journeys.walking import Tell, heading, press

PARTS = 7


def _printed(page: Page) -> str:
    """The words of the page on A4 paper, as Chromium prints it: from a window whose trace is not being kept."""
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(storage_state=page.context.storage_state(), java_script_enabled=False)
    sheets = context.new_page()
    sheets.goto(page.url)
    words = " ".join(s.extract_text() for s in PdfReader(BytesIO(sheets.pdf(format="A4"))).pages)
    context.close()
    return words


def test_a_carer_takes_the_course_without_scripts_and_prints_it(house: House, browse: Browse, story: Tell) -> None:
    rosie = house.world.partner("Rosie")
    page = browse(rosie, javascript=False)
    steps = story(page)
    with steps.when("they begin, and say how sure they feel"):
        page.goto("/my-course")
        press(page, "Begin")
        page.get_by_role("link", name=re.compile("How sure do you feel")).click()
        for choice in page.get_by_role("radio", name="A bit sure").all():
            choice.check()
        press(page, "Save and go on")
    with steps.when("they read all seven parts, and write down one thing that they would change"):
        for part in range(1, PARTS + 1):
            page.goto("/my-course")
            page.get_by_role("link", name=re.compile(f"(part {part}$|Go on)")).first.click()
            walking.finish_reading(page)
        page.goto("/courses/patients-and-carers/choosing-together/what-i-would-change")
        page.get_by_role("textbox").fill("The door opens outwards, towards the wheelchair.")
        press(page, "Save")
        expect(page.get_by_role("textbox")).to_have_value("The door opens outwards, towards the wheelchair.")
    with steps.then("they have taken part"):
        page.goto("/my-course")
        expect(page.get_by_role("button", name="Get my certificate")).to_be_visible()
    with steps.when("they print the whole course, in easy read"):
        page.get_by_role("link", name="The whole course on paper").click()
        expect(heading(page)).to_have_text("Introduction to improving care, on paper")
        page.get_by_role("link", name="In easy read").click()
        easy = _printed(page)
    with steps.then("the sheets hold every part, the boxes to tick, the lines to write on and the words"):
        for said in ("how sure do you feel?", "What I would change", "Jargon buster", "Finding a role that fits you"):
            assert said in easy, said
        assert "towards the wheelchair" not in easy, "what was written stays out of a pack that others may see"
    with steps.when("they look up a word"):
        page.goto("/my-course")
        page.get_by_role("link", name="Jargon buster").click()
        expect(heading(page)).to_have_text("Jargon buster")
    with steps.then("the pack and the words are good in any browser"):
        scripted = browse(rosie)
        for path in ("/on-paper/patients-and-carers", "/on-paper/patients-and-carers?easy=1", "/glossary"):
            scripted.goto(path)
            good(scripted, f"on paper {path}")
