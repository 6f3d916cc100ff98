"""The outbox is a ledger: a key stands for one mail or one notice for ever, whoever asks for it at the same time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.kernel import outbox
from app.kernel.db import table
from app.kernel.outbox import Mail, Notice
from tests.world import World


def post(world: World, key: str = "invite:7", subject: str = "You are invited") -> bool:
    with world.db.write() as session:
        return outbox.post(
            session, key=key, person_id=1, to_address="a@trust.example", subject=subject, body="Hello", now=world.now
        )


def tell(world: World, key: str = "need:7") -> bool:
    with world.db.write() as session:
        return outbox.tell(session, key=key, person_id=1, kind="assigned", line="Please do it.", now=world.now)


def test_a_mail_with_a_key_is_made_once(world: World) -> None:
    assert [post(world), post(world), post(world, "invite:8")] == [True, False, True]
    with world.db.read() as session:
        assert [mail.key for mail in outbox.recent_mails(session)] == ["invite:8", "invite:7"]


def test_a_notice_with_a_key_is_made_once(world: World) -> None:
    assert [tell(world), tell(world)] == [True, False]


@pytest.mark.parametrize("make", [post, tell])
def test_ten_at_once_make_one(world: World, make: Callable[[World], bool]) -> None:
    with ThreadPoolExecutor(10) as threads:
        made = list(threads.map(lambda _: make(world), range(10)))
    assert sorted(made) == [False] * 9 + [True]


def test_a_mail_goes_only_with_the_deed_that_caused_it(world: World) -> None:
    def half_a_deed() -> None:
        with world.db.write() as session:
            outbox.tell(session, key="k", person_id=1, kind="assigned", line="x", now=world.now)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_a_deed()
    assert tell(world, "k")


def test_a_subject_is_one_line(world: World) -> None:
    post(world, subject="Hello\r\nBcc: everybody@elsewhere.example")
    with world.db.read() as session:
        assert outbox.recent_mails(session)[0].subject == "Hello Bcc: everybody@elsewhere.example"


def test_a_subject_with_two_long_names_fits_on_every_database(world: World) -> None:
    post(world, subject="improve " * 60)
    with world.db.read() as session:
        assert outbox.recent_mails(session)[0].subject.endswith("improve …")


def test_a_notice_is_taken_back_until_it_has_been_mailed(world: World) -> None:
    tell(world, "early")
    tell(world, "late")
    post(world)
    with world.db.write() as session:
        mail_id = session.scalar(sa.select(table(Mail).c.id))
        session.execute(sa.update(Notice).where(table(Notice).c.key == "late").values(mail_id=mail_id))
    world.later(hours=1)
    with world.db.write() as session:
        outbox.withdraw(session, "early", world.now)
        outbox.withdraw(session, "late", world.now)
    with world.db.read() as session:
        found = {n.key: n.withdrawn_at for n in session.scalars(sa.select(Notice))}
    assert found == {"early": world.now, "late": None}


def test_a_delayed_mail_waits(world: World) -> None:
    with world.db.write() as session:
        outbox.post(
            session,
            key="k",
            person_id=1,
            to_address="a@trust.example",
            subject="s",
            body="b",
            now=world.now,
            delay=timedelta(minutes=5),
        )
    with world.db.read() as session:
        assert outbox.recent_mails(session)[0].not_before == world.now + timedelta(minutes=5)
