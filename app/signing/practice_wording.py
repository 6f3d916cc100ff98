"""What is said of pieces of work in which a level was used. What somebody wrote of them travels in no mail."""

from app.kernel.clock import london_date
from app.kernel.config import Settings
from app.signing.queries.practice import Use
from app.signing.rules import SignOffState
from app.web.words import day


def told(use: Use | None) -> str:
    """How it stands, for the person themselves: nothing where it is confirmed, or nobody told of it."""
    if use is None or use.state not in {SignOffState.REQUESTED, SignOffState.REJECTED}:
        return ""
    if use.waits:
        return f"Use in practice told on {day(london_date(use.told_at))}, not confirmed yet"
    return f"Use in practice sent back by {use.decided_by}"


def told_to_others(use: Use | None) -> str:
    """The same for those who lead the person: that it waits, and not what was sent back to them."""
    return told(use) if use is not None and use.waits else ""


def asked_line(settings: Settings, use: Use) -> str:
    """For whoever is asked, in their next weekly mail."""
    return (
        f"{use.person} tells you how they used {use.level} in practice.\n"
        f"Read it, and confirm it or send it back: {settings.origin}/used-in-practice"
    )


def moved_line(settings: Settings, use: Use, before: str) -> str:
    """For whoever told of it, in their next weekly mail; `before` was asked."""
    return (
        f"{use.asked} has been asked to confirm how you used {use.level}, in place of {before}, who no longer can.\n"
        f"You need do nothing. You can follow it here: {settings.origin}/used-in-practice/{use.tier}"
    )


def decided_line(settings: Settings, use: Use, by: str, *, confirmed: bool) -> str:
    """For whoever told of it, in their next weekly mail."""
    page = f"{settings.origin}/used-in-practice/{use.tier}"
    if confirmed:
        return f"{by} has confirmed that you used {use.level} in practice: {page}"
    return f"{by} has sent back what you told of using {use.level} in practice, and says why: {page}"
