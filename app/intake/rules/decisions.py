"""What HR decided about words that the program does not know: kept for the trust, so that it is asked once."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.intake.rules.columns import Column
from app.kernel.names import tidy


class Unknown(StrEnum):
    """What a decision is about."""

    DIRECTORATE = "directorate"
    TEAM = "team"
    STAFF_GROUP = "staff group"
    JOB_ROLE = "job role"
    BAND = "band"
    PERSON = "person"


class Verdict(StrEnum):
    """MAP: it is the one named `target`. CREATE: it is new. LEAVE_OUT: rows that say it are not taken."""

    MAP = "map"
    CREATE = "create"
    LEAVE_OUT = "leave out"


@dataclass(frozen=True, slots=True)
class Decision:
    verdict: Verdict
    target: str = ""


Decisions = Mapping[tuple[Unknown, str], Decision]
SECTIONS = {
    "directorates": Unknown.DIRECTORATE,
    "teams": Unknown.TEAM,
    "staff groups": Unknown.STAFF_GROUP,
    "job roles": Unknown.JOB_ROLE,
    "bands": Unknown.BAND,
    "people": Unknown.PERSON,
}
LONGEST_WORDS = 250


class DecisionsError(ValueError):
    """A file of decisions cannot be used. The message says where and how to mend it."""


def decision_key(words: str) -> str:
    """The form under which two spellings of the same words meet."""
    return tidy(words).casefold()


def may_be_new(columns: Collection[str]) -> frozenset[Unknown]:
    """What a file's words can be new names of: of teams only where it has a column that says in which directorate."""
    if Column.DIRECTORATE in columns:
        return frozenset({Unknown.DIRECTORATE, Unknown.TEAM})
    return frozenset({Unknown.DIRECTORATE})


def decisions_in(content: object) -> dict[tuple[Unknown, str], Decision]:
    """A file of decisions, read from YAML: sections of `words: create | leave out | the name it stands for`.

    Raises DecisionsError.
    """
    if not isinstance(content, dict):
        raise DecisionsError(f"A file of decisions has sections: {', '.join(SECTIONS)}.")
    return dict(_each(content))


def _each(content: dict[object, object]) -> Iterator[tuple[tuple[Unknown, str], Decision]]:
    for section, said in content.items():
        about = SECTIONS.get(str(section))
        if about is None:
            raise DecisionsError(f"There is no section “{section}”. The sections are: {', '.join(SECTIONS)}.")
        if not isinstance(said, dict):
            raise DecisionsError(f"In “{section}”, write one line each: the file's words, a colon, the decision.")
        for words, verdict in said.items():
            if not isinstance(verdict, str) or not verdict.strip():
                raise DecisionsError(
                    f"In “{section}”, “{words}” has no decision. Write create, leave out, or a name in quotation marks."
                )
            if not isinstance(words, str):
                raise DecisionsError(f"In “{section}”, put “{words}” in quotation marks, so that it stays text.")
            if max(len(words), len(verdict)) > LONGEST_WORDS:
                raise DecisionsError(f"In “{section}”, “{words[:40]}…” is longer than {LONGEST_WORDS} characters.")
            yield (about, decision_key(words)), _decision(tidy(verdict))


def _decision(said: str) -> Decision:
    if said.casefold() in {Verdict.CREATE, Verdict.LEAVE_OUT}:
        return Decision(Verdict(said.casefold()))
    return Decision(Verdict.MAP, said)
