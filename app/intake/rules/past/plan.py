"""What an import of past learning does, line by line, and what it leaves alone."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.intake.rules.past.levels import AwardAsked
from app.intake.rules.past.rows import NotTaken
from app.intake.rules.rows import Problem


class PastKind(StrEnum):
    """COMPLETED: a course here is thereby completed. AGAIN: one more completion of it. EVIDENCE: another's course."""

    COMPLETED = "completed"
    AGAIN = "completed again"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Completing:
    """An enrolment that becomes completed: a new one, or (with its id) the one that the person is on."""

    edition_id: int
    on: date
    enrolment_id: int | None = None
    started_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ItemAsked:
    title: str
    provider: str
    reference: str
    key: str


@dataclass(frozen=True, slots=True)
class PastLine:
    """One completion. `course` is the title here, or in the file's words; `done` are activities and their minutes."""

    kind: PastKind
    row: int
    number: str
    person_id: int
    name: str
    course: str
    on: date
    minutes: int | None
    course_id: int | None = None
    edition_id: int | None = None
    done: tuple[tuple[int, int], ...] = ()
    completing: Completing | None = None
    award: AwardAsked | None = None
    item: ItemAsked | None = None
    says: str = ""


@dataclass(frozen=True, slots=True)
class UnknownCourse:
    """A course of the file that no course here is called by, unless somebody decided that it is one. `key` is what
    the decision is kept under; `meaning` what is done with its rows."""

    key: str
    words: str
    rows: int
    meaning: str
    course: str
    decided: bool


@dataclass(frozen=True, slots=True)
class PastPlan:
    """`known` counts rows by courses here that were found by their names, in the file's words."""

    lines: tuple[PastLine, ...]
    unchanged: tuple[NotTaken, ...]
    left_out: tuple[NotTaken, ...]
    problems: tuple[Problem, ...]
    unknown: tuple[UnknownCourse, ...]
    known: Mapping[str, int]
    remarks: tuple[str, ...]

    def of(self, kind: PastKind) -> list[PastLine]:
        return [line for line in self.lines if line.kind is kind]

    @property
    def counts(self) -> Counter[PastKind]:
        return Counter(line.kind for line in self.lines)

    @property
    def awards(self) -> int:
        """How many levels are given or lengthened."""
        return sum(line.award is not None for line in self.lines)

    @property
    def fingerprint(self) -> str:
        """The same for two plans that do the same."""
        digest = hashlib.sha256()
        for line in self.lines:
            digest.update(repr(line).encode())
        return digest.hexdigest()[:16]
