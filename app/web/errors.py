"""Every fault has a page that says what happened, whether anything was saved, and what to do next."""

import logging
import secrets
from dataclasses import dataclass
from typing import ClassVar

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.exc import DataError, InterfaceError, OperationalError, SQLAlchemyError
from starlette.exceptions import HTTPException

from app.access.actor import Actor
from app.kernel.errors import BusyError, DomainError, NotSignedInError, TooManyError
from app.kernel.faults import disk_is_full
from app.web.core import SESSION_COOKIE, cookie_name, core_of, visitor
from app.web.guard import SAFE, TooLargeError
from app.web.page import EVERYBODY, Page
from app.web.render import respond
from app.web.visit import Shown

log = logging.getLogger("qi.web")


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultPage(Page):
    template: ClassVar[str] = "errors/fault.html"
    who_sees: ClassVar[str] = EVERYBODY

    title: str
    said: str
    remedy: str
    reference: str = ""


HEADINGS = {
    400: ("This did not work", "Go back and try again."),
    403: ("You cannot open this page", "Use the menu above for what your account has, or ask the QI team."),
    404: ("There is nothing here", "Check the address, or start again from your first screen."),
    405: ("This address cannot be used like that", "Start again from your first screen."),
    409: ("This could not be done", "Go back, look at what has changed, and try again."),
    413: ("That was too much at once", "Send less at a time; nothing was saved."),
    422: ("Something you entered needs another look", "Go back, change it and send it again; nothing was saved."),
    429: ("Too many tries", "Wait a little, then try again."),
    500: ("Something went wrong on our side", "Nothing was saved. Try again; if it happens twice, tell the QI team."),
    503: ("We cannot do this just now", "Nothing was saved. Your page keeps what you typed: try again in a minute."),
}


def add_error_pages(app: FastAPI) -> None:
    """Pages for what a route may raise. What is not listed here crashes, and the guard asks for that page."""
    app.add_exception_handler(DomainError, _domain)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _not_found)
    app.add_exception_handler(OverflowError, _unfit)
    app.add_exception_handler(DataError, _unfit)
    app.add_exception_handler(TooLargeError, _too_large)
    app.add_exception_handler(OperationalError, _database)
    app.add_exception_handler(InterfaceError, _database)


def fault(request: Request, status: int, said: str = "", *, title: str = "", remedy: str = "") -> Response:
    usual_title, usual_remedy = HEADINGS.get(status, HEADINGS[400])
    page = FaultPage(title=title or usual_title, said=said, remedy=remedy or usual_remedy)
    return respond(core_of(request), request, _visitor(request), Shown(page, status))


def _visitor(request: Request) -> Actor | None:
    """Whoever is signed in, so that a fault's page keeps their menu; nobody when the database cannot say."""
    core = core_of(request)
    try:
        return visitor(core, request, core.clock.now())
    except (SQLAlchemyError, DomainError):
        return None


def _domain(request: Request, error: Exception) -> Response:
    assert isinstance(error, DomainError)
    if isinstance(error, NotSignedInError):
        return _to_sign_in(request)
    if error.status == 404:  # noqa: PLR2004  hidden and missing look the same: no message of the query's own
        return fault(request, 404)
    answer = fault(request, error.status, str(error))
    if isinstance(error, TooManyError | BusyError):
        answer.headers["Retry-After"] = str(error.retry_after)
    return answer


def _to_sign_in(request: Request) -> Response:
    core = core_of(request)
    came_from = request.url.path if request.method == "GET" else ""
    where = core.path_for("accounts:sign_in_page", next="" if came_from == "/" else came_from)
    answer = RedirectResponse(where, 303)
    if request.headers.get("HX-Request"):
        answer = RedirectResponse(where, 200)
        answer.headers["HX-Redirect"] = where
    if cookie_name(core, SESSION_COOKIE) in request.cookies and request.method == "GET":
        answer.delete_cookie(cookie_name(core, SESSION_COOKIE), path="/", secure=core.settings.secure, httponly=True)
    return answer


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    answer = fault(request, error.status_code)
    answer.headers.update(error.headers or {})
    return answer


def _not_found(request: Request, _error: Exception) -> Response:
    return fault(request, 404)


def _unfit(request: Request, _error: Exception) -> Response:
    """A number or a text that no column of ours could hold, in an address or in a form."""
    return fault(request, 404 if request.method in SAFE else 422)


def _too_large(request: Request, _error: Exception) -> Response:
    return fault(request, 413)


def _database(request: Request, error: Exception) -> Response:
    """The fault's page without asking the database who is signed in: that would only wait for it again."""
    log.error("database: %s", type(error).__name__, exc_info=error)
    full = disk_is_full(error)
    title, remedy = HEADINGS[503]
    said = "The disk that holds the trust's data is full." if full else "The trust's database did not answer."
    page = FaultPage(title=title, said=said, remedy=remedy)
    answer = respond(core_of(request), request, None, Shown(page, 503))
    answer.headers["Retry-After"] = "30"
    return answer


def forged(request: Request) -> Response:
    """The answer to a form that another site sent."""
    return fault(
        request,
        403,
        "Nothing was done.",
        title="This form came from another site",
        remedy="Open the page on this site and send its form again.",
    )


def crashed(request: Request, error: Exception) -> Response:
    """The answer to what nobody foresaw. Its number finds the trace in the log."""
    reference = secrets.token_hex(4)
    log.error("fault %s at %s %s", reference, request.method, request.url.path, exc_info=error)
    title, remedy = HEADINGS[500]
    page = FaultPage(title=title, said="", remedy=remedy, reference=reference)
    return respond(core_of(request), request, _visitor(request), Shown(page, 500))
