"""Reading all course files and saying everything that is wrong with them, each with its file, line and remedy."""

from pathlib import Path

from app.curriculum.checking.outcome import (
    CheckedCourse,
    CheckedGuide,
    CheckedModule,
    CheckedPage,
    CheckedQuestion,
    CheckedQuiz,
    Courses,
)
from app.curriculum.checking.reading import read_courses
from app.curriculum.kinds import Kinds
from app.curriculum.problems import Problem

__all__ = [
    "CheckedCourse",
    "CheckedGuide",
    "CheckedModule",
    "CheckedPage",
    "CheckedQuestion",
    "CheckedQuiz",
    "Courses",
    "Problem",
    "check_courses",
    "read_courses",
]


def check_courses(folder: Path, kinds: Kinds) -> list[Problem]:
    """Every problem in the course files, by file and line; none when they can be loaded."""
    return list(read_courses(folder, kinds).problems)
