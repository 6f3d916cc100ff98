"""Reading all course files and saying everything that is wrong with them, each with its file, line and remedy."""

from datetime import date
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


def check_courses(folder: Path, kinds: Kinds, today: date | None = None) -> list[Problem]:
    """Every problem in the course files, by file and line; none when they can be loaded.

    With `today`, courses whose review is overdue are problems too. They are still loaded: a date that passes in the
    night must stop no server.
    """
    read = read_courses(folder, kinds)
    overdue = [_overdue(course) for course in read.courses if today and course.course.review_by < today]
    return sorted([*read.problems, *overdue])


def _overdue(checked: CheckedCourse) -> Problem:
    message = f"the review was due by {checked.course.review_by}"
    remedy = "Look through the course, then write the next date into review_by."
    return Problem(checked.file, checked.document.line(("review_by",)), message, remedy)
