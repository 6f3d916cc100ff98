"""What every route has in hand: the settings, the database, the clock, and how to find who is acting."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote, urlencode

import sqlalchemy as sa
from anyio import CapacityLimiter
from fastapi import Request

from app.access.actor import Actor
from app.kernel.clock import Clock
from app.kernel.config import Settings
from app.kernel.db import Database, ReadSession, WriteSession

if TYPE_CHECKING:
    from app.web.render import Pages
    from app.web.router import Entry

SESSION_COOKIE = "qi_session"
FLASH_COOKIE = "qi_flash"
HELD_COOKIE = "qi_held"
HASHING_THREADS = 48
"""Threads for deeds in short steps, most of which hash: they wait for their turn, cost little, are no page threads.

More than may wait to hash: whoever comes after those is told at once to come again, and does not wait unseen.
"""
FILE_THREADS = 2
"""Threads for deeds that make files: one may hold a whole directorate, and more at once are not sooner done."""


@dataclass(frozen=True, slots=True)
class Held:
    """A posted form that came after its sign-in had ended, kept for the same person."""

    route: str
    path: Mapping[str, str]
    posted: Mapping[str, list[str]]
    actor: Actor


class Deeds(Protocol):
    """How the router remembers what was posted; accounts provides it, main hands it over."""

    def hold(self, core: "Core", token: str, held: Mapping[str, object], now: datetime) -> str | None:
        """Keep a form posted under an ended sign-in. Returns a token for a cookie, None if the sign-in is unknown."""
        ...

    def claim(self, session: WriteSession, key: str, actor: Actor | None, now: datetime) -> tuple[str, str] | None:
        """Take a posted form for this transaction; where the very same led before, and what was said of it."""
        ...

    def settle(self, session: WriteSession, key: str, location: str, flash: str) -> None:
        """Keep where a claimed form led, in the transaction of its deed; nowhere lets it be posted again."""
        ...


@dataclass(slots=True)
class Core:
    settings: Settings
    db: Database
    clock: Clock
    find_actor: "FindActor"
    deeds: Deeds
    welcome_starter: "WelcomeStarter"
    posts_changed: "PostsChanged"
    who_is_asked: "WhoIsAsked"
    selections: "Selections"
    views_of_skills: "ViewsOfSkills"
    pages: "Pages"
    demonstration: bool = False
    hashing_lane: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(HASHING_THREADS))
    file_lane: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(FILE_THREADS))
    routes: dict[str, "Entry"] = field(default_factory=dict)
    _places: "list[Entry]" = field(default_factory=list)

    @property
    def places(self) -> "list[Entry]":
        """The routes that stand in somebody's menu, in its order."""
        if not self._places:
            self._places = sorted((e for e in self.routes.values() if e.nav), key=lambda e: e.nav.order if e.nav else 0)
        return self._places

    def path_for(self, name: str, /, **params: object) -> str:
        """The address of a route by name; parameters that its path lacks become the query string."""
        template = self.routes[name].path
        if not params:
            return template
        query = {k: v for k, v in params.items() if "{" + k + "}" not in template and v not in (None, "", ())}
        path = template.format(**{k: quote(str(v), safe="") for k, v in params.items() if k not in query})
        return f"{path}?{urlencode(query, doseq=True)}" if query else path


FindActor = Callable[[Core, ReadSession, str | None, datetime], Actor | None]
"""From the sign-in cookie's value to the actor it stands for."""


WelcomeStarter = Callable[[WriteSession, Actor, int, datetime], None]
"""What everyone who starts here is given; the rooms that hire know nothing of courses, so main hands it over."""


PostsChanged = Callable[[WriteSession, Actor, Collection[int], datetime], object]
"""What follows for the needs of people whose posts have changed; handed over by main for the same reason."""
WhoIsAsked = Callable[[ReadSession, Collection[int] | sa.Select[tuple[int]], Collection[str]], frozenset[int]]
"""Of which of some people one of some levels is asked; rooms below the one that decides it get it from main."""


Selections = Callable[[ReadSession, Actor], Mapping[int, tuple[str, sa.Select[tuple[int]]]]]
"""The actor's own selections of people, by number: each with its name and a statement of the people in it."""
ViewsOfSkills = Callable[[ReadSession, Actor], Sequence[tuple[str, Mapping[str, str]]] | None]
"""The actor's own views of people and skills: name, and what its address says; None for whoever keeps none."""


def core_of(request: Request) -> Core:
    core: Core = request.app.state.core
    return core


def visitor(core: Core, request: Request, now: datetime) -> Actor | None:
    """Whoever is behind a request, found in a session of its own."""
    with core.db.read() as session:
        return visitor_in(core, session, request, now)


def visitor_in(core: Core, session: ReadSession, request: Request, now: datetime) -> Actor | None:
    return core.find_actor(core, session, request.cookies.get(cookie_name(core, SESSION_COOKIE)), now)


def cookie_name(core: Core, name: str) -> str:
    """`__Host-` binds a cookie to this host over https; browsers refuse the prefix on plain http."""
    return f"__Host-{name}" if core.settings.secure else name


def client_address(request: Request) -> str:
    return request.client.host if request.client else ""
