"""What checking makes of the course files: everything that loading needs, already prepared."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.curriculum.format import Competency, Course, Framework, MarkingGuide, Module, Quiz, TaughtSession, Term
from app.curriculum.located import Document
from app.curriculum.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedQuestion:
    """`raw` is the question as written; `shown` and `marking` are its parts, complete."""

    key: str
    kind: str
    raw: Mapping[str, Any]
    shown: Mapping[str, Any]
    marking: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CheckedQuiz:
    quiz: Quiz
    questions: tuple[CheckedQuestion, ...]


@dataclass(frozen=True, slots=True)
class CheckedGuide:
    guide: MarkingGuide
    brief_html: str


@dataclass(frozen=True, slots=True)
class CheckedModule:
    module: Module
    html: str
    easy_html: str | None
    used: frozenset[str]
    """The terms of the glossary in either text, in small letters."""
    notes: str = ""
    """For whoever teaches it, never for learners."""


@dataclass(frozen=True, slots=True)
class CheckedPage:
    """A plan, a slide or a handout. `notes` are for whoever teaches."""

    key: str
    title: str
    html: str
    notes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPack:
    """What somebody needs to teach a session. `plan` is missing only where its file cannot be read."""

    session: TaughtSession
    plan: CheckedPage | None
    slides: tuple[CheckedPage, ...]
    handouts: tuple[CheckedPage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedCourse:
    """`file` and `document` are course.yaml, for messages that only the loading can give."""

    course: Course
    file: str
    document: Document
    modules: tuple[CheckedModule, ...]
    quizzes: Mapping[str, CheckedQuiz]
    guides: Mapping[str, CheckedGuide]
    packs: tuple[CheckedPack, ...]
    competencies: Mapping[str, Competency]
    terms: Mapping[str, Term]


@dataclass(frozen=True, slots=True)
class Courses:
    """All of it. With any problem, `courses` may be incomplete and must not be loaded."""

    framework: Framework | None
    courses: tuple[CheckedCourse, ...]
    problems: tuple[Problem, ...]
