"""Authors learn which questions to mend, and nobody learns who answered what."""

from datetime import timedelta
from pathlib import Path

import pytest

from app.access.permissions import Role
from app.assessment import queries
from app.assessment.queries import Banked
from app.kernel.errors import NotFoundError
from tests.assessment.course import SLUG, Learner
from tests.client import document
from tests.world import World

BANK = f"/question-banks/{SLUG}/try-it"


@pytest.fixture
def author(world: World) -> int:
    person = world.hire("Ada", "Writer")
    world.grant(person, Role.QI_ADMIN)
    return person.id


@pytest.fixture
def taught(world: World) -> World:
    world.load_courses()
    return world


def looked_at(world: World, author: int) -> Banked:
    with world.db.read() as session:
        return queries.bank(session, world.actor(author), SLUG, "try-it")


def test_first_attempts_are_counted_question_by_question(world: World, courses: Path, author: int) -> None:
    """Twelve people; the first question is right for the seven who took the trouble, and second tries do not count."""
    for place in range(12):
        learner = Learner(world, world.hire().id)
        learner.take("try-it", right=99 if place < 7 else 0)
        learner.take("try-it", right=99)
    found = looked_at(world, author)
    assert found.quality.people == 12
    assert {item.met for item in found.quality.items} == {12}
    assert {item.difficulty for item in found.quality.items} == {7 / 12}
    assert found.quality.reliability == pytest.approx(1)
    [single] = [j for j in found.judged if j.question.kind == "single"]
    assert sum(choice.chosen or 0 for choice in single.choices) == 12
    assert [choice.chosen for choice in single.choices if choice.right] == [7]
    page = document(world.client(author).get(BANK)).text
    assert "58% right" in page
    assert "From the first attempts of 12 people" in page


def test_an_attempt_that_was_not_handed_in_counts_nowhere(world: World, courses: Path, author: int) -> None:
    Learner(world, world.hire().id).start("try-it")
    assert looked_at(world, author).quality.people == 0


def test_the_time_from_the_first_question_to_handing_in_is_told(world: World, courses: Path, author: int) -> None:
    for _ in range(10):
        learner = Learner(world, world.hire().id)
        attempt = learner.start("try-it")
        world.later(minutes=6)
        learner.hand_in(attempt)
    assert looked_at(world, author).quality.minutes == timedelta(minutes=6) / timedelta(minutes=1)
    assert "Half of them took 6 minutes or less" in document(world.client(author).get(BANK)).text


def test_of_nine_people_no_figure_is_shown(world: World, courses: Path, author: int) -> None:
    for place in range(9):
        Learner(world, world.hire().id).take("try-it", right=99 if place else 0)
    page = document(world.client(author).get(BANK)).text
    assert "Fewer than 10 people have handed in" in page
    assert "% right" not in page
    assert "Chosen by" not in page


def test_the_list_leads_to_every_bank_and_only_authors_see_it(world: World, courses: Path, author: int) -> None:
    client = world.client(author)
    page = client.get("/question-banks")
    assert f'href="{BANK}"' in page.text
    assert "/question-banks" in client.get("/admin").text
    assert client.get("/question-banks/induction/no-such").status_code == 404
    with pytest.raises(NotFoundError), world.db.read() as session:
        queries.banks(session, world.actor(world.hire().id))


def test_every_bank_of_the_real_courses_has_its_page(taught: World) -> None:
    """Whatever kinds a bank holds."""
    person = taught.hire("Ada", "Writer")
    taught.grant(person, Role.QI_ADMIN)
    with taught.db.read() as session:
        found = queries.banks(session, taught.actor(person.id))
    client = taught.client(person)
    assert len(found) > 15
    for bank in found:
        assert client.get(f"/question-banks/{bank.course.slug}/{bank.activity.key}").status_code == 200
