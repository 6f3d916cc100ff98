"""HR finds somebody who was entered twice, looks at both records, merges them, and takes the merge back."""

from datetime import date

import sqlalchemy as sa
from playwright.sync_api import expect

from app.access.permissions import Role
from app.kernel.db import table
from app.organisation.models import Employment
from tests.browser import PHONE, good
from tests.evidence.scene import learn
from tests.intake.two_records import TwoRecords
from tests.journeys.conftest import Browse, House
from tests.journeys.walking import Tell, heading, press


def entered_twice(house: House) -> TwoRecords:
    world = house.world
    hr = world.with_role(Role.HR, given_name="Hannah", family_name="Reid", team=world.team("Staff record", "Corporate"))
    ward, theatre = world.team("Larch", "Medicine"), world.team("Theatre", "Surgery")
    known = world.hire("Samira", "Okoro", team=ward, employee_number="20450011", starts_on=date(2021, 3, 1))
    again = world.hire("Samira", "Okoro", team=theatre, employee_number="20459999", starts_on=date(2026, 2, 2))
    learn(world, known, last=5)
    learn(world, again, on=date(2026, 7, 1), first=3)
    return TwoRecords(world, hr, known, again)


def main_posts(house: House, person_id: int) -> int:
    post = table(Employment)
    wanted = sa.select(sa.func.count()).where(post.c.person_id == person_id, post.c.is_primary)
    with house.world.db.read() as session:
        return session.scalar(wanted) or 0


def test_hr_merges_two_records_and_takes_the_merge_back(house: House, browse: Browse, story: Tell) -> None:
    sam = entered_twice(house)
    page = browse(sam.hr)
    steps = story(page)
    with steps.when("HR follows the way from People"):
        page.goto("/people")
        page.get_by_role("link", name="Records that may be one person").click()
        expect(page.locator("main > .app-say")).to_have_text("1 pair of records may be one person.")
        good(page, "records that may be one person")
    with steps.then("the pair says what speaks for one person and what against"):
        page.get_by_role("link", name="Okoro, Samira").click()
        expect(page.get_by_role("region", name="For one person")).to_contain_text("The same name")
        expect(page.get_by_role("region", name="Against")).to_contain_text("different main posts")
        good(page, "two records side by side")
    with steps.when("they choose the older record and look at what a merge would do"):
        page.get_by_role("radio", name="20450011").check()
        press(page, "Show what this would do")
        expect(page.get_by_text("one person instead of two")).to_be_visible()
    with steps.then("a merge without a reason is not done"):
        press(page, "Merge the two records")
        expect(page.get_by_role("alert")).to_contain_text("Enter why these are one person")
        good(page, "a merge without a reason")
    with steps.when("they say why, and merge"):
        page.get_by_label("Why are these one person?").fill("Came back under a new number")
        press(page, "Merge the two records")
        expect(heading(page)).to_have_text("Samira Okoro")
    with steps.then("the record holds both posts, and each day one main one"):
        expect(page.get_by_role("table").first).to_contain_text("Theatre")
        expect(page.get_by_role("table").first).to_contain_text("20459999")
        assert (main_posts(house, sam.kept.id), main_posts(house, sam.gone.id)) == (1, 0)
        good(page, "the record of both")
        page.goto(f"/evidence/people/{sam.kept.id}")
        expect(page.locator("main")).to_contain_text("Introduction to quality improvement")
        page.goto(f"/people/{sam.gone.id}")
        assert page.url.endswith(f"/people/{sam.kept.id}"), "the other record leads to it"
    with steps.when("it turns out that there are two of them, on a phone"):
        phone = browse(sam.hr, width=PHONE)
        phone.goto("/merges")
        phone.get_by_role("link", name="Samira Okoro").click()
        expect(phone.get_by_text("Came back under a new number")).to_be_visible()
        good(phone, "one merge")
        press(phone, "Undo the merge")
        expect(phone.locator("main > .app-say")).to_contain_text("Undone on")
    with steps.then("both records are as they were, and the pair can be said to be two people"):
        assert (main_posts(house, sam.kept.id), main_posts(house, sam.gone.id)) == (1, 1)
        phone.goto(f"/doubles/{sam.kept.id}/{sam.gone.id}")
        good(phone, "two records on a phone")
        press(phone, "These are two people")
        expect(phone.get_by_text("No two records look like one person.")).to_be_visible()
