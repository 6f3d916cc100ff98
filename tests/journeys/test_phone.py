"""On a phone, 320 pixels wide: nothing scrolls sideways, and everything is large enough for a finger."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.accounts.people import PASSWORD, someone
from tests.browser import PHONE, good
from tests.journeys import walking
from tests.journeys.conftest import Browse, House
from tests.journeys.walking import Tell, heading, press

SMALLEST = 24
TOO_SMALL = """smallest => {
    const targets = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')];
    const box = e => (['radio', 'checkbox'].includes(e.type) ? e.labels[0] : e).getBoundingClientRect();
    const shown = targets.filter(e => e.checkVisibility({visibilityProperty: true}) && e.type !== 'hidden'
        && !e.classList.contains('nhsuk-skip-link'));
    const inText = e => getComputedStyle(e).display === 'inline'
        && e.parentElement.innerText.trim() !== e.innerText.trim();
    return shown.filter(e => !inText(e)).filter(e => box(e).height < smallest || box(e).width < smallest)
        .map(e => `${e.outerHTML.slice(0, 120)} ${Math.round(box(e).width)}x${Math.round(box(e).height)}`);
}"""
"""WCAG 2.2, 2.5.8: links within a sentence may be as small as their line."""


def fits_a_finger(page: Page, name: str) -> None:
    """No sideways scrolling, targets of 24 pixels at least, and all that every page must be."""
    expect(heading(page)).to_be_visible()
    good(page, name)
    width: Any = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE, f"{page.url} is {width} pixels wide"
    small = page.evaluate(TOO_SMALL, SMALLEST)
    assert small == [], f"{page.url}: {small}"


def test_a_member_of_staff_takes_the_introduction_on_a_phone(house: House, browse: Browse, story: Tell) -> None:
    anna = someone(house.world, "Anna", "Featherstonehaugh-O'Súilleabháin")
    page = browse(width=PHONE)
    steps = story(page)
    with steps.when("they sign in and look at what there is"):
        page.goto("/sign-in")
        fits_a_finger(page, "phone sign in")
        walking.sign_in(page, anna.email or "", PASSWORD)
        for path in ("/my-skills", "/courses", "/courses/induction", "/my-record", "/account", "/help"):
            page.goto(path)
            fits_a_finger(page, f"phone {path}")
    with steps.when("they read, practise and write"):
        page.goto("/courses/induction/why-everyone")
        fits_a_finger(page, "phone module, not begun")
        press(page, "Begin this course")
        fits_a_finger(page, "phone module")
        walking.read_and_practise(page, "Why improving is part of every job here")
        walking.rest_of_induction(page)
    with steps.when("they take the check"):
        walking.begin_first(page)
        expect(heading(page)).to_have_text("Question 1 of 5")
        fits_a_finger(page, "phone question")
        walking.answer_all(page)
        fits_a_finger(page, "phone check your answers")
        press(page, "Hand in my answers")
        expect(heading(page)).to_have_text("You have passed")
        fits_a_finger(page, "phone passed")
    with steps.then("their certificate is on the screen"):
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_role("button", name="Get my certificate")).to_be_visible()
        fits_a_finger(page, "phone completed")
        press(page, "Get my certificate")
        expect(page.get_by_role("region", name="The certificate")).to_be_visible()
        fits_a_finger(page, "phone certificate")


def test_a_partner_takes_part_on_a_phone(house: House, browse: Browse, story: Tell) -> None:
    rosie = house.world.partner("Rosie")
    page = browse(rosie, width=PHONE)
    steps = story(page)
    with steps.when("they look at their first screen and whom they can ask"):
        for path in ("/ask", "/my-certificate", "/account", "/my-course"):
            page.goto(path)
            fits_a_finger(page, f"phone partner {path}")
    with steps.when("they read all seven parts"):
        press(page, "Begin")
        fits_a_finger(page, "phone partner part 1")
        page.get_by_role("link", name="Read it in easy read").click()
        fits_a_finger(page, "phone partner easy read")
        page.get_by_role("link", name="Read the full text").click()
        walking.finish_reading(page)
        fits_a_finger(page, "phone partner box")
        page.goto("/courses/patients-and-carers/what-improving-care-means/how-sure")
        fits_a_finger(page, "phone partner how sure")
        for part in range(2, 8):
            page.goto("/my-course")
            page.get_by_role("link", name=f"Go on with part {part}").click()
            fits_a_finger(page, f"phone partner part {part}")
            walking.finish_reading(page)
    with steps.then("they take their certificate"):
        page.goto("/my-course")
        fits_a_finger(page, "phone partner end")
        press(page, "Get my certificate")
        expect(page.get_by_role("region", name="The certificate")).to_be_visible()
        fits_a_finger(page, "phone partner certificate")


def test_a_lead_reads_the_grid_on_a_phone(house: House, browse: Browse, story: Tell) -> None:
    world = house.world
    lead = world.lead("Medicine")
    world.hire("Anna", "Featherstonehaugh-O'Súilleabháin", team=world.team("Larch", "Medicine"))
    page = browse(lead, width=PHONE)
    steps = story(page)
    for path in ("/teams", "/teams?team=all", "/teams/decisions", "/teams/list?what=people"):
        with steps.when(f"they open {path}"):
            page.goto(path)
            fits_a_finger(page, f"phone lead {path}")
