"""The sign-in ends in the middle of a question: the answer waits for the person who gave it, and for nobody else."""

import httpx2
import sqlalchemy as sa

from app.accounts.models import Credential
from app.accounts.passwords import hash_password
from app.kernel.db import table
from tests.assessment.course import Learner
from tests.assessment.questions import RIGHT, WRONG
from tests.assessment.test_pages import AUTOSAVE, at, fields
from tests.client import HouseClient, document
from tests.world import World

PASSWORD = "a-long-enough-sentence-of-mine"


def _with_password(world: World, person_id: int) -> None:
    world.sign_in(person_id)
    credential = table(Credential)
    with world.db.write() as session:
        session.execute(
            sa.update(credential)
            .where(credential.c.person_id == person_id)
            .values(password_hash=hash_password(PASSWORD))
        )


def _sign_in(browser: HouseClient, person_id: int) -> httpx2.Response:
    return browser.submit(browser.get("/sign-in"), "/sign-in", username=f"person-{person_id}", password=PASSWORD)


def _after_the_end(world: World, learner: Learner, **more: str) -> tuple[HouseClient, str]:
    """A browser that has posted an answer under a sign-in that had ended, and the question's address."""
    _with_password(world, learner.person_id)
    browser = world.client(learner.person_id)
    attempt = learner.start()
    data = fields(learner, attempt, 1, RIGHT)
    world.later(days=2)
    sent = browser.post(at(attempt, 1), data=data | more, headers=AUTOSAVE if more else {})
    assert sent.headers["location"].startswith("/sign-in")
    assert learner.sitting(attempt).question(1).answer is None
    return browser, at(attempt, 1)


def test_the_answer_is_kept_and_saved_when_the_same_person_signs_in(world: World, learner: Learner) -> None:
    browser, address = _after_the_end(world, learner)
    went_on = _sign_in(browser, learner.person_id)
    assert went_on.headers["location"] == address.removesuffix("1") + "2"
    assert learner.sitting(learner.start()).question(1).version == 1


def test_an_autosave_that_came_too_late_leads_back_to_its_question(world: World, learner: Learner) -> None:
    browser, address = _after_the_end(world, learner, stay="here")
    assert _sign_in(browser, learner.person_id).headers["location"] == address
    assert "Saved 09:00" in browser.get(address).text


def test_somebody_else_at_the_same_keyboard_saves_nothing_of_it(world: World, learner: Learner) -> None:
    other = world.hire().id
    _with_password(world, other)
    browser, address = _after_the_end(world, learner)
    _sign_in(browser, other)
    assert browser.get(address).status_code == 404
    assert learner.sitting(learner.start()).question(1).answer is None


def test_a_newer_answer_from_elsewhere_is_not_overwritten_by_one_that_waited(world: World, learner: Learner) -> None:
    browser, _ = _after_the_end(world, learner)
    attempt = learner.start()
    asked = learner.sitting(attempt).question(1)
    learner.save(attempt, asked.key, WRONG[asked.kind])
    both = _sign_in(browser, learner.person_id)
    assert document(both).h1 == "You have two answers to this question"
    assert learner.sitting(attempt).question(1).answer == WRONG[asked.kind]


def test_an_answer_that_waited_until_after_the_handing_in_changes_nothing(world: World, learner: Learner) -> None:
    browser, address = _after_the_end(world, learner)
    attempt = learner.start()
    learner.hand_in(attempt)
    _sign_in(browser, learner.person_id)
    assert learner.sitting(attempt).question(1).answer is None
    assert browser.get(address).headers["location"].endswith("/result")
