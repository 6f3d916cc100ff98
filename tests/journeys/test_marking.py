"""Work is judged: two markers, a moderator, a release; once more without scripts; and a marker who begins."""

import re

import pytest
from playwright.sync_api import Page, expect

from app.access.permissions import Role
from tests.browser import PHONE, axe, fits, good
from tests.journeys.conftest import Browse, House
from tests.journeys.walking import Tell, heading, press
from tests.marking.judged import BEST, ONE, TOGETHER, TWO, Ward, write_tasks

SAVED = re.compile(r"^Saved \d\d:\d\d$")


@pytest.fixture(scope="module")
def ward(house: House, tmp_path_factory: pytest.TempPathFactory) -> Ward:
    house.world.load_courses(write_tasks(tmp_path_factory.mktemp("tasks")))
    return Ward(house.world)


def _say(page: Page, name: str, choice: str) -> None:
    page.get_by_role("group", name=name).get_by_label(choice, exact=True).check()


def _good_everywhere(page: Page, name: str) -> None:
    """At a desk and on a phone."""
    good(page, name)
    size = page.viewport_size
    page.set_viewport_size({"width": PHONE, "height": 640})
    good(page, name)
    page.set_viewport_size(size or {"width": 1280, "height": 900})


def _mark(page: Page, test: str) -> None:
    page.goto("/marking")
    press(page, "Mark the next one")
    _say(page, "It says how much", "Given")
    _say(page, "It says for whom", "Given")
    _say(page, "It is a small test", test)


def test_two_markers_differ_and_a_third_decides(ward: Ward, browse: Browse, story: Tell) -> None:
    work = ward.handed_in(TWO)
    first, second, third = (browse(ward.marker(r)) for r in (Role.MARKER, Role.MARKER, Role.QI_ADMIN))
    steps = story(first, second, third)
    with steps.given("a marker with work in the queue"):
        first.goto("/marking")
        expect(first.get_by_text("1 piece of work waits to be marked.")).to_be_visible()
        _good_everywhere(first, "marking queue")
    with steps.when("they mark it, and it is saved as they go"):
        _mark(first, "2: a test to learn from")
        first.get_by_label("Words to the learner (optional), on: It says for whom").fill(
            "A whole ward, and it is named."
        )
        expect(first.locator("#saved")).to_have_text(SAVED)
        _good_everywhere(first, "a mark in the making")
        first.reload()
        expect(first.get_by_label("Words to the learner (optional), on: It says for whom")).to_have_value(
            "A whole ward, and it is named."
        )
    with steps.when("they check it and finish"):
        press(first, "Save and check")
        expect(heading(first)).to_have_text("Check what you say")
        _good_everywhere(first, "a mark checked")
        press(first, "Finish marking")
        expect(first.get_by_text("Finished. Thank you.")).to_be_visible()
    with steps.when("a second marker says otherwise"):
        _mark(second, "0: no test")
        expect(second.locator("#saved")).to_have_text(SAVED)
        press(second, "Save and check")
        press(second, "Finish marking")
        expect(second.get_by_text("Finished. Thank you.")).to_be_visible()
        assert ward.work(work).decided_at is None
    with steps.then("a moderator sees both sides and decides, with a word"):
        third.goto("/marking/desk")
        _good_everywhere(third, "the moderators desk")
        press(third, "Moderate")
        expect(third.get_by_text("Two markers differ on 1 of 3 points")).to_be_visible()
        _say(third, "It is a small test", "1: a test")
        expect(third.locator("#saved")).to_have_text(SAVED)
        _good_everywhere(third, "a moderation")
        press(third, "Save and check")
        press(third, "Decide")
        expect(third.get_by_role("alert")).to_contain_text("write a word to the learner")
        good(third, "a moderation without a word")
        third.get_by_role("link", name="Answer It is a small test").click()
        third.get_by_label("Your word to the learner, on: It is a small test").fill("It is a test, and a large one.")
        press(third, "Save and check")
        press(third, "Decide")
        expect(third.get_by_text("Decided. Thank you.")).to_be_visible()
    assert (ward.work(work).points, ward.work(work).passed) == (3, True)
    assert ward.work(work).released_at is not None


def test_results_are_released_together(ward: Ward, browse: Browse, story: Tell) -> None:
    marker = ward.marker()
    works = [ward.handed_in(TOGETHER) for _ in range(2)]
    for work in works:
        ward.mark(marker, work, BEST)
    page = browse(ward.marker(Role.QI_ADMIN))
    with story(page).then("one button releases them all"):
        page.goto("/marking/desk")
        press(page, "Release all 2")
        expect(page.get_by_text("Released: 2 results.")).to_be_visible()
        _good_everywhere(page, "results released")
    assert all(ward.work(work).released_at for work in works)


def test_a_marker_works_without_scripts(ward: Ward, browse: Browse, story: Tell) -> None:
    work = ward.handed_in(ONE)
    page = browse(ward.marker(Role.MARKER, ONE), javascript=False)
    steps = story(page)
    with steps.when("they mark with buttons alone, and leave a point open"):
        page.goto("/marking")
        press(page, "Mark the next one")
        _say(page, "It says how much", "Given")
        press(page, "Save")
        expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
        press(page, "Save and check")
        press(page, "Finish marking")
    with steps.then("the page names what is open, and they go back to it"):
        expect(page.get_by_role("alert")).to_contain_text("It says for whom: choose an answer")
        page.get_by_role("link", name="Answer It says for whom").click()
        expect(page.get_by_role("group", name="It says how much").get_by_label("Given", exact=True)).to_be_checked()
        _say(page, "It says for whom", "Given")
        _say(page, "It is a small test", "1: a test")
        press(page, "Save and check")
        press(page, "Finish marking")
        expect(page.get_by_text("Finished. Thank you.")).to_be_visible()
    assert ward.work(work).passed


def test_two_windows_of_one_mark_show_both(ward: Ward, browse: Browse, story: Tell) -> None:
    ward.handed_in(ONE)
    old = browse(ward.marker(Role.MARKER, ONE))
    steps = story(old)
    old.goto("/marking")
    press(old, "Mark the next one")
    new = old.context.new_page()
    new.goto(old.url)
    with steps.when("the newer window saves, and then the older"):
        _say(new, "It says how much", "Given")
        expect(new.locator("#saved")).to_have_text(SAVED)
        _say(old, "It says how much", "Not given")
    with steps.then("the older shows where they differ, and one is kept"):
        expect(heading(old)).to_have_text("You have marked this in two windows")
        good(old, "a mark in two windows")
        press(old, "Keep this one instead")
        expect(old.get_by_role("group", name="It says how much").get_by_label("Not given")).to_be_checked()


def test_a_new_marker_judges_samples_first(ward: Ward, browse: Browse, story: Tell) -> None:
    ward.handed_in(ONE)
    page = browse(ward.world.with_role(Role.MARKER), width=PHONE)
    steps = story(page)
    with steps.given("a marker who has judged nothing"):
        page.goto("/marking")
        expect(page.get_by_text("Judge the worked samples first: then work waits here for you.")).to_be_visible()
        good(page, "the queue of a new marker")
        page.locator("a[href$='/one-marker']").click()
    with steps.when("they judge both samples"):
        for level in ("2: a test to learn from", "0: no test"):
            axe(page)
            fits(page)
            for point in ("It says how much", "It says for whom"):
                _say(page, point, "Given" if level.startswith("2") else "Not given")
            _say(page, "It is a small test", level)
            press(page, "Judged: go on")
    with steps.then("their marks count, and work waits for them"):
        expect(heading(page)).to_have_text("Your marks count")
        good(page, "calibrated")
        page.get_by_role("button", name="Go to what waits").click()
        expect(page.get_by_role("button", name="Mark the next one")).to_be_visible()
