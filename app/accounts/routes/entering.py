"""The steps of signing in that every door shares: count the try, hash once, begin, hand over what was kept."""

from dataclasses import dataclass

from fastapi.responses import RedirectResponse, Response

from app.access.actor import Actor
from app.accounts import commands, deeds, passwords, throttle
from app.accounts.queries import Known, known_by_name
from app.accounts.rules import browser_words, own_path
from app.web.core import HELD_COOKIE, SESSION_COOKIE, Held, client_address, cookie_name
from app.web.router import AndThen
from app.web.visit import Steps


@dataclass(frozen=True, slots=True)
class Entered:
    """A sign-in that has begun: its token, who it is, and a form kept for this very person."""

    token: str
    actor: Actor
    held: Held | None


def count_try(steps: Steps, username: str) -> None:
    """Raises TooManyError; whether anybody has this name makes no difference."""
    throttle.count(steps.core.db, [(throttle.ACCOUNT, username), (throttle.ADDRESS, _network(steps))], steps.now)


def count_address(steps: Steps) -> None:
    throttle.count(steps.core.db, [(throttle.ADDRESS, _network(steps))], steps.now)


def enter(steps: Steps, username: str, password: str) -> Entered | None:
    """None when the name and password do not belong together: always after exactly one hash."""
    count_try(steps, username)
    with steps.core.db.read() as session:
        known = known_by_name(session, username)
    with passwords.limiter(steps.core.settings.hashes_at_once).turn():
        verdict = passwords.verify(password, known.password_hash if known else None)
    if known is None or not verdict.right:
        return None
    return begin(steps, known, verdict, username)


def begin(steps: Steps, known: Known, verdict: passwords.Verdict, username: str) -> Entered | None:
    """Begin the sign-in in one transaction with taking the kept form; None when they may not sign in today."""
    cookies = steps.request.cookies
    with steps.core.db.write() as session:
        begun = commands.sign_in(
            session,
            steps.core.settings,
            known,
            verdict,
            steps.now,
            former_token=cookies.get(cookie_name(steps.core, SESSION_COOKIE)),
            browser=browser_words(steps.request.headers.get("user-agent", "")),
            address=client_address(steps.request),
        )
        if begun is None:
            return None
        throttle.forgive(session, throttle.ACCOUNT, username)
        throttle.give_back(session, [(throttle.ADDRESS, _network(steps))])
        key = cookies.get(cookie_name(steps.core, HELD_COOKIE))
        kept = deeds.take_held(session, key, known.person_id, steps.now) if key else None
    token, actor = begun
    return Entered(token, actor, Held(*kept, actor) if kept else None)


def lead_in(steps: Steps, entered: Entered, where: str, flash: str = "") -> Response | AndThen:
    """On to the first screen, or the page that was asked for; what was kept is applied on the way."""
    answer: RedirectResponse = steps.go_to(own_path(where), flash)
    steps.set_cookie(answer, SESSION_COOKIE, entered.token)
    if entered.held is None:
        return answer
    answer.delete_cookie(cookie_name(steps.core, HELD_COOKIE), path="/", secure=steps.core.settings.secure)
    return AndThen(answer, entered.held)


def _network(steps: Steps) -> str:
    return throttle.network_of(client_address(steps.request))
