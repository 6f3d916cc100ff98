"""Every form with every field wrong: what is wrong is named where it is, nothing typed is lost, axe-core is content."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import PHONE, good
from tests.house.registry import entries
from tests.house.stage import Cast, furnish
from tests.journeys.conftest import Browse, House
from tests.journeys.walking import Tell

LONG = "x" * 20_000
FORMS = (
    ("anonymous", "accounts:sign_in_page", "-", "Sign in"),
    ("anonymous", "accounts:accept_page", "-", "Save my password and sign in"),
    ("anonymous", "accounts:reset_page", "-", "Save my password and sign in"),
    ("anonymous", "accounts:code_page", "-", "Save my password and sign in"),
    ("anonymous", "accounts:forgotten_page", "-", "Mail me a link"),
    ("anonymous", "evidence:check", "-", "Check"),
    ("staff-own", "accounts:change_password_page", "-", "Save my new password"),
    ("staff-own", "learning:activity", "staff", "Save"),
    ("staff-own", "evidence:my_record", "-", "Download as PDF"),
    ("partner-own", "learning:activity", "partner", "Save"),
    ("lead-own", "capability:teams", "-", "Show"),
    ("lead-own", "capability:decisions", "-", "Not now"),
    ("hr", "evidence:person", "staff", "Show"),
    ("hr", "evidence:trust", "-", "Show"),
    ("hr", "accounts:add_staff_page", "-", "Save"),
    ("hr", "accounts:rejoin_page", "staff", "Save"),
    ("hr", "organisation:move_page", "staff", "Save the move"),
    ("hr", "organisation:end_page", "staff", "Save their last day"),
    ("hr", "organisation:open_directorate_page", "-", "Open the directorate"),
    ("hr", "organisation:open_team_page", "-", "Open the team"),
    ("hr", "organisation:close_team_page", "-", "Close the team"),
    ("qi-admin", "accounts:grant_page", "staff", "Give the role"),
    ("qi-admin", "accounts:audit_log", "-", "Show"),
    ("qi-admin", "evidence:withdraw", "staff", "Withdraw the certificate"),
    ("qi-admin", "learning:ideas", "-", "Save the answer"),
    ("staff-own", "recognition:offer_page", "-", "Offer it"),
    ("qi-admin", "recognition:case", "staff", "Recognise it"),
    ("qi-admin", "recognition:case", "staff", "Decline it"),
    ("qi-admin", "recognition:rules", "-", "See what it would fit"),
    ("involvement", "learning:partner_ideas", "-", "Save the answer"),
    ("involvement", "accounts:welcome_page", "-", "Save"),
    ("involvement", "accounts:change_partner_page", "partner", "Save"),
)


@pytest.fixture(scope="module")
def cast(house: House) -> Cast:
    return furnish(house.world, crowd=1)


def address(cast: Cast, route: str, whose: str) -> str:
    path = re.sub(r":\w+}", "}", entries()[route].path)
    return re.sub(r"{(\w+)}", lambda found: str(cast.example(found[1], whose.strip("-"), route)), path)


def fill_wrongly(form: Locator) -> None:
    """Dates that are none, texts that are too long, and nothing where something is needed."""
    for choice in form.locator("select[name=period]").all():
        choice.select_option("dates")
    for field in form.locator("textarea:visible, input:visible").all():
        name, kind = field.get_attribute("name"), field.get_attribute("type") or "text"
        if kind in {"radio", "checkbox", "hidden", "file"}:
            continue
        if name in {"first", "last", "starts", "ends", "as_at", "due"}:
            field.fill("soon")
        elif name == "text":
            field.fill(LONG)
        else:
            field.fill("")


@pytest.mark.parametrize("visitor", dict.fromkeys(who for who, *_ in FORMS))
def test_a_form_with_every_field_wrong_names_what_is_wrong(
    visitor: str, cast: Cast, browse: Browse, story: Tell
) -> None:
    page = browse(cast.people.get(visitor))
    steps = story(page)
    for who, route, whose, button in FORMS:
        if who == visitor:
            path = address(cast, route, whose)
            with steps.when(f"{who} sends the form at {path} with every field wrong"):
                _send(page, path, button)
            with steps.then("it is shown again, and says what is wrong"):
                expect(page).to_have_title(re.compile("^Error: "))
                expect(page.get_by_role("alert").first).to_be_visible()
                good(page, f"wrong {who} {route}")
                page.set_viewport_size({"width": PHONE, "height": 640})
                good(page, f"wrong {who} {route}")
                page.set_viewport_size({"width": 1280, "height": 900})


def _send(page: Page, path: str, button: str) -> None:
    page.goto(path)
    page.evaluate("document.querySelectorAll('main details').forEach(folded => { folded.open = true; })")
    form = page.locator("main form").filter(has=page.get_by_role("button", name=button, include_hidden=True)).first
    fill_wrongly(form)
    form.get_by_role("button", name=button).first.click()
    page.wait_for_load_state()
