"""A level used in practice: told in somebody's own words, sent back with a word why, told better, and confirmed."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Dialog, Page, expect

from app.organisation.models import Person
from tests.browser import PHONE, good, picture
from tests.journeys.conftest import Browse, House
from tests.journeys.walking import Tell, press
from tests.signing.practice import ACCOUNT, TIER, WHAT, hold

PAGE = f"/used-in-practice/{TIER}"


@dataclass
class Ward:
    ben: Person
    manager: Person
    lead: Person


@pytest.fixture
def ward(house: House, request: pytest.FixtureRequest) -> Ward:
    """A ward of its own for each journey. Ben completed Pocket QI three months ago."""
    world, name = house.world, f"Medicine {request.node.name}"[:100]
    manager = world.hire("Maya", "Osei", team=world.team("Larch", name), job_role="Ward manager", band="7")
    ben = world.hire("Ben", "Nguyễn", team=world.team("Larch", name), manager_id=manager.id)
    hold(world, ben)
    return Ward(ben, manager, world.lead(name, given_name="Teresa", family_name="Hollis"))


def tell(page: Page, **words: str) -> None:
    for label, written in words.items():
        page.get_by_label(re.compile(re.escape(label))).fill(written)
    press(page, "Send it to them")


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (PHONE, True), (PHONE, False)])
def test_somebody_tells_how_they_used_a_level_and_their_manager_confirms_it(
    ward: Ward, browse: Browse, story: Tell, width: int, javascript: bool
) -> None:
    ben, manager = (browse(person, width=width, javascript=javascript) for person in (ward.ben, ward.manager))
    steps, kind = story(ben, manager), "use" if javascript else "use without scripts"
    look = good if javascript else picture
    with steps.when("somebody who holds a level opens its use from their first screen, and sends it empty"):
        ben.goto("/my-skills")
        ben.get_by_role("link", name=re.compile("^How I used it ?: Pocket QI")).click()
        expect(ben.get_by_text("Not yet used in practice")).to_be_visible()
        press(ben, "Send it to them")
        expect(ben.get_by_role("alert")).to_contain_text("Write what it was")
        look(ben, f"{kind} 1 refused")
    with steps.then("it waits for their manager once they say what, where, when and how"):
        tell(ben, **{"What was the work": WHAT, "Where?": "Larch", "When did it end": "16 November 2026"})
        expect(ben.get_by_role("alert")).to_contain_text("Write")
        expect(ben.get_by_label("What was the work?")).to_have_value(WHAT)
        tell(ben, **{"what came of it": "We tried a mat."})
        expect(ben.get_by_role("heading", name=f"{WHAT}, Larch, 16 November 2026: waits for Maya Osei")).to_be_visible()
        look(ben, f"{kind} 2 waits")
    with steps.when("the manager finds it on their first screen, and sends it back with a word why"):
        manager.goto("/my-skills")
        manager.get_by_role("link", name=re.compile("1 person tells you how they used a level in practice")).click()
        press(manager, f"Send back Ben Nguyễn, {WHAT}")
        expect(manager.get_by_role("alert")).to_contain_text("Write why you send it back")
        manager.get_by_label("Your words to them").fill("How many falls, before and after?")
        look(manager, f"{kind} 3 to decide")
        press(manager, f"Send back Ben Nguyễn, {WHAT}")
        expect(manager.get_by_role("status").first).to_contain_text("Sent back: Ben Nguyễn")
    with steps.then("they read why, and send it again with what was missing"):
        ben.goto(PAGE)
        expect(ben.get_by_text("How many falls, before and after?")).to_be_visible()
        expect(ben.get_by_label("What was the work?")).to_have_value(WHAT)
        tell(ben, **{"what came of it": ACCOUNT})
    with steps.then("once it is confirmed, the level says since when it is used, and names the work and who saw it"):
        manager.goto("/used-in-practice")
        press(manager, f"Confirm Ben Nguyễn, {WHAT}")
        ben.goto(PAGE)
        expect(ben.get_by_text("Used in practice 16 November 2026", exact=True)).to_be_visible()
        expect(ben.get_by_role("row", name=re.compile(f"{WHAT}.*Confirmed.*Maya Osei"))).to_be_visible()
        look(ben, f"{kind} 4 confirmed")


def test_a_lead_names_a_piece_of_work_and_the_person_sees_it(ward: Ward, browse: Browse, story: Tell) -> None:
    lead, ben = browse(ward.lead), browse(ward.ben)
    steps = story(lead, ben)
    with steps.when("a lead names a piece of work from the person's page"):
        lead.goto(f"/teams/people/{ward.ben.id}")
        lead.get_by_role("link", name=re.compile("^How they used it ?: Pocket QI")).click()
        lead.get_by_label("What was the work?").fill("A shorter handover")
        lead.get_by_label("Where?").fill("Larch")
        lead.get_by_label(re.compile("what came of it")).fill("Ten minutes instead of twenty.")
        press(lead, "Confirm that it was used")
        expect(lead.get_by_role("status").first).to_contain_text("Confirmed: A shorter handover.")
        good(lead, "use 5 named")
    with steps.then("the person sees it, with the lead's name"):
        ben.goto(PAGE)
        expect(ben.get_by_role("row", name=re.compile("A shorter handover.*Teresa Hollis"))).to_be_visible()


def test_words_that_were_not_sent_are_not_lost_by_a_slip(ward: Ward, browse: Browse, story: Tell) -> None:
    page = browse(ward.ben)
    steps = story(page)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    with steps.when("somebody presses a link while their words are not sent"):
        page.goto(PAGE)
        page.get_by_label(re.compile("what came of it")).press_sequentially("We counted falls")
        page.once("dialog", stay)
        page.get_by_role("link", name="My improvement skills").last.click()
    with steps.then("the browser asks first, and the words are still there"):
        expect(page.get_by_label(re.compile("what came of it"))).to_have_value("We counted falls")
        assert asked == ["beforeunload"]
    with steps.then("what is sent is not asked about"):
        tell(page, **{"What was the work": WHAT, "Where?": "Larch", "When did it end": "16 November 2026"})
        expect(page.get_by_role("heading", name=re.compile("waits for Maya Osei"))).to_be_visible()
        assert asked == ["beforeunload"]
