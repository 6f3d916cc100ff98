"""What is wrong in the course files, said so that a writer can put it right: file, line, message, remedy."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

MOST_CHOICES = 20


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """`file` is the path from the folder above the courses, `line` counts from 1 (0: the file as a whole)."""

    file: str
    line: int
    message: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.message}. {self.remedy}"


@dataclass(slots=True)
class Findings:
    """Every problem found so far: a writer sees all of them at once."""

    found: list[Problem] = field(default_factory=list)

    def add(self, file: str, line: int, message: str, remedy: str) -> None:
        self.found.append(Problem(file, line, message.rstrip("."), remedy.rstrip(".") + "."))

    def __iter__(self) -> Iterator[Problem]:
        return iter(sorted(set(self.found)))

    def __bool__(self) -> bool:
        return bool(self.found)


def one_of_these(given: str, known: Iterable[str]) -> str:
    """The remedy for an unknown name: the nearest one, or all of them when they are few."""
    names = sorted(known)
    near = get_close_matches(given, names, n=1, cutoff=0.65)
    if near:
        return f"Did you mean '{near[0]}'? Use one of: {_listed(names)}"
    return f"Use one of: {_listed(names)}" if names else "There is none yet: add it first"


def _listed(names: list[str]) -> str:
    return ", ".join(names[:MOST_CHOICES]) + (", …" if len(names) > MOST_CHOICES else "")
