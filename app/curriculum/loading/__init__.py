"""Loading checked courses: what is new is added, what is there is never changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from app.curriculum.checking import CheckedCourse, Courses, read_courses
from app.curriculum.kinds import Kinds
from app.curriculum.loading.adding import add
from app.curriculum.loading.planning import Plan, What, plan
from app.curriculum.loading.report import CoursesRefusedError, Loaded, LoadReport
from app.curriculum.loading.tiers import keep_tiers, tiers_differ
from app.curriculum.problems import Problem
from app.kernel.db import Database, WriteSession

__all__ = ["CoursesRefusedError", "LoadReport", "Loaded", "load_checked", "load_courses"]


def load_courses(db: Database, folder: Path, kinds: Kinds, now: datetime) -> LoadReport:
    """Check the folder, then add new editions and revisions, each course in one transaction. Twice changes nothing.

    Raises CoursesRefusedError, with nothing loaded, for any problem in any file, and where the marking or the
    completion rule of an edition that is already loaded has changed.
    """
    return load_checked(db, read_courses(folder, kinds), now)


def load_checked(db: Database, courses: Courses, now: datetime) -> LoadReport:
    """The same for a folder that has been read already."""
    if courses.problems:
        raise CoursesRefusedError(courses.problems)
    plans = _plans(db, courses)
    tiers_changed = _load_tiers(db, courses, now)
    return LoadReport(tuple(_load(db, course, found, now) for course, found in plans), tiers_changed)


def _plans(db: Database, courses: Courses) -> list[tuple[CheckedCourse, Plan]]:
    problems: list[Problem] = []
    with db.read() as session:
        plans = [(course, plan(session, course, problems)) for course in courses.courses]
    if problems:
        raise CoursesRefusedError(tuple(problems))
    return plans


def _load_tiers(db: Database, courses: Courses, now: datetime) -> int:
    assert courses.framework is not None
    with db.read() as session:
        if not tiers_differ(session, courses.framework):
            return 0
    with _alone(db) as session:
        return keep_tiers(session, courses.framework, now)


def _load(db: Database, course: CheckedCourse, found: Plan, now: datetime) -> Loaded:
    """What is unchanged is not even locked, so that a start beside a running server waits for nobody."""
    if found.what is not What.UNCHANGED:
        problems: list[Problem] = []
        with _alone(db) as session:
            found = plan(session, course, problems)
            if problems:
                raise CoursesRefusedError(tuple(problems))
            add(session, course, found, now)
    return Loaded(course.course.slug, found.edition, found.revision, found.what)


@contextmanager
def _alone(db: Database) -> Iterator[WriteSession]:
    """A transaction beside which nobody else loads: two servers that start at once add each edition once."""
    with db.write() as session:
        if not db.is_sqlite:
            session.execute(sa.text("LOCK TABLE tier, course IN SHARE ROW EXCLUSIVE MODE"))
        yield session
