"""A gallery of exercises for those who write courses: others do not know of it, and it counts nowhere."""

import pytest
import sqlalchemy as sa

from app.access.permissions import Role
from app.capability.queries.standings import matrix_tiers
from app.curriculum.rules import ActivityKind
from app.evidence.queries.rows import read, statement
from app.evidence.rules import Period
from app.kernel.db import table
from app.kernel.errors import NotFoundError
from app.learning import commands, queries
from app.learning.models import Enrolment
from app.learning.rules import EnrolmentSource
from tests.client import document
from tests.learning.learner import Learner
from tests.world import World

GALLERY = "/courses/gallery"


@pytest.fixture
def author(taught: World) -> Learner:
    person = taught.hire("Ada", "Writer")
    taught.grant(person, Role.QI_ADMIN)
    return Learner(taught, person.id, "gallery")


def test_an_author_finds_it_among_the_courses_and_joins_it(author: Learner) -> None:
    client = author.world.client(author.person_id)
    assert "Gallery of exercises" in document(client.get("/courses")).text
    joined = client.submit(client.get(GALLERY), "/enrol")
    assert client.follow(joined).status_code == 200


def test_for_everybody_else_it_is_not_there(taught: World) -> None:
    for person in (taught.hire(), taught.partner("Sam")):
        client = taught.client(person)
        assert client.get(GALLERY).status_code == client.get("/courses/no-such-course").status_code == 404
        assert client.post(f"{GALLERY}/enrol").status_code == 404
    assert "Gallery" not in taught.client(taught.hire()).get("/courses").text


def test_nobody_is_put_on_it_by_somebody_else(author: Learner) -> None:
    other = author.world.hire()
    command = commands.Enrol(course_id=author.view.course_id, source=EnrolmentSource.ASSIGNED)
    with pytest.raises(NotFoundError), author.world.db.write() as session:
        commands.enrol(session, author.actor, command, author.world.now, other.id)


def test_trying_everything_in_it_completes_nothing_and_stands_in_no_record(author: Learner) -> None:
    author.enrol()
    for activity in author.view.activities:
        if activity.kind is not ActivityKind.SIGN_OFF:
            author.do(activity.key)
    today = author.world.today
    with author.world.db.read() as session:
        assert session.scalars(sa.select(table(Enrolment).c.completed_at)).all() == [None]
        assert read(session, statement(), Period(today.replace(month=1, day=1), today), today) == ()
        assert queries.next_step(session, author.person_id) is None
        assert "gallery" not in [tier.slug for tier in matrix_tiers(session)]
