"""Every kind of exercise in a real browser: on a phone, looked at by axe, and one of them run without scripts."""

from playwright.sync_api import Page, expect

from app.access.permissions import Role
from app.kernel.config import ROOT
from tests.assessment.course import Learner
from tests.browser import PHONE, good
from tests.journeys.conftest import Browse, House
from tests.journeys.walking import Tell, heading, press


def author(house: House) -> Learner:
    person = house.world.hire("Ada", "Writer")
    house.world.grant(person, Role.QI_ADMIN)
    return Learner(house.world, person.id, "gallery")


def test_each_exercise_fits_a_phone_and_everybody_before_and_after_it_is_marked(
    house: House, browse: Browse, story: Tell
) -> None:
    learner = author(house)
    files = (ROOT / "courses" / "gallery").glob("try-*.yaml")
    quizzes = sorted(file.stem for file in files if "questions:" in file.read_text())
    page = browse(learner.person_id, width=PHONE)
    steps = story(page)
    assert len(quizzes) == 10
    for quiz in quizzes:
        attempt = learner.start(quiz)
        with steps.when(f"they look at {quiz}"):
            for asked in learner.sitting(attempt).asked:
                page.goto(f"/attempts/{attempt.id}/questions/{asked.number}")
                fits(page, f"gallery {quiz} {asked.number}")
        learner.hand_in(attempt)
        with steps.then("the result explains itself even to whoever answered nothing"):
            page.goto(f"/attempts/{attempt.id}/result")
            fits(page, f"gallery {quiz} result")


def fits(page: Page, name: str) -> None:
    expect(heading(page)).to_be_visible()
    good(page, name)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE, page.url


def test_a_test_of_change_is_run_and_studied_without_scripts(house: House, browse: Browse, story: Tell) -> None:
    learner = author(house)
    attempt = learner.start("try-pdsa")
    page = browse(learner.person_id, javascript=False)
    steps = story(page)
    page.goto(f"/attempts/{attempt.id}/questions/1")
    stale = page.context.new_page()
    stale.goto(f"/attempts/{attempt.id}/questions/1")
    with steps.when("they plan a test with a prediction and run it"):
        plan(page, "55", "More hands at the busiest hours")
    with steps.then("the log has the plan, and the study is asked for"):
        expect(page.get_by_text("More hands at the busiest hours").first).to_be_visible()
        expect(page.get_by_text("Cycle 1 of 3: Study and Act")).to_be_visible()
    with steps.when("they run it once more from a window that was left open"):
        plan(stale, "1", "This time I know what comes")
    with steps.then("the test that was run stands"):
        [asked] = learner.sitting(attempt).asked
        [cycle] = asked.answer["cycles"]
        assert "More hands at the busiest hours" in str(cycle)
        assert "This time I know" not in str(cycle)


def plan(page: Page, number: str, why: str) -> None:
    page.get_by_label("Have a third dispenser").check()
    page.get_by_label("what do you predict").fill(number)
    page.get_by_label("Why do you think so?").fill(why)
    page.get_by_label("For how many days?").fill("8")
    press(page, "Run this test")
    expect(heading(page)).to_be_visible()
