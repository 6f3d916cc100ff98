"""A starter's whole way: invited by mail, introduced to improvement, certified; and what may go wrong on it."""

import re
from pathlib import Path

import pypdf
from playwright.sync_api import Page, expect

from app.access.actor import SYSTEM
from app.accounts.commands import Invite, invite
from app.capability.commands import welcome_starter
from app.organisation.models import Person
from tests.browser import good
from tests.journeys import walking
from tests.journeys.conftest import Browse, House
from tests.journeys.walking import COURSE, Tell, heading, press

PASSWORD = "otter kettle window"
CODE = re.compile(r"\b[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}\b")


def invited(house: House, given: str, family: str) -> Person:
    """Somebody who starts here, enrolled and asked as every starter is, with a link in their mail."""
    world = house.world
    person = world.hire(given, family, email=f"{given.lower()}@trust.example")
    with world.db.write() as session:
        welcome_starter(session, SYSTEM, person.id, world.now)
        invite(session, world.settings, SYSTEM, Invite(person_id=person.id), world.now)
    return person


def test_from_the_invitation_to_the_certificate(house: House, browse: Browse, story: Tell, tmp_path: Path) -> None:
    amina = invited(house, "Amina", "O'Neill")
    page = browse()
    steps = story(page)
    with steps.given("a link in their mail, with which they choose a password"):
        _choose_a_password(house, page, amina)
    with steps.then("they are on their first screen, which says what to do next, for how long, who asked and why"):
        _look_at_the_first_screen(page)
    with steps.when("they read a part of the first module, leave in the middle and sign out"):
        place = _leave_in_the_middle(page)
    with steps.then("they resume at the same place on their next sign-in"):
        _resume(page, place)
    with steps.when("they finish the modules"):
        walking.finish_reading(page)
        walking.practise(page)
        walking.rest_of_induction(page)
    with steps.then("the check tells them why when they do not pass, and they try again"):
        _fail(page)
        _pass(page)
    with steps.then("they hold a certificate, on the page and on paper"):
        code = _take_the_certificate(page, tmp_path)
    with steps.then("anybody with its number can check it"):
        _check_signed_out(browse(), code)


def _choose_a_password(house: House, page: Page, person: Person) -> None:
    page.goto(walking.path_in(walking.newest_mail(house.world, person.id), "welcome"))
    good(page, "choose a password")
    page.get_by_label("New password").fill("password1")
    press(page, "Save my password and sign in")
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    good(page, "choose a password, refused")
    page.get_by_label("New password").fill(PASSWORD)
    press(page, "Save my password and sign in")


def _look_at_the_first_screen(page: Page) -> None:
    expect(heading(page)).to_have_text("My improvement skills")
    step = page.locator(".app-step")
    expect(step).to_contain_text("Next: Why improving is part of every job here")
    expect(step).to_contain_text(re.compile(r"About \d+ minutes"))
    expect(step).to_contain_text(re.compile(r"Everyone who starts here is asked for .+ by \d+ \w+ 20\d\d"))
    expect(page.get_by_role("heading", name="Who can help")).to_be_visible()
    expect(page.get_by_text("The QI team", exact=False).first).to_be_visible()
    good(page, "first screen of a starter")
    page.get_by_role("button", name=re.compile("^(Start|Resume)$")).click()
    expect(heading(page)).to_have_text("Why improving is part of every job here")


def _leave_in_the_middle(page: Page) -> str:
    reached = page.locator(".app-module h2[id]").nth(1)
    place = reached.get_attribute("id")
    with page.expect_response(lambda answer: answer.url.endswith("/place")) as kept:
        page.evaluate("id => window.scrollTo(0, document.getElementById(id).offsetTop)", place)
    assert kept.value.status == 204
    press(page, "Sign out")
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    return place or ""


def _resume(page: Page, place: str) -> None:
    walking.sign_in(page, "amina@trust.example", PASSWORD)
    expect(heading(page)).to_have_text("My improvement skills")
    expect(page.locator(".app-step")).to_contain_text("You had reached")
    page.get_by_role("button", name="Resume", exact=True).click()
    expect(page).to_have_url(re.compile(f"#{place}$"))
    expect(page.locator(f"[id='{place}']")).to_be_in_viewport()


def _fail(page: Page) -> None:
    walking.begin_first(page)
    walking.answer_all(page, right=False)
    good(page, "check your answers")
    press(page, "Hand in my answers")
    expect(heading(page)).to_have_text("Not passed yet")
    expect(page.get_by_text("0 of 5 right. 4 are needed.")).to_be_visible()
    for result in page.locator(".app-result").all():
        expect(result).to_contain_text("Not right")
        expect(result.locator(".app-part__why, .app-parts ~ *").first).to_be_visible()
    good(page, "not passed yet")


def _pass(page: Page) -> None:
    press(page, "Try again")
    walking.answer_all(page)
    press(page, "Hand in my answers")
    expect(heading(page)).to_have_text("You have passed")
    expect(page.get_by_text(f"You have completed {COURSE}.")).to_be_visible()
    good(page, "passed")


def _take_the_certificate(page: Page, folder: Path) -> str:
    page.get_by_role("button", name="Go on").click()
    expect(heading(page)).to_contain_text(COURSE)
    good(page, "completed")
    press(page, "Get my certificate")
    shown = page.get_by_role("region", name="The certificate")
    expect(shown).to_contain_text("Amina O'Neill")
    good(page, "a certificate")
    found = CODE.search(shown.inner_text())
    assert found
    with page.expect_download() as download:
        press(page, "Download as PDF")
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    text = pypdf.PdfReader(file).pages[0].extract_text()
    assert "Amina O'Neill" in text
    assert found[0] in text
    page.goto("/my-skills")
    expect(page.locator(".app-levels")).to_contain_text(re.compile("Completed", re.IGNORECASE))
    return found[0]


def _check_signed_out(page: Page, code: str) -> None:
    page.goto("/check")
    page.get_by_label("Number of the certificate").fill(code.lower().replace("-", " "))
    press(page, "Check")
    expect(page.locator("main")).to_contain_text("Amina O'Neill")
    expect(page.locator("main")).to_contain_text(COURSE)
    good(page, "a certificate checked")
