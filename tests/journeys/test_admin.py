"""A QI team administrator: made from the command line, lets people in, gives roles, and sees who did what."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from app.kernel.config import ROOT
from tests.accounts.people import PASSWORD
from tests.browser import good
from tests.journeys import walking
from tests.journeys.conftest import Browse, House
from tests.journeys.walking import Tell, heading, press

COMMAND = [sys.executable, "-c", "from app.cli import app; app()", "admin", "create"]


@pytest.fixture(autouse=True)
def _the_command_line_has_the_same_clock(house: House) -> None:
    house.world.clock.at = datetime.now(UTC)


def created(house: House) -> str:
    """What `qi admin create` prints."""
    options = ["--email", "ada.admin@trust.example", "--family-name", "Byrne", "--given-name", "Ada"]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("QI_")} | house.server.environment
    done = subprocess.run(
        [*COMMAND, *options], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_from_the_first_administrator_to_a_colleague_with_a_printed_code(
    house: House, browse: Browse, story: Tell
) -> None:
    admin, colleague, invited = browse(), browse(), browse()
    steps = story(admin, colleague, invited)
    with steps.given("the link that `qi admin create` prints"):
        house.world.team("Larch", "Medicine")
        _enter_by_link(admin, walking.path_in(created(house), "welcome"))
        expect(heading(admin)).to_have_text("Administration")
        good(admin, "an administrator's first screen")
    with steps.when("they add a member of staff, after every field was wrong"):
        _add(admin, "Ben", "Nguyễn", "ben.nguyen@trust.example")
    with steps.then("they mail a link, and the colleague gets in with it"):
        person_id = int(admin.url.rpartition("/")[2])
        press(admin, "Mail a link")
        expect(admin.get_by_text("A link is on its way to ben.nguyen@trust.example.")).to_be_visible()
        _enter_by_link(invited, walking.path_in(walking.newest_mail(house.world, person_id), "welcome"))
        expect(heading(invited)).to_have_text("My improvement skills")
    with steps.then("a link works once"):
        spent = browse()
        spent.goto(walking.path_in(walking.newest_mail(house.world, person_id), "welcome"))
        expect(heading(spent)).to_have_text("This link no longer works")
        good(spent, "a dead link")
    with steps.when("they would give a role to themselves, which nobody may"):
        _give_themselves_a_role(admin)
    with steps.when("they give the colleague a role with a scope and dates, after dates that cannot be"):
        _give_a_role(admin, person_id)
    with steps.then("it counts from the colleague's next page on"):
        invited.goto("/")
        expect(invited.get_by_role("link", name="My teams")).to_be_visible()
    with steps.when("they add somebody without e-mail, and print a letter"):
        _add(admin, "Ewa", "Nowak", "", "ewa.nowak")
        press(admin, "Print a letter with a code")
        code = admin.locator(".app-letter__code").inner_text()
        good(admin, "a letter for a member of staff")
    with steps.then("the printed code lets that person in"):
        _enter_by_code(colleague, "ewa.nowak", code)
        expect(heading(colleague)).to_have_text("My improvement skills")
        expect(colleague.locator(".app-step")).to_contain_text("Everyone who starts here is asked for")
    with steps.then("the audit log says who did it all"):
        _read_the_log(admin)


def _enter_by_link(page: Page, path: str) -> None:
    page.goto(path)
    page.get_by_label("New password").fill(PASSWORD)
    press(page, "Save my password and sign in")


def _enter_by_code(page: Page, username: str, code: str) -> None:
    page.goto("/code")
    page.get_by_label("Sign-in name").fill(username)
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_label("Choose a password").fill(PASSWORD)
    press(page, "Save my password and sign in")


def _add(page: Page, given: str, family: str, email: str, username: str = "") -> None:
    page.goto("/people/new")
    press(page, "Save")
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    good(page, "a member of staff, with every field empty")
    page.get_by_label("Given name").fill(given)
    page.get_by_label("Family name").fill(family)
    page.get_by_label("E-mail address (optional)").fill(email)
    page.get_by_label("Sign-in name (only without an e-mail address)").fill(username)
    page.get_by_label("Employee number").fill(f"3000{len(family)}")
    page.get_by_label("Team", exact=True).select_option(label="Larch")
    page.get_by_label("Job role").fill("Staff Nurse")
    page.get_by_label("Staff group").select_option("Nursing and Midwifery Registered")
    today = datetime.now(UTC)
    page.get_by_label("First day").fill(f"{today:%-d %B %Y}")
    press(page, "Save")
    expect(heading(page)).to_have_text(f"{given} {family}")
    good(page, "a member of staff")


def _give_a_role(page: Page, person_id: int) -> None:
    page.goto(f"/people/{person_id}")
    page.get_by_role("link", name="Give a role").click()
    press(page, "Give the role")
    expect(page.get_by_role("alert")).to_contain_text("Choose a role")
    good(page, "a role, with every field empty")
    page.get_by_label("Role", exact=True).select_option("lead")
    page.get_by_label("Where it counts").select_option(label="Medicine")
    page.get_by_label("First day").fill(f"{datetime.now(UTC):%-d %B %Y}")
    page.get_by_label("Last day (optional)").fill("1 March 2001")
    press(page, "Give the role")
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    page.get_by_label("Last day (optional)").fill("31 March 2099")
    press(page, "Give the role")
    expect(page.get_by_text("The role is given.")).to_be_visible()
    row = page.get_by_role("row").filter(has_text="Directorate lead")
    expect(row).to_contain_text("Medicine")
    expect(row).to_contain_text("31 March 2099")
    good(page, "a role given")


def _give_themselves_a_role(page: Page) -> None:
    page.goto("/people?q=Byrne")
    page.get_by_role("link", name="Byrne, Ada").click()
    expect(heading(page)).to_have_text("Ada Byrne")
    page.goto(f"{page.url}/roles/new")
    page.get_by_label("Role", exact=True).select_option("hr")
    page.get_by_label("Where it counts").select_option("trust")
    press(page, "Give the role")
    expect(page.get_by_role("row").filter(has_text="HR")).to_have_count(0)
    good(page, "a role for oneself")


def _read_the_log(page: Page) -> None:
    page.goto("/audit")
    for words in ("grant role", "print code", "invite", "hire"):
        expect(page.get_by_role("table")).to_contain_text(re.compile(words, re.IGNORECASE))
    good(page, "the audit log")
    page.get_by_label("From").fill("yesterday")
    press(page, "Show")
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    good(page, "the audit log, with a wrong day")
    page.get_by_label("From").fill("")
    page.get_by_label("Who did it, or whom it is about").fill("Nobody Of This Name")
    press(page, "Show")
    expect(page.get_by_text("Nothing was done that fits.")).to_be_visible()
    good(page, "the audit log, empty")
