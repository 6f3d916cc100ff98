"""A small course with three tasks that people judge, as files; and what learners and markers do with them."""

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import yaml

from app.access.actor import Actor
from app.access.permissions import Role
from app.curriculum.models import Activity
from app.curriculum.queries import course_by_slug, latest_edition, latest_revision
from app.kernel import audit
from app.kernel.config import ROOT
from app.kernel.db import table
from app.learning.commands import Enrol, enrol
from app.learning.models import Enrolment
from app.marking.commands import calibrating, deciding, marking, taking
from app.marking.models import Calibration, Mark, PieceOfWork
from app.marking.queries.calibration import standing
from tests.assessment.course import COMMON
from tests.world import World

SLUG = "small-tasks"
ONE, TWO, TOGETHER = "one-marker", "two-markers", "together"
TASKS: dict[str, dict[str, Any]] = {
    ONE: {"markers": 1},
    TWO: {"markers": 2},
    TOGETHER: {"markers": 1, "release": "together"},
}
POINTS = ("number", "who", "test")
BEST, WORST = {"number": 1, "who": 1, "test": 2}, {"number": 0, "who": 0, "test": 0}
WORDS = {"aim": "Falls on the ward from 9 to 4 a month by June.", "plan": "One test with one nurse on one night."}


def _point(name: str, part: str, text: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "part": part, "text": text, "look_for": f"Give it when the {part} says so."} | more


def guide(
    name: str, *, samples: dict[str, dict[str, int]] | None = None, words: str = "", **more: Any
) -> dict[str, Any]:
    """A marking guide of two yes-or-no points and one on three levels: 4 points, 3 to pass, none without a `who`."""
    levels = [
        {"value": value, "text": text} for value, text in enumerate(("no test", "a test", "a test to learn from"))
    ]
    known = samples or {"good": BEST, "poor": WORST}
    return (
        {
            "id": name,
            "title": f"An aim and a test {words}".strip(),
            "brief": "Hand in an aim and the first test of it.",
            "parts": [
                {"id": "aim", "title": "The aim", "prompt": "How much better, for whom, by when?"},
                {"id": "plan", "title": "The first test", "prompt": "What will you try, and on how few?"},
            ],
            "points": [
                _point("number", "aim", "It says how much"),
                _point("who", "aim", "It says for whom", least=1),
                _point("test", "plan", "It is a small test", levels=levels),
            ],
            "pass_mark": 3,
            "markers": 1,
            "samples": [
                {
                    "id": sample,
                    "title": f"The {sample} one",
                    "work": {"aim": f"The aim of the {sample} one.", "plan": f"The plan of the {sample} one."},
                    "marks": [{"point": p, "value": v, "why": f"Because of {p} in {sample}"} for p, v in marks.items()],
                }
                for sample, marks in known.items()
            ],
            "agree_at_least": 80,
        }
        | TASKS[name]
        | more
    )


def _course(edition: int) -> dict[str, Any]:
    times = {"minutes": 30, "participatory_minutes": 10}
    return {
        "slug": SLUG,
        "tier": "qi-coach",
        "edition": edition,
        "title": "Small tasks",
        "public_title": "Small tasks",
        "audience": "staff",
        "for_whom": "Everybody",
        "summary": "A course for tests.",
        "owner": "QI team",
        "review_by": "2027-11-30",
        "retention": "other-training-6-years",
        "language": "en-GB",
        "reading_age": {"from": 9, "to": 16},
        "status": "open",
        "objectives": [{"id": "tell-apart", "text": "Write an aim", "competency": COMMON["competency"], "level": 1}],
        "cpd": {},
        "validity": None,
        "modules": [
            {
                "id": "doing",
                "title": "Doing it",
                "file": "01-doing.md",
                "objectives": ["tell-apart"],
                "activities": [{"id": name, "kind": "task", "guide": f"{name}.yaml"} | times for name in TASKS],
            }
        ],
        "completion": {"requires": [ONE], "awards": None, "certificate": "completion"},
        "sources": [],
    }


def write_tasks(folder: Path, *, edition: int = 1, **guides: Any) -> Path:
    """A folder with the course; `guides` is what to say differently in every guide: samples, words, agree_at_least."""
    home = folder / SLUG
    home.mkdir(parents=True, exist_ok=True)
    for shared in ("framework.yaml", "glossary.yaml"):
        shutil.copyfile(ROOT / "courses" / shared, folder / shared)
    text = yaml.safe_dump(_course(edition), sort_keys=False, allow_unicode=True)
    (home / "course.yaml").write_text(text.replace("'2027-11-30'", "2027-11-30"))
    (home / "01-doing.md").write_text(
        "A ward wrote down what it wanted.\n\n## What they wanted\n\nFewer falls by June.\n"
    )
    for name in TASKS:
        (home / f"{name}.yaml").write_text(yaml.safe_dump(guide(name, **guides), sort_keys=False, allow_unicode=True))
    return folder


class Ward:
    """People on the course, and what they hand in and say of it, through the markers' commands."""

    def __init__(self, world: World) -> None:
        self.world = world

    # learners

    def activity(self, key: str) -> int:
        with self.world.db.read() as session:
            ids = table(Activity)
            course = course_by_slug(session, SLUG)
            found = session.scalar(sa.select(ids.c.id).where(ids.c.course_id == course.id, ids.c.key == key))
        assert found is not None
        return int(found)

    def handed_in(
        self,
        task: str = ONE,
        *,
        by: int | None = None,
        at: datetime | None = None,
        markers: int | None = None,
        content: dict[str, str] | None = None,
    ) -> int:
        """A piece of work that was handed in, by somebody new unless said otherwise. Returns its id."""
        person = by or self.world.hire().id
        when, activity = at or self.world.now, self.activity(task)
        with self.world.db.write() as session:
            course = course_by_slug(session, SLUG)
            enrolment = self._enrolled(session, person, course.id)
            edition = latest_edition(session, course.id)
            works = table(PieceOfWork)
            mine = sa.and_(works.c.enrolment_id == enrolment, works.c.activity_id == activity)
            number = session.scalar(sa.select(sa.func.count()).select_from(works).where(mine)) or 0
            work = PieceOfWork(
                enrolment_id=enrolment,
                activity_id=activity,
                revision_id=latest_revision(session, edition.id),
                number=number + 1,
                content=content or WORDS,
                began_at=when,
                saved_at=when,
                handed_in_at=when,
                markers=markers or TASKS[task]["markers"],
                out_of=4,
                pass_mark=3,
            )
            session.add(work)
            session.flush()
            actor = self.world.actor(person)
            audit.record(session, actor, "hand in work", "piece_of_work", work.id, now=when, subject_id=person)
            return work.id

    def _enrolled(self, session: Any, person: int, course_id: int) -> int:
        enrolments = table(Enrolment)
        theirs = sa.and_(enrolments.c.person_id == person, enrolments.c.course_id == course_id)
        found = session.scalar(sa.select(enrolments.c.id).where(theirs))
        if found is None:
            found = enrol(session, self.world.actor(person), Enrol(course_id=course_id), self.world.now).id
        return int(found)

    def work(self, work_id: int) -> PieceOfWork:
        with self.world.db.read() as session:
            return session.get_one(PieceOfWork, work_id)

    # markers

    def marker(self, role: Role = Role.MARKER, *tasks: str, **hired: Any) -> int:
        """Somebody who marks, and who has judged the samples of these tasks, or of all."""
        person = self.world.with_role(role, **hired)
        self.calibrate(person.id, *tasks)
        return person.id

    def calibrate(self, person: int, *tasks: str) -> None:
        for task in tasks or TASKS:
            self.judge(person, task)

    def judge(self, person: int, task: str = ONE, **wrong: dict[str, int]) -> None:
        """Judge every sample of a round as was agreed, but for those that are said to be judged otherwise."""
        actor = self.world.actor(person)
        with self.world.db.read() as session:
            now = standing(session, actor, SLUG, task).now
        for sample in now.guide.samples:
            marks = wrong.get(sample.id, dict(sample.marks))
            command = calibrating.JudgeSample(
                course=SLUG, activity=task, sample=sample.id, number=now.number, marks=marks
            )
            with self.world.db.write() as session:
                calibrating.judge_sample(session, actor, command, self.world.now)

    def take(self, person: int, work: int | None = None) -> int | None:
        """Take the next, or this one. Returns the mark's id, None when there is nothing to take."""
        actor = self.world.actor(person)
        with self.world.db.write() as session:
            if work is None:
                mark = taking.take_next(session, actor, taking.TakeNext(), self.world.now)
            else:
                mark = taking.take_work(session, actor, taking.TakeWork(work_id=work), self.world.now)
            return mark.id if mark else None

    def moderation(self, person: int, work: int) -> int:
        command = taking.TakeModeration(work_id=work)
        with self.world.db.write() as session:
            return taking.take_moderation(session, self.world.actor(person), command, self.world.now).id

    def say(
        self,
        person: int,
        mark: int,
        marks: dict[str, int],
        *,
        comments: dict[str, str] | None = None,
        comment: str = "",
        seen: int = 0,
    ) -> marking.SavedMark:
        command = marking.SaveMark(mark_id=mark, marks=marks, comments=comments or {}, comment=comment, seen=seen)
        with self.world.db.write() as session:
            return marking.save_mark(session, self.world.actor(person), command, self.world.now)

    def finish(self, person: int, mark: int) -> None:
        with self.world.db.write() as session:
            command = marking.FinishMark(mark_id=mark)
            marking.finish_mark(session, self.world.settings, self.world.actor(person), command, self.world.now)

    def mark(self, person: int, work: int, marks: dict[str, int], **said: Any) -> int:
        """Take it, say it and finish it."""
        mark = self.take(person, work)
        assert mark is not None
        self.say(person, mark, marks, **said)
        self.finish(person, mark)
        return mark

    def release(self, person: int, task: str = TOGETHER) -> int:
        command = deciding.ReleaseAll(activity_id=self.activity(task), until=self.world.now)
        actor: Actor = self.world.actor(person)
        with self.world.db.write() as session:
            return deciding.release_all(session, self.world.settings, actor, command, self.world.now)

    def marks(self, **wanted: Any) -> list[Mark]:
        with self.world.db.read() as session:
            marks = table(Mark)
            fitting = [marks.c[name] == value for name, value in wanted.items()]
            return list(session.scalars(sa.select(Mark).where(*fitting).order_by(marks.c.id)))

    def calibrations(self, person: int) -> list[Calibration]:
        with self.world.db.read() as session:
            rows = table(Calibration)
            return list(session.scalars(sa.select(Calibration).where(rows.c.marker_id == person).order_by(rows.c.id)))
