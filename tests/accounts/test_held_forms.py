"""What was posted after a sign-in had ended is kept, and applied for the same person only."""

import sqlalchemy as sa

from app.accounts.models import HeldDeed
from app.kernel.db import table
from app.web.core import HELD_COOKIE
from tests.accounts.people import sign_in, someone
from tests.client import HouseClient
from tests.world import World


def keep(world: World, client: HouseClient, person_id: int, route: str = "accounts:end_other_sign_ins") -> None:
    """Put a form away as the router does when a sign-in has ended."""
    core = world.app.state.core
    token = world.sign_in(person_id)
    kept = core.deeds.hold(core, token, {"route": route, "path": {}, "posted": {}}, world.now)
    client.cookies.set(HELD_COOKIE, kept, domain=client.base_url.host, path="/")


def applied(world: World) -> list[bool]:
    with world.db.read() as session:
        return [at is not None for at in session.scalars(sa.select(table(HeldDeed).c.applied_at))]


def test_it_is_applied_when_the_same_person_signs_in_and_only_once(world: World) -> None:
    sam = someone(world)
    client = world.client()
    keep(world, client, sam.id)
    assert "What you sent is safe" in client.get("/sign-in").text
    answer = sign_in(client, sam.email)
    assert answer.headers["location"] == "/account"
    assert applied(world) == [True]
    assert HELD_COOKIE not in client.cookies
    assert client.get("/account").status_code == 200
    assert sign_in(client, sam.email).headers["location"] == "/"


def test_somebody_else_at_the_same_browser_neither_applies_nor_loses_it(world: World) -> None:
    sam, jo = someone(world), someone(world, "Jo", "Other")
    client = world.client()
    keep(world, client, sam.id)
    assert sign_in(client, jo.email).headers["location"] == "/"
    assert applied(world) == [False]
    client.post("/sign-out")
    assert sign_in(client, sam.email).headers["location"] == "/account"
    assert applied(world) == [True]


def test_a_wrong_password_applies_nothing(world: World) -> None:
    sam = someone(world)
    client = world.client()
    keep(world, client, sam.id)
    assert sign_in(client, sam.email, "wrong").status_code == 422
    assert applied(world) == [False]


def test_after_two_days_it_is_too_old(world: World) -> None:
    sam = someone(world)
    client = world.client()
    keep(world, client, sam.id)
    world.later(hours=49)
    assert sign_in(client, sam.email).headers["location"] == "/"


def test_when_it_can_no_longer_be_done_the_person_is_signed_in_and_told(world: World) -> None:
    sam = someone(world)
    client = world.client()
    keep(world, client, sam.id, route="organisation:open_directorate")
    assert sign_in(client, sam.email).headers["location"] == "/"
    assert "could not be saved" in client.get("/account").text
