"""The sentence for an appraisal names everything that the record holds: it leaves the trust with somebody's name."""

from collections.abc import Iterator
from datetime import date

import pytest

from app.access.actor import SYSTEM
from app.access.permissions import Role
from app.learning.commands import GrantAward, grant_award
from app.organisation.models import Person
from tests.client import HouseClient, document
from tests.evidence.scene import learn
from tests.evidence.test_person import download, pdf_text
from tests.recognition.scene import Scene
from tests.world import World

WHEN = "Between 24 November 2025 and 23 November 2026"
NOTHING = "no learning about quality improvement is recorded"
ALWAYS = {"period": "dates", "starts": "1 January 2024", "ends": "23 November 2026"}


@pytest.fixture
def person(world: World) -> Person:
    world.load_courses()
    return world.hire("Connor", "Jessop")


@pytest.fixture
def hr(world: World, person: Person) -> HouseClient:
    return world.client(world.with_role(Role.HR))


def grant(world: World, person: Person, on: date, tier: str = "pocket-qi") -> None:
    source = f"Classroom cohort of {on.day} {on:%B %Y}"
    with world.db.write() as session:
        grant_award(
            session, SYSTEM, GrantAward(person_id=person.id, tier=tier, occurred_on=on, source=source), world.now
        )


def told(browser: HouseClient, person: Person, **asked: str) -> Iterator[str]:
    """What page, print and file say."""
    page = browser.get(f"/evidence/people/{person.id}", params=asked)
    yield document(page).text
    yield pdf_text(download(browser, page, "pdf"))
    yield document(download(browser, page, "html")).text


def test_whoever_learned_in_a_classroom_is_said_to_have_completed_the_level(
    world: World, hr: HouseClient, person: Person
) -> None:
    grant(world, person, date(2026, 11, 6))
    for text in told(hr, person):
        assert f"{WHEN}, Connor Jessop completed Pocket QI." in text
        assert NOTHING not in text


def test_a_level_refreshed_in_the_period_was_completed_before_it(world: World, hr: HouseClient, person: Person) -> None:
    grant(world, person, date(2023, 6, 5))
    grant(world, person, date(2026, 5, 4))
    learn(world, person)
    text = document(hr.get(f"/evidence/people/{person.id}")).text
    assert (
        f"{WHEN}, Connor Jessop completed Introduction to quality improvement (edition 2), refreshed Pocket QI and did "
        "1 hour 6 minutes of learning in courses about quality improvement, 22 minutes of it participatory."
    ) in text


def test_a_level_that_a_course_of_the_sentence_gave_is_not_said_twice(
    world: World, hr: HouseClient, person: Person
) -> None:
    learn(world, person)
    text = document(hr.get(f"/evidence/people/{person.id}")).text
    assert (
        f"{WHEN}, Connor Jessop completed Introduction to quality improvement (edition 2) and did "
        "1 hour 6 minutes of learning about quality improvement, 22 minutes of it participatory."
    ) in text


def test_a_course_and_a_classroom_refresh_of_its_level_are_both_said(
    world: World, hr: HouseClient, person: Person
) -> None:
    learn(world, person)
    grant(world, person, date(2026, 10, 5), "induction")
    text = document(hr.get(f"/evidence/people/{person.id}")).text
    level = "Introduction to quality improvement"
    assert f"Connor Jessop completed {level} (edition 2), refreshed {level} and did 1 hour 6 minutes" in text


def test_what_was_completed_before_the_period_is_not_said_to_be_done_in_it(
    world: World, hr: HouseClient, person: Person
) -> None:
    grant(world, person, date(2024, 6, 5))
    text = document(hr.get(f"/evidence/people/{person.id}")).text
    assert f"{WHEN}, {NOTHING} for Connor Jessop." in text
    assert "Held since" in text


def test_what_was_learnt_elsewhere_is_named_and_what_it_was_recognised_as_is_said_once(world: World) -> None:
    world.load_courses()
    scene = Scene.of(world)
    scene.recognise(scene.offer())
    browser = world.client(world.with_role(Role.HR))
    when = "Between 1 January 2024 and 23 November 2026"
    for text in told(browser, scene.ada, **ALWAYS):
        assert (
            f"{when}, learning from elsewhere is recorded for Ada Learner: QSIR Practitioner (NHS England), "
            "recognised as Improvement leaders."
        ) in text
    grant(world, scene.ada, date(2026, 11, 6))
    for text in told(browser, scene.ada, **ALWAYS):
        assert (
            f"{when}, Ada Learner completed Pocket QI; learning from elsewhere is recorded as well: "
            "QSIR Practitioner (NHS England), recognised as Improvement leaders."
        ) in text
