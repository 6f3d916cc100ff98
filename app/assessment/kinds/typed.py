"""What people typed, made safe to keep: one kind of space, nothing invisible, no longer than its field."""

from app.assessment.kinds.contract import AnswerProblem, Posted

SHOWN_AGAIN = 4
"""How many times its length a refused text is shown again, for shortening it."""


def last(posted: Posted, field: str) -> str:
    values = posted.get(field)
    return values[-1] if values else ""


def line(words: str) -> str:
    """As one line. Characters that no database or page can hold are left out."""
    return " ".join("".join(c for c in words if c.isprintable() or c.isspace()).split())


def too_long(words: str, most: int, field: str) -> str:
    """What to say about a text that is longer than its field; empty where it fits."""
    return f"{field} has {len(words)} characters: {most} is the most" if len(words) > most else ""


def sentence(posted: Posted, field: str, most: int, name: str) -> str:
    """One text of one field. Raises AnswerProblem for one that is too long, with what to shorten."""
    words = line(last(posted, field)[: most * SHOWN_AGAIN * 2])
    problem = too_long(words, most, name)
    if problem:
        raise AnswerProblem(problem, words[: most * SHOWN_AGAIN])
    return words
