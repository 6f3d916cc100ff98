"""What is true of signing in, and of giving roles."""

import re
from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum

from app.access.actor import Actor, Held, ScopeKind
from app.access.permissions import ROLE_PERMISSIONS, Permission


class CodePurpose(StrEnum):
    INVITATION = "invitation"
    RESET = "reset"
    PRINTED = "printed"


CODE_LASTS = {
    CodePurpose.INVITATION: timedelta(days=14),
    CodePurpose.RESET: timedelta(hours=2),
    CodePurpose.PRINTED: timedelta(days=28),
}

WHOLE_TRUST = "The whole trust"
LONGEST_PATH = 500
NOT_AFTERWARDS = {"/sign-in", "/sign-out", "/code", "/forgotten-password"}

# The first sign found decides, so the browsers that claim to be others as well come first.
BROWSERS = (
    ("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", "an iPhone"), ("iPad", "an iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Mac OS X", "a Mac"), ("CrOS", "a Chromebook"), ("Linux", "Linux"),
)  # fmt: skip
USERNAME = re.compile(r"[\w][\w.\-]{1,58}[\w]")


def username_problem(username: str) -> str:
    """What is wrong with a sign-in name, empty when nothing is. It may not look like somebody's e-mail address."""
    if USERNAME.fullmatch(username):
        return ""
    return "Enter a sign-in name of 3 to 60 letters, figures, dots or hyphens, such as a.oneill"


def latest_end(
    actor: Actor,
    needed: Collection[Permission],
    scope: ScopeKind,
    scope_id: int | None,
    directorate_id: int | None,
) -> date | None:
    """The day from which the actor no longer holds all of these permissions there; None when no day is set.

    Each permission counts as long as the longest grant that gives it; the one that ends first decides.
    """
    ends = []
    for permission in needed:
        giving = [
            h
            for h in actor.held
            if permission in ROLE_PERMISSIONS[h.role] and _covers(h, scope, scope_id, directorate_id)
        ]
        if giving and all(h.ends_on is not None for h in giving):
            ends.append(max(h.ends_on for h in giving if h.ends_on is not None))
    return min(ends, default=None)


def _covers(held: Held, scope: ScopeKind, scope_id: int | None, directorate_id: int | None) -> bool:
    if held.scope is ScopeKind.TRUST:
        return True
    if held.scope is ScopeKind.DIRECTORATE:
        return held.scope_id == (scope_id if scope is ScopeKind.DIRECTORATE else directorate_id)
    return held.scope is scope is ScopeKind.TEAM and held.scope_id == scope_id


def own_path(text: str) -> str:
    """Where a sign-in may lead: a path of this site, `/` for anything that could leave it."""
    plain = text.startswith("/") and not text.startswith("//") and text.isprintable() and text.isascii()
    if not plain or "\\" in text or len(text) > LONGEST_PATH or text.split("?", maxsplit=1)[0] in NOT_AFTERWARDS:
        return "/"
    return text


def browser_words(user_agent: str) -> str:
    """A browser as its owner would name it: Firefox on Windows."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "A browser")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    return f"{browser} on {system}" if system else browser
