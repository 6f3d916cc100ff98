"""No two modules share a run of twelve words: whoever takes two courses meets two situations."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.curriculum.problems import Findings
from app.curriculum.text import Passage

RUN = 12
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

Run = tuple[str, ...]


@dataclass(slots=True)
class Repeats:
    """Remembers where each run of words was first seen."""

    findings: Findings
    first: dict[Run, tuple[str, int]] = field(default_factory=dict)

    def add(self, file: str, passages: Sequence[Passage]) -> None:
        """Compare a module's passages with those of all modules added before."""
        own: dict[Run, tuple[str, int]] = {}
        for passage in passages:
            words = [w.casefold() for w in _WORD.findall(passage.words)]
            before = ""
            for start in range(len(words) - RUN + 1):
                run = tuple(words[start : start + RUN])
                seen = self.first.get(run)
                if seen and not before:
                    self._tell(file, passage.line, run, seen)
                before = seen[0] if seen else ""
                own.setdefault(run, (file, passage.line))
        for run, where in own.items():
            self.first.setdefault(run, where)

    def _tell(self, file: str, line: int, run: Run, seen: tuple[str, int]) -> None:
        words = " ".join(run)
        message = f"'{words}' also stands in {seen[0]}:{seen[1]}"
        self.findings.add(file, line, message, f"Say it in other words: no {RUN} words in a row stand in two modules")
