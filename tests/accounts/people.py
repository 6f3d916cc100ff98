"""People with passwords, for tests of the door. Hashing is slow, so everybody has the same one."""

from functools import cache
from typing import Any

from app.access.actor import SYSTEM
from app.accounts.commands import OpenAccount, SetPassword, open_account, set_password
from app.accounts.passwords import hash_password
from app.organisation.models import Person
from tests.client import HouseClient
from tests.world import World

PASSWORD = "otter kettle window"


@cache
def hashed() -> str:
    return hash_password(PASSWORD)


def with_password(world: World, person: Person, username: str = "") -> Person:
    """Open the person's account and give it the password that everybody has here."""
    with world.db.write() as session:
        chosen = username or person.email or "nobody"
        open_account(session, SYSTEM, OpenAccount(person_id=person.id, username=chosen), world.now)
        set_password(session, SYSTEM, SetPassword(person_id=person.id, password_hash=hashed()), world.now)
    return person


def someone(world: World, given: str = "Sam", family: str = "Lee", **hired: Any) -> Person:
    """A member of staff who can sign in with their address."""
    return with_password(world, world.hire(given, family, **hired))


def sign_in(client: HouseClient, username: str | None, password: str = PASSWORD, next_page: str = "") -> Any:
    return client.post("/sign-in", data={"username": username or "", "password": password, "next": next_page})
