"""A visit: one request, the actor behind it and a session. A deed is a visit that may write."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from app.access.actor import Actor
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, WriteSession
from app.kernel.errors import NotSignedInError
from app.web.core import FLASH_COOKIE, Core, cookie_name
from app.web.form import Posted
from app.web.page import Page


@dataclass(frozen=True, slots=True)
class Shown:
    """A page with another status than 200 (422 with a form's errors, 409 with both versions)."""

    page: Page
    status: int


class SeeOther(RedirectResponse):
    """The page that follows a deed, and the sentence that it shows once."""

    def __init__(self, path: str, flash: str = "") -> None:
        super().__init__(path, 303)
        self.path, self.flash = path, flash


@dataclass(slots=True)
class _Request:
    request: Request
    core: Core
    visitor: Actor | None
    now: datetime

    @property
    def actor(self) -> Actor:
        """Whoever is signed in. (Behind `Anyone()`, ask `visitor` instead.)"""
        if self.visitor is None:
            raise NotSignedInError("Sign in to see this page.")
        return self.visitor

    @property
    def today(self) -> date:
        return london_date(self.now)

    def path_for(self, name: str, /, **params: object) -> str:
        return self.core.path_for(name, **params)

    def url_for(self, name: str, /, **params: object) -> str:
        """The whole address, for mails and printed pages."""
        return self.core.settings.origin + self.core.path_for(name, **params)

    def go(self, name: str, /, flash: str = "", **params: object) -> SeeOther:
        """See other: the page that follows a deed, with one sentence that says what was done."""
        return self.go_to(self.path_for(name, **params), flash)

    def go_to(self, path: str, flash: str = "") -> SeeOther:
        answer = SeeOther(path, flash)
        if flash:
            self.set_cookie(answer, FLASH_COOKIE, flash.encode().hex(), max_age=60)
        return answer

    def set_cookie(self, answer: Response, name: str, value: str, **more: Any) -> None:
        answer.set_cookie(
            cookie_name(self.core, name),
            value,
            path="/",
            secure=self.core.settings.secure,
            httponly=True,
            samesite="lax",
            **more,
        )


@dataclass(slots=True)
class Visit(_Request):
    """A GET: the session may only look."""

    session: ReadSession

    def flag(self, name: str) -> bool:
        """Whether the address says `?name=1`. (On the hottest page a declared parameter costs 0.04 ms each.)"""
        return self.request.query_params.get(name) == "1"


@dataclass(slots=True)
class Deed(_Request):
    """A POST: one transaction, committed before the answer leaves."""

    session: WriteSession
    posted: Posted


@dataclass(slots=True)
class Steps(_Request):
    """A POST that opens its own short transactions (`core.db`), because slow work lies between them."""

    posted: Posted
