"""What people write stays theirs, is never lost between two windows, and is read by those who were named."""

import pytest
import sqlalchemy as sa

from app.access.permissions import Role
from app.kernel.audit import AuditEvent, AuditValue
from app.kernel.db import table
from app.kernel.outbox import Notice
from app.learning import queries
from app.learning.models import Note
from tests.client import document
from tests.learning.learner import Learner

PAGE = "/courses/induction/first-small-step/my-idea"
STEPS = "/courses/induction/who-helps/find-my-helpers"
HOSTILE = "</textarea><script>alert(1)</script>{{7*7}} ' \" O’Neill \u202e"


def note_of(learner: Learner, key: str = "my-idea") -> queries.NoteRow:
    activity = learner.view.activity(key)
    assert activity is not None
    with learner.world.db.read() as session:
        return queries.own_note(session, learner.person_id, activity.id)


def test_saved_is_said_only_of_what_is_in_the_database(learner: Learner) -> None:
    learner.world.later(hours=12, minutes=14)
    client = learner.world.client(learner.person_id)
    fresh = client.get(PAGE)
    assert "Saved" not in document(fresh).text
    saved = client.submit(fresh, "/note", text="The bed scale is locked away at night.")
    assert "Saved 21:14" in document(client.follow(saved)).text
    assert note_of(learner).text == "The bed scale is locked away at night."
    learner.world.later(hours=5)
    assert "Saved 23 November 2026, 21:14" in document(client.get(PAGE)).text


def test_writing_it_is_doing_it_and_an_empty_box_is_not(learner: Learner) -> None:
    client = learner.world.client(learner.person_id)
    refused = client.submit(client.get(PAGE), "/note", text="   ")
    assert refused.status_code == 422
    assert "Write something first" in document(refused).text
    assert learner.course.finished == {}
    client.submit(client.get(PAGE), "/note", text="The printer.")
    assert set(learner.course.finished) == {"my-idea"}


def test_what_is_too_long_is_shown_again_and_not_cut(learner: Learner) -> None:
    client = learner.world.client(learner.person_id)
    refused = client.submit(client.get(PAGE), "/note", text="long " * 900)
    assert refused.status_code == 422
    assert refused.text.count("long") >= 900
    assert note_of(learner).version == 0


def test_two_windows_lose_neither_version(learner: Learner) -> None:
    client = learner.world.client(learner.person_id)
    one, other = client.get(PAGE), client.get(PAGE)
    client.submit(one, "/note", text="Written on the ward")
    conflict = client.submit(other, "/note", text="Written at home")
    assert conflict.status_code == 409
    shown = document(conflict).text
    assert "Written on the ward" in shown
    assert "Written at home" in shown
    assert note_of(learner).text == "Written on the ward"
    both = [f for f in document(conflict).forms if "Written on the ward\n\nWritten at home" in f.fields.get("text", [])]
    assert client.post(both[0].action, data=both[0].fields).status_code == 303
    assert note_of(learner).text == "Written on the ward\n\nWritten at home"


def test_the_same_words_from_two_windows_are_no_conflict(learner: Learner) -> None:
    client = learner.world.client(learner.person_id)
    one, other = client.get(PAGE), client.get(PAGE)
    client.submit(one, "/note", text="The same")
    assert client.submit(other, "/note", text="The same").status_code == 303
    assert note_of(learner).version == 1


def test_hostile_text_comes_back_as_it_was_written_and_runs_nowhere(learner: Learner) -> None:
    client = learner.world.client(learner.person_id)
    client.submit(client.get(PAGE), "/note", text=HOSTILE, share="yes")
    page = client.get(PAGE)
    assert "<script>alert" not in page.text
    assert "{{7*7}}" in document(page).text
    admin = learner.world.client(learner.world.with_role(Role.QI_ADMIN))
    assert "<script>alert" not in admin.get("/ideas").text


def test_what_was_typed_under_an_ended_sign_in_is_kept_for_the_same_person(learner: Learner) -> None:
    client = learner.world.client(learner.person_id)
    page = client.get(PAGE)
    learner.world.later(hours=30)
    sent = client.submit(page, "/note", text="Typed during a long night")
    assert sent.headers["location"].startswith("/sign-in")
    assert note_of(learner).version == 0
    with learner.world.db.read() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM held_deed WHERE content LIKE '%long night%'")) == 1


def test_the_words_of_a_note_are_not_in_the_audit_log(learner: Learner) -> None:
    client = learner.world.client(learner.person_id)
    client.submit(client.get(PAGE), "/note", text="Confidential tea", share="yes")
    with learner.world.db.read() as session:
        actions = session.scalars(sa.select(table(AuditEvent).c.action).where(table(AuditEvent).c.entity == "note"))
        assert list(actions) == ["share note"]
        values = session.scalars(sa.select(table(AuditValue).c.after)).all()
    assert not any("Confidential" in (v or "") for v in values)


def test_a_private_note_is_read_by_nobody_and_a_shared_one_until_it_is_taken_back(learner: Learner) -> None:
    world = learner.world
    client, admin = world.client(learner.person_id), world.client(world.with_role(Role.QI_ADMIN))
    client.submit(client.get(PAGE), "/note", text="About the tea", share="no")
    assert "About the tea" not in admin.get("/ideas").text
    client.submit(client.get(PAGE), "/note", share="yes")
    assert "About the tea" in admin.get("/ideas").text
    client.submit(client.get(PAGE), "/note", share="no")
    assert "About the tea" not in admin.get("/ideas").text


def test_the_writer_reads_the_answer_and_hears_of_it_once_in_neutral_words(learner: Learner) -> None:
    world = learner.world
    client = world.client(learner.person_id)
    client.submit(client.get(PAGE), "/note", text="About the tea", share="yes")
    world.later(days=16)
    client, admin = world.client(learner.person_id), world.client(world.with_role(Role.QI_ADMIN))
    waiting = admin.get("/ideas")
    assert "2 days late" in document(waiting).text
    assert admin.submit(waiting, "/reply", reply="   ").status_code == 422
    assert admin.submit(waiting, "/reply", reply="A kettle comes on Monday.").status_code == 303
    assert "A kettle comes on Monday." in document(client.get(PAGE)).text
    assert "Everybody who shared something has had an answer." in document(admin.get("/ideas")).text
    with world.db.read() as session:
        lines = session.scalars(
            sa.select(table(Notice).c.line).where(table(Notice).c.person_id == learner.person_id)
        ).all()
    assert len([line for line in lines if "answered" in line]) == 1
    assert not any("kettle" in line or "tea" in line for line in lines)


def test_the_second_of_two_answers_is_not_lost_and_not_sent(learner: Learner) -> None:
    world = learner.world
    client = world.client(learner.person_id)
    one, other = (world.client(world.with_role(Role.QI_ADMIN)) for _ in range(2))
    client.submit(client.get(PAGE), "/note", text="About the tea", share="yes")
    first, second = one.get("/ideas"), other.get("/ideas")
    one.submit(first, "/reply", reply="Yes")
    refused = other.submit(second, "/reply", reply="No")
    assert refused.status_code == 409
    assert "Somebody else answered this first" in document(refused).text
    with world.db.read() as session:
        assert session.scalar(sa.select(table(Note).c.reply)) == "Yes"


def test_partners_and_staff_are_answered_on_separate_pages(learner: Learner, partner: Learner) -> None:
    world = learner.world
    for one, path in (
        (learner, PAGE),
        (partner, "/courses/patients-and-carers/choosing-together/what-i-would-change"),
    ):
        client = world.client(one.person_id)
        client.submit(client.get(path), "/note", text=f"Written by {one.slug}", share="yes")
    admin, worker = world.client(world.with_role(Role.QI_ADMIN)), world.client(world.with_role(Role.INVOLVEMENT))
    assert "patients-and-carers" not in admin.get("/ideas").text
    assert "Written by patients-and-carers" in worker.get("/partner-ideas").text
    assert "Written by induction" not in worker.get("/partner-ideas").text
    assert worker.get("/ideas").status_code == 403
    for visitor in (world.lead("Surgery"), world.with_role(Role.HR)):
        assert world.client(visitor).get("/partner-ideas").status_code == 403


def test_ticks_from_two_windows_are_put_together(learner: Learner) -> None:
    client = learner.world.client(learner.person_id)
    one, other = client.get(STEPS), client.get(STEPS)
    client.submit(one, "/steps", item=["0"])
    assert learner.course.finished == {}
    begun = learner.course.enrolment
    assert begun is not None
    assert begun.started_at == learner.world.now, "one tick begins the course"
    client.submit(other, "/steps", item=["1", "2"])
    assert document(client.get(STEPS)).forms[-1].fields["item"] == ["0", "1", "2"]
    assert set(learner.course.finished) == {"find-my-helpers"}


@pytest.mark.parametrize("item", ["99", "-1", "one", "9" * 30])
def test_a_tick_that_means_nothing_is_no_tick(learner: Learner, item: str) -> None:
    client = learner.world.client(learner.person_id)
    assert client.submit(client.get(STEPS), "/steps", item=[item]).status_code == 303
    assert note_of(learner, "find-my-helpers").version == 0
