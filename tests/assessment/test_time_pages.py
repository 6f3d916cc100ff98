"""A time limit as people meet it: before it runs, while it runs, when it is over; on one's own pages alone."""

import pytest

from app.accounts.models import SignInSession
from app.kernel.db import table
from tests.assessment.adjusting import ARRANGEMENT, REASON, Granter
from tests.assessment.course import SLUG, Learner
from tests.assessment.questions import RIGHT, WRONG
from tests.assessment.test_expiry import _sign_in, _with_password
from tests.assessment.test_pages import AUTOSAVE, answer, at, fields
from tests.client import HouseClient, document
from tests.world import NOW, World

START, BEFORE = f"/activities/{SLUG}/check/start", f"/activities/{SLUG}/check/before"


@pytest.fixture
def browser(world: World, timed: Learner) -> HouseClient:
    return world.client(timed.person_id)


def attempts(world: World) -> int:
    from app.assessment.models import Attempt

    with world.db.read() as session:
        return len(session.execute(table(Attempt).select()).all())


def test_begin_first_says_how_long_one_has_and_starts_nothing(
    world: World, browser: HouseClient, timed: Learner
) -> None:
    module = browser.get(f"/courses/{SLUG}/counting")
    assert "with a time limit" in document(module).text
    told = browser.submit(module, "/check/start")
    assert told.headers["location"] == BEFORE
    page = browser.follow(told)
    assert document(page).h1 == "The quiz check"
    for words in (
        "You have 20 minutes from when you begin.",
        "5 questions.",
        "4 right answers are needed to pass.",
        "When your time is up, what you have saved is handed in for you.",
        "You have 3 tries left.",
    ):
        assert words in document(page).text
    assert attempts(world) == 0
    world.later(hours=3)
    begun = browser.submit(page, "/start")
    assert timed.start().due_at == world.now.replace(minute=20)
    assert browser.get(BEFORE).headers["location"] == begun.headers["location"]


def test_whoever_is_in_the_middle_goes_on_without_being_told_again(browser: HouseClient, timed: Learner) -> None:
    attempt = timed.start()
    assert browser.post(START).headers["location"] == at(attempt, 1)


def test_practice_and_assessments_without_a_limit_begin_at_once(world: World, learner: Learner) -> None:
    browser = world.client(learner.person_id)
    assert browser.post(START).headers["location"].startswith("/attempts/")
    assert browser.post(f"/activities/{SLUG}/try-it/start").headers["location"].startswith("/attempts/")


def test_when_there_are_no_tries_left_the_page_before_says_so_and_has_no_button(
    browser: HouseClient, timed: Learner
) -> None:
    for _ in range(3):
        timed.take(right=0)
    page = browser.get(BEFORE)
    assert "You have used all 3 tries." in document(page).text
    assert not [f for f in document(page).forms if f.action == START]
    assert browser.post(START).status_code == 409


def test_trying_again_tells_how_long_one_has_first(browser: HouseClient, timed: Learner) -> None:
    attempt = timed.take(right=0)
    again = browser.submit(browser.get(f"/attempts/{attempt.id}/result"), "/start")
    assert "You have 2 tries left." in document(browser.follow(again)).text


def test_every_page_of_a_running_attempt_says_until_when_and_how_long_that_is(
    world: World, browser: HouseClient, timed: Learner
) -> None:
    attempt = timed.start()
    world.later(minutes=5, seconds=30)
    old_window = fields(timed, attempt, 1, WRONG)
    answer(browser, timed, attempt, 1)
    both = browser.post(at(attempt, 1), data=old_window)
    assert both.status_code == 409
    for page in (browser.get(at(attempt, 1)), browser.get(f"/attempts/{attempt.id}/check"), both):
        assert "You have until 09:20 (15 minutes left)." in document(page).text
        assert 'data-seconds="870"' in page.text
    world.later(minutes=14)
    assert "(less than a minute left)" in document(browser.get(at(attempt, 2))).text


def test_an_attempt_without_a_limit_has_no_clock(world: World, browser: HouseClient, timed: Learner) -> None:
    attempt = timed.start("try-it")
    assert "You have until" not in document(browser.get(at(attempt, 1))).text
    assert "clock" not in browser.get(at(attempt, 1)).text


def test_over_midnight_the_end_says_its_day(world: World, browser: HouseClient, timed: Learner) -> None:
    world.clock.at = NOW.replace(hour=23, minute=50)
    attempt = timed.start()
    browser = world.client(timed.person_id)
    assert "You have until 24 November 2026, 00:10 (20 minutes left)." in document(browser.get(at(attempt, 1))).text


def test_when_the_time_is_up_every_page_says_so_and_what_counts(
    world: World, browser: HouseClient, timed: Learner
) -> None:
    attempt = timed.start()
    for number in (1, 2, 3, 4):
        answer(browser, timed, attempt, number)
    world.later(minutes=20)
    for address in (at(attempt, 5), f"/attempts/{attempt.id}/check", f"/attempts/{attempt.id}/result"):
        page = browser.get(address)
        assert document(page).h1 == "Your time is up"
        assert "You had until 09:20. What you had saved by then counts: 4 of 5 questions answered." in page.text
        assert not timed.sitting(attempt).handed_in, "looking changes nothing"
    world.later(minutes=5)
    result = browser.follow(browser.submit(page, "/submit"))
    assert document(result).h1 == "You have passed"
    assert "You had until 23 November 2026, 09:20." in document(result).text


@pytest.mark.parametrize("headers", [{}, AUTOSAVE], ids=["button", "autosave"])
def test_an_answer_that_comes_too_late_is_refused_kindly_and_what_was_saved_is_handed_in(
    world: World, browser: HouseClient, timed: Learner, headers: dict[str, str]
) -> None:
    attempt = timed.start()
    answer(browser, timed, attempt, 1)
    late = fields(timed, attempt, 2, RIGHT)
    world.later(minutes=20, seconds=11)
    said = browser.post(at(attempt, 2), data=late, headers=headers)
    assert said.headers["location"] == f"/attempts/{attempt.id}/result"
    result = browser.follow(said)
    assert "Your time was up before this answer came: it does not count." in document(result).text
    done = timed.sitting(attempt)
    assert (done.right, done.question(2).answer, done.ended_by_the_clock) == (1, None, True)
    again = browser.post(at(attempt, 2), data=late, headers=headers)
    assert again.headers["location"] == f"/attempts/{attempt.id}/result"
    assert timed.sitting(attempt) == done


def test_an_answer_in_the_seconds_of_grace_counts(world: World, browser: HouseClient, timed: Learner) -> None:
    attempt = timed.start()
    sent = fields(timed, attempt, 1, RIGHT)
    world.later(minutes=20, seconds=10)
    said = browser.post(at(attempt, 1), data=sent, headers=AUTOSAVE)
    assert said.status_code == 200
    assert "Saved 09:20" in said.text


def test_something_typed_that_is_no_answer_is_too_late_as_well(
    world: World, browser: HouseClient, timed: Learner
) -> None:
    attempt = timed.start()
    world.later(hours=1)
    said = browser.post(at(attempt, 1), data={"answer": "41%", "version": "-7"})
    assert said.headers["location"] == f"/attempts/{attempt.id}/result"


@pytest.mark.parametrize("name", ["due_at", "began_at", "now", "time", "seconds", "saved_at", "minutes"])
def test_a_time_that_a_form_brings_along_is_not_looked_at(
    world: World, browser: HouseClient, timed: Learner, name: str
) -> None:
    forged = {name: "2099-01-01T00:00:00Z", "ready": "yes"}
    browser.post(START, data=forged)
    attempt = timed.start()
    assert attempt.due_at == NOW.replace(minute=20)
    world.later(minutes=30)
    sent = fields(timed, attempt, 1, RIGHT) | forged
    assert browser.post(at(attempt, 1), data=sent).headers["location"].endswith("/result")
    done = timed.sitting(attempt)
    assert (done.submitted_at, done.question(1).answer) == (attempt.due_at, None)


def test_an_answer_that_waited_for_its_sender_to_sign_in_can_be_too_late(
    world: World, browser: HouseClient, timed: Learner
) -> None:
    _with_password(world, timed.person_id)
    browser = world.client(timed.person_id)
    attempt = timed.start()
    answer(browser, timed, attempt, 1)
    sent = fields(timed, attempt, 2, RIGHT)
    session = table(SignInSession)
    with world.db.write() as writing:
        writing.execute(session.update().values(ended_at=world.now))
    assert browser.post(at(attempt, 2), data=sent).headers["location"].startswith("/sign-in")
    world.later(hours=1)
    assert _sign_in(browser, timed.person_id).headers["location"] == f"/attempts/{attempt.id}/result"
    done = timed.sitting(attempt)
    assert (done.right, done.question(2).answer) == (1, None)


def test_a_learner_sees_their_own_time_and_tries_and_never_that_they_were_granted(
    world: World, browser: HouseClient, timed: Learner
) -> None:
    Granter(world).grant(timed.person_id, 25, 2)
    heard = browser.get(BEFORE)
    assert "You have 25 minutes from when you begin." in document(heard).text
    assert "You have 5 tries left." in document(heard).text
    begun = browser.submit(heard, "/start")
    attempt = timed.start()
    pages = [heard, browser.follow(begun), browser.get(f"/attempts/{attempt.id}/check"), browser.get("/account")]
    assert "You have until 09:25 (25 minutes left)." in document(pages[1]).text
    world.later(hours=1)
    pages += [browser.get(at(attempt, 1)), browser.follow(browser.submit(browser.get(at(attempt, 1)), "/submit"))]
    assert "You have 4 tries left." in document(pages[-1]).text
    pages += [browser.get(address) for address in (f"/courses/{SLUG}", f"/courses/{SLUG}/counting", "/my-record")]
    for page in pages:
        for secret in (REASON, ARRANGEMENT, "25%", "djust", "xtra", "granted"):
            assert secret not in page.text


def test_whoever_has_no_limit_is_told_so_and_sees_no_clock(world: World, browser: HouseClient, timed: Learner) -> None:
    Granter(world).grant(timed.person_id, no_limit=True)
    page = browser.follow(browser.post(START))
    assert "Take as long as you like." in document(page).text
    assert "time is up" not in document(page).text
    question = browser.follow(browser.submit(page, "/start"))
    assert "You have until" not in document(question).text
