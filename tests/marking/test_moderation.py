"""Where two markers differ: a third decides, point by point, and sees no names."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from app.access.permissions import Role
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.kernel.errors import BadInputError, NotFoundError, RuleBrokenError
from tests.client import document
from tests.marking.judged import BEST, TWO, WORST, Ward


@pytest.fixture
def moderator(ward: Ward) -> int:
    return ward.marker(Role.QI_ADMIN, given_name="Ada", family_name="Third")


def _disputed(ward: Ward, **said: str) -> int:
    """Work on which two markers differ in its test: 2 and 0."""
    work = ward.handed_in(TWO)
    ward.mark(ward.marker(Role.MARKER, given_name="Zebedee"), work, BEST, comments={"test": "I see a test"})
    second = ward.marker(Role.MARKER, given_name="Yolanda")
    ward.mark(second, work, BEST | {"test": 0}, comments={"test": "I see none"}, **said)
    return work


def test_two_who_agree_decide_without_anybody_else(ward: Ward) -> None:
    work = ward.handed_in(TWO)
    ward.mark(ward.marker(), work, BEST)
    assert ward.work(work).decided_at is None
    ward.mark(ward.marker(), work, BEST)
    assert (ward.work(work).points, ward.work(work).passed) == (4, True)


def test_a_difference_waits_for_a_third_person(ward: Ward, moderator: int) -> None:
    work = _disputed(ward)
    assert ward.work(work).decided_at is None
    client = ward.world.client(moderator)
    assert "1 to moderate" in document(client.get("/marking/desk")).text


def test_a_moderator_decides_only_the_points_that_differ_with_a_word_for_each(ward: Ward, moderator: int) -> None:
    work = _disputed(ward)
    mark = ward.moderation(moderator, work)
    with pytest.raises(BadInputError):
        ward.say(moderator, mark, {"who": 0})
    ward.say(moderator, mark, {"test": 1})
    with pytest.raises(BadInputError, match="a word to the learner"):
        ward.finish(moderator, mark)
    ward.say(moderator, mark, {"test": 1}, comments={"test": "It is a test, but a large one"}, seen=1)
    ward.finish(moderator, mark)
    done = ward.work(work)
    assert (done.points, done.passed) == (3, True)
    assert done.decided_at is not None


def test_a_moderator_sees_both_sides_as_a_and_b_and_nobodys_name(ward: Ward, moderator: int) -> None:
    work = _disputed(ward, comment="On the whole not bad")
    client = ward.world.client(moderator)
    taken = client.submit(client.get("/marking/desk"), f"/marking/moderate/{work}")
    page = client.follow(taken)
    text = document(page).text
    for words in (
        "Two markers differ on 1 of 3 points",
        "Marker A: 2 of 2",
        "I see a test",
        "Marker B: 0 of 2",
        "I see none",
    ):
        assert words in text
    assert "On the whole not bad" in text
    assert "It says how much: Given" in text
    for name in ("Zebedee", "Yolanda"):
        assert name not in page.text
    said = {"value-test": "2", "comment-test": "Both nights count"}
    check = client.follow(client.submit(page, taken.headers["location"], button=("then", "check"), **said))
    assert "Every point has its answer." in document(check).text
    done = client.follow(client.submit(check, "/finish"))
    assert "Decided. Thank you." in document(done).text
    assert ward.work(work).passed


def test_nobody_moderates_what_they_marked_or_wrote(ward: Ward) -> None:
    author, marked = ward.marker(Role.QI_ADMIN), ward.marker(Role.QI_ADMIN)
    work = ward.handed_in(TWO, by=author)
    ward.mark(marked, work, BEST)
    ward.mark(ward.marker(), work, WORST)
    for person in (author, marked):
        with pytest.raises(NotFoundError):
            ward.moderation(person, work)
        text = document(ward.world.client(person).get("/marking/desk")).text
        assert "Nothing to moderate" in text
        assert "1 more is for somebody else" in text


def test_a_marker_without_that_permission_moderates_nothing(ward: Ward) -> None:
    work, marker = _disputed(ward), ward.marker()
    with pytest.raises((NotFoundError, RuleBrokenError)):
        ward.moderation(marker, work)
    client = ward.world.client(marker)
    assert client.get("/marking/desk").status_code == 403
    assert client.post(f"/marking/moderate/{work}").status_code == 403


def test_of_two_moderators_at_the_same_moment_one_gets_it(ward: Ward) -> None:
    moderators = [ward.marker(Role.QI_ADMIN) for _ in range(3)]
    work = _disputed(ward)

    def take(person: int) -> bool:
        try:
            return bool(ward.moderation(person, work))
        except RuleBrokenError:
            return False

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(take, moderators)) == 1


def test_two_markers_who_finish_at_the_same_moment_decide_once(ward: Ward) -> None:
    markers = [ward.marker(), ward.marker()]
    for _ in range(4):
        work = ward.handed_in(TWO)
        marks = [ward.take(marker, work) for marker in markers]
        for marker, mark in zip(markers, marks, strict=True):
            assert mark is not None
            ward.say(marker, mark, BEST)
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(ward.finish, markers, [mark for mark in marks if mark]))
        assert ward.work(work).passed
        with ward.world.db.read() as session:
            events = table(AuditEvent)
            decided = sa.select(sa.func.count()).where(events.c.action == "decide work", events.c.entity_id == work)
            assert session.scalar(decided) == 1
