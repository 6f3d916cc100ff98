"""A patient partner: welcomed with a letter, reads at their own pace, and is known to nobody who need not know."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from app.access.permissions import Role
from tests.accounts.people import PASSWORD
from tests.browser import good
from tests.journeys import walking
from tests.journeys.conftest import Browse, House
from tests.journeys.walking import Tell, heading, press

PRIVATE = "I will keep the name of my consultant to myself."
SECRET_WORDS = re.compile(r"patient|carer|service user", re.IGNORECASE)


@dataclass
class Letter:
    """What somebody holds in their hand."""

    username: str
    code: str
    text: str


def test_from_the_letter_to_the_certificate_of_taking_part(house: House, browse: Browse, story: Tell) -> None:
    worker = browse(house.world.with_role(Role.INVOLVEMENT, given_name="Mina", family_name="Shah"))
    page, stranger = browse(), browse()
    steps = story(worker, page, stranger)
    with steps.given("a letter with a code, which says nothing of who they are"):
        letter = _welcome(worker)
        assert not SECRET_WORDS.search(letter.text)
    with steps.when("they use the code and choose a password"):
        _use(page, letter)
    with steps.then("they see their name, one large button, and a person with a telephone number"):
        _look_at_the_first_screen(page)
    with steps.when("they read the first part, write something for themselves, and stop for today"):
        _read_first_part(page)
    with steps.then("they go on where they were, another day"):
        house.later(days=2)
        walking.sign_in(page, letter.username, PASSWORD)
        expect(page.locator("main > .app-say")).to_contain_text("You have read part 1.")
        good(page, "a partner half way")
    with steps.when("they read the other six parts"):
        for part in range(2, 8):
            page.get_by_role("link", name=f"Go on with part {part}").click()
            walking.finish_reading(page)
            page.goto("/my-course")
    with steps.then("they have taken part, without any test, and get a certificate that says so"):
        code = _take_the_certificate(page)
    with steps.then("nobody can check it until they turn the check on"):
        _switch_on_the_check(page, stranger, code)
    with steps.then("what they wrote for themselves is on nobody's page"):
        worker.goto("/partner-ideas")
        expect(heading(worker)).to_be_visible()
        expect(worker.locator("body")).not_to_contain_text("consultant")
        good(worker, "partners ideas without a private note")


def _welcome(page: Page) -> Letter:
    page.goto("/")
    good(page, "an involvement worker's first screen")
    page.get_by_role("link", name="Patient partners").click()
    good(page, "no partner yet")
    page.get_by_role("link", name="Welcome a patient partner").click()
    press(page, "Save")
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    good(page, "welcome, with every field empty")
    page.get_by_label("Name they choose").fill("Rosie")
    page.get_by_label("Sign-in name").fill("rosie.reads")
    page.get_by_label("Name", exact=True).fill("Mina Shah")
    page.get_by_label("Telephone number").fill("020 7946 0100")
    page.get_by_label("When (optional)").fill("Monday to Thursday, 10 to 4")
    press(page, "Save")
    expect(heading(page)).to_have_text("Rosie")
    good(page, "a partner just welcomed")
    press(page, "Print a letter with a code")
    letter = page.get_by_role("region", name="The letter")
    expect(letter).to_contain_text("Dear Rosie,")
    expect(letter).to_contain_text("Mina Shah, 020 7946 0100")
    good(page, "a letter")
    return Letter("rosie.reads", page.locator(".app-letter__code").inner_text(), letter.inner_text())


def _use(page: Page, letter: Letter) -> None:
    page.goto("/sign-in")
    page.get_by_role("link", name="I have a letter with a code").click()
    for code in ("AAAA-BBBB-CCCC", letter.code.lower()):
        page.get_by_label("Sign-in name").fill(letter.username)
        page.get_by_label("Code", exact=True).fill(code)
        page.get_by_label("Choose a password").fill(PASSWORD)
        press(page, "Save my password and sign in")
        if code != letter.code.lower():
            expect(page.get_by_role("alert")).to_contain_text("There is a problem")
            good(page, "a code that is wrong")


def _look_at_the_first_screen(page: Page) -> None:
    expect(heading(page)).to_have_text("Hello, Rosie")
    expect(page.locator(".app-large")).to_have_count(1)
    expect(page.get_by_role("button", name="Begin", exact=True)).to_be_visible()
    expect(page.get_by_text("Mina Shah")).to_be_visible()
    expect(page.get_by_role("link", name="020 7946 0100")).to_have_attribute("href", "tel:02079460100")
    good(page, "a partner's first screen")


def _read_first_part(page: Page) -> None:
    press(page, "Begin")
    expect(heading(page)).to_have_text("What improving care means")
    page.get_by_role("link", name="Read it in easy read").click()
    expect(page.get_by_role("link", name="Read the full text")).to_be_visible()
    good(page, "easy read")
    page.get_by_role("link", name="Read the full text").click()
    walking.finish_reading(page)
    expect(heading(page)).to_have_text("A box just for you")
    expect(page.get_by_text("Only you, whenever you come back.")).to_be_visible()
    page.get_by_role("textbox").fill(PRIVATE)
    press(page, "Save")
    expect(page.get_by_role("status").last).to_contain_text(re.compile(r"Saved \d\d:\d\d"))
    good(page, "a box just for me")
    press(page, "Sign out")
    expect(page.get_by_text("You are signed out.")).to_be_visible()


def _take_the_certificate(page: Page) -> str:
    expect(page.locator("main > .app-say")).to_have_text("You have taken part in the whole course. Thank you.")
    good(page, "a partner at the end")
    press(page, "Get my certificate")
    shown = page.get_by_role("region", name="The certificate")
    expect(shown).to_contain_text(re.compile("certificate of taking part", re.IGNORECASE))
    expect(shown).to_contain_text("Rosie")
    assert not SECRET_WORDS.search(shown.inner_text())
    expect(page.get_by_role("img", name="QR code")).to_have_count(0)
    good(page, "a certificate of taking part")
    found = re.search(r"[A-Z0-9]{4}(-[A-Z0-9]{4}){2}", shown.inner_text())
    assert found
    return found[0]


def _switch_on_the_check(page: Page, stranger: Page, code: str) -> None:
    _check(stranger, code)
    expect(stranger.locator("main")).not_to_contain_text("Rosie")
    good(stranger, "a certificate that nobody may check")
    page.goto("/my-certificate")
    good(page, "my certificate, private")
    press(page, "Let others check it")
    expect(page.get_by_text("Others can now check your certificate.")).to_be_visible()
    _check(stranger, code)
    expect(stranger.locator("main")).to_contain_text("Rosie")
    assert not SECRET_WORDS.search(stranger.locator("main").inner_text())


def _check(page: Page, code: str) -> None:
    page.goto(f"/check/{code}")
    press(page, "Check")
    expect(page.get_by_role("link", name="Check another certificate")).to_be_visible()


def test_a_partner_is_in_no_list_of_staff(house: House, browse: Browse, story: Tell) -> None:
    house.world.partner("Ottoline Vane")
    viewers = {
        "lead": (browse(house.world.lead("Medicine")), ["/teams?team=all", "/teams/decisions"]),
        "administrator": (
            browse(house.world.with_role(Role.QI_ADMIN)),
            ["/people?q=Ottoline", "/evidence?q=Ottoline", "/roles", "/evidence/trust", "/admin"],
        ),
    }
    for who, (page, paths) in viewers.items():
        steps = story(page)
        for path in paths:
            with steps.when(f"a {who} looks at {path}"):
                page.goto(path)
                expect(heading(page)).to_be_visible()
                rest = page.locator("main").inner_text().replace("“Ottoline”", "")
                assert "Ottoline" not in rest
                assert "Vane" not in rest
