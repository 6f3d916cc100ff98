"""A rule puts a joiner of the staff file on a course; their manager cannot release them, and the lead plans anew."""

import re

import sqlalchemy as sa
from playwright.sync_api import expect

from app.capability.keeping import keep_needs
from app.intake.following import welcome_waiting
from app.kernel.db import table
from app.organisation.models import Person
from tests.browser import PHONE, good
from tests.intake.staff_file import row
from tests.journeys.conftest import Browse, House
from tests.journeys.staff_files import bring, member_of_hr, work
from tests.journeys.test_rules import write_rule
from tests.journeys.walking import Tell, press


def test_a_joiner_is_put_on_the_course_the_manager_cannot_release_them_and_the_lead_plans_anew(
    house: House, browse: Browse, story: Tell
) -> None:
    world = house.world
    lead = world.lead("Medicine", given_name="Teresa", family_name="Hollis", band="7")
    manager = world.hire("Mina", "Shah", team=world.team("Ward 7", "Medicine"), band="7", employee_number="00000007")
    hr = member_of_hr(world)
    page, office, theirs = browse(lead), browse(hr), browse(manager)
    steps = story(page, office, theirs)
    with steps.given("a lead who sets a rule that touches nobody yet"):
        page.goto("/teams/rules/new")
        write_rule(page, due="31 March 2027")
        expect(page.get_by_text("It touches nobody today.")).to_be_visible()
        press(page, "Save")
    with steps.when("HR brings a staff file with a joiner of band 8b, having read what the rule makes of them"):
        joiner = row("70000001", "Joiner", given="June", band="Band 8b", email="june@trust.example")
        bring(office, joiner | {"start": "2026-11-20", "manager": "00000007"})
        expect(office.locator("main")).to_contain_text("1 person is asked for Pocket QI by the rule")
        expect(office.locator("main")).to_contain_text("1 of them put on its course as they join")
        good(office, "a file whose joiner a rule asks")
        work(office, "Apply")
        welcome_waiting(world.db, world.settings, world.now, 100)
    with steps.then("the joiner is on the course, and begins it from their own page"):
        with world.db.read() as session:
            people = table(Person).c
            june = session.scalars(sa.select(people.id).where(people.name == "June Joiner")).one()
        hers = browse(june, width=PHONE)
        hers.goto("/my-skills")
        expect(hers.locator("main")).to_contain_text("Not started: on the course, to be begun at any time")
        good(hers, "a joiner who is on a course")
        hers.goto("/courses/pocket-qi")
        expect(hers.locator("main")).to_contain_text("Enrolled, not begun")
    with steps.when("the lead asks the team for the time, and the manager cannot release them"):
        page.goto("/teams/time")
        press(page, "Ask now")
        theirs.goto("/time-to-learn")
        asked = theirs.locator("form").filter(has_text="March 2027: 7 hours for Pocket QI")
        asked.get_by_label("We cannot release it").check()
        asked.get_by_label(re.compile("^Why")).fill("Two vacancies on nights until May")
        asked.get_by_role("button", name=re.compile("^Save this answer")).click()
        expect(theirs.locator(".app-flash")).to_contain_text("Answered for Ward 7")
    with steps.then("the lead reads why, and plans anew; the joiner keeps the place"):
        page.reload()
        expect(page.locator("main")).to_contain_text("Two vacancies on nights until May")
        page.get_by_label(re.compile("^New date")).fill("30 June 2027")
        page.get_by_role("button", name=re.compile("^Move the dates")).click()
        expect(page.locator(".app-flash")).to_contain_text("1 need has a new date.")
        good(page, "planned anew")
        assert keep_needs(world.db, world.now) == 0, "the lead's date comes before the rule's"
        hers.goto("/my-skills")
        expect(hers.locator("main")).to_contain_text("Required by 30 June 2027")
        expect(hers.locator("main")).to_contain_text("Not started: on the course, to be begun at any time")
