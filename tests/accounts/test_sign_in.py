"""The door: the same answer at the same price for everybody, a limit on tries, and a way in for those who belong."""

import threading
from datetime import timedelta

import argon2.low_level
import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.accounts import throttle
from app.accounts.commands import Suspend, suspend
from app.accounts.models import Credential, SignInSession
from app.accounts.passwords import CONTEXT, Limiter, limiter
from app.accounts.rules import browser_words, own_path
from app.kernel.db import table
from app.kernel.errors import BusyError, TooManyError
from app.organisation.commands import EndEmployment, end_employment
from tests.accounts.people import PASSWORD, sign_in, someone, with_password
from tests.client import document
from tests.world import World


class Hashes(list[str]):
    """Every argon2 computation, whoever asked for it."""


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> Hashes:
    counted = Hashes()
    CONTEXT.dummy_verify()
    for name in ("hash_secret", "verify_secret"):
        real = getattr(argon2.low_level, name)

        def counting(*args: object, real: object = real, name: str = name, **more: object) -> object:
            counted.append(name)
            return real(*args, **more)  # type: ignore[operator]

        monkeypatch.setattr(argon2.low_level, name, counting)
    return counted


def test_every_way_of_trying_costs_exactly_one_hash(world: World, hashes: Hashes) -> None:
    """Otherwise the time of the answer would say who has an account."""
    sam = someone(world)
    gone = someone(world, "Gone", "Away", ends_on=world.today - timedelta(days=1))
    shut = someone(world, "Shut", "Out")
    unset = world.hire("Never", "Chose")
    with world.db.write() as session:
        suspend(session, SYSTEM, Suspend(person_id=shut.id), world.now)
        name = unset.email or ""
        session.add(Credential(person_id=unset.id, username=name, username_key=name))
    tries = [
        (sam.email, PASSWORD, 303),
        (sam.email, "wrong", 422),
        (sam.email, "x" * 4000, 422),
        ("nobody@trust.example", PASSWORD, 422),
        (gone.email, PASSWORD, 422),
        (shut.email, PASSWORD, 422),
        (unset.email, PASSWORD, 422),
    ]
    hashes.clear()
    for username, password, status in tries:
        answer = sign_in(world.client(), username, password)
        assert (answer.status_code, len(hashes)) == (status, 1), username
        hashes.clear()


def test_who_does_not_belong_is_told_the_same_whoever_they_say_they_are(world: World) -> None:
    sam = someone(world)
    gone = someone(world, "Gone", "Away", ends_on=world.today - timedelta(days=1))

    def said(username: str | None, password: str) -> str:
        page = sign_in(world.client(), username, password)
        return document(page).text.replace(username or "-", "")

    assert said(sam.email, "wrong") == said("nobody@trust.example", "wrong") == said(gone.email, PASSWORD)


def test_a_hash_made_with_weaker_settings_is_made_anew_when_its_person_signs_in(world: World) -> None:
    sam = someone(world)
    weaker = CONTEXT.copy(argon2__memory_cost=8192).hash(PASSWORD)
    mine = table(Credential).c.person_id == sam.id
    with world.db.write() as session:
        session.execute(sa.update(Credential).where(mine).values(password_hash=weaker))
    assert sign_in(world.client(), sam.email).status_code == 303
    with world.db.read() as session:
        assert "m=19456,t=2,p=1" in str(session.scalar(sa.select(table(Credential).c.password_hash).where(mine)))
    assert sign_in(world.client(), sam.email).status_code == 303


def test_names_are_typed_in_any_spelling_and_passwords_exactly(world: World) -> None:
    partner = with_password(world, world.partner("Rosie"), "Rosie.B")
    assert sign_in(world.client(), " rosie.b ").status_code == 303
    assert sign_in(world.client(), "rosie.b", PASSWORD + " ").status_code == 422
    assert partner.email is None


def test_signing_in_gives_a_new_token_and_ends_what_this_browser_had(world: World) -> None:
    sam = someone(world)
    client = world.client()
    sign_in(client, sam.email)
    first = client.cookies["qi_session"]
    sign_in(client, sam.email)
    assert client.cookies["qi_session"] != first
    with world.db.read() as session:
        ended = session.scalars(sa.select(table(SignInSession).c.ended_at).order_by(table(SignInSession).c.id)).all()
    assert [e is not None for e in ended] == [True, False]


def test_ten_tries_in_five_minutes_then_a_wait_whether_or_not_the_name_exists(world: World) -> None:
    someone(world, email="sam@trust.example")
    for name in ("sam@trust.example", "nobody@trust.example"):
        client = world.client()
        answers = [sign_in(client, name, "wrong").status_code for _ in range(11)]
        assert answers == [422] * 10 + [429]
        last = sign_in(client, name.upper())
        assert last.status_code == 429
        assert 0 < int(last.headers["retry-after"]) <= 300
        assert "Wait 5 minutes" in last.text
    world.later(minutes=5)
    assert sign_in(world.client(), "sam@trust.example").status_code == 303


def test_an_address_may_try_fifty_times_but_those_who_succeed_do_not_count(world: World) -> None:
    """A hall of starters signs in behind one address."""
    sam = someone(world)
    for _ in range(3):
        assert sign_in(world.client(), sam.email).status_code == 303
    for _ in range(49):
        throttle.count(world.db, [(throttle.ADDRESS, "testclient")], world.now)
    assert sign_in(world.client(), sam.email).status_code == 303
    wrong = [sign_in(world.client(), f"n{n}@trust.example", "wrong").status_code for n in range(2)]
    assert wrong == [422, 429]


def test_tries_at_the_same_moment_are_all_counted(world: World) -> None:
    refused: list[bool] = []

    def attempt() -> None:
        try:
            throttle.count(world.db, [(throttle.ACCOUNT, "sam")], world.now)
            refused.append(False)
        except TooManyError:
            refused.append(True)

    threads = [threading.Thread(target=attempt) for _ in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(refused) == [False] * 10 + [True] * 14


def test_a_full_queue_of_hashes_answers_come_again_and_keeps_pages_open(world: World) -> None:
    sam = someone(world)
    full = Limiter(1, most_waiting=0)
    with full.turn(), pytest.raises(BusyError), full.turn():
        pass
    ours = limiter(world.settings.hashes_at_once)
    taken = [ours.turn() for _ in range(world.settings.hashes_at_once)]
    rooms = 0
    while ours._room.acquire(blocking=False):
        rooms += 1
    try:
        answer = sign_in(world.client(), sam.email)
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "2"
        assert world.client(sam).get("/account").status_code == 200
    finally:
        for _ in range(rooms):
            ours._room.release()
    assert taken
    assert sign_in(world.client(), sam.email).status_code == 303


def test_a_leaver_is_out_at_the_next_request_and_their_history_stays(world: World) -> None:
    sam = someone(world)
    client = world.client()
    sign_in(client, sam.email)
    assert client.get("/account").status_code == 200
    with world.db.write() as session:
        end_employment(session, SYSTEM, EndEmployment(person_id=sam.id, on=world.today), world.now)
    assert client.get("/account").headers["location"].startswith("/sign-in")
    assert sign_in(client, sam.email).status_code == 422
    admin = world.client(world.with_role("qi_admin"))
    assert "Left after 22 November 2026" in admin.get(f"/people/{sam.id}").text


def test_a_suspended_person_is_out_at_the_next_request_until_it_is_lifted(world: World) -> None:
    sam = someone(world)
    client = world.client()
    sign_in(client, sam.email)
    with world.db.write() as session:
        suspend(session, SYSTEM, Suspend(person_id=sam.id), world.now)
    assert client.get("/account").status_code == 303
    assert sign_in(client, sam.email).status_code == 422
    with world.db.write() as session:
        suspend(session, SYSTEM, Suspend(person_id=sam.id, suspended=False), world.now)
    assert sign_in(client, sam.email).status_code == 303


@pytest.mark.parametrize(
    "away",
    [
        "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example",
        "https://evil.example", "javascript:alert(1)", "/%0d%0aSet-Cookie:a=b\r\nLocation: https://evil.example",
        "/ok\r\nSet-Cookie: a=b", "/\t/evil.example", " //evil.example", "/sign-out", "/sign-in?next=/", "evil",
        "http:/\\evil.example", "/" + "a" * 600, "/\u2028evil",
    ],
)  # fmt: skip
def test_a_sign_in_leads_to_no_other_site(world: World, away: str) -> None:
    assert own_path(away) == "/"
    sam = someone(world)
    assert sign_in(world.client(), sam.email, next_page=away).headers["location"] == "/"


def test_a_sign_in_leads_back_to_the_page_that_was_asked_for(world: World) -> None:
    sam = someone(world)
    client = world.client()
    asked = client.get("/account/password")
    page = client.follow(asked)
    answer = client.submit(page, username=sam.email, password=PASSWORD)
    assert answer.headers["location"] == "/account/password"
    assert client.get("/sign-in").headers["location"] == "/"


def test_fields_left_empty_are_named_and_the_password_is_never_sent_back(world: World) -> None:
    empty = sign_in(world.client(), "", "")
    assert empty.status_code == 422
    assert "Enter your e-mail address or sign-in name" in empty.text
    assert "Enter your password" in empty.text
    assert "sesame-street" not in sign_in(world.client(), "somebody", "sesame-street").text


def test_signing_out_ends_the_sign_in_and_clears_what_the_browser_kept(world: World) -> None:
    sam = someone(world)
    client = world.client()
    sign_in(client, sam.email)
    token = client.cookies["qi_session"]
    answer = client.post("/sign-out")
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert "qi_session" not in client.cookies
    again = world.client()
    again.cookies.set("qi_session", token, domain=again.base_url.host, path="/")
    assert again.get("/account").status_code == 303


def test_a_browser_is_named_as_its_owner_would() -> None:
    edge = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36 Edg/141.0"
    assert browser_words(edge) == "Edge on Windows"
    assert browser_words("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1") == "Safari on an iPhone"
    assert browser_words("") == "A browser"
