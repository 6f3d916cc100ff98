"""What the course files may say: one strict model for each kind of file."""

from app.curriculum.format.activities import (
    Activity,
    Assessment,
    Confidence,
    Note,
    Practice,
    Quizzed,
    Read,
    Steps,
)
from app.curriculum.format.course import Course, Module, Source
from app.curriculum.format.framework import Competency, Framework, Glossary, Term, Tier
from app.curriculum.format.quiz import Question, Quiz
from app.curriculum.format.reading import checked

__all__ = [
    "Activity",
    "Assessment",
    "Competency",
    "Confidence",
    "Course",
    "Framework",
    "Glossary",
    "Module",
    "Note",
    "Practice",
    "Question",
    "Quiz",
    "Quizzed",
    "Read",
    "Source",
    "Steps",
    "Term",
    "Tier",
    "checked",
]
