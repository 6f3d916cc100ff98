"""The Back button, a second press, and a step taken in another window: nothing is done twice, and nothing undone."""

import re

import sqlalchemy as sa
from playwright.sync_api import Page, expect

from app.access.permissions import Role
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from tests.assessment.course import Learner
from tests.browser import PHONE, good
from tests.journeys.conftest import Browse, House
from tests.journeys.test_answering import FOUR_KINDS, SAVED, Quiz, status
from tests.journeys.walking import Tell, heading, press


def deeds(house: House, person_id: int, action: str) -> int:
    event = table(AuditEvent)
    with house.world.db.read() as session:
        found = sa.select(sa.func.count()).where(event.c.action == action, event.c.subject_id == person_id)
        return session.scalar(found) or 0


def test_back_after_a_save_shows_what_was_saved_and_saves_nothing_again(
    house: House, browse: Browse, story: Tell
) -> None:
    quiz = Quiz(house, FOUR_KINDS)
    page = browse(quiz.person_id)
    steps = story(page)
    page.goto(f"/attempts/{quiz.attempt.id}/questions/1")
    with steps.given("two questions answered, one after the other"):
        for _ in range(2):
            before = heading(page).inner_text()
            _answer_somehow(page)
            expect(status(page)).to_have_text(SAVED)
            page.get_by_role("button", name="Save and continue").click()
            expect(heading(page)).not_to_have_text(before)
        saves = deeds(house, quiz.person_id, "save answer")
    with steps.when("they go back twice, and forward again"):
        page.go_back()
        expect(heading(page)).to_have_text("Question 2 of 4")
        expect(status(page)).to_have_text(SAVED)
        page.go_back()
        expect(heading(page)).to_have_text("Question 1 of 4")
        expect(status(page)).to_have_text(SAVED)
        page.go_forward()
        expect(heading(page)).to_have_text("Question 2 of 4")
    with steps.then("the answers stand, and an answer changed there is no conflict with itself"):
        assert deeds(house, quiz.person_id, "save answer") == saves
        _answer_somehow(page, other=True)
        expect(status(page)).to_have_text(SAVED)
        expect(heading(page)).to_have_text("Question 2 of 4")


def test_back_after_handing_in_leads_to_the_result(house: House, browse: Browse, story: Tell) -> None:
    quiz = Quiz(house, FOUR_KINDS)
    page = browse(quiz.person_id)
    steps = story(page)
    page.goto(f"/attempts/{quiz.attempt.id}/questions/4")
    page.goto(f"/attempts/{quiz.attempt.id}/check")
    with steps.when("they hand in, and press Back"):
        press(page, "Show me why")
        expect(heading(page)).to_have_text("Your answers, and why")
        page.go_back()
    with steps.then("the check is no more, and pressing its button once more, if it is shown, hands in nothing again"):
        if heading(page).inner_text() == "Check your answers":
            press(page, "Show me why")
        expect(heading(page)).to_have_text("Your answers, and why")
        page.go_back()
        expect(heading(page)).to_have_text("Your answers, and why")
        assert deeds(house, quiz.person_id, "submit attempt") == 1


def test_a_double_click_hands_in_once(house: House, browse: Browse, story: Tell) -> None:
    for javascript in (True, False):
        quiz = Quiz(house, FOUR_KINDS)
        page = browse(quiz.person_id, javascript=javascript)
        steps = story(page)
        page.goto(f"/attempts/{quiz.attempt.id}/check")
        with steps.when("they press twice, as fast as it goes"):
            page.get_by_role("button", name="Show me why").dblclick(no_wait_after=True)
        with steps.then("it was handed in once, and they are where the first press leads"):
            expect(heading(page)).to_have_text("Your answers, and why")
            assert deeds(house, quiz.person_id, "submit attempt") == 1
            page.get_by_role("button", name="Try again").dblclick(no_wait_after=True)
            expect(heading(page)).to_have_text("Question 1 of 4")
            assert deeds(house, quiz.person_id, "start attempt") == 2


def test_a_test_of_change_in_two_windows_is_run_once_and_the_other_plan_is_given_back(
    house: House, browse: Browse, story: Tell
) -> None:
    person = house.world.with_role(Role.QI_ADMIN)
    learner = Learner(house.world, person.id, "gallery")
    attempt = learner.start("try-pdsa")
    old = browse(person.id, width=PHONE)
    new = old.context.new_page()
    steps = story(old)
    for window in (old, new):
        window.goto(f"/attempts/{attempt.id}/questions/1")
    with steps.given("a test that was run in the newer window, by a double press"):
        new.get_by_label("Have a third dispenser").check()
        new.get_by_label("what do you predict").fill("55")
        new.get_by_label("Why do you think so?").fill("More hands at the busiest hours")
        new.get_by_label("For how many days?").fill("8")
        expect(status(new)).to_have_text(SAVED)
        new.get_by_role("button", name="Run this test").dblclick(no_wait_after=True)
        expect(new.get_by_text("Cycle 1 of 3: Study and Act")).to_be_visible()
    with steps.when("they write another plan in the window that was left open"):
        old.get_by_label("Why do you think so?").fill("This time I know what comes")
    with steps.then("that window does not say Saved: it gives the words back, and leads to the test that was run"):
        expect(heading(old)).to_have_text("This step has already been taken")
        expect(old.get_by_text("Why: This time I know what comes")).to_be_visible()
        good(old, "a step that was taken")
        old.get_by_role("button", name="Go on from there").click()
        expect(old.get_by_text("More hands at the busiest hours").first).to_be_visible()
        expect(status(old)).to_have_text(SAVED)
        [asked] = learner.sitting(attempt).asked
        assert len(asked.answer["cycles"]) == 1


def _answer_somehow(page: Page, *, other: bool = False) -> None:
    kinds = {"radio": page.get_by_role("radio"), "checkbox": page.get_by_role("checkbox")}
    for found in kinds.values():
        if found.count():
            found.nth(int(other)).check()
            return
    if page.get_by_role("textbox").count():
        page.get_by_role("textbox").fill("8" if other else "7")
        return
    page.get_by_role("combobox").first.select_option(index=2 if other else 1)
    expect(status(page)).to_have_text(re.compile("Sav"))
