"""What the course files may say: one strict model for each kind of file."""

from app.curriculum.format.activities import (
    Activity,
    Assessment,
    Confidence,
    Note,
    Practice,
    Quizzed,
    Read,
    SignOff,
    Steps,
    Task,
)
from app.curriculum.format.course import Course, Module, Source, TaughtSession
from app.curriculum.format.diagrams import DIAGRAMS, Diagram
from app.curriculum.format.framework import Competency, Framework, Glossary, Term, Tier
from app.curriculum.format.guide import MarkingGuide, Point
from app.curriculum.format.quiz import Question, Quiz
from app.curriculum.format.reading import checked, checked_by_kind

__all__ = [
    "DIAGRAMS",
    "Activity",
    "Assessment",
    "Competency",
    "Confidence",
    "Course",
    "Diagram",
    "Framework",
    "Glossary",
    "MarkingGuide",
    "Module",
    "Note",
    "Point",
    "Practice",
    "Question",
    "Quiz",
    "Quizzed",
    "Read",
    "SignOff",
    "Source",
    "Steps",
    "Task",
    "TaughtSession",
    "Term",
    "Tier",
    "checked",
    "checked_by_kind",
]
