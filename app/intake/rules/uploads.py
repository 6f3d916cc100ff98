"""What is true of a file that HR brought in the browser."""

from datetime import datetime, timedelta
from enum import StrEnum

MOVED = (
    "What is known of staff has changed since the preview, or a new day has begun: the file would now do something "
    "else. Look again."
)
FAULT = (
    "This stopped because of a fault in the program. Nothing was changed. Try again; if it stops again, tell whoever "
    "looks after this site."
)


class UploadState(StrEnum):
    """READING, WORKING, SHOWN and APPLYING are open: there is one such upload at a time."""

    READING = "reading"
    REFUSED = "refused"
    WORKING = "working"
    SHOWN = "shown"
    APPLYING = "applying"
    APPLIED = "applied"


class Phase(StrEnum):
    """What is being done with a file, in the words of its page."""

    READING = "Reading the file"
    CHECKING = "Checking each row"
    COMPARING = "Comparing with the people who are here"
    KEEPING = "Writing down the preview"
    APPLYING = "Making it so, all at once"


PROGRESS = {Phase.READING: 5, Phase.CHECKING: 25, Phase.COMPARING: 50, Phase.KEEPING: 75, Phase.APPLYING: 70}
"""How far each begins, of 100."""
OPEN = frozenset({UploadState.READING, UploadState.WORKING, UploadState.SHOWN, UploadState.APPLYING})
AT_WORK = frozenset({UploadState.READING, UploadState.WORKING, UploadState.APPLYING})
OPEN_AS = "open"
SILENT_FOR = timedelta(seconds=45)
KEPT_FOR = timedelta(days=7)


def at_work(state: UploadState, beat_at: datetime, now: datetime) -> bool:
    """Whether something is being done with it. Work that has not been heard of for so long has been killed."""
    return state in AT_WORK and now - beat_at < SILENT_FOR


def has_stopped(state: UploadState, beat_at: datetime, now: datetime) -> bool:
    return state in AT_WORK and not at_work(state, beat_at, now)
