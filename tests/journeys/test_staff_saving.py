"""What somebody writes is never lost, and *Saved* is never said too early: answers and notes of a member of staff."""

import re

from playwright.sync_api import Page, Route, expect

from tests.accounts.people import PASSWORD, someone
from tests.assessment.course import Learner
from tests.browser import good
from tests.journeys import walking
from tests.journeys.conftest import Browse, House
from tests.journeys.walking import Tell, heading, press

PRACTICE = "try-why-everyone"
NOTE = "/courses/induction/first-small-step/my-idea"
SAVED = re.compile(r"^Saved \d\d:\d\d$")


class Kept:
    """Requests or answers on their way, stopped until the journey lets them go."""

    def __init__(self, page: Page) -> None:
        self.page, self.routes = page, list[Route]()
        page.route("**/attempts/**", self._stop)

    def _stop(self, route: Route) -> None:
        if route.request.method == "POST":
            self.routes.append(route)
        else:
            route.continue_()

    def next(self) -> Route:
        """The request that is stopped: wait until it has been sent."""
        expect(self.page.locator("#saved")).to_have_text("Saving…")
        while not self.routes:
            self.page.evaluate("() => new Promise(requestAnimationFrame)")
        return self.routes.pop()


def test_saved_is_said_only_after_the_server_has_kept_the_answer(house: House, browse: Browse, story: Tell) -> None:
    learner = Learner(house.world, house.world.hire("Ben", "Nguyễn").id)
    attempt = learner.start(PRACTICE)
    page = browse(learner.person_id)
    steps, saved = story(page), page.locator("#saved")
    question = next(a for a in learner.sitting(attempt).asked if a.kind == "single")

    def kept() -> object:
        return learner.sitting(attempt).question(question.number).answer

    page.goto(f"/attempts/{attempt.id}/questions/{question.number}")
    stopped = Kept(page)
    with steps.when("an answer is on its way to the server"):
        page.get_by_role("radio").nth(0).check()
        request = stopped.next()
    with steps.then("the page says that it is being saved, for it is not kept yet"):
        assert kept() is None
        expect(saved).to_have_text("Saving…")
    with steps.when("the server has kept it, and its word is still on the way back"):
        answered = request.fetch()
        assert kept() is not None
    with steps.then("the page still waits, and says Saved when the word arrives"):
        expect(saved).to_have_text("Saving…")
        request.fulfill(response=answered)
        expect(saved).to_have_text(SAVED)
    with steps.when("the server cannot keep another answer"):
        before = kept()
        page.get_by_role("radio").nth(1).check()
        stopped.next().fulfill(status=503, body="", headers={"Retry-After": "1"})
    with steps.then("the page says so, and keeps trying until it is kept"):
        expect(saved).to_have_text("Not saved yet: we will try again.")
        assert kept() == before
        stopped.next().continue_()
        expect(saved).to_have_text(SAVED)
        assert kept() != before
        expect(page.get_by_role("radio").nth(1)).to_be_checked()


def test_an_answer_given_after_the_sign_in_ended_is_applied_on_the_next(
    house: House, browse: Browse, story: Tell
) -> None:
    cho = someone(house.world, "Cho", "Kim")
    learner = Learner(house.world, cho.id)
    attempt = learner.start(PRACTICE)
    page = browse()
    steps = story(page)
    question = next(a for a in learner.sitting(attempt).asked if a.kind == "single")
    with steps.given("a question that was left open overnight"):
        walking.sign_in(page, cho.email or "", PASSWORD)
        expect(heading(page)).to_have_text("My improvement skills")
        page.goto(f"/attempts/{attempt.id}/questions/{question.number}")
        house.later(hours=21)
    with steps.when("they answer it, and are asked to sign in"):
        walking.choose_and_leave(page, 1)
        expect(heading(page)).to_have_text("Sign in")
        expect(page.get_by_text("What you sent is safe")).to_be_visible()
        good(page, "the sign-in had ended")
        assert learner.sitting(attempt).question(question.number).answer is None
    with steps.then("the answer is saved when they do, and they are back at it"):
        page.get_by_label("E-mail address or sign-in name").fill(cho.email or "")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        press(page, "Sign in")
        expect(page).to_have_url(re.compile(f"/attempts/{attempt.id}/questions/"))
        assert learner.sitting(attempt).question(question.number).answer is not None
        page.goto(f"/attempts/{attempt.id}/questions/{question.number}")
        expect(page.get_by_role("radio").nth(1)).to_be_checked()
        expect(page.locator("#saved")).to_have_text(SAVED)


def test_a_note_in_two_tabs_is_shown_twice_and_neither_is_lost(house: House, browse: Browse, story: Tell) -> None:
    learner = Learner(house.world, house.world.hire("Dilys", "Price").id)
    old = browse(learner.person_id)
    new = old.context.new_page()
    steps = story(old)
    with steps.given("a note that is open in two tabs, and saved in one"):
        old.goto(NOTE)
        new.goto(NOTE)
        new.get_by_role("textbox").fill("Bed 4 has no working call bell on most nights.")
        press(new, "Save")
        expect(new.get_by_role("status")).to_contain_text(re.compile(r"Saved \d\d:\d\d"))
    with steps.when("the older tab saves something else"):
        old.get_by_role("textbox").fill("The weighing scales are always on the other ward.")
        press(old, "Save")
    with steps.then("both are shown, and both can be kept together"):
        expect(heading(old)).to_have_text("One thing that gets in the way: two versions")
        expect(old.get_by_text("Bed 4 has no working call bell").first).to_be_visible()
        expect(old.get_by_text("The weighing scales are always").first).to_be_visible()
        good(old, "a note in two versions")
        press(old, "Save both together")
        expect(old.get_by_role("textbox")).to_have_value(re.compile("call bell.*weighing scales", re.DOTALL))


def test_a_note_written_past_the_end_of_a_sign_in_is_saved_by_the_next(
    house: House, browse: Browse, story: Tell
) -> None:
    ewa = someone(house.world, "Ewa", "Nowak")
    Learner(house.world, ewa.id)
    page = browse(ewa)
    steps = story(page)
    page.goto(NOTE)
    with steps.when("their sign-in ends while they write, and they save"):
        page.get_by_role("textbox").fill("Nobody knows who orders the paper towels.")
        house.later(hours=21)
        press(page, "Save")
    with steps.then("the note waits behind the sign-in, and is saved by it"):
        expect(page.get_by_text("What you sent is safe")).to_be_visible()
        page.get_by_label("E-mail address or sign-in name").fill(ewa.email or "")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        press(page, "Sign in")
        expect(heading(page)).to_have_text("One thing that gets in the way")
        expect(page.get_by_role("textbox")).to_have_value("Nobody knows who orders the paper towels.")
        expect(page.get_by_role("status").first).to_contain_text(re.compile(r"Saved \d\d:\d\d"))
    with steps.then("a note that is too long is refused with a reason, and stays"):
        page.get_by_role("textbox").fill("x" * 20_000)
        press(page, "Save")
        expect(page.get_by_role("alert")).to_contain_text("There is a problem")
        expect(page.get_by_role("textbox")).to_have_value("x" * 20_000)
        good(page, "a note refused")
