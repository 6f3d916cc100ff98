"""A small course with quizzes of the five short kinds, written as files and loaded as any other."""

import copy
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.assessment import commands, queries
from app.assessment.models import Attempt
from app.assessment.queries import Sitting
from app.curriculum.queries import course_by_slug
from app.kernel.config import ROOT
from app.learning.commands import Enrol, enrol
from tests.assessment.questions import EVERY, RIGHT, WRONG
from tests.world import World

SLUG = "induction"
PARTNER_SLUG = "patients-and-carers"
FIVE = ("single", "multiple", "ordering", "matching", "numeric")
"""Kinds enough to walk through an attempt; each other kind has tests of its own."""
COMMON = {"objective": "tell-apart", "competency": "purpose", "difficulty": "easy", "source": "course"}
LIMIT = 20
MODULE = """A ward counted its falls for ten weeks before changing anything.

## What they saw

The numbers went up and down, as numbers do.
"""


def _question(name: str, kind: str, stem: str) -> dict[str, Any]:
    own = copy.deepcopy(EVERY[kind])
    return {"id": name, "kind": kind, "stem": stem, "explanation": f"why-all-in-all {name}"} | COMMON | own


def _quiz(name: str, times: int, words: str, kinds: Sequence[str]) -> dict[str, Any]:
    asked = [_question(f"{kind}-{n}", kind, f"{words} {kind} {n}?") for n in range(1, times + 1) for kind in kinds]
    return {"id": name, "title": f"The quiz {name}", "intro": "Take your time.", "questions": asked}


def _course(slug: str, audience: str, edition: int, attempts: Any, time_limit: int | None) -> dict[str, Any]:
    quizzes: list[dict[str, Any]] = [{"id": "try-it", "kind": "practice", "quiz": "try-it.yaml"}]
    if audience == "staff":
        quizzes.append(
            {"id": "check", "kind": "assessment", "quiz": "check.yaml", "draw": 5, "pass_mark": 4, "attempts": attempts}
            | ({"time_limit": time_limit} if time_limit else {})
        )
    times = {"minutes": 5, "participatory_minutes": 0}
    return {
        "slug": slug,
        "tier": slug,
        "edition": edition,
        "title": f"A course called {slug}",
        "public_title": "A short course",
        "audience": audience,
        "for_whom": "Everybody",
        "summary": "A course for tests.",
        "owner": "QI team",
        "review_by": "2027-11-30",
        "retention": "other-training-6-years" if audience == "staff" else "partner-on-request",
        "language": "en-GB",
        "reading_age": {"from": 9, "to": 14},
        "status": "open",
        "objectives": [{"id": "tell-apart", "text": "Tell one from the other", "competency": "purpose", "level": 1}],
        "cpd": {},
        "validity": None,
        "modules": [
            {
                "id": "counting",
                "title": "Counting first",
                "file": "01-counting.md",
                "objectives": ["tell-apart"],
                "activities": [quiz | times for quiz in quizzes],
            }
        ],
        "completion": {
            "requires": [quiz["id"] for quiz in quizzes],
            "awards": slug if audience == "staff" else None,
            "certificate": "completion" if audience == "staff" else "taking-part",
        },
        "comparisons": [{"before": "try-it", "after": "check"}] if audience == "staff" else [],
        "sources": [],
    }


def write_courses(
    folder: Path,
    *,
    words: str = "Which",
    edition: int = 1,
    attempts: Any = 3,
    time_limit: int | None = None,
    kinds: Sequence[str] = FIVE,
) -> Path:
    """A folder with a staff course (practice and an assessment) and a partner course (practice).

    `kinds` are those of the practice; the assessment keeps to the five short ones.
    """
    folder.mkdir(exist_ok=True)
    for shared in ("framework.yaml", "glossary.yaml"):
        shutil.copyfile(ROOT / "courses" / shared, folder / shared)
    for slug, audience in ((SLUG, "staff"), (PARTNER_SLUG, "partner")):
        home = folder / slug
        home.mkdir(exist_ok=True)
        text = yaml.safe_dump(
            _course(slug, audience, edition, attempts, time_limit), sort_keys=False, allow_unicode=True
        )
        (home / "course.yaml").write_text(text.replace("'2027-11-30'", "2027-11-30"))
        (home / "01-counting.md").write_text(MODULE)
        (home / "try-it.yaml").write_text(yaml.safe_dump(_quiz("try-it", 1, words, kinds), sort_keys=False))
        if audience == "staff":
            (home / "check.yaml").write_text(yaml.safe_dump(_quiz("check", 2, words, FIVE), sort_keys=False))
    return folder


class Learner:
    """Somebody on the course, doing what they do through the commands."""

    def __init__(self, world: World, person_id: int, slug: str = SLUG) -> None:
        self.world, self.person_id, self.slug = world, person_id, slug
        with world.db.write() as session:
            course = course_by_slug(session, slug)
            enrol(session, self.actor, Enrol(course_id=course.id), world.now)

    @property
    def actor(self) -> Any:
        return self.world.actor(self.person_id)

    def start(self, activity: str = "check", seed: int | None = 7) -> Attempt:
        command = commands.StartAttempt(course=self.slug, activity=activity, seed=seed)
        with self.world.db.write() as session:
            return commands.start_attempt(session, self.actor, command, self.world.now)

    def save(self, attempt: Attempt, question: str, value: Any, seen: int = 0) -> commands.Saved:
        command = commands.SaveAnswer(attempt_id=attempt.id, question=question, value=value, seen=seen)
        with self.world.db.write() as session:
            return commands.save_answer(session, self.actor, command, self.world.now)

    def hand_in(self, attempt: Attempt, seen: int | None = None) -> Attempt:
        command = commands.SubmitAttempt(attempt_id=attempt.id, seen=seen)
        with self.world.db.write() as session:
            return commands.submit_attempt(session, self.actor, command, self.world.now)

    def sitting(self, attempt: Attempt) -> Sitting:
        with self.world.db.read() as session:
            return queries.sitting(session, self.actor, attempt.id)

    def take(self, activity: str = "check", *, right: int = 99) -> Attempt:
        """A whole attempt, with so many right answers."""
        attempt = self.start(activity)
        for asked in self.sitting(attempt).asked:
            answers = RIGHT if asked.number <= right else WRONG
            self.save(attempt, asked.key, answers[asked.kind])
        return self.hand_in(attempt)


@pytest.fixture
def courses(world: World, tmp_path: Path) -> Path:
    """The courses, loaded; the folder they came from."""
    folder = write_courses(tmp_path / "courses")
    world.load_courses(folder, shared=True)
    return folder


@pytest.fixture
def timed(world: World, tmp_path: Path) -> Learner:
    """A learner on a course whose check gives everybody twenty minutes and three tries."""
    folder = write_courses(tmp_path / "courses", time_limit=LIMIT)
    world.load_courses(folder, shared=True)
    return Learner(world, world.hire("Ann", "O'Neill").id)


@pytest.fixture
def learner(world: World, courses: Path) -> Learner:
    return Learner(world, world.hire("Ann", "O'Neill").id)
