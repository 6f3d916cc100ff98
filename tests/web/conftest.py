"""The real application with a few more routes, which do on purpose what no room of the house should."""

from collections.abc import Iterator
from functools import cached_property

import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from fastapi.responses import RedirectResponse

from app.access.gates import Anyone, SignedIn
from app.accounts.deeds import take_held
from app.accounts.models import Throttle
from app.accounts.sessions import begin
from app.kernel.config import Settings
from app.kernel.db import table
from app.kernel.errors import (
    BadInputError,
    BusyError,
    DomainError,
    NotAllowedError,
    NotFoundError,
    RuleBrokenError,
    StaleError,
    TooManyError,
)
from app.main import ROUTERS, create_app
from app.organisation.models import Person
from app.web.core import HELD_COOKIE, SESSION_COOKIE, Held, cookie_name
from app.web.errors import FaultPage
from app.web.router import AndThen, Answer, Router
from app.web.visit import Deed, Shown, Steps, Visit
from tests.world import World

trial = Router("trial", prefix="/trial")
MOST_SENT = 3_000_000
FAULTS: dict[str, Exception] = {
    "NotAllowedError": NotAllowedError("Your account does not have this part of the program."),
    "NotFoundError": NotFoundError("Mary Smith's attempt"),
    "RuleBrokenError": RuleBrokenError("This attempt is finished."),
    "StaleError": StaleError("Somebody saved a newer version first."),
    "BadInputError": BadInputError({"name": "Enter a name"}),
    "TooManyError": TooManyError("Too many tries for this account.", 90),
    "BusyError": BusyError("Many people are signing in.", 7),
    "DomainError": DomainError("This cannot be."),
    "RuntimeError": RuntimeError("a secret in a trace"),
    "OverflowError": OverflowError("int too large"),
}
_throttle = table(Throttle)


def shown(title: str) -> FaultPage:
    return FaultPage(title=title, said="", remedy="Nothing to do.")


@trial.page("/open", access=Anyone())
def open_page(_visit: Visit) -> Answer:
    return shown("An open page")


@trial.page("/own", access=SignedIn())
def own_page(visit: Visit) -> Answer:
    return shown(visit.actor.name)


@trial.page("/items/{number}", access=Anyone())
def item(_visit: Visit, number: int, kind: str = "") -> Answer:
    return shown(f"Item {number} {kind}")


@trial.page("/person/{number}", access=Anyone())
def stored(visit: Visit, number: int) -> Answer:
    found = visit.session.scalar(sa.select(table(Person).c.name).where(table(Person).c.id == number))
    return shown(found or "Nobody")


@trial.page("/raise/{name}", access=Anyone())
def raise_it(_visit: Visit, name: str) -> Answer:
    raise FAULTS[name]


@trial.action("/raise/{name}", access=Anyone())
def raise_in_a_deed(deed: Deed, name: str) -> Answer:
    _count(deed, "raised")
    raise FAULTS[name]


@trial.action("/count/{key}", access=Anyone())
def count(deed: Deed, key: str) -> Answer:
    return deed.go("trial:item", flash=f"Counted {_count(deed, key)}.", number=_count(deed, key + " again"), kind=key)


@trial.action("/kept", access=SignedIn(), holds=True)
def kept(deed: Deed) -> Answer:
    _count(deed, f"{deed.actor.name} said {deed.posted['answer']}")
    return deed.go("trial:own_page", flash="Saved.")


@trial.action("/form", access=Anyone())
def form(deed: Deed) -> Answer:
    number = _count(deed, "form")
    status = int(deed.posted.get("status", "200"))
    return Shown(shown(f"Form {number}"), status) if status != 200 else shown(f"Form {number}")


@trial.action("/send", access=Anyone(), takes=MOST_SENT)
def send(deed: Deed) -> Answer:
    file = deed.posted.file("list")
    if file is None:
        return deed.go("trial:item", number=0, kind=f"No file, {deed.posted['said']}")
    size = "too large" if file.too_large else f"{len(file.content)} bytes"
    kind = f"{file.name}: {size}, {deed.posted['said']}"
    return deed.go("trial:item", number=_count(deed, file.name), kind=kind)


@trial.steps("/enter/{person_id}", access=Anyone())
def enter(steps: Steps, person_id: int) -> Answer | AndThen:
    core = steps.core
    cookie = steps.request.cookies.get(cookie_name(core, HELD_COOKIE), "")
    with core.db.write() as session:
        token = begin(session, core.settings, person_id, steps.now)
        held = take_held(session, cookie, person_id, steps.now)
    answer = RedirectResponse("/trial/own", 303)
    answer.set_cookie(cookie_name(core, SESSION_COOKIE), token, path="/")
    with core.db.read() as session:
        actor = core.find_actor(core, session, token, steps.now)
    assert actor is not None
    return AndThen(answer, Held(*held, actor)) if held else answer


def _count(deed: Deed, key: str) -> int:
    row = deed.session.get(Throttle, key)
    if row is None:
        row = Throttle(key=key, window_ends_at=deed.now)
        deed.session.add(row)
    row.tries += 1
    deed.session.flush()
    return row.tries


class Trial(World):
    """A world whose application has the trial's routes too."""

    @cached_property
    def app(self) -> FastAPI:
        return create_app(self.settings, self.clock, (*ROUTERS, trial))

    def counted(self) -> dict[str, int]:
        with self.db.read() as session:
            return {row.key: row.tries for row in session.execute(sa.select(_throttle.c.key, _throttle.c.tries))}


@pytest.fixture
def world(settings: Settings) -> Iterator[Trial]:
    made = Trial(settings)
    yield made
    made.close()
