"""What a loading did, or why it did nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.curriculum.loading.planning import What
from app.curriculum.problems import Problem
from app.kernel.errors import DomainError


class CoursesRefusedError(DomainError):
    """Nothing was loaded. `problems` say why, each with its file, line and remedy."""

    status = 422

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Loaded:
    """One course: the edition and revision that are now the newest, and what was done to make them so."""

    slug: str
    edition: int
    revision: int
    what: What

    def __str__(self) -> str:
        return f"{self.slug}: edition {self.edition}, revision {self.revision} ({self.what})"


@dataclass(frozen=True, slots=True)
class LoadReport:
    courses: tuple[Loaded, ...]
    tiers_changed: int = 0

    @property
    def changed(self) -> bool:
        return bool(self.tiers_changed) or any(course.what is not What.UNCHANGED for course in self.courses)

    def __str__(self) -> str:
        tiers = [f"{self.tiers_changed} entries of the framework added or changed"] if self.tiers_changed else []
        return "\n".join([*tiers, *(str(course) for course in self.courses)])
