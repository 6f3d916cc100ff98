"""Somebody answers questions: with a flaky network, in two windows, by keyboard, without scripts, on a phone."""

import re

import pytest
import sqlalchemy as sa
from playwright.sync_api import Locator, Page, expect

from app.accounts.models import SignInSession
from app.assessment.models import Attempt
from app.assessment.queries import Asked
from app.kernel.db import table
from tests.assessment.course import Learner
from tests.browser import PHONE, good
from tests.journeys import walking
from tests.journeys.conftest import Browse, House
from tests.journeys.walking import Tell

FOUR_KINDS, WITH_ORDER = "try-why-everyone", "try-first-small-step"
SAVED = re.compile(r"^Saved \d\d:\d\d$")


class Quiz:
    """A practice quiz in which somebody stands, and their windows on it."""

    def __init__(self, house: House, activity: str) -> None:
        self.person_id = house.world.hire().id
        self.learner = Learner(house.world, self.person_id)
        self.attempt: Attempt = self.learner.start(activity)

    def asked(self, kind: str) -> Asked:
        return next(a for a in self.learner.sitting(self.attempt).asked if a.kind == kind)

    def address(self, kind: str) -> str:
        return f"/attempts/{self.attempt.id}/questions/{self.asked(kind).number}"


def status(page: Page) -> Locator:
    return page.locator("#saved")


@pytest.fixture
def quiz(house: House) -> Quiz:
    return Quiz(house, FOUR_KINDS)


def test_an_answer_is_saved_while_the_learner_works(quiz: Quiz, browse: Browse, story: Tell) -> None:
    page = browse(quiz.person_id)
    steps = story(page)
    with steps.when("they choose an answer and press nothing else"):
        page.goto(quiz.address("single"))
        page.get_by_role("radio").nth(1).check()
        expect(status(page)).to_have_text(SAVED)
    with steps.then("it is there when the page is opened again"):
        page.reload()
        expect(page.get_by_role("radio").nth(1)).to_be_checked()
        good(page, "a question answered")


def test_without_a_network_the_answer_stays_on_the_page_and_is_sent_again(
    quiz: Quiz, browse: Browse, story: Tell
) -> None:
    page = browse(quiz.person_id)
    steps = story(page)
    page.goto(quiz.address("numeric"))
    with steps.when("the network goes away while they type, and they press the button all the same"):
        page.context.set_offline(True)
        page.get_by_role("textbox").fill("11")
        expect(status(page)).to_have_text("Not saved yet: we will try again.")
        page.get_by_role("button", name=re.compile("^Save and")).first.click()
        page.get_by_role("textbox").fill("12")
        expect(status(page)).to_have_text("Not saved yet: we will try again.")
    with steps.then("what they typed last is saved once the network is back"):
        page.context.set_offline(False)
        expect(status(page)).to_have_text(SAVED)
        assert quiz.asked("numeric").answer == "12"


def test_an_answer_typed_without_a_network_outlives_the_page(quiz: Quiz, browse: Browse, story: Tell) -> None:
    page = browse(quiz.person_id)
    steps = story(page)
    page.goto(quiz.address("numeric"))
    with steps.given("an answer that the server refused to hear for a while"):
        page.route(
            "**/attempts/**", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
        )
        page.get_by_role("textbox").fill("21")
        expect(status(page)).to_have_text("Not saved yet: we will try again.")
    with steps.when("the same window comes back to the question"):
        page.unroute("**/attempts/**")
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(quiz.address("numeric"))
    with steps.then("the answer is in its field, and saved"):
        expect(page.get_by_role("textbox")).to_have_value("21")
        expect(status(page)).to_have_text(SAVED)
        assert quiz.asked("numeric").answer == "21"


def test_two_windows_show_both_answers_and_the_learner_chooses(quiz: Quiz, browse: Browse, story: Tell) -> None:
    old = browse(quiz.person_id)
    new = old.context.new_page()
    steps = story(old)
    with steps.given("a question open in two windows, and a newer answer saved in one"):
        old.goto(quiz.address("single"))
        new.goto(quiz.address("single"))
        new.get_by_role("radio").nth(0).check()
        expect(status(new)).to_have_text(SAVED)
    kept = quiz.asked("single").answer
    with steps.when("they answer in the older window"):
        walking.choose_and_leave(old, 2)
    with steps.then("both are shown, nothing is overwritten, and the other window's can stay"):
        expect(old.get_by_role("heading", level=1)).to_have_text("You have two answers to this question")
        assert quiz.asked("single").answer == kept
        good(old, "two answers")
        old.get_by_role("button", name="Keep this one", exact=True).click()
        expect(old.get_by_role("radio").nth(0)).to_be_checked()
    with steps.then("or this window's takes its place"):
        new.reload()
        old.get_by_role("radio").nth(1).check()
        expect(status(old)).to_have_text(SAVED)
        walking.choose_and_leave(new, 2)
        new.get_by_role("button", name="Keep this one instead").click()
        expect(new.get_by_role("radio").nth(2)).to_be_checked()
        expect(status(new)).to_have_text(SAVED)


def test_the_sign_in_ends_while_they_answer(house: House, quiz: Quiz, browse: Browse, story: Tell) -> None:
    page = browse(quiz.person_id)
    steps = story(page)
    page.goto(quiz.address("single"))
    with steps.when("their sign-in ends, and then they choose an answer"):
        session = table(SignInSession)
        with house.world.db.write() as writing:
            writing.execute(
                sa.update(session).where(session.c.person_id == quiz.person_id).values(ended_at=house.world.now)
            )
        walking.choose_and_leave(page, 1)
    with steps.then("they are asked to sign in, and are told that the answer waits"):
        expect(page).to_have_url(re.compile("/sign-in$"))
        assert any(c["name"] == "qi_held" for c in page.context.cookies())
        assert quiz.asked("single").answer is None


def test_an_order_is_made_by_keyboard_alone(house: House, browse: Browse, story: Tell) -> None:
    quiz = Quiz(house, WITH_ORDER)
    page = browse(quiz.person_id)
    steps = story(page)
    page.goto(quiz.address("ordering"))
    texts = page.locator(".app-order__text")
    before = texts.all_inner_texts()
    with steps.when("they press Down on the first item twice"):
        page.get_by_role("button", name=re.compile("Down")).first.focus()
        page.keyboard.press("Enter")
        expect(texts.nth(1)).to_have_text(before[0])
        page.keyboard.press("Enter")
    with steps.then("it has gone two places, the focus has gone with it, and it is saved"):
        expect(texts.nth(2)).to_have_text(before[0])
        assert str(page.evaluate("document.activeElement.value")).startswith("down:")
        expect(status(page)).to_have_text(SAVED)
        page.reload()
        expect(texts.nth(2)).to_have_text(before[0])
        good(page, "an order")


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_a_whole_practice_on_a_phone(house: House, browse: Browse, story: Tell, javascript: bool) -> None:
    quiz = Quiz(house, FOUR_KINDS)
    page = browse(quiz.person_id, width=PHONE, javascript=javascript)
    steps = story(page)
    page.goto(f"/attempts/{quiz.attempt.id}/questions/1")
    for asked in quiz.learner.sitting(quiz.attempt).asked:
        with steps.when(f"they answer question {asked.number}"):
            expect(page.get_by_role("heading", level=1)).to_have_text(f"Question {asked.number} of 4")
            _look(page, f"a {asked.kind} question", javascript)
            _answer(page, asked.kind)
            page.get_by_role("button", name=re.compile("^Save and (continue|check)")).click()
    with steps.then("they check their answers, hand them in, and read why"):
        expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
        expect(page.get_by_text("You have answered all 4 questions.")).to_be_visible()
        _look(page, "check your answers", javascript)
        page.get_by_role("button", name="Show me why").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Your answers, and why")
        _look(page, "why", javascript)


def _look(page: Page, name: str, javascript: bool) -> None:
    """axe-core is a script itself: without scripts, the page is the same HTML."""
    if javascript:
        good(page, name)


def _answer(page: Page, kind: str) -> None:
    if kind == "single":
        page.get_by_role("radio").first.check()
    elif kind == "multiple":
        page.get_by_role("checkbox").first.check()
    elif kind == "numeric":
        page.get_by_role("textbox").fill("7")
    else:
        for field in page.get_by_role("combobox").all():
            field.select_option(index=1)
