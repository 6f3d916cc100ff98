"""Release: from then on it counts, and the learner hears of it once. Before, nothing is recorded and nobody is told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import sqlalchemy as sa

from app.access.permissions import Role
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.kernel.outbox import Mail
from app.learning.models import Outcome
from app.learning.rules import OutcomeSource
from tests.client import document
from tests.marking.judged import BEST, ONE, SLUG, TOGETHER, TWO, WORST, Ward


def _outcomes(ward: Ward) -> list[Outcome]:
    with ward.world.db.read() as session:
        return list(session.scalars(sa.select(Outcome).order_by(table(Outcome).c.id)))


def _mails(ward: Ward) -> list[Mail]:
    with ward.world.db.read() as session:
        return list(session.scalars(sa.select(Mail).order_by(table(Mail).c.id)))


def test_a_task_that_releases_at_once_releases_with_the_last_word_about_it(ward: Ward) -> None:
    learner = ward.world.hire("Ann", "O'Neill")
    work = ward.handed_in(by=learner.id)
    ward.world.later(days=2)
    marker = ward.marker()
    ward.mark(marker, work, BEST)
    done = ward.work(work)
    assert done.released_at == done.decided_at == ward.world.now
    [outcome] = _outcomes(ward)
    assert (outcome.person_id, outcome.source, outcome.minutes) == (learner.id, OutcomeSource.MARKED, 30)
    assert (outcome.participatory_minutes, outcome.occurred_on) == (10, ward.world.today)


def test_passing_what_a_course_requires_completes_it(ward: Ward) -> None:
    from app.learning.models import Enrolment

    learner = ward.world.hire()
    ward.mark(ward.marker(), ward.handed_in(by=learner.id), BEST)
    with ward.world.db.read() as session:
        enrolments = table(Enrolment)
        done = sa.select(enrolments.c.completed_at).where(enrolments.c.person_id == learner.id)
        assert session.scalar(done) == ward.world.now


def test_work_that_does_not_pass_is_released_and_counts_for_nothing(ward: Ward) -> None:
    work = ward.handed_in()
    ward.mark(ward.marker(), work, WORST)
    assert ward.work(work).released_at is not None
    assert _outcomes(ward) == []
    assert len(_mails(ward)) == 1


def test_the_learner_gets_one_mail_that_does_not_tell_the_result(ward: Ward) -> None:
    learner = ward.world.hire("Ann", "O'Neill", email="ann@trust.example")
    ward.mark(ward.marker(), ward.handed_in(by=learner.id), WORST, comment="Sorry, not yet")
    [mail] = _mails(ward)
    assert (mail.to_address, mail.subject) == ("ann@trust.example", "Your work has been looked at")
    assert not any(telling in mail.body for telling in ("pass", "point", "Sorry", "again", "0 of"))
    assert f"/work/{SLUG}/{ONE}" in mail.body


def test_somebody_without_an_address_gets_no_mail_and_their_result_all_the_same(ward: Ward) -> None:
    learner = ward.world.hire(email=None)
    ward.mark(ward.marker(), ward.handed_in(by=learner.id), BEST)
    assert _mails(ward) == []
    assert len(_outcomes(ward)) == 1


def test_a_task_that_releases_together_keeps_results_until_they_are_all_released(ward: Ward) -> None:
    marker, admin = ward.marker(), ward.marker(Role.QI_ADMIN)
    works = [ward.handed_in(TOGETHER) for _ in range(3)]
    for work, marks in zip(works, (BEST, WORST, BEST), strict=True):
        ward.mark(marker, work, marks)
    assert all(ward.work(work).decided_at and not ward.work(work).released_at for work in works)
    assert (_outcomes(ward), _mails(ward)) == ([], [])
    ward.world.later(days=3)
    client = ward.world.client(admin)
    page = client.get("/marking/desk")
    assert "2 passed, 1 did not" in document(page).text
    assert "Release all 3" in document(page).text
    after = client.follow(client.submit(page, "/marking/release"))
    assert "Released: 3 results." in document(after).text
    assert all(ward.work(work).released_at == ward.world.now for work in works)
    assert [outcome.occurred_on for outcome in _outcomes(ward)] == [ward.world.today] * 2
    assert len(_mails(ward)) == 3


def test_each_released_piece_is_written_down_once(ward: Ward) -> None:
    marker, admin = ward.marker(), ward.marker(Role.QI_ADMIN)
    works = [ward.handed_in(TOGETHER) for _ in range(2)]
    for work in works:
        ward.mark(marker, work, BEST)
    assert (ward.release(admin), ward.release(admin)) == (2, 0)
    with ward.world.db.read() as session:
        events = table(AuditEvent)
        released = sa.select(events.c.entity_id).where(events.c.action == "release work").order_by(events.c.entity_id)
        assert session.scalars(released).all() == works


def test_what_was_decided_after_the_page_was_opened_is_not_released_unseen(ward: Ward) -> None:
    marker, admin = ward.marker(), ward.marker(Role.QI_ADMIN)
    ward.mark(marker, ward.handed_in(TOGETHER), BEST)
    client = ward.world.client(admin)
    page = client.get("/marking/desk")
    ward.world.later(minutes=5)
    late = ward.handed_in(TOGETHER, at=ward.world.now - timedelta(days=1))
    ward.mark(marker, late, BEST)
    client.submit(page, "/marking/release")
    assert ward.work(late).released_at is None
    assert len(_outcomes(ward)) == 1


def test_two_presses_of_release_at_the_same_moment_release_once(ward: Ward) -> None:
    marker, admin = ward.marker(), ward.marker(Role.QI_ADMIN)
    for _ in range(3):
        ward.mark(marker, ward.handed_in(TOGETHER), BEST)
    with ThreadPoolExecutor(3) as pool:
        released = list(pool.map(ward.release, [admin] * 3))
    assert sorted(released) == [0, 0, 3]
    assert len(_mails(ward)) == len(_outcomes(ward)) == 3


def test_a_moderated_pass_counts_from_the_moderators_word_on(ward: Ward) -> None:
    work, admin = ward.handed_in(TWO), ward.marker(Role.QI_ADMIN)
    ward.mark(ward.marker(), work, BEST)
    ward.mark(ward.marker(), work, WORST)
    assert _outcomes(ward) == []
    mark = ward.moderation(admin, work)
    ward.say(admin, mark, BEST, comments=dict.fromkeys(BEST, "Yes"))
    ward.finish(admin, mark)
    assert len(_outcomes(ward)) == 1


def test_a_form_of_nonsense_releases_nothing(ward: Ward) -> None:
    ward.mark(ward.marker(), ward.handed_in(TOGETHER), BEST)
    client = ward.world.client(ward.marker(Role.QI_ADMIN))
    for data in ({}, {"task": "1", "until": "soon"}, {"task": "x", "until": "2027-01-01T00:00:00+00:00"}):
        assert client.post("/marking/release", data=data).status_code == 422
    assert _outcomes(ward) == []
