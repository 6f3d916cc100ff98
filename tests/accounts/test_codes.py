"""Links and printed codes: used once, superseded, too old; and nothing they bring says who somebody is."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.accounts.codes import SIGNS
from app.accounts.commands import Invite, invite
from app.kernel.db import table
from app.kernel.errors import NotFoundError
from app.kernel.outbox import Mail
from tests.accounts.people import PASSWORD, sign_in, someone, with_password
from tests.client import document
from tests.world import World

NEW = "three brass kettles"


def mails(world: World) -> list[Mail]:
    with world.db.read() as session:
        return list(session.scalars(sa.select(Mail).order_by(table(Mail).c.id)))


def link_in(mail: Mail) -> str:
    found = re.search(r"http://127\.0\.0\.1:8000(/(?:welcome|reset)/\S+)", mail.body)
    assert found
    return found[1]


def invited(world: World, person_id: int, *, printed: bool = False) -> str:
    """The path of the link, or the printed code."""
    with world.db.write() as session:
        command = Invite(person_id=person_id, printed=printed)
        done = invite(session, world.settings, SYSTEM, command, world.now)
    return done.code or link_in(mails(world)[-1])


def test_an_invitation_leads_from_the_mail_to_the_first_screen(world: World) -> None:
    sam = world.hire("Sam", "Lee")
    link = invited(world, sam.id)
    client = world.client()
    page = client.get(link)
    assert "Sam" not in page.text
    assert sam.email is not None
    assert sam.email not in page.text
    assert client.submit(page, password=NEW).headers["location"] == "/"
    assert client.get("/account").status_code == 200
    assert sign_in(world.client(), sam.email, NEW).status_code == 303


def test_opening_a_link_changes_nothing_so_that_mail_scanners_may(world: World) -> None:
    link = invited(world, world.hire().id)
    for _ in range(3):
        assert world.client().get(link).status_code == 200


def test_a_link_works_once(world: World) -> None:
    link = invited(world, world.hire().id)
    client = world.client()
    page = client.get(link)
    assert client.submit(page, password=NEW).status_code == 303
    again = world.client().post(link, data={"password": "quite another one"})
    assert (again.status_code, world.client().get(link).status_code) == (410, 410)


def test_a_newer_link_or_code_ends_the_older_ones(world: World) -> None:
    sam = world.hire()
    first = invited(world, sam.id)
    code = invited(world, sam.id, printed=True)
    assert world.client().get(first).status_code == 410
    newest = invited(world, sam.id)
    with_code = {"username": sam.email, "code": code, "password": NEW}
    assert world.client().post("/code", data=with_code).status_code == 422
    assert world.client().get(newest).status_code == 200


@pytest.mark.parametrize(("printed", "lasts"), [(False, timedelta(days=14)), (True, timedelta(days=28))])
def test_links_and_codes_grow_too_old(world: World, printed: bool, lasts: timedelta) -> None:
    sam = world.hire()
    secret = invited(world, sam.id, printed=printed)
    world.clock.at += lasts
    if printed:
        data = {"username": sam.email, "code": secret, "password": NEW}
        assert world.client().post("/code", data=data).status_code == 422
    else:
        assert world.client().get(secret).status_code == 410


def test_a_printed_code_is_easy_to_type_and_works_only_with_its_own_name(world: World) -> None:
    sam = with_password(world, world.hire("Sam", "Lee", email=None), "s.lee")
    jo = with_password(world, world.hire("Jo", "Lee", email=None), "j.lee")
    code = invited(world, sam.id)
    assert re.fullmatch(f"[{SIGNS}]{{4}}-[{SIGNS}]{{4}}-[{SIGNS}]{{4}}", code)
    assert not set(SIGNS) & set("0O1IL5S8B2ZU")
    for name in ("j.lee", "nobody"):
        answer = world.client().post("/code", data={"username": name, "code": code, "password": NEW})
        assert answer.status_code == 422
    typed = code.lower().replace("-", " ")
    client = world.client()
    page = client.get("/code")
    assert client.submit(page, username="S.Lee", code=typed, password=NEW).status_code == 303
    assert sign_in(world.client(), "s.lee", NEW).status_code == 303
    assert sign_in(world.client(), "j.lee").status_code == 303
    assert jo.email is None


def test_a_wrong_code_is_answered_alike_for_a_real_and_an_invented_name(world: World) -> None:
    sam = someone(world, email="sam@trust.example")
    invited(world, sam.id, printed=True)

    def said(name: str) -> str:
        data = {"username": name, "code": "AAAA-CCCC-DDDD", "password": NEW}
        answer = world.client().post("/code", data=data)
        assert answer.status_code == 422
        return document(answer).text

    assert said("sam@trust.example") == said("nobody@trust.example")


def test_guessing_codes_is_limited_as_guessing_passwords_is(world: World) -> None:
    data = {"username": "sam", "code": "AAAA-CCCC-DDDD", "password": NEW}
    answers = [world.client().post("/code", data=data).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


def test_whoever_forgot_their_password_is_answered_the_same_as_nobody(world: World) -> None:
    sam = someone(world, email="sam@trust.example")
    gone = someone(world, "Gone", "Away", ends_on=world.today)
    answers = []
    for name in ("sam@trust.example", "nobody@trust.example", gone.email):
        client = world.client()
        answer = client.submit(client.get("/forgotten-password"), username=name)
        answers.append((answer.status_code, answer.headers["location"], client.follow(answer).text))
    assert len({a[:2] for a in answers}) == 1
    assert len({document_text(a[2]) for a in answers}) == 1
    assert [m.person_id for m in mails(world)] == [sam.id]


def document_text(html: str) -> str:
    return re.sub(r"nonce=\"[^\"]*\"", "", html)


def test_a_new_password_ends_every_sign_in_there_was(world: World) -> None:
    sam = someone(world)
    elsewhere = world.client()
    sign_in(elsewhere, sam.email)
    client = world.client()
    client.submit(client.get("/forgotten-password"), username=sam.email)
    link = link_in(mails(world)[-1])
    assert link.startswith("/reset/")
    assert client.submit(client.get(link), password=NEW).status_code == 303
    assert elsewhere.get("/account").status_code == 303
    assert sign_in(world.client(), sam.email, PASSWORD).status_code == 422
    world.later(hours=3)
    assert world.client().get(link).status_code == 410


def test_five_resets_a_day_are_enough_for_anybody(world: World) -> None:
    answers = []
    for _ in range(6):
        answers.append(world.client().post("/forgotten-password", data={"username": "sam"}).status_code)
        world.later(minutes=10)
    assert answers == [303] * 5 + [429]


def test_a_starter_may_choose_a_password_before_their_first_day_but_not_come_in(world: World) -> None:
    sam = world.hire(starts_on=world.today + timedelta(days=3))
    client = world.client()
    answer = client.submit(client.get(invited(world, sam.id)), password=NEW)
    assert answer.headers["location"] == "/sign-in"
    assert "from your first day" in client.follow(answer).text
    assert sign_in(world.client(), sam.email, NEW).status_code == 422
    world.later(days=3)
    assert sign_in(world.client(), sam.email, NEW).status_code == 303


def test_nothing_sent_or_printed_says_what_kind_of_person_it_is_for(world: World) -> None:
    """A letter lies on a kitchen table; a mail is read over a shoulder."""
    rosie = world.partner("Rosie", email="rosie@home.example", contact_name="Mina Shah")
    admin = world.client(world.with_role("qi_admin"))
    page = admin.get(f"/partners/{rosie.id}")
    admin.submit(page, "/invite")
    letter = admin.submit(admin.get(f"/partners/{rosie.id}"), "/letter")
    assert letter.status_code == 200
    [paper] = [e for e in document(letter).elements if "app-letter" in e.attrib.get("class", "").split()]
    printed = " ".join(paper.itertext())
    [mail] = mails(world)
    for text in (printed, mail.subject + mail.body):
        assert "Rosie" in text
        assert not re.search(r"patient|carer|partner|service user|involve", text, re.IGNORECASE)
    assert "Mina Shah" in printed


def test_a_printed_code_is_shown_once_and_stored_nowhere(world: World) -> None:
    sam = with_password(world, world.hire("Sam", "Lee", email=None), "s.lee")
    admin = world.client(world.with_role("qi_admin"))
    letter = admin.submit(admin.get(f"/people/{sam.id}"), "/letter")
    code = re.search(f"[{SIGNS}]{{4}}-[{SIGNS}]{{4}}-[{SIGNS}]{{4}}", document(letter).text)
    assert code
    assert letter.headers["cache-control"] == "no-store"
    assert code[0] not in admin.get(f"/people/{sam.id}").text
    data = {"username": "s.lee", "code": code[0], "password": NEW}
    assert world.client().post("/code", data=data).status_code == 303


def test_only_those_who_look_after_partners_can_invite_one(world: World) -> None:
    rosie = world.partner("Rosie", email="rosie@home.example")
    hr = world.actor(world.with_role("hr"))
    with pytest.raises(NotFoundError), world.db.write() as session:
        invite(session, world.settings, hr, Invite(person_id=rosie.id), world.now)


def test_names_in_mails_can_break_no_header_and_bring_no_link_of_their_own(world: World) -> None:
    sam = world.hire("Sam\r\nBcc: all@trust.example", "https://evil.example/x")
    invited(world, sam.id)
    [mail] = mails(world)
    assert "\n" not in mail.subject
    assert "\nBcc" not in mail.body
