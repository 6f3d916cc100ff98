"""The network goes, the server stops, an answer gets lost on its way: what was typed waits, and says so."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.accounts.people import PASSWORD, someone
from tests.assessment.course import Learner
from tests.browser import PATIENCE, PHONE, good
from tests.journeys import walking
from tests.journeys.conftest import Browse, House
from tests.journeys.test_answering import FOUR_KINDS, SAVED, Quiz, status
from tests.journeys.walking import Tell, heading, press

POSTS = "**/attempts/**"
WAITING = "() => Object.keys(sessionStorage).filter(key => key.startsWith('answer:'))"


@pytest.fixture
def quiz(house: House) -> Quiz:
    return Quiz(house, FOUR_KINDS)


def banner(page: Page) -> Any:
    return page.locator("#waiting")


def only_posts(page: Page, deed: Any) -> None:
    """Let `deed` decide what becomes of whatever this page sends to be saved."""
    page.route(POSTS, lambda route: deed(route) if route.request.method == "POST" else route.continue_())


def leave(page: Page, address: str) -> None:
    """Go elsewhere in the same tab, whatever the page asks before it lets go."""
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto(address)


@pytest.mark.parametrize("width", [1280, PHONE])
def test_without_a_network_a_banner_says_what_waits_and_where(
    quiz: Quiz, browse: Browse, story: Tell, width: int
) -> None:
    page = browse(quiz.person_id, width=width)
    steps = story(page)
    page.goto(quiz.address("numeric"))
    number = quiz.asked("numeric").number
    with steps.when("the network goes before anything was typed"):
        page.context.set_offline(True)
        expect(banner(page)).to_contain_text("You are offline. Everything up to now is saved.")
    with steps.when("they answer all the same"):
        page.get_by_role("textbox").fill("11")
        expect(banner(page)).to_contain_text(f"1 answer waits in this tab (question {number}) and will be sent")
        expect(banner(page)).to_contain_text("An answer waits for two days at most")
        expect(banner(page).get_by_role("alert")).to_be_visible()
        good(page, "offline")
    with steps.when("they press a button, and look for another page"):
        press(page, "Save and check your answers" if number == 4 else "Save and continue")
        expect(page.get_by_role("textbox")).to_have_value("11")
    with steps.then("it is saved when the network is back, and the banner is gone"):
        page.context.set_offline(False)
        expect(status(page)).to_have_text(SAVED)
        expect(banner(page)).to_be_hidden()
        assert quiz.asked("numeric").answer == "11"
        assert page.evaluate(WAITING) == []


def test_an_answer_outlives_a_page_that_was_left_without_a_network(quiz: Quiz, browse: Browse, story: Tell) -> None:
    page = browse(quiz.person_id)
    steps = story(page)
    page.goto(quiz.address("numeric"))
    asked: list[str] = []
    with steps.given("an answer typed without a network, and a page that warns before it is left"):
        page.context.set_offline(True)
        page.get_by_role("textbox").press_sequentially("23")
        expect(banner(page)).to_contain_text("1 answer waits")
        page.on("dialog", lambda dialog: asked.append(dialog.type))
        page.on("dialog", lambda dialog: dialog.accept())
        with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
            page.reload()
        assert asked == ["beforeunload"]
    with steps.then("it is in its field and saved once the page can be opened again"):
        page.context.set_offline(False)
        page.goto(quiz.address("numeric"))
        expect(page.get_by_role("textbox")).to_have_value("23")
        expect(status(page)).to_have_text(SAVED)
        assert (quiz.asked("numeric").answer, quiz.asked("numeric").version) == ("23", 1)


def test_a_server_that_stops_and_starts_again_loses_no_answer(
    house: House, quiz: Quiz, browse: Browse, story: Tell
) -> None:
    page = browse(quiz.person_id)
    steps = story(page)
    page.goto(quiz.address("single"))
    with steps.when("the server is gone when they answer"):
        house.server.kill()
        page.get_by_role("radio").nth(1).check()
        expect(status(page)).to_have_text(re.compile("^(Saving…|Not saved yet: we will try again.)$"))
        assert quiz.asked("single").version == 0
    with steps.then("the answer is saved by the server that comes after it, once"):
        house.server.start()
        expect(status(page)).to_have_text(SAVED)
        assert quiz.asked("single").version == 1
        page.reload()
        expect(page.get_by_role("radio").nth(1)).to_be_checked()


@pytest.mark.parametrize("reload", [False, True], ids=["on the same page", "after the page was opened again"])
def test_an_answer_that_was_kept_but_never_confirmed_is_one_answer(
    quiz: Quiz, browse: Browse, story: Tell, reload: bool
) -> None:
    page = browse(quiz.person_id)
    steps = story(page)
    page.goto(quiz.address("numeric"))

    def lose_what_comes_back(route: Route) -> None:
        route.fetch()
        route.abort()

    with steps.given("an answer that the server kept, whose confirmation was lost"):
        only_posts(page, lose_what_comes_back)
        page.get_by_role("textbox").fill("31")
        expect(status(page)).to_have_text("Not saved yet: we will try again.")
        assert quiz.asked("numeric").version == 1
    with steps.when("they go on typing, and the network is well again"):
        page.get_by_role("textbox").fill("32")
        page.unroute(POSTS)
        if reload:
            leave(page, quiz.address("numeric"))
    with steps.then("nobody asks them to choose between two answers of their own"):
        expect(status(page)).to_have_text(SAVED)
        expect(page.get_by_role("textbox")).to_have_value("32")
        assert (quiz.asked("numeric").answer, quiz.asked("numeric").version) == ("32", 2)


def test_while_nothing_can_be_saved_the_other_questions_can_still_be_answered(
    quiz: Quiz, browse: Browse, story: Tell
) -> None:
    page = browse(quiz.person_id)
    steps = story(page)
    with steps.given("a server that can be read, and saves nothing"):
        only_posts(page, lambda route: route.fulfill(status=503, headers={"Retry-After": "1"}))
        page.goto(quiz.address("single"))
        page.get_by_role("radio").nth(0).check()
        expect(banner(page)).to_contain_text("This site cannot save anything just now. 1 answer waits")
    with steps.when("they go on without waiting, and answer another question"):
        page.get_by_role("link", name="Go on without waiting").click()
        expect(page).not_to_have_url(re.compile(f"{quiz.address('single')}$"))
        leave(page, quiz.address("numeric"))
        page.get_by_role("textbox").fill("5")
        expect(banner(page)).to_contain_text("2 answers wait in this tab (questions")
        good(page, "two answers wait")
    with steps.then("the page on which they check their answers says that two are missing, and keeps them"):
        leave(page, f"/attempts/{quiz.attempt.id}/check")
        expect(banner(page)).to_contain_text("2 answers wait")
        good(page, "two answers wait before handing in")
        press(page, "Show me why")
        expect(heading(page)).to_have_text("Check your answers")
    with steps.then("when it can save again, both are sent, and stand on the page before anything is handed in"):
        page.unroute(POSTS)
        expect(banner(page)).to_be_hidden(timeout=PATIENCE)
        expect(page.get_by_text("2 questions still without an answer")).to_be_visible()
        assert quiz.asked("single").version == quiz.asked("numeric").version == 1
        press(page, "Show me why")
        expect(heading(page)).to_have_text("Your answers, and why")
        assert page.evaluate(WAITING) == []


def test_an_answer_that_waited_too_long_does_not_overwrite_a_newer_one(quiz: Quiz, browse: Browse, story: Tell) -> None:
    page = browse(quiz.person_id)
    other = page.context.new_page()
    steps = story(page)
    with steps.given("an answer that waits, and a newer one saved in another window"):
        page.goto(quiz.address("numeric"))
        only_posts(page, lambda route: route.abort())
        page.get_by_role("textbox").fill("41")
        expect(banner(page)).to_contain_text("1 answer waits")
        other.goto(quiz.address("numeric"))
        other.get_by_role("textbox").fill("42")
        expect(status(other)).to_have_text(SAVED)
    with steps.when("the tab with the older one comes back through another question"):
        leave(page, quiz.address("single"))
        page.unroute(POSTS)
        page.reload()
        link = banner(page).get_by_role("link", name=f"Open question {quiz.asked('numeric').number}")
        expect(link).to_be_visible()
        good(page, "an answer that needs a choice")
        link.click()
    with steps.then("both are shown, and the newer one stays until somebody chooses"):
        expect(heading(page)).to_have_text("You have two answers to this question")
        expect(page.get_by_text("41", exact=False).first).to_be_visible()
        assert quiz.asked("numeric").answer == "42"
        press(page, "Keep this one instead")
        expect(status(page)).to_have_text(SAVED)
        assert quiz.asked("numeric").answer == "41"


@pytest.mark.parametrize("sign_out", [True, False], ids=["signed out", "signed in over it"])
def test_what_waited_is_gone_for_whoever_signs_in_next_in_the_same_browser(
    house: House, browse: Browse, story: Tell, sign_out: bool
) -> None:
    given = "Odd" if sign_out else "Eve"
    first, second = someone(house.world, given, "Writer"), someone(house.world, given, "Reader")
    learner = Learner(house.world, first.id)
    attempt = learner.start(FOUR_KINDS)
    number = next(a.number for a in learner.sitting(attempt).asked if a.kind == "numeric")
    address = f"/attempts/{attempt.id}/questions/{number}"
    page = browse()
    steps = story(page)
    with steps.given("somebody whose answer waits in a browser that others use"):
        walking.sign_in(page, first.email or "", PASSWORD)
        expect(heading(page)).to_have_text("My improvement skills")
        page.goto(address)
        only_posts(page, lambda route: route.abort())
        page.get_by_role("textbox").fill("77")
        expect(banner(page)).to_contain_text("1 answer waits")
        assert page.evaluate(WAITING) == [f"answer:{attempt.id}/{number}"]
    page.on("dialog", lambda dialog: dialog.accept())
    page.unroute(POSTS)
    with steps.when("they leave, and the next person signs in"):
        only_posts(page, lambda route: route.abort())
        if sign_out:
            press(page, "Sign out")
            expect(page.get_by_text("You are signed out.")).to_be_visible()
            assert page.evaluate(WAITING) == []
        else:
            page.context.clear_cookies()
        walking.sign_in(page, second.email or "", PASSWORD)
        expect(heading(page)).to_have_text("My improvement skills")
    with steps.then("nothing of it is left in the browser, and the question is not there"):
        assert page.evaluate(WAITING) == []
        answer = page.goto(address)
        assert answer
        assert answer.status == 404
        assert "77" not in page.content()
