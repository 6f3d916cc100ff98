"""A form posted after the sign-in ended is kept, and applied when that same person signs in: once, for them alone."""

import pytest

from tests.client import HouseClient, document
from tests.web.conftest import Trial

LONG = 24


def send_late(world: Trial, person_id: int, answer: str = "42") -> HouseClient:
    client = world.client(person_id)
    world.later(hours=LONG)
    led = client.post("/trial/kept", data={"answer": answer, "_once": "k"})
    assert (led.status_code, led.headers["location"]) == (303, "/sign-in")
    assert "qi_held" in client.cookies
    assert world.counted() == {}
    return client


def test_what_was_sent_too_late_is_applied_at_the_next_sign_in(world: Trial) -> None:
    ann = world.hire("Ann", "O'Neill")
    client = send_late(world, ann.id)
    answer = client.post(f"/trial/enter/{ann.id}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/trial/own")
    assert world.counted() == {"Ann O'Neill said 42": 1}
    assert document(client.follow(answer)).h1 == "Ann O'Neill"


def test_it_is_applied_once(world: Trial) -> None:
    ann = world.hire("Ann", "O'Neill")
    client = send_late(world, ann.id)
    for _ in range(3):
        client.post(f"/trial/enter/{ann.id}")
    assert world.counted() == {"Ann O'Neill said 42": 1}


def test_somebody_else_at_the_same_computer_sends_nothing(world: Trial) -> None:
    ann, bob = world.hire("Ann", "O'Neill"), world.hire("Bob", "Nguyễn")
    client = send_late(world, ann.id)
    world.sign_in(bob)
    client.post(f"/trial/enter/{bob.id}")
    assert world.counted() == {}
    client.post(f"/trial/enter/{ann.id}")
    assert world.counted() == {"Ann O'Neill said 42": 1}


def test_after_two_days_it_is_forgotten(world: Trial) -> None:
    ann = world.hire("Ann", "O'Neill")
    client = send_late(world, ann.id)
    world.later(hours=48)
    client.post(f"/trial/enter/{ann.id}")
    assert world.counted() == {}


def test_a_form_that_is_not_kept_leads_to_the_door(world: Trial) -> None:
    client = world.client(world.hire())
    world.later(hours=LONG)
    assert client.get("/trial/own").headers["location"].startswith("/sign-in")
    assert "qi_held" not in client.cookies


def test_a_made_up_sign_in_keeps_nothing(world: Trial) -> None:
    client = world.client()
    client.cookies.set("qi_session", "made-up", domain="127.0.0.1", path="/")
    assert client.post("/trial/kept", data={"answer": "42"}).status_code == 401
    assert "qi_held" not in client.cookies


@pytest.mark.parametrize("cookie", ["", "made-up"])
def test_what_somebody_unknown_wrote_is_given_back_to_be_copied(world: Trial, cookie: str) -> None:
    """Whoever signed out in another window, or whose cookie has gone, must not lose an hour's words in silence."""
    client = world.client()
    if cookie:
        client.cookies.set("qi_session", cookie, domain="127.0.0.1", path="/")
    answer = client.post("/trial/kept", data={"answer": "We lost <b>forty</b> minutes", "_once": "a b c d e f g h"})
    assert answer.status_code == 401
    assert document(answer).h1 == "You were signed out: this was not saved"
    assert "We lost &lt;b&gt;forty&lt;/b&gt; minutes</blockquote>" in answer.text
    assert "a b c" not in answer.text
    assert "Sign in, and do it once more." in document(client.post("/trial/kept", data={"answer": "4"})).text


def test_a_held_form_that_no_longer_fits_still_lets_the_person_in(world: Trial) -> None:
    ann = world.hire("Ann", "O'Neill")
    client = world.client(ann.id)
    world.later(hours=LONG)
    client.post("/trial/kept", data={"other": "x"})
    answer = client.post(f"/trial/enter/{ann.id}")
    assert answer.status_code == 303
    assert document(client.follow(answer)).h1 == "Ann O'Neill"
