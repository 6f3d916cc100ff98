"""An exercise done in steps, in two windows: a step is taken once, and nobody looks at its outcome before it counts."""

from typing import Any

import pytest

from app.access.permissions import Role
from app.assessment.kinds.tokens import token
from app.assessment.models import Attempt
from tests.assessment.course import Learner
from tests.client import HouseClient, document
from tests.world import World

AUTOSAVE = {"HX-Request": "true", "HX-Target": "saved"}
WHY = "More hands at the busiest hours"


@pytest.fixture
def author(world: World) -> Learner:
    world.load_courses()
    return Learner(world, world.with_role(Role.QI_ADMIN).id, "gallery")


@pytest.fixture
def attempt(author: Learner) -> Attempt:
    return author.start("try-pdsa")


@pytest.fixture
def browser(world: World, author: Learner) -> HouseClient:
    return world.client(author.person_id)


def at(attempt: Attempt) -> str:
    return f"/attempts/{attempt.id}/questions/1"


def plan(author: Learner, attempt: Attempt, version: int, press: bool = True, **typed: str) -> dict[str, Any]:
    """What a window that shows the first plan sends, with its button or by itself."""
    seed = author.sitting(attempt).question(1).seed
    fields = {"predicted-1": "55", "why-1": WHY, "points-1": "8", "change-1": token(seed, "third-dispenser")}
    button = {"stay": "run-1" if press else "here"}
    return fields | {"plan-1": "open", "version": str(version)} | button | {f"{k}-1": v for k, v in typed.items()}


def cycles(author: Learner, attempt: Attempt) -> list[Any]:
    answer = author.sitting(attempt).question(1).answer
    return answer["cycles"] if answer else []


def data_of(author: Learner, attempt: Attempt) -> str:
    return ", ".join(f"{value:g}" for value in cycles(author, attempt)[0]["data"]["values"])


def test_an_autosave_for_a_step_that_was_taken_elsewhere_is_not_called_saved(
    browser: HouseClient, author: Learner, attempt: Attempt
) -> None:
    browser.post(at(attempt), data=plan(author, attempt, 0))
    before = author.sitting(attempt)
    for headers in (AUTOSAVE, {}):
        said = browser.post(at(attempt), data=plan(author, attempt, 0, press=False, why="Now I know"), headers=headers)
        assert said.status_code == 409
        assert 'id="saved"' not in said.text
        assert document(said).h1 == "This step has already been taken"
        assert "Why: Now I know" in document(said).text
    assert author.sitting(attempt) == before


def test_a_press_that_comes_twice_takes_a_step_once_and_leads_back_to_it(
    browser: HouseClient, author: Learner, attempt: Attempt
) -> None:
    for _ in range(3):
        answer = browser.post(at(attempt), data=plan(author, attempt, 0))
        assert answer.headers["location"] == at(attempt)
    assert len(cycles(author, attempt)) == 1
    assert author.sitting(attempt).question(1).version == 1


def test_the_page_with_two_versions_does_not_show_what_a_test_would_bring(
    browser: HouseClient, author: Learner, attempt: Attempt
) -> None:
    """Else one could look, keep the other version, and predict what one has seen."""
    browser.post(at(attempt), data=plan(author, attempt, 0, press=False, why="An earlier thought"), headers=AUTOSAVE)
    both = browser.post(at(attempt), data=plan(author, attempt, 0))
    assert document(both).h1 == "You have two answers to this question"
    assert cycles(author, attempt) == []
    kept = browser.submit(both, "/questions/1")
    assert kept.status_code == 303
    brought = data_of(author, attempt)
    mean = cycles(author, attempt)[0]["data"]["values"]
    assert brought in document(browser.get(at(attempt))).text, "the run is shown once it counts"
    for shown in (brought, f"{sum(mean) / len(mean):.1f}"):
        assert shown not in document(both).text


def test_a_step_that_was_taken_leaves_nothing_to_choose_and_a_way_on(
    browser: HouseClient, author: Learner, attempt: Attempt
) -> None:
    browser.post(at(attempt), data=plan(author, attempt, 0))
    page = browser.post(at(attempt), data=plan(author, attempt, 0, why="Other words", predicted="9"))
    stands, _, lost = document(page).text.partition("What you wrote in this window Not saved")
    assert "Predicted 55 minutes" in stands
    assert "Other words" in lost
    assert document(page).links["Go on from there"] == at(attempt)
    assert not [form for form in document(page).forms if form.action == at(attempt)], "there is nothing to choose"


def test_words_for_a_step_that_come_after_the_handing_in_lead_to_the_result(
    browser: HouseClient, author: Learner, attempt: Attempt
) -> None:
    browser.post(at(attempt), data=plan(author, attempt, 0))
    author.hand_in(attempt)
    late = browser.post(at(attempt), data=plan(author, attempt, 0, why="Too late"))
    assert late.headers["location"] == f"/attempts/{attempt.id}/result"
    assert "nothing was changed" in document(browser.follow(late)).text
