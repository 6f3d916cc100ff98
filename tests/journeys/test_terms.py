"""A word of the glossary is explained where it stands; without scripts at the end of the page, and back."""

import re

from playwright.sync_api import expect

from tests.browser import good
from tests.journeys.conftest import Browse, House
from tests.journeys.walking import Tell

MODULE = "/courses/pocket-qi/run-chart-by-hand"


def test_a_term_is_explained_where_it_stands(house: House, browse: Browse, story: Tell) -> None:
    house.world.load_courses()
    learner = house.world.hire("Ann")
    page, plain = browse(learner), browse(learner, javascript=False)
    steps = story(page, plain)
    with steps.when("somebody presses a word with a dotted line"):
        page.goto(MODULE)
        term = page.locator("a.app-term").first
        term.click()
    with steps.then("its meaning stands below it, and goes at a second press"):
        expect(page.locator(".app-term__here")).to_have_text(re.compile(r"\w+ \w+ \w+"))
        expect(term).to_have_attribute("aria-expanded", "true")
        term.blur()
        page.mouse.move(0, 0)
        good(page, "a term explained in place")
        term.press("Enter")
        expect(page.locator(".app-term__here")).to_have_count(0)
    with steps.then("without scripts the word leads to the end of the page and back"):
        plain.goto(MODULE)
        plain.locator("a.app-term").first.click()
        assert "#term-" in plain.url
        plain.locator(".app-terms").get_by_role("link", name=re.compile("^Back to the text")).first.click()
        assert "#use-" in plain.url
