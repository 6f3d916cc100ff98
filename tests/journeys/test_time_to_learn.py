"""A lead saves needs, the team's manager cannot release its people, and the lead plans anew."""

import re

from playwright.sync_api import Page, expect

from tests.browser import good
from tests.journeys.conftest import Browse, House
from tests.journeys.walking import Tell, heading, press


def test_a_manager_cannot_release_and_the_lead_plans_anew(house: House, browse: Browse, story: Tell) -> None:
    world = house.world
    lead = world.lead("Medicine", given_name="Teresa", family_name="Hollis")
    larch = world.team("Larch", "Medicine")
    manager = world.hire("Mina", "Shah", team=larch, band="7")
    for name in ("O'Neill", "Ray"):
        world.hire("Anna", name, team=larch, manager_id=manager.id)
    page, theirs = browse(lead), browse(manager)
    steps = story(page)
    with steps.when("the lead sets what two people of Larch need"):
        _need_pocket_qi(page, "O'Neill", "Ray")
    with steps.then("they read the hours that it asks of the team, and in which month"):
        expect(page.locator("#preview")).to_contain_text("release 14 hours in all: 7 hours for Pocket QI in Mar 2027")
        page.locator("#preview").get_by_role("button", name=re.compile("^Save")).click()
        expect(page.get_by_text("Saved: 2 needs.")).to_be_visible()
    with steps.when("they ask for the time"):
        page.get_by_role("link", name="Time to learn").click()
        press(page, "Ask now")
        expect(page.locator("main")).to_contain_text("Your teams are asked for 14 hours; 0 minutes of them")
        good(page, "time to learn, for the lead")
    with steps.when("the manager answers that it cannot be done, and forgets to say why"):
        _cannot_release(theirs)
    with steps.then("the lead reads the answer and moves the dates from the same page"):
        page.reload()
        expect(page.locator("main")).to_contain_text("Two vacancies on nights until May")
        good(page, "to be planned anew")
        page.get_by_label(re.compile("^New date")).fill("30 June 2027")
        page.get_by_role("button", name=re.compile("^Move the dates")).click()
        expect(page.locator(".app-flash")).to_contain_text("2 needs have a new date.")
        expect(page.locator("main")).to_contain_text("June 2027")
    with steps.then("the manager is asked for the other month, and confirms it"):
        theirs.goto("/time-to-learn")
        expect(theirs.locator("main")).to_contain_text("Larch, June 2027: 14 hours for Pocket QI, for 2 people")
        theirs.get_by_label("Yes, we can release this time").check()
        theirs.get_by_role("button", name=re.compile("^Save this answer")).click()
        page.goto("/teams/time")
        expect(page.locator("main")).to_contain_text("14 hours of them are confirmed.")
    with steps.then("the plan of the directorate counts what is needed"):
        page.get_by_role("link", name="Plan: targets and places").click()
        expect(heading(page)).to_have_text("Plan: Medicine")
        good(page, "a directorate’s plan")


def _need_pocket_qi(page: Page, *names: str) -> None:
    page.goto("/teams?team=all")
    for name in names:
        row = page.locator("#grid tbody tr").filter(has_text=name)
        row.locator("td").filter(has=page.locator("input[value*='.pocket-qi.']")).click()
    page.get_by_label("Need", exact=True).select_option("required")
    page.get_by_role("textbox", name=re.compile("^Date|until$")).fill("31 March 2027")
    press(page, "Preview")


def _cannot_release(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Time to learn that your teams are asked for").click()
    page.get_by_label("We cannot release it").check()
    page.get_by_role("button", name=re.compile("^Save this answer")).click()
    expect(page.get_by_role("alert").first).to_contain_text("Write why it cannot be done")
    good(page, "an answer without a reason")
    page.get_by_label(re.compile("^Why")).fill("Two vacancies on nights until May")
    page.get_by_role("button", name=re.compile("^Save this answer")).click()
    expect(page.locator(".app-flash")).to_contain_text("Answered for Larch")
    good(page, "everything answered")
