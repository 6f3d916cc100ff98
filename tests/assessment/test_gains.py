"""What people gained is said with how sure one can be of it, of ten people and more, and never of a part of fewer."""

from datetime import date
from pathlib import Path

import pytest

from app.access.permissions import Role
from app.assessment import queries
from app.assessment.gain import Pair, gain, quarter, t_quantile
from app.assessment.queries import Compared
from app.kernel.errors import NotFoundError
from app.learning.commands import RateConfidence, rate_confidence
from app.learning.queries import on_course
from app.learning.rules import Sureness
from tests.assessment.course import SLUG, Learner, write_courses
from tests.client import document
from tests.learning.learner import PARTNERS
from tests.world import World

DAY = date(2026, 11, 23)
# Published tables of Student's t, 97.5%: degrees of freedom and value.
TABLE = {9: 2.262, 10: 2.228, 12: 2.179, 15: 2.131, 20: 2.086, 30: 2.042, 60: 2.000, 120: 1.980}
# Student (1908), The probable error of a mean, Biometrika 6: extra hours of sleep, two drugs, ten patients.
SLEEP = [(0.7, 1.9), (-1.6, 0.8), (-0.2, 1.1), (-1.2, 0.1), (-0.1, -0.1), (3.4, 4.4), (3.7, 5.5), (0.8, 1.6), (0, 4.6),
         (2, 3.4)]  # fmt: skip


@pytest.mark.parametrize("freedom", TABLE)
def test_the_quantile_is_the_published_one(freedom: int) -> None:
    assert t_quantile(0.975, freedom) == pytest.approx(TABLE[freedom], abs=0.001)


def test_the_interval_is_that_of_students_own_example() -> None:
    found = gain([Pair(before, after, DAY, 1) for before, after in SLEEP])
    assert found.difference == pytest.approx(1.58)
    assert (found.low, found.high) == pytest.approx((0.70, 2.46), abs=0.005)
    assert found.is_clear


def test_a_quarter_begins_in_january_april_july_or_october() -> None:
    months = [quarter(date(2026, month, 28)).month for month in range(1, 13)]
    assert months == [1, 1, 1, 4, 4, 4, 7, 7, 7, 10, 10, 10]


@pytest.fixture
def author(world: World) -> int:
    person = world.hire("Ada", "Writer")
    world.grant(person, Role.QI_ADMIN)
    return person.id


def asked_twice(world: World, people: int, *, before: int = 1, after: int = 5) -> None:
    for place in range(people):
        learner = Learner(world, world.hire().id)
        learner.take("try-it", right=before + place % 2)
        learner.take("check", right=after)


def rate(partner: Learner, activity: str, sure: Sureness, *, after: bool) -> None:
    with partner.world.db.write() as session:
        asked = on_course(session, partner.actor, PARTNERS).activity(activity)
        ratings = {statement.id: sure for statement in asked.statements}
        command = RateConfidence(course=PARTNERS, activity=activity, after=after, ratings=ratings)
        rate_confidence(session, partner.actor, command, partner.world.now)


def looked_at(world: World, author: int, course: str = SLUG, activity: str = "check") -> Compared:
    with world.db.read() as session:
        return queries.comparison(session, world.actor(author), course, activity)


def test_of_nine_people_nothing_is_said(world: World, courses: Path, author: int) -> None:
    asked_twice(world, 9)
    assert looked_at(world, author).whole is None
    page = document(world.client(author).get(f"/question-banks/{SLUG}/check/before-and-after"))
    assert "Fewer than 10 people" in page.text
    assert "Everybody" not in page.text


def test_first_tries_are_compared_person_by_person(world: World, courses: Path, author: int) -> None:
    asked_twice(world, 12)
    again = Learner(world, world.hire().id)
    again.take("try-it", right=0)
    again.take("try-it", right=99)
    found = looked_at(world, author).whole
    assert found is not None
    assert found.people == 12, "who was not asked again counts nowhere"
    assert found.before == pytest.approx(1.5 / 5)
    assert found.after == pytest.approx(1)
    page = document(world.client(author).get(f"/question-banks/{SLUG}/check/before-and-after")).text
    assert "Of 12 people asked both times, the mean moved by +70: more answers right after than before." in page


def test_whoever_was_asked_again_first_is_not_compared(world: World, courses: Path, author: int) -> None:
    learner = Learner(world, world.hire().id)
    learner.take("check", right=5)
    learner.take("try-it", right=0)
    asked_twice(world, 10)
    whole = looked_at(world, author).whole
    assert whole is not None
    assert whole.people == 10


@pytest.mark.slow
def test_editions_and_quarters_of_fewer_than_ten_are_kept_back_with_what_gives_them_away(
    world: World, courses: Path, author: int
) -> None:
    asked_twice(world, 12)
    write_courses(courses, edition=2)
    world.load_courses(courses)
    world.later(days=60)
    asked_twice(world, 9)
    found = looked_at(world, author)
    assert found.whole is not None
    assert found.whole.people == 21
    assert (found.by_edition, found.by_quarter) == ({}, {}), "12 shown beside 21 would give the 9 away"
    assert found.hidden == 4
    asked_twice(world, 1)
    found = looked_at(world, author)
    assert {edition: part.people for edition, part in found.by_edition.items()} == {1: 12, 2: 10}
    assert {day.isoformat(): part.people for day, part in found.by_quarter.items()} == {
        "2026-10-01": 12,
        "2027-01-01": 10,
    }
    page = document(world.client(author).get(f"/question-banks/{SLUG}/check/before-and-after")).text
    assert "January to March 2027" in page
    assert "Edition 2" in page


def test_how_sure_partners_feel_is_compared_too(world: World, author: int) -> None:
    world.load_courses()
    for _ in range(10):
        partner = Learner(world, world.partner("Bo").id, PARTNERS)
        for after, sure in ((False, Sureness.NOT), (True, Sureness.QUITE)):
            rate(partner, "how-sure", sure, after=after)
    found = looked_at(world, author, PARTNERS, "how-sure").whole
    assert found is not None
    assert (found.people, found.before) == (10, 0)
    assert found.after == pytest.approx(2 / 3)
    page = document(world.client(author).get(f"/question-banks/{PARTNERS}/how-sure/before-and-after")).text
    assert "moved by +67: surer after than before." in page


def test_only_authors_see_it_and_a_pair_that_is_none_is_missing(world: World, courses: Path, author: int) -> None:
    with world.db.read() as session:
        with pytest.raises(NotFoundError):
            queries.comparison(session, world.actor(author), SLUG, "try-it")
        with pytest.raises(NotFoundError):
            queries.comparison(session, world.actor(world.hire().id), SLUG, "check")
