"""Somebody writes their mini-task: saved as they type, handed in, taken back, judged, written again; also by phone."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from app.marking.rules import MarkPlace
from tests.browser import PHONE, good
from tests.browser import fits as fits_the_screen
from tests.journeys.conftest import Browse, House
from tests.journeys.test_phone import fits_a_finger
from tests.journeys.walking import Tell, heading, press
from tests.marking.work_writer import MINI_TASK, Writer, mark, release

SAVED = re.compile(r"^Saved \d\d:\d\d$")
AIM = "By 31 May 2027, cold teas on Larch will fall from 9 to 3 of 20."


@pytest.fixture
def writer(house: House) -> Writer:
    return Writer(house.world, house.world.hire("Ann", "O'Neill").id, *MINI_TASK).enrol()


def boxes(page: Page) -> dict[str, Locator]:
    return {name: page.locator(f"#part-{name}") for name in ("aim", "drivers", "measures")}


def write(page: Page, **words: str) -> None:
    for name, box in boxes(page).items():
        box.fill(words.get(name, f"Words for the {name}"))


def test_a_mini_task_from_the_course_to_its_result_on_a_phone(
    house: House, writer: Writer, browse: Browse, story: Tell
) -> None:
    page = browse(writer.person_id, width=PHONE)
    steps = story(page)
    with steps.when("they come from the module and read the points"):
        page.goto("/courses/pocket-qi/put-it-together")
        page.get_by_role("link", name=re.compile("^Open")).click()
        expect(page.get_by_text("The aim goes from one number to another")).to_be_visible()
        fits_a_finger(page, "phone work, not begun")
    with steps.when("they type, and press nothing"):
        write(page, aim=AIM)
        expect(page.locator("#saved")).to_have_text(SAVED)
        fits_a_finger(page, "phone work, draft")
    with steps.then("it is there when the page is opened again, with the characters that are left"):
        page.reload()
        expect(boxes(page)["aim"]).to_have_value(AIM)
        expect(page.get_by_text(re.compile(r"You have \d+ characters remaining")).first).to_be_visible()
    with steps.when("they check it and hand it in"):
        press(page, "Save and check before handing in")
        expect(heading(page)).to_have_text("Check your work")
        fits_a_finger(page, "phone work, check")
        press(page, "Hand in my work")
        expect(page.get_by_text("We aim to tell you by")).to_be_visible()
        fits_a_finger(page, "phone work, waiting")
    with steps.then("what was said is there once it is released, and they write it again"):
        _judge(house, writer)
        page.reload()
        expect(page.get_by_text("Marker A: Which teas count?")).to_be_visible()
        fits_a_finger(page, "phone work, not yet")
        press(page, "Write it again")
        expect(boxes(page)["aim"]).to_have_value(AIM)
        page.get_by_text("Go 1, handed in").click()
        fits_a_finger(page, "phone work, again")


def _judge(house: House, writer: Writer) -> None:
    work = writer.hand_in()
    points = dict.fromkeys((p.id for p in writer.own.guide.points), 0) | {"aim-numbers": 1}
    for place in (MarkPlace.FIRST, MarkPlace.SECOND):
        mark(house.world, work, place, marks=points, comments={"aim-who-when": "Which teas count?"}, comment="Not far")
    release(house.world, work, 1)


def test_without_scripts_it_is_written_checked_handed_in_and_taken_back(
    writer: Writer, browse: Browse, story: Tell
) -> None:
    page = browse(writer.person_id, width=PHONE, javascript=False)
    steps = story(page)
    page.goto(writer.path)
    with steps.when("they save, and forget a part"):
        write(page, aim=AIM, measures="")
        press(page, "Save")
        expect(page.locator("#saved")).to_have_text(SAVED)
        expect(page.get_by_text("You can write up to 800 characters")).to_be_visible()
        press(page, "Save and check before handing in")
    with steps.then("the check names it, and leads back to it"):
        expect(page.get_by_text("This cannot be handed in yet.")).to_be_visible()
        fits_the_screen(page)
        page.get_by_role("link", name="Change The measures").click()
        write(page, aim=AIM)
        press(page, "Save and check before handing in")
        press(page, "Hand in my work")
        expect(page.get_by_text("Handed in").first).to_be_visible()
        assert writer.own.waiting is not None
    with steps.then("they can take it back while nobody marks it"):
        press(page, "Take it back to change it")
        expect(boxes(page)["aim"]).to_have_value(AIM)
        fits_the_screen(page)


def test_two_windows_show_both_versions(writer: Writer, browse: Browse, story: Tell) -> None:
    old = browse(writer.person_id)
    new = old.context.new_page()
    steps = story(old)
    for page in (old, new):
        page.goto(writer.path)
    with steps.when("both windows are written in"):
        boxes(new)["aim"].fill("From the newer window")
        expect(new.locator("#saved")).to_have_text(SAVED)
        boxes(old)["aim"].fill("From the older window")
    with steps.then("the older shows both, and keeps the one that is chosen"):
        expect(heading(old)).to_have_text("Your mini-task: two versions")
        expect(old.get_by_text("From the newer window")).to_be_visible()
        good(old, "work, two versions")
        press(old, "Keep this one instead")
        expect(boxes(old)["aim"]).to_have_value("From the older window")


def test_without_a_network_the_words_stay_on_the_page_and_are_sent_again(
    writer: Writer, browse: Browse, story: Tell
) -> None:
    page = browse(writer.person_id)
    steps = story(page)
    page.goto(writer.path)
    with steps.when("the network goes away while they type"):
        page.context.set_offline(True)
        boxes(page)["aim"].fill(AIM)
        expect(page.locator("#saved")).to_have_text("Not saved yet: we will try again.")
    with steps.then("it is saved once the network is back"):
        page.context.set_offline(False)
        expect(page.locator("#saved")).to_have_text(SAVED)
        assert writer.own.draft is not None
        assert writer.own.draft.content["aim"] == AIM
