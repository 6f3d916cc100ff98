"""A lead sees on the first screen who came this month, opens the list, and sets what somebody needs."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from tests.browser import good
from tests.journeys.conftest import Browse, House
from tests.journeys.walking import Tell, heading


def test_a_lead_goes_from_a_number_to_the_cells_of_somebody_who_joined(
    house: House, browse: Browse, story: Tell
) -> None:
    world, name = house.world, "Rehabilitation"
    lead = world.lead(name)
    today = world.today
    world.hire("Nia", "Price", team=world.team("Elm", name), starts_on=today)
    world.leave(world.hire("Max", "Gone", team=world.team("Elm", name)), today)
    page = browse(lead)
    steps = story(page)
    with steps.given("somebody who joined today, and somebody whose last day was yesterday"):
        page.goto("/teams")
    with steps.when("the lead opens the number of those who joined"):
        page.get_by_role("link", name="1 joined").click()
        expect(heading(page)).to_have_text("Joiners, movers and leavers")
        good(page, "a month's joiners, movers and leavers")
        joiner = page.get_by_role("row").filter(has_text="Price, Nia")
        expect(joiner).to_contain_text("No need set by a lead yet")
    with steps.then("one link leads to that person's cells in the grid"):
        joiner.get_by_role("link", name="Set what they need").click()
        expect(page).to_have_url(re.compile(r"/teams\?.*#p\d+$"))
        expect(page.locator("#grid th:target")).to_contain_text("Price, Nia")
    if (today - timedelta(days=1)).month == today.month:
        with steps.then("the leaver is on the same page of that month"):
            page.go_back()
            expect(page.locator("section").filter(has_text="Leavers (1)")).to_contain_text("Gone, Max")
