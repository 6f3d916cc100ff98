"""What is true of courses."""

from enum import StrEnum


class Audience(StrEnum):
    STAFF = "staff"
    PARTNER = "partner"
    AUTHOR = "author"
    """Whoever writes courses: a gallery of what can be made, in no plan, record or count."""


class ActivityKind(StrEnum):
    READ = "read"
    PRACTICE = "practice"
    ASSESSMENT = "assessment"
    NOTE = "note"
    STEPS = "steps"
    CONFIDENCE = "confidence"
    TASK = "task"
    SIGN_OFF = "sign-off"


class PackPart(StrEnum):
    """What lies in the pack of a taught session; NOTES stand in a module's text for whoever teaches it."""

    PLAN = "plan"
    SLIDE = "slide"
    HANDOUT = "handout"
    NOTES = "notes"


QUIZ_KINDS = frozenset({ActivityKind.PRACTICE, ActivityKind.ASSESSMENT})
