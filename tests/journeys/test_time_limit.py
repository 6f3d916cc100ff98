"""Somebody takes an assessment against the clock: with the countdown, without scripts on a phone, with more time.

The browser's clock and the server's are both moved by the test, and nothing waits.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from app.access.permissions import Role
from tests.assessment.course import LIMIT, SLUG, Learner, write_courses
from tests.browser import PHONE, good
from tests.journeys.conftest import Browse, House
from tests.journeys.walking import Tell, heading, press

BEGIN = "Begin: my time starts now"
RUNNING = re.compile(r"You have until \d\d:\d\d \(20 minutes left\)\.")
SAVED = re.compile(r"^Saved \d\d:\d\d$")


@pytest.fixture(scope="module", autouse=True)
def _timed(house: House, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The real course gets an edition whose check is timed."""
    folder: Path = tmp_path_factory.mktemp("timed") / "courses"
    house.world.load_courses(write_courses(folder, edition=50, time_limit=LIMIT))


@pytest.fixture
def learner(house: House) -> Learner:
    return Learner(house.world, house.world.hire("Dilys", "Price").id)


def clock(page: Page) -> Locator:
    return page.locator("#time > p").first


def status(page: Page) -> Locator:
    return page.locator("#time [role=status]")


def begin(page: Page) -> None:
    page.goto(f"/courses/{SLUG}/counting")
    page.locator("#do_check").get_by_role("button", name=re.compile("^Begin")).click()
    expect(heading(page)).to_have_text("The quiz check")


def give_something(page: Page) -> None:
    """Any answer to whatever question is shown."""
    for field in page.locator("form[data-answer]").locator("input[type=radio], input[type=checkbox]").all()[:1]:
        field.check()
    for field in page.get_by_role("textbox").all():
        field.fill("7")
    for field in page.get_by_role("combobox").all()[:1]:
        field.select_option(index=1)


def test_the_countdown_is_quiet_and_the_end_is_the_servers(
    house: House, learner: Learner, browse: Browse, story: Tell
) -> None:
    page = browse(learner.person_id)
    steps = story(page)
    with steps.given("they are told how long they have before the time runs"):
        begin(page)
        expect(page.get_by_text("You have 20 minutes from when you begin.")).to_be_visible()
        good(page, "before a timed assessment")
    with steps.when("they begin, and work for a while"):
        page.clock.install()
        press(page, BEGIN)
        expect(clock(page)).to_have_text(RUNNING)
        good(page, "a timed question")
        expect(status(page)).to_have_text("")
        page.clock.fast_forward("14:30")
        expect(clock(page)).to_contain_text("(6 minutes left)")
        expect(status(page)).to_have_text("")
    with steps.then("five minutes and one minute are said once, politely"):
        page.clock.fast_forward("01:00")
        expect(status(page)).to_have_text("5 minutes left.")
        page.clock.fast_forward("03:30")
        expect(status(page)).to_have_text("1 minute left.")
        page.clock.fast_forward("00:30")
        expect(clock(page)).to_contain_text("less than a minute left")
    with steps.when("the time runs out under their hands"):
        give_something(page)
        house.later(minutes=19)
        page.clock.fast_forward("01:00")
        expect(status(page)).to_have_text("Your time is up. What you have saved counts.")
        expect(page.locator("#saved")).to_have_text(SAVED)
        good(page, "a timed question when the time is up")
        house.later(minutes=3)
        page.get_by_role("link", name="See how it went").click()
    with steps.then("the page says so, and what they had saved is handed in"):
        expect(heading(page)).to_have_text("Your time is up")
        expect(page.get_by_text("1 of 5 questions answered")).to_be_visible()
        good(page, "time is up")
        press(page, "Hand in and see how it went")
        expect(page.get_by_text("What you had saved by then was handed in for you.")).to_be_visible()
        good(page, "the result by the clock")


def test_an_answer_that_comes_too_late_leads_to_the_result(
    house: House, learner: Learner, browse: Browse, story: Tell
) -> None:
    page = browse(learner.person_id)
    steps = story(page)
    begin(page)
    press(page, BEGIN)
    with steps.when("they are away too long, and then choose an answer"):
        expect(clock(page)).to_have_text(RUNNING)
        house.later(minutes=21)
        give_something(page)
    with steps.then("the answer is not taken, and the result says that the clock ended it"):
        expect(heading(page)).to_have_text("Not passed yet")
        expect(page.get_by_text("What you had saved by then was handed in for you.")).to_be_visible()
        assert learner.sitting(learner.start()).attempt_id != _attempt(page)


def _attempt(page: Page) -> int:
    return int(page.url.rpartition("/attempts/")[2].partition("/")[0])


def test_without_scripts_on_a_phone_with_more_time(house: House, learner: Learner, browse: Browse, story: Tell) -> None:
    admin = browse(house.world.with_role(Role.QI_ADMIN, given_name="Marco"), javascript=False)
    page = browse(learner.person_id, width=PHONE, javascript=False)
    steps = story(admin, page)
    with steps.given("somebody granted them a quarter more time"):
        admin.goto(f"/people/{learner.person_id}")
        admin.get_by_role("link", name="Extra time, tries and other adjustments").click()
        admin.get_by_label("Time", exact=True).select_option("25")
        press(admin, "Grant it")
        expect(admin.get_by_role("link", name="Enter why it is granted")).to_be_visible()
        expect(admin.get_by_label("Time", exact=True)).to_have_value("25")
        admin.get_by_label("Why").fill("As agreed")
        press(admin, "Grant it")
        expect(admin.get_by_text("Today: 25% more time.")).to_be_visible()
    with steps.when("they begin, and save one answer in time"):
        begin(page)
        expect(page.get_by_text("You have 25 minutes from when you begin.")).to_be_visible()
        press(page, BEGIN)
        expect(clock(page)).to_contain_text("(25 minutes left)")
        house.later(minutes=22)
        give_something(page)
        page.get_by_role("button", name="Save and continue").click()
        expect(heading(page)).to_have_text("Question 2 of 5")
        expect(clock(page)).to_contain_text("(3 minutes left)")
    with steps.then("the next answer comes too late, and is refused kindly"):
        house.later(minutes=4)
        give_something(page)
        page.get_by_role("button", name="Save and continue").click()
        expect(heading(page)).to_have_text("Not passed yet")
        expect(page.get_by_text("Your time was up before this answer came")).to_be_visible()
        expect(page.get_by_text("You have 2 tries left.")).to_be_visible()


def test_the_page_on_which_adjustments_are_granted_is_for_everybody_who_grants(
    house: House, browse: Browse, story: Tell
) -> None:
    admin = house.world.with_role(Role.QI_ADMIN)
    person = house.world.hire("Ann", "O'Neill")
    page = browse(admin)
    steps = story(page)
    page.goto(f"/people/{person.id}/adjustments")
    with steps.when("they grant one by keyboard"):
        page.get_by_label("Time", exact=True).focus()
        page.keyboard.type("50")
        page.keyboard.press("Tab")
        page.keyboard.type("2")
        page.get_by_label("Why").focus()
        page.keyboard.type("As agreed with occupational health")
        page.get_by_role("button", name="Grant it").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("Today: 50% more time, 2 more tries.")).to_be_visible()
        good(page, "adjustments")
        page.set_viewport_size({"width": PHONE, "height": 640})
        good(page, "adjustments on a phone")
    with steps.then("they can end it"):
        page.get_by_role("button", name=re.compile("^End it now")).click()
        expect(page.get_by_text("Nothing is in force today.")).to_be_visible()
        good(page, "adjustments ended")
