"""What is counted by protected characteristics: one wording for the page and for docs/measures.md."""

from app.equality.rules.counts import ROUNDED_TO
from app.kernel.suppression import FEWEST

IN_POST = "In post"
COMPLETED = "Completed"
NO_ANSWER = "No answer"
TOGETHER = "Smaller groups together"
OTHERS = "The others together"


def measures() -> tuple[tuple[str, str], ...]:
    """Name and meaning, in the order in which they are read."""
    few = f"fewer than {FEWEST}"
    return (
        (IN_POST, "Staff with a main post on the last day of the financial year."),
        (COMPLETED, "Of those in post: who completed the level, or refreshed it, between 1 April and that day."),
        (NO_ANSWER, "Left empty in HR’s file, or not in it. “Prefer not to say” is a group of its own."),
        (TOGETHER, f"Groups of {few} people, and what would give them away: one group, for every level alike."),
        (
            OTHERS,
            f"Of one level, as one: groups in which {few} completed it, or {few} did not, and what gives them away.",
        ),
    )


def rounding() -> str:
    return f"Every number is rounded to the nearest {ROUNDED_TO}, so that parts need not add up to their whole."
