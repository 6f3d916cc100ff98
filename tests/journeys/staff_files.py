"""HR with a staff file in a real browser: bring it, wait for its work, put a row right."""

import re

from playwright.sync_api import Page, expect

from app.access.permissions import Role
from app.organisation.models import Person
from tests.browser import PATIENCE
from tests.intake.bringing import content
from tests.journeys.walking import heading, press
from tests.world import World


def bring(page: Page, *rows: dict[str, str], data: bytes = b"", name: str = "staff.csv", whole: str = "") -> None:
    """From the staff record's page to the preview, or to why there is none."""
    page.goto("/staff-record")
    page.get_by_label("Staff file").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": data or content(*rows)}
    )
    if whole:
        page.get_by_label(whole, exact=True).check()
    work(page, "Read the file")


def work(page: Page, button: str) -> None:
    """Press a button that begins work, and wait until it is done: the page follows, and without scripts by its link."""
    with page.expect_navigation():
        press(page, button)
    look = page.get_by_role("link", name="Look how far it is")
    while not _follows(page) and look.count():
        look.click()
    done = re.compile("^(What .* (would change|did)|The file was not taken)$")
    expect(heading(page)).to_have_text(done, timeout=PATIENCE)


def _follows(page: Page) -> bool:
    """Whether its scripts are at work."""
    return page.locator("script[src*=htmx]").count() > 0 and bool(page.evaluate("() => 'htmx' in window"))


def put_right(page: Page, right: dict[str, str]) -> None:
    """Only the fields with an error are filled."""
    for field in page.locator(".nhsuk-input--error").all():
        label = page.locator(f"label[for='{field.get_attribute('id')}']").inner_text().partition(" (")[0]
        field.fill(right[label])
    press(page, "Save and go to the next")


def member_of_hr(world: World) -> Person:
    """Somebody who brings the staff file of a trust with two wards in Medicine."""
    for name in ("Ward 7", "Ward 8"):
        world.team(name, "Medicine")
    team = world.team("Office", "Corporate")
    return world.with_role(Role.HR, given_name="Hannah", family_name="Reid", team=team, employee_number="00000001")
