"""Somebody who has just begun a course, made of nothing but its files: what the pages for learners are made from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.access.actor import Actor, PersonKind
from app.assessment.kinds.contract import Answer
from app.assessment.queries import Asked, Sitting
from app.authoring.preview.watching import OnShelf
from app.curriculum.checking import CheckedCourse, CheckedQuestion
from app.curriculum.format import Competency
from app.curriculum.guides import GuideView, guide_view
from app.curriculum.loading.stored import stored_course, stored_guide
from app.curriculum.rules import Audience
from app.curriculum.unpacking import unpack
from app.curriculum.views import ActivityView, CourseView
from app.kernel.errors import NotFoundError
from app.learning.queries import EnrolmentRow, JudgedBy, OnCourse
from app.learning.rules import EnrolmentSource

MOST_ACTIVITIES = 1000
"""Numbers for a course's activities: they name attempts, in which nothing is kept."""


@dataclass(slots=True, kw_only=True)
class _Row:
    """What the database would have of a course."""

    course_id: int
    slug: str
    tier: str
    audience: Audience
    edition_id: int
    edition_number: int
    revision_id: int
    revision_number: int
    loaded_at: Any
    title: str
    public_title: str
    course: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Learner:
    """`course` is as they find it; `checked` has what learners never get: the keys, the samples, the notes."""

    course: OnCourse
    checked: CheckedCourse
    actor: Actor

    def html(self, module: str, *, easy: bool) -> str:
        """The prepared text of a module; empty where its file cannot be read."""
        made = next((m for m in self.checked.modules if m.module.id == module), None)
        return (made.easy_html if easy else made.html) or "" if made else ""

    def bank(self, activity: ActivityView) -> tuple[CheckedQuestion, ...]:
        """All questions of a quiz. Those that the check refuses are left out."""
        quiz = self.checked.quizzes.get(activity.quiz)
        return quiz.questions if quiz else ()

    def guide(self, activity: ActivityView) -> GuideView:
        """Raises NotFoundError for a guide that cannot be read."""
        guide = self.checked.guides.get(activity.guide)
        if guide is None:
            raise NotFoundError("guide")
        return guide_view(activity.guide, *stored_guide(guide))

    def judged(self) -> Mapping[str, JudgedBy]:
        """How the course's tasks are marked; those left out whose guide cannot be read."""
        tasks = (a for a in self.course.view.activities if a.guide in self.checked.guides)
        return {task.key: JudgedBy.of(self.guide(task)) for task in tasks}

    def sitting(self, activity: ActivityView, tried: Mapping[str, Answer], at: datetime) -> Sitting:
        """An attempt that asks every question of the bank, in its order. `tried` are answers by question."""
        asked = tuple(
            Asked(
                number=number,
                key=question.key,
                kind=question.kind,
                shown=question.shown,
                seed=f"preview:{question.key}",
                answer=tried.get(question.key),
            )
            for number, question in enumerate(self.bank(activity), start=1)
        )
        return Sitting(
            attempt_id=activity.id,
            enrolment_id=1,
            course=self.course.view,
            activity=activity,
            asked=asked,
            began_at=at,
            due_at=None,
            submitted_at=None,
            right=None,
            out_of=len(asked),
            pass_mark=activity.pass_mark,
            passed=None,
            course_completed=False,
        )


def learner_of(found: OnShelf, at: datetime) -> Learner:
    """Raises NotFoundError where course.yaml could never be read."""
    if found.checked is None:
        raise NotFoundError("course")
    view = _view(found.checked, found.number, at)
    enrolment = EnrolmentRow(
        id=1,
        person_id=0,
        course_id=view.course_id,
        edition_id=view.edition_id,
        episode=1,
        source=EnrolmentSource.SELF,
        counts_from=None,
        enrolled_at=at,
        started_at=at,
        completed_at=None,
        closed_at=None,
        revision_id=view.revision_id,
        module=None,
        place=None,
        bookmarked_at=None,
    )
    kind = PersonKind.PARTNER if view.audience is Audience.PARTNER else PersonKind.STAFF
    return Learner(OnCourse(view, enrolment, {}), found.checked, Actor(0, kind, "A learner"))


def _view(checked: CheckedCourse, number: int, at: datetime) -> CourseView:
    whole = _without_loose_ends(checked)
    course = whole.course
    first = number * MOST_ACTIVITIES
    keys = [activity.id for module in course.modules for activity in module.activities]
    row = _Row(
        course_id=number,
        slug=checked.course.slug,
        tier=course.tier,
        audience=Audience(course.audience),
        edition_id=number,
        edition_number=course.edition,
        revision_id=number,
        revision_number=1,
        loaded_at=at,
        title=course.title,
        public_title=course.public_title,
        course=stored_course(whole),
    )
    return unpack(row, {key: first + place for place, key in enumerate(keys)})


def _without_loose_ends(checked: CheckedCourse) -> CheckedCourse:
    """What names something that is not there does without it, what is there twice is there once.

    The check's problems say so above each page.
    """
    course = checked.course
    known = {objective.id for objective in course.objectives}
    seen: set[str] = set()
    taken: set[str] = set()
    modules = [
        module.model_copy(
            update={
                "objectives": [o for o in module.objectives if o in known],
                "activities": [a for a in module.activities if _new(a.id, seen)],
            }
        )
        for module in course.modules
        if _new(module.id, taken)
    ]
    competencies = {
        o.competency: Competency(id=o.competency, title=o.competency, summary="Not in framework.yaml")
        for o in course.objectives
    }
    sessions = [
        session.model_copy(update={"objectives": [o for o in session.objectives if o in known]})
        for session in course.sessions
    ]
    whole = course.model_copy(update={"modules": modules, "sessions": sessions})
    return replace(checked, course=whole, competencies=competencies | dict(checked.competencies))


def _new(key: str, seen: set[str]) -> bool:
    """Whether this id is met for the first time: what is there twice is shown once."""
    if key in seen:
        return False
    seen.add(key)
    return True
