"""At most one routine mail a week for each person, with what they should hear of, and nothing that was taken back."""

import shutil
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from app.accounts import weekly
from app.kernel import outbox
from app.kernel.config import Settings
from app.kernel.db import table
from app.kernel.outbox import Mail, Notice
from tests.world import World

HOUR = timedelta(hours=1)
_mail, _notice = table(Mail), table(Notice)


def tell(world: World, person_id: int, line: str, key: str = "") -> None:
    with world.db.write() as session:
        outbox.tell(session, key=key or line, person_id=person_id, kind="assigned", line=line, now=world.now)


def gather(world: World, settings: Settings | None = None) -> int:
    with world.db.write() as session:
        return weekly.gather(session, settings or world.settings, world.now)


def mails(world: World) -> list[Mail]:
    with world.db.read() as session:
        return list(session.scalars(sa.select(Mail).order_by(_mail.c.id)))


def test_everything_waiting_comes_in_one_mail(world: World) -> None:
    ann, bob = world.hire("Ann", "O'Neill"), world.hire("Bob", "Nguyễn")
    tell(world, ann.id, "Mary Smith asks you to complete Pocket QI by 31 March 2027.\nWhy: your ward's falls.")
    tell(world, ann.id, "Your induction is due soon.")
    tell(world, bob.id, "Dr. J. Ó Súilleabháin asks you to complete Pocket QI by 31 March 2027.")
    world.later(hours=1)
    assert gather(world) == 2
    first, second = mails(world)
    assert first.routine
    assert first.subject == "Mary Smith asks you to complete Pocket QI by 31 March 2027 (and 1 more)"
    assert second.subject == "Dr. J. Ó Súilleabháin asks you to complete Pocket QI by 31 March 2027"
    assert first.body.startswith("Hello Ann O'Neill,\n\nMary Smith asks")
    assert "Your induction is due soon." in first.body
    assert "You get at most one mail like this a week." in first.body


def test_a_mail_says_whom_to_ask(world: World) -> None:
    tell(world, world.hire().id, "Do this.")
    world.later(hours=1)
    contact = {"qi_contact": "Mina Shah", "qi_contact_phone": "1234", "qi_contact_email": "qi@trust.example"}
    gather(world, world.settings.model_copy(update=contact))
    assert "Ask Mina Shah (1234, qi@trust.example)." in mails(world)[0].body


def test_a_long_line_is_shortened_between_words_in_the_subject_only(world: World) -> None:
    line = "Someone asks you to " + "improve " * 40 + "care."
    tell(world, world.hire().id, line, "long")
    world.later(hours=1)
    gather(world)
    [mail] = mails(world)
    assert len(mail.subject) <= 152
    assert mail.subject.endswith("improve …")
    assert line in mail.body


def test_a_decision_undone_within_the_hour_is_never_heard_of(world: World) -> None:
    person = world.hire()
    tell(world, person.id, "Undone.", "undone")
    world.later(minutes=59)
    assert gather(world) == 0
    with world.db.write() as session:
        outbox.withdraw(session, "undone", world.now)
    world.later(days=1)
    assert gather(world) == 0


def test_gathering_again_makes_nothing_more(world: World) -> None:
    tell(world, world.hire().id, "Do this.")
    world.later(hours=1)
    assert [gather(world) for _ in range(3)] == [1, 0, 0]


def test_what_comes_later_waits_until_the_week_is_over(world: World) -> None:
    person = world.hire()
    tell(world, person.id, "First.")
    world.later(hours=1)
    gather(world)
    tell(world, person.id, "Second.")
    world.later(days=6, hours=23)
    assert gather(world) == 0
    world.later(hours=1)
    assert gather(world) == 1
    assert "Second." in mails(world)[1].body
    assert "First." not in mails(world)[1].body


def test_a_mail_that_the_server_kept_back_counts_from_when_it_went(world: World) -> None:
    with_server = world.settings.model_copy(update={"smtp_url": "smtp://127.0.0.1:25"})
    person = world.hire()
    tell(world, person.id, "First.")
    world.later(hours=1)
    gather(world, with_server)
    tell(world, person.id, "Second.")
    world.later(days=8)
    assert gather(world, with_server) == 0
    with world.db.write() as session:
        session.execute(sa.update(_mail).values(sent_at=world.now))
    world.later(days=6)
    assert gather(world, with_server) == 0
    world.later(days=1)
    assert gather(world, with_server) == 1


def test_a_person_without_an_address_keeps_their_notices(world: World) -> None:
    tell(world, world.hire(email=None).id, "Do this.")
    world.later(hours=1)
    assert gather(world) == 0


def test_a_mail_somebody_asked_for_does_not_use_up_the_week(world: World) -> None:
    person = world.hire()
    with world.db.write() as session:
        outbox.post(
            session,
            key="reset",
            person_id=person.id,
            to_address="a@trust.example",
            subject="Reset",
            body="…",
            now=world.now,
        )
    tell(world, person.id, "Do this.")
    world.later(hours=1)
    assert gather(world) == 1


STEPS = st.lists(st.tuples(st.sampled_from(["tell", "gather", "undo"]), st.integers(1, 200)), max_size=25)


@pytest.mark.slow
@given(steps=STEPS)
def test_whatever_happens_nobody_gets_two_in_a_week_or_hears_of_what_was_undone(
    steps: list[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path
) -> None:
    path = tmp_path_factory.mktemp("weekly") / "qi.db"
    shutil.copyfile(sqlite_template, path)
    world = World(Settings(database_url=f"sqlite:///{path}"))
    person = world.hire()
    undone: set[str] = set()
    for number, (step, hours) in enumerate(steps):
        world.later(hours=hours)
        if step == "tell":
            tell(world, person.id, f"Thing {number}.", str(number))
        elif step == "gather":
            gather(world)
        else:
            undone |= _undo_newest(world)
    made = [mail.made_at for mail in mails(world)]
    assert all(later - earlier >= timedelta(days=7) for earlier, later in pairwise(made))
    said = "\n".join(mail.body for mail in mails(world))
    assert not any(f"Thing {key}.\n" in said for key in undone)
    world.close()
    path.unlink()


def _undo_newest(world: World) -> set[str]:
    with world.db.write() as session:
        key = session.scalar(sa.select(_notice.c.key).where(_notice.c.mail_id.is_(None)).order_by(_notice.c.id.desc()))
        if key is None:
            return set()
        outbox.withdraw(session, key, world.now)
        return {key}
