"""One course.yaml on its way through the checks."""

from dataclasses import dataclass
from typing import Any

from app.curriculum.checking.shared import refuse_repeats
from app.curriculum.format import Course, Framework
from app.curriculum.located import Document
from app.curriculum.problems import Findings


@dataclass(frozen=True, slots=True)
class Outline:
    course: Course
    file: str
    document: Document
    framework: Framework
    findings: Findings

    def tell(self, where: tuple[str | int, ...], message: str, remedy: str) -> None:
        self.findings.add(self.file, self.document.line(where), message, remedy)

    def refuse_repeats(self, where: tuple[str | int, ...], entries: list[Any], what: str) -> None:
        refuse_repeats(self.findings, self.file, self.document, where, [e.id for e in entries], what)
