"""One's own account: where one is signed in, and a password only oneself can change."""

import pytest

from app.accounts.choosing import common, problem_with
from tests.accounts.people import PASSWORD, sign_in, someone
from tests.client import document
from tests.world import World

NEW = "three brass kettles"


def test_i_see_where_i_am_signed_in_and_can_end_each(world: World) -> None:
    sam = someone(world)
    here, there = world.client(), world.client()
    there.headers["User-Agent"] = "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"
    sign_in(here, sam.email)
    sign_in(there, sam.email)
    page = here.get("/account")
    assert "Firefox on Windows" in page.text
    assert "This browser" in page.text
    assert here.submit(page, "/end").status_code == 303
    assert there.get("/account").status_code == 303
    assert here.get("/account").status_code == 200


def test_i_can_sign_out_everywhere_else(world: World) -> None:
    sam = someone(world)
    clients = [world.client() for _ in range(3)]
    for client in clients:
        sign_in(client, sam.email)
    page = clients[0].get("/account")
    assert clients[0].submit(page, "/end-others").status_code == 303
    assert [c.get("/account").status_code for c in clients] == [200, 303, 303]
    assert "Sign out everywhere else" not in clients[0].get("/account").text


def test_nobody_ends_anybody_elses_sign_in(world: World) -> None:
    sam, jo = someone(world), someone(world, "Jo", "Other")
    sam_client, jo_client = world.client(), world.client()
    sign_in(sam_client, sam.email)
    sign_in(jo_client, jo.email)
    assert jo_client.post("/account/sign-ins/1/end").status_code == 404
    assert sam_client.get("/account").status_code == 200


def test_a_changed_password_ends_the_other_sign_ins_and_keeps_this_one(world: World) -> None:
    sam = someone(world)
    here, there = world.client(), world.client()
    sign_in(here, sam.email)
    sign_in(there, sam.email)
    page = here.get("/account/password")
    assert here.submit(page, present="not it at all", password=NEW).status_code == 422
    assert here.submit(page, present=PASSWORD, password=NEW).status_code == 303
    assert (here.get("/account").status_code, there.get("/account").status_code) == (200, 303)
    assert sign_in(world.client(), sam.email).status_code == 422
    assert sign_in(world.client(), sam.email, NEW).status_code == 303


def test_the_present_password_cannot_be_guessed_here_either(world: World) -> None:
    sam = someone(world)
    client = world.client()
    sign_in(client, sam.email)
    tries = [client.post("/account/password", data={"present": "x", "password": NEW}).status_code for _ in range(11)]
    assert tries == [422] * 10 + [429]


def test_a_sign_in_ends_when_idle_and_after_twenty_hours_in_any_case(world: World) -> None:
    sam = someone(world)
    client = world.client()
    sign_in(client, sam.email)
    for _ in range(3):
        world.later(hours=6, minutes=30)
        assert client.get("/account").status_code == 200
    world.later(hours=1)
    assert client.get("/account").status_code == 303
    sign_in(client, sam.email)
    world.later(hours=12, minutes=1)
    assert client.get("/account").status_code == 303


def test_a_partner_sees_the_same_page_without_a_word_of_roles(world: World) -> None:
    rosie = world.partner("Rosie")
    page = world.client(rosie).get("/account")
    assert page.status_code == 200
    assert "What else your account can do" not in page.text


@pytest.mark.parametrize(
    "refused",
    ["short", "12345678", "Password1!", "PASSWORD", "qwertyuiop", "iloveyou!", "Northmoor2026", "a.lee2026", "lee12345",
     "improvement1", "aaaaaaaaaaaa", "samuella!!", "x" * 129],
)  # fmt: skip
def test_passwords_that_attackers_try_first_are_refused(refused: str) -> None:
    assert problem_with(refused, ("Northmoor and Vale Trust", "a.lee", "Samuella Lee"))


@pytest.mark.parametrize(
    "good",
    ["otter kettle window", "k" + "ab" * 31 + "!", "пароль из трёх слов", "x9$kQw!z", "my improvement otter kettle",
     "otter kettle " * 9 + "window here", "handball mug", "   spaced   out   "],
)  # fmt: skip
def test_long_odd_and_foreign_passwords_are_welcome(good: str) -> None:
    assert problem_with(good, ("Northmoor and Vale Trust", "a.lee", "Samuella Lee")) == ""


def test_at_least_ten_thousand_common_passwords_are_known() -> None:
    assert sum(len(word) >= 8 for word in common()) >= 10_000


def test_a_refused_password_says_why_beside_its_field(world: World) -> None:
    sam = someone(world)
    client = world.client()
    sign_in(client, sam.email)
    answer = client.submit(client.get("/account/password"), present=PASSWORD, password="Northmoor1")
    assert answer.status_code == 422
    assert "Do not build your password on your name" in document(answer).text


def test_demonstration_mails_are_nobodys_to_read_in_a_real_trust(world: World) -> None:
    assert world.client().get("/demonstration/mails").status_code == 404
    assert world.client().get("/demonstration/mails/1").status_code == 404
    world.app.state.core.demonstration = True
    assert "No mail yet" in world.client().get("/demonstration/mails").text
    someone(world)
    world.client().post("/forgotten-password", data={"username": "person1@trust.example"})
    page = world.client().get("/demonstration/mails/1")
    assert 'href="/reset/' in page.text
    assert world.client().get("/demonstration/mails").text.count("/demonstration/mails/1") == 1
