"""One request from the door to the answer: find the actor, ask the gate, open a session, commit, then answer."""

import hashlib
import inspect
import json
from collections.abc import Mapping
from typing import Any

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from app.access.actor import Actor
from app.access.gates import admit
from app.kernel.errors import DomainError, NotSignedInError
from app.web.core import (
    FLASH_COOKIE,
    HELD_COOKIE,
    SESSION_COOKIE,
    Core,
    cookie_name,
    core_of,
    visitor,
    visitor_in,
)
from app.web.entries import AndThen, Entry
from app.web.form import Posted
from app.web.render import respond
from app.web.signed_out import SignedOutPage
from app.web.visit import Deed, SeeOther, Shown, Steps, Visit

ONCE_FIELD = "_once"


def look(entry: Entry, request: Request, params: Mapping[str, Any]) -> Response:
    core = core_of(request)
    now = core.clock.now()
    with core.db.read() as session:
        actor = visitor_in(core, session, request, now)
        admit(entry.access, actor)
        answer = entry.endpoint(Visit(request, core, actor, now, session), **params)
    return respond(core, request, actor, answer)


def act(entry: Entry, request: Request, posted: Posted, params: Mapping[str, Any]) -> Response:
    core = core_of(request)
    now = core.clock.now()
    token = request.cookies.get(cookie_name(core, SESSION_COOKIE))
    actor = visitor(core, request, now)
    if actor is None and entry.holds:
        return _hold(core, entry, request, token, posted, params)
    admit(entry.access, actor)
    return respond(core, request, actor, _once(core, entry, request, actor, posted, params))


def step(entry: Entry, request: Request, posted: Posted, params: Mapping[str, Any]) -> Response:
    core = core_of(request)
    now = core.clock.now()
    actor = visitor(core, request, now)
    admit(entry.access, actor)
    answer = entry.endpoint(Steps(request, core, actor, now, posted), **params)
    if isinstance(answer, AndThen):
        return _replay(core, request, answer)
    return respond(core, request, actor, answer)


def _once(
    core: Core, entry: Entry, request: Request, actor: Actor | None, posted: Posted, params: Mapping[str, Any]
) -> Any:
    """Run the deed in one transaction; the very form that was posted before leads where it led, and does nothing."""
    now = core.clock.now()
    key = _fingerprint(entry, actor, posted, params) if posted.get(ONCE_FIELD) else ""
    with core.db.write() as session:
        deed = Deed(request, core, actor, now, session, posted)
        if key and (before := core.deeds.claim(session, key, actor, now)):
            return deed.go_to(*before)
        answer = entry.endpoint(deed, **params)
        if not _did_it(answer):
            session.rollback()
        elif key:
            led = (answer.path, answer.flash) if isinstance(answer, SeeOther) else ("", "")
            core.deeds.settle(session, key, *led)
    return answer


def _fingerprint(entry: Entry, actor: Actor | None, posted: Posted, params: Mapping[str, Any]) -> str:
    """The same rendered form, sent by the same person to the same place with the same words in it."""
    where = {k: str(v) for k, v in params.items()}
    said = [actor.person_id if actor else None, entry.name, where, *posted.fingerprint()]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _did_it(answer: Any) -> bool:
    """A form shown again with its errors did nothing, whatever the command had begun."""
    return not (isinstance(answer, Shown) and answer.status >= 400)  # noqa: PLR2004


def _hold(
    core: Core, entry: Entry, request: Request, token: str | None, posted: Posted, params: Mapping[str, Any]
) -> Response:
    """Keep the form for whoever was signed in; of somebody unknown, give back what they wrote."""
    held = {"route": entry.name, "path": {k: str(v) for k, v in params.items()}, "posted": posted.held()}
    kept = core.deeds.hold(core, token, held, core.clock.now()) if token else None
    if kept is None and request.headers.get("HX-Request"):
        raise NotSignedInError("Sign in to go on.")
    if kept is None:
        return respond(core, request, None, Shown(SignedOutPage.of(posted), 401))
    answer = RedirectResponse(core.path_for("accounts:sign_in_page"), 303)
    _set_cookie(core, answer, HELD_COOKIE, kept)
    return answer


def _set_cookie(core: Core, answer: Response, name: str, value: str) -> None:
    answer.set_cookie(
        cookie_name(core, name), value, path="/", secure=core.settings.secure, httponly=True, samesite="lax"
    )


def _replay(core: Core, request: Request, answer: AndThen) -> Response:
    held = answer.held
    entry = core.routes[held.route]
    wanted = inspect.signature(entry.endpoint, eval_str=True).parameters
    params = {k: wanted[k].annotation(v) for k, v in held.path.items() if k in wanted}
    try:
        admit(entry.access, held.actor)
        done = _once(core, entry, request, held.actor, Posted(dict(held.posted)), params)
    except DomainError as error:
        said = f"You are signed in. What you had sent before could not be saved: {error}"
        _set_cookie(core, answer.response, FLASH_COOKIE, said.encode().hex())
        return answer.response
    response = respond(core, request, held.actor, done)
    for header in answer.response.raw_headers:
        if header[0] == b"set-cookie":
            response.raw_headers.append(header)
    return response
