"""Each mail reaches its reader once, whatever the mail server does and however often the worker restarts."""

import ssl
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.kernel import outbox
from app.kernel.db import table
from app.kernel.mailer import LEASE, MOST_TRIES, Round, send_waiting
from app.kernel.outbox import Mail
from app.worker import may_receive
from tests.kernel.inbox import Inbox, Server, drop, free_port, hang
from tests.world import World

_mail = table(Mail)
HEADERS = {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version"} | {
    "Content-Type",
    "Content-Transfer-Encoding",
}


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def server(inbox: Inbox) -> Iterator[Server]:
    with Server(inbox) as running:
        yield running


def post(
    world: World, person_id: int, *, to: str = "ann@trust.example", subject: str = "Hello", key: str = "k"
) -> None:
    with world.db.write() as session:
        outbox.post(
            session, key=key, person_id=person_id, to_address=to, subject=subject, body="Hello,\n\nyou.", now=world.now
        )


def work(world: World, port: int, url: str = "", patience: float = 5.0, **changed: str) -> Round:
    settings = world.settings.model_copy(update={"smtp_url": url or f"smtp://127.0.0.1:{port}", **changed})
    return send_waiting(world.db, settings, may_receive, world.clock, patience)


def mails(world: World) -> list[Mail]:
    with world.db.read() as session:
        return list(session.scalars(sa.select(Mail).order_by(_mail.c.id)))


def test_a_mail_arrives_once_however_often_the_worker_comes_round(world: World, server: Server) -> None:
    post(world, world.hire().id)
    assert [work(world, server.port).sent for _ in range(3)] == [1, 0, 0]
    [message] = server.inbox.messages
    assert (message["To"], message["Subject"], message["Auto-Submitted"]) == (
        "ann@trust.example",
        "Hello",
        "auto-generated",
    )
    assert message["From"] == "Northmoor and Vale Trust <improvement@trust.example>"
    assert message.get_content().split() == ["Hello,", "you."]
    assert mails(world)[0].sent_at == world.now


def test_a_prompt_mail_may_hold_a_link_that_works_once_so_its_text_is_not_kept(world: World, server: Server) -> None:
    post(world, world.hire().id)
    assert "you." in mails(world)[0].body
    work(world, server.port)
    assert "you." in server.inbox.messages[0].get_content()
    assert "you." not in mails(world)[0].body


def test_ten_workers_at_once_send_each_mail_once(world: World, server: Server) -> None:
    person = world.hire().id
    for number in range(12):
        post(world, person, subject=f"Mail {number}", key=str(number))
    with ThreadPoolExecutor(6) as threads:
        rounds = list(threads.map(lambda _: work(world, server.port), range(10)))
    assert sum(r.sent for r in rounds) == 12
    assert sorted(str(m["Subject"]) for m in server.inbox.messages) == sorted(f"Mail {n}" for n in range(12))


def test_an_address_that_is_refused_for_good_is_given_up_at_once(world: World, server: Server) -> None:
    server.inbox.on["RCPT"] = "550 No such person here"
    post(world, world.hire().id)
    assert work(world, server.port).given_up == 1
    world.later(days=30)
    assert work(world, server.port) == Round()
    [mail] = mails(world)
    assert mail.problem == "The address was refused: 550 No such person here"
    assert mail.sent_at is None
    assert mail.tries == 1


def test_a_refused_address_holds_up_nobody_else(world: World, server: Server) -> None:
    server.inbox.on["RCPT"] = "550 No such person here"
    post(world, world.hire().id, key="refused")
    work(world, server.port)
    server.inbox.on.clear()
    post(world, world.hire().id, key="fine")
    assert work(world, server.port).sent == 1


def test_a_server_that_asks_for_patience_is_asked_again_later_and_later(world: World, server: Server) -> None:
    server.inbox.on["RCPT"] = "451 Try again"
    post(world, world.hire().id)
    waits = []
    for _ in range(10):
        assert work(world, server.port).put_off == 1
        assert work(world, server.port) == Round()
        waits.append((mails(world)[0].not_before - world.now) / timedelta(minutes=1))
        world.clock.at = mails(world)[0].not_before
    assert waits == [2, 4, 8, 16, 32, 64, 128, 240, 240, 240]
    server.inbox.on.clear()
    assert work(world, server.port).sent == 1
    assert len(server.inbox.messages) == 1


def test_a_mail_is_given_up_after_days_not_hours(world: World, server: Server) -> None:
    server.inbox.on["RCPT"] = "451 Try again"
    post(world, world.hire().id)
    began = world.now
    while not (done := work(world, server.port)).given_up:
        assert done.put_off == 1
        world.clock.at = mails(world)[0].not_before
    assert mails(world)[0].tries == MOST_TRIES
    assert timedelta(days=3) < world.now - began < timedelta(days=5)
    world.later(days=30)
    assert work(world, server.port) == Round()


@pytest.mark.parametrize("command", ["EHLO", "MAIL", "RCPT", "DATA"])
def test_a_server_that_hangs_stops_the_round_and_loses_nothing(world: World, server: Server, command: str) -> None:
    server.inbox.on[command] = hang
    person = world.hire().id
    post(world, person, key="first")
    post(world, person, key="second")
    assert work(world, server.port, patience=0.1) == Round(put_off=1)
    assert server.inbox.messages == []
    assert [mail.tries for mail in mails(world)] == [1, 0]
    server.inbox.on.clear()
    world.later(minutes=2)
    assert work(world, server.port).sent == 2


def test_a_server_that_is_not_there_is_waited_for(world: World) -> None:
    post(world, world.hire().id)
    assert work(world, free_port()) == Round(put_off=1)
    assert "could not be reached" in mails(world)[0].problem


def test_a_mail_whose_receipt_was_lost_comes_again_as_the_same_message(world: World, server: Server) -> None:
    server.inbox.on["ACCEPTED"] = drop
    post(world, world.hire().id)
    assert work(world, server.port) == Round(put_off=1)
    server.inbox.on.clear()
    world.later(minutes=2)
    assert work(world, server.port).sent == 1
    first, second = (message["Message-ID"] for message in server.inbox.messages)
    assert first == second
    assert first.endswith("@trust.example>")


@pytest.mark.parametrize("goodbye", ["421 Too busy", hang, drop], ids=["421", "hang", "drop"])
def test_a_rude_goodbye_does_not_send_the_mail_twice(world: World, server: Server, goodbye: str) -> None:
    server.inbox.on["QUIT"] = goodbye
    post(world, world.hire().id)
    assert work(world, server.port, patience=0.3).sent == 1
    world.later(days=1)
    assert work(world, server.port) == Round()
    assert len(server.inbox.messages) == 1


def test_a_message_refused_for_good_is_given_up(world: World, server: Server) -> None:
    server.inbox.on["DATA"] = "554 Not this"
    post(world, world.hire().id)
    assert work(world, server.port).given_up == 1
    assert mails(world)[0].problem == "The mail server answered 554 Not this"


def test_a_worker_that_died_holding_a_mail_leaves_it_to_the_next(world: World, server: Server) -> None:
    post(world, world.hire().id)
    with world.db.write() as session:
        session.execute(sa.update(_mail).values(leased_until=world.now + LEASE, tries=1))
    assert work(world, server.port) == Round()
    world.clock.at += LEASE
    assert work(world, server.port).sent == 1


def test_a_leaver_gets_no_mail_though_it_was_waiting(world: World, server: Server) -> None:
    leaver = world.hire(ends_on=world.today + timedelta(days=1))
    post(world, leaver.id)
    world.later(days=1)
    assert work(world, server.port).given_up == 1
    assert server.inbox.messages == []
    assert mails(world)[0].problem == "This person has left."


def test_partners_and_people_about_to_start_get_their_mail(world: World, server: Server) -> None:
    post(world, world.partner(email="rosie@home.example").id, key="partner")
    post(world, world.hire(starts_on=world.today + timedelta(days=20)).id, key="starter")
    assert work(world, server.port).sent == 2


@pytest.mark.parametrize(
    "address",
    [
        "ann@trust.example\r\nBcc: all@elsewhere.example",
        "ann@trust.example, all@elsewhere.example",
        "ann@trust.example\n\nbody",
        "Ann <ann@trust.example>",
        "",
        "nobody",
        "@",
    ],
)
def test_an_address_that_is_not_one_address_is_given_up_and_holds_up_nobody(
    world: World, server: Server, address: str
) -> None:
    person = world.hire().id
    post(world, person, to=address, key="bad")
    post(world, person, key="good")
    done = work(world, server.port)
    assert (done.given_up, done.sent) == (1, 1)
    assert server.inbox.recipients == [["ann@trust.example"]]


@pytest.mark.parametrize(
    ("trust", "subject"),
    [
        ("Trust\r\nBcc: all@elsewhere.example", "Hello"),
        ("Vale, Moor & Sons <x@elsewhere.example>", "Hello"),
        ('"Trust" Ó', "Hello\r\nBcc: all@elsewhere.example"),
        ("Trust", "Ó Súilleabháin asks you " + "x" * 150),
        ("Trust", "Hello\x0b\x1c all"),
    ],
)
def test_no_name_and_no_subject_adds_a_header(world: World, server: Server, trust: str, subject: str) -> None:
    post(world, world.hire().id, subject=subject)
    work(world, server.port, trust_name=trust)
    [message] = server.inbox.messages
    assert set(message.keys()) == HEADERS
    assert server.inbox.recipients == [["ann@trust.example"]]
    assert [a.addr_spec for a in message["From"].addresses] == ["improvement@trust.example"]
    assert message["Subject"].replace(" ", "") == "".join(subject.split())


def test_without_a_mail_server_mails_wait(world: World) -> None:
    post(world, world.hire().id)
    assert send_waiting(world.db, world.settings, may_receive, world.clock) == Round()
    assert mails(world)[0].tries == 0


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    path = tmp_path / "loopback.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2"]
    subprocess.run(
        [*command, *names, "-keyout", str(path), "-out", str(path) + ".crt"], check=True, capture_output=True
    )
    path.write_text(path.read_text() + Path(f"{path}.crt").read_text())
    return path


def test_starttls_is_used_and_its_certificate_checked(
    world: World, inbox: Inbox, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    post(world, world.hire().id)
    with Server(inbox, context) as server:
        url = f"smtp+starttls://localhost:{server.port}"
        assert work(world, 0, url) == Round(put_off=1)
        assert "certificate" in mails(world)[0].problem
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        world.later(minutes=2)
        assert work(world, 0, url).sent == 1


def test_a_server_without_starttls_gets_no_mail_in_the_clear(world: World, server: Server) -> None:
    post(world, world.hire().id)
    assert work(world, 0, f"smtp+starttls://127.0.0.1:{server.port}") == Round(put_off=1)
    assert server.inbox.messages == []


def test_the_date_on_a_mail_is_when_it_was_made(world: World, server: Server) -> None:
    post(world, world.hire().id)
    made = world.now
    world.later(hours=5)
    work(world, server.port)
    sent: datetime = server.inbox.messages[0]["Date"].datetime
    assert sent == made
