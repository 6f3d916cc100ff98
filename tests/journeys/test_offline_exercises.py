"""Every exercise keeps what was done in it while nothing could be saved, and shows it again when it is opened."""

import re

from playwright.sync_api import Page, expect

from app.access.permissions import Role
from app.kernel.config import ROOT
from tests.assessment.course import Learner
from tests.journeys.conftest import Browse, House
from tests.journeys.test_answering import SAVED, status
from tests.journeys.test_offline import banner, leave, only_posts
from tests.journeys.walking import Tell

WITHOUT_FIELDS = {"try-chance"}
"""Its first steps are buttons alone: there is nothing yet that could be lost."""
QUIZZES = sorted({file.stem for file in (ROOT / "courses" / "gallery").glob("try-*.yaml")} - WITHOUT_FIELDS)
FORM = "() => new URLSearchParams([...new FormData(document.querySelector('form[data-answer]'))]).toString()"


def test_what_was_done_in_each_exercise_waits_and_comes_back(house: House, browse: Browse, story: Tell) -> None:
    learner = Learner(house.world, house.world.with_role(Role.QI_ADMIN).id, "gallery")
    page = browse(learner.person_id)
    steps = story(page)
    assert len(QUIZZES) == 9
    for quiz in QUIZZES:
        attempt = learner.start(quiz)
        address = f"/attempts/{attempt.id}/questions/1"
        with steps.given(f"something done in {quiz} that cannot be saved"):
            page.goto(address)
            untouched = page.evaluate(FORM)
            only_posts(page, lambda route: route.abort())
            touch(page)
            expect(banner(page)).to_contain_text("1 answer waits in this tab (question 1)")
            touched = page.evaluate(FORM)
            assert touched != untouched
        with steps.when("the page is left, and opened again when all is well"):
            leave(page, "/my-skills")
            page.unroute("**/attempts/**")
            page.goto(address)
        with steps.then("it is there as it was, saved once"):
            expect(status(page)).to_have_text(SAVED)
            assert _without_version(page.evaluate(FORM)) == _without_version(touched)
            assert learner.sitting(attempt).question(1).version == 1


def touch(page: Page) -> None:
    """Do the first thing that the exercise offers."""
    form = page.locator("form[data-answer]")
    down = form.get_by_role("button", name=re.compile("Down"))
    if form.locator("[data-order]").count():
        down.first.click()
    elif form.get_by_role("textbox").count():
        form.get_by_role("textbox").first.fill("7")
    elif form.get_by_role("radio").count():
        form.get_by_role("radio").first.check()
    else:
        form.get_by_role("checkbox").first.check()


def _without_version(sent: str) -> str:
    return re.sub(r"version=\d+&?", "", sent)
