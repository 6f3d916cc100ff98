"""What HR decided about courses that a list names and the program does not know: kept, so that it is asked once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from app.intake.rules.decisions import DecisionsError
from app.kernel.names import folded, tidy

LONGEST_WORDS = 250
SECTION = "courses"


MOST_DECIDED = 200
"""So many courses are asked about on one page."""


class Meaning(StrEnum):
    """COURSE: it is the one here named `course`. EVIDENCE: it is elsewhere's. LEAVE_OUT: its rows are not taken."""

    COURSE = "course"
    EVIDENCE = "evidence"
    LEAVE_OUT = "leave out"


@dataclass(frozen=True, slots=True)
class PastDecision:
    """`course` is the slug of a course here, empty unless the meaning is COURSE."""

    meaning: Meaning
    course: str = ""


PastDecisions = Mapping[str, PastDecision]
"""By the folded words of the list."""


@lru_cache(maxsize=20_000)
def course_key(words: str) -> str:
    """The form under which two spellings of the same course meet; signs alone stay as they are."""
    return folded(words) or tidy(words).casefold()


def decisions_in(content: object) -> dict[str, PastDecision]:
    """A file of decisions, read from YAML: under `courses`, `words: evidence | leave out | a course here`.

    Raises DecisionsError.
    """
    if not isinstance(content, dict) or set(content) != {SECTION} or not isinstance(content[SECTION], dict):
        raise DecisionsError(
            f"A file of decisions has one section, {SECTION}: with a line for each course: the file’s words, a colon, "
            "and evidence, leave out, or the address of a course here such as pocket-qi."
        )
    return dict(_each(content[SECTION]))


def _each(said: dict[object, object]) -> Iterator[tuple[str, PastDecision]]:
    for words, verdict in said.items():
        if not isinstance(words, str):
            raise DecisionsError(f"Put “{words}” in quotation marks, so that it stays text.")
        if not isinstance(verdict, str) or not verdict.strip():
            raise DecisionsError(f"“{words[:40]}” has no decision. Write evidence, leave out, or a course here.")
        if max(len(words), len(verdict)) > LONGEST_WORDS:
            raise DecisionsError(f"“{words[:40]}…” is longer than {LONGEST_WORDS} characters.")
        yield course_key(words), decision(tidy(verdict))


def decision(said: str) -> PastDecision:
    if said.casefold() in {Meaning.EVIDENCE, Meaning.LEAVE_OUT}:
        return PastDecision(Meaning(said.casefold()))
    return PastDecision(Meaning.COURSE, said)
