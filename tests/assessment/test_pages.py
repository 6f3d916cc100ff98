"""An attempt as people meet it: page by page, with and without scripts, back and forth, in two windows."""

from pathlib import Path
from typing import Any

import httpx2
import pytest

from app.assessment.models import Attempt
from tests.assessment.course import FIVE, PARTNER_SLUG, SLUG, Learner, write_courses
from tests.assessment.posting import posted_for
from tests.assessment.questions import RIGHT, SECRETS, WRONG
from tests.client import HouseClient, document
from tests.world import World

AUTOSAVE = {"HX-Request": "true", "HX-Target": "saved"}


@pytest.fixture
def browser(world: World, learner: Learner) -> HouseClient:
    return world.client(learner.person_id)


def at(attempt: Attempt, number: int) -> str:
    return f"/attempts/{attempt.id}/questions/{number}"


def fields(learner: Learner, attempt: Attempt, number: int, answers: dict[str, Any]) -> dict[str, Any]:
    """What a browser sends to answer this question."""
    from app.assessment.kinds import KINDS

    asked = learner.sitting(attempt).question(number)
    return posted_for(KINDS[asked.kind], answers[asked.kind], asked.seed) | {"version": str(asked.version)}


def answer(browser: HouseClient, learner: Learner, attempt: Attempt, number: int, **more: str) -> httpx2.Response:
    return browser.post(at(attempt, number), data=fields(learner, attempt, number, RIGHT) | more)


def number_of(learner: Learner, attempt: Attempt, kind: str) -> int:
    return next(a.number for a in learner.sitting(attempt).asked if a.kind == kind)


def test_a_learner_goes_from_the_first_question_to_the_certificate(browser: HouseClient, learner: Learner) -> None:
    learner.take("try-it")
    started = browser.post(f"/activities/{SLUG}/check/start")
    page = browser.follow(started)
    attempt = learner.start()
    for number in range(1, 6):
        assert document(page).h1 == f"Question {number} of 5"
        page = browser.follow(answer(browser, learner, attempt, number))
    assert document(page).h1 == "Check your answers"
    assert "You have answered all 5 questions." in document(page).text
    result = browser.follow(browser.submit(page, "/submit"))
    assert document(result).h1 == "You have passed"
    assert "5 of 5 right. 4 were needed." in document(result).text
    assert "/my-record" in document(result).links["My record"]


def test_no_answer_of_the_server_gives_the_key_away_before_it_is_handed_in(
    browser: HouseClient, learner: Learner
) -> None:
    """Every response of a whole attempt, byte by byte, right and wrong answers, autosaves and refusals included."""
    attempt, heard = learner.start("try-it"), b""
    for answers in (WRONG, RIGHT):
        for number in range(1, 6):
            data = fields(learner, attempt, number, answers)
            for response in (
                browser.get(at(attempt, number)),
                browser.post(at(attempt, number), data=data | {"version": "77"}),
                browser.post(at(attempt, number), data=data, headers=AUTOSAVE),
                browser.post(at(attempt, number), data=data | {"answer": "nonsense", "order": "x", "match-x": "y"}),
                browser.post(at(attempt, number), data=fields(learner, attempt, number, answers)),
                browser.get(f"/attempts/{attempt.id}/check"),
                browser.get(f"/attempts/{attempt.id}/result"),
                browser.post(f"/attempts/{attempt.id}/submit", data={"seen": "999"}),
            ):
                heard += response.content + str(response.headers).encode()
    assert len(heard) > 100_000
    assert [secret for secret in SECRETS if secret.encode() in heard] == []
    result = browser.follow(browser.submit(browser.get(f"/attempts/{attempt.id}/check"), "/submit"))
    assert "why-audit" in result.text, "a search that finds nothing must be able to find something"


def test_saved_stands_there_only_after_the_save(world: World, browser: HouseClient, learner: Learner) -> None:
    attempt = learner.start()
    assert "Not answered yet" in browser.get(at(attempt, 1)).text
    world.later(minutes=14)
    answer(browser, learner, attempt, 1)
    assert "Saved 09:14" in browser.get(at(attempt, 1)).text
    world.later(days=1)
    assert "Saved 23 November 2026, 09:14" in world.client(learner.person_id).get(at(attempt, 1)).text


def test_an_autosave_is_answered_with_its_time_and_version_alone(browser: HouseClient, learner: Learner) -> None:
    attempt = learner.start()
    said = browser.post(at(attempt, 1), data=fields(learner, attempt, 1, RIGHT), headers=AUTOSAVE)
    assert said.status_code == 200
    assert "<html" not in said.text
    assert 'data-version="1"' in said.text
    assert "Saved 09:00" in said.text


def test_an_autosave_of_no_number_says_so_and_saves_nothing(browser: HouseClient, learner: Learner) -> None:
    attempt = learner.start("try-it")
    number = number_of(learner, attempt, "numeric")
    sent = {"answer": "41%", "version": "0"}
    said = browser.post(at(attempt, number), data=sent, headers=AUTOSAVE)
    assert said.status_code == 422
    assert "Not saved: Leave out the % sign: write 41" in said.text
    page = browser.post(at(attempt, number), data=sent)
    assert document(page).title.startswith("Error: Question")
    assert 'value="41%"' in page.text
    assert learner.sitting(attempt).question(number).answer is None


def test_two_windows_both_answers_are_shown_and_either_can_be_kept(browser: HouseClient, learner: Learner) -> None:
    for kind in FIVE:
        attempt = learner.start("try-it")
        number = number_of(learner, attempt, kind)
        old_window = fields(learner, attempt, number, WRONG)
        answer(browser, learner, attempt, number)
        both = browser.post(at(attempt, number), data=old_window)
        assert both.status_code == 409
        assert document(both).h1 == "You have two answers to this question"
        assert learner.sitting(attempt).question(number).answer == RIGHT[kind]
        kept = browser.submit(both, f"/questions/{number}")
        assert kept.status_code == 303
        assert learner.sitting(attempt).question(number).answer == WRONG[kind]


def test_buttons_reorder_without_a_script(browser: HouseClient, learner: Learner) -> None:
    attempt = learner.start("try-it")
    number = number_of(learner, attempt, "ordering")
    page = browser.get(at(attempt, number))
    order = document(page).forms[-1].fields["order"][0].split(",")
    moved = browser.submit(page, f"/questions/{number}", button=("stay", f"down:{order[0]}"))
    assert moved.headers["location"] == at(attempt, number)
    page = browser.follow(moved)
    assert document(page).forms[-1].fields["order"][0].split(",")[:2] == [order[1], order[0]]
    browser.submit(page, f"/questions/{number}", **{f"place-{order[3]}": 1})
    page = browser.get(at(attempt, number))
    assert document(page).forms[-1].fields["order"][0].split(",")[0] == order[3]


def test_going_back_saves_first(browser: HouseClient, learner: Learner) -> None:
    attempt = learner.start()
    assert answer(browser, learner, attempt, 2, then="back").headers["location"] == at(attempt, 1)
    assert learner.sitting(attempt).question(2).version == 1


def test_changing_an_answer_from_the_check_leads_back_to_it(browser: HouseClient, learner: Learner) -> None:
    attempt = learner.start()
    check = browser.get(f"/attempts/{attempt.id}/check")
    assert "You have not answered a question yet." in document(check).text
    page = browser.get(document(check).links["Answer question 3"])
    changed = browser.submit(page, "/questions/3", version=0)
    assert changed.headers["location"] == f"/attempts/{attempt.id}/check"
    answer(browser, learner, attempt, 3)
    assert "4 questions still without an answer: 1, 2, 4 and 5." in document(browser.follow(changed)).text


def test_an_answer_that_changed_meanwhile_is_shown_before_anything_is_handed_in(
    browser: HouseClient, learner: Learner
) -> None:
    attempt = learner.start()
    check = browser.get(f"/attempts/{attempt.id}/check")
    answer(browser, learner, attempt, 1)
    again = browser.submit(check, "/submit")
    assert again.status_code == 409
    assert "An answer has changed" in document(again).text
    assert browser.submit(again, "/submit").headers["location"] == f"/attempts/{attempt.id}/result"


def test_everything_posted_before_changes_nothing_after_handing_in(browser: HouseClient, learner: Learner) -> None:
    attempt = learner.start()
    sent = []
    for number in range(1, 6):
        for answers in (WRONG, RIGHT):
            data = fields(learner, attempt, number, answers)
            sent.append((at(attempt, number), data))
            browser.post(at(attempt, number), data=data)
    check = browser.get(f"/attempts/{attempt.id}/check")
    browser.submit(check, "/submit")
    before = learner.sitting(attempt)
    for address, data in sent:
        for headers in ({}, AUTOSAVE):
            back = browser.post(address, data=data, headers=headers)
            assert back.headers["location"] == f"/attempts/{attempt.id}/result"
    assert browser.submit(check, "/submit").status_code == 303
    assert browser.get(at(attempt, 1)).headers["location"] == f"/attempts/{attempt.id}/result"
    assert browser.get(f"/attempts/{attempt.id}/check").headers["location"] == f"/attempts/{attempt.id}/result"
    assert learner.sitting(attempt) == before
    assert "nothing was changed" in document(browser.follow(back)).text


def test_not_passing_says_what_is_left_and_what_to_read(browser: HouseClient, learner: Learner) -> None:
    attempt = learner.take(right=2)
    page = browser.get(f"/attempts/{attempt.id}/result")
    text = document(page).text
    assert document(page).h1 == "Not passed yet"
    assert "2 of 5 right. 4 are needed." in text
    assert "You have 2 tries left." in text
    assert document(page).links["Counting first"] == f"/courses/{SLUG}/counting"
    again = browser.follow(browser.submit(page, "/start"))
    assert document(again).h1 == "Question 1 of 5"


def test_the_last_try_offers_no_other(browser: HouseClient, learner: Learner) -> None:
    for _ in range(3):
        attempt = learner.take(right=0)
    page = browser.get(f"/attempts/{attempt.id}/result")
    assert "That was the last of your tries." in document(page).text
    assert not [f for f in document(page).forms if f.action.endswith("/start")]
    refused = browser.post(f"/activities/{SLUG}/check/start")
    assert refused.status_code == 409
    assert "used all 3 tries" in document(refused).text


def test_the_result_says_why_for_every_option(browser: HouseClient, learner: Learner) -> None:
    attempt = learner.take("try-it", right=2)
    page = browser.get(f"/attempts/{attempt.id}/result")
    for reason in ("why-audit", "why-not-research", "why-a-number", "why-study", "why-this-order", "why-outcome"):
        assert reason in page.text
    assert "why-all-in-all" in page.text
    assert "Nobody keeps a mark" in document(page).text


def test_somebody_elses_attempt_looks_like_none(world: World, learner: Learner) -> None:
    attempt = learner.start()
    for person in (world.hire(), world.lead(), world.with_role("qi_admin"), world.partner()):
        other = world.client(person)
        for id_ in (attempt.id, 10**30):
            for answered in (
                other.get(f"/attempts/{id_}/questions/1"),
                other.get(f"/attempts/{id_}/check"),
                other.get(f"/attempts/{id_}/result"),
                other.post(f"/attempts/{id_}/questions/1", data={"version": "0"}),
                other.post(f"/attempts/{id_}/questions/1", data={"version": "0"}, headers=AUTOSAVE),
                other.post(f"/attempts/{id_}/submit", data={"seen": "0"}),
            ):
                assert answered.status_code == 404
    assert not learner.sitting(attempt).handed_in


@pytest.mark.parametrize("number", [0, 6, 10**30, -1])
def test_a_question_that_is_not_there_is_a_404(browser: HouseClient, learner: Learner, number: int) -> None:
    attempt = learner.start()
    assert browser.get(at(attempt, number)).status_code == 404
    assert browser.post(at(attempt, number), data={"version": "0"}).status_code == 404


@pytest.mark.parametrize("version", ["", "-1", "x", str(2**63), "1.5"])
def test_a_forged_version_is_refused(browser: HouseClient, learner: Learner, version: str) -> None:
    attempt = learner.start()
    data = fields(learner, attempt, 1, RIGHT) | {"version": version}
    assert browser.post(at(attempt, 1), data=data).status_code == 422
    assert browser.post(f"/attempts/{attempt.id}/submit", data={"seen": version}).status_code == 422
    assert learner.sitting(attempt).question(1).version == 0


def test_a_partner_sees_no_count_and_no_word_of_passing(world: World, courses: Path) -> None:
    partner = Learner(world, world.partner("Rosie").id, PARTNER_SLUG)
    browser = world.client(partner.person_id)
    browser.follow(browser.post(f"/activities/{PARTNER_SLUG}/try-it/start"))
    attempt = partner.start("try-it")
    answer(browser, partner, attempt, 1)
    check = browser.get(f"/attempts/{attempt.id}/check")
    result = browser.follow(browser.submit(check, "/submit"))
    text = document(result).text.lower()
    assert document(result).h1 == "What the course says"
    assert [word for word in ("pass", "fail", "mark", "score", " of 5", "lead", "hr see") if word in text] == []
    assert "Only you. Nobody else sees your answers." in result.text


def test_new_words_during_an_attempt_leave_its_pages_as_they_were(
    world: World, browser: HouseClient, learner: Learner, courses: Path
) -> None:
    attempt = learner.start()
    before = document(browser.get(at(attempt, 1))).text
    world.load_courses(write_courses(courses, words="Quite another"))
    assert document(browser.get(at(attempt, 1))).text == before
