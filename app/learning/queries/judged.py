"""How the work of a course is judged, as somebody asks before they begin: never the samples for markers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from app.curriculum.guides import GuideView
from app.curriculum.queries import marking_guide
from app.curriculum.rules import ActivityKind
from app.curriculum.views import CourseView
from app.kernel.db import ReadSession


@dataclass(frozen=True, slots=True)
class JudgedBy:
    """`resubmissions`: how often work may be handed in again; None: as often as one likes."""

    points: int
    pass_mark: int
    markers: int
    second_mark_every: int | None
    resubmissions: int | None

    @classmethod
    def of(cls, guide: GuideView) -> Self:
        return cls(guide.out_of, guide.pass_mark, guide.markers, guide.second_mark_every, guide.resubmissions)


def judged(session: ReadSession, view: CourseView) -> Mapping[str, JudgedBy]:
    """The marking of each task of a course, by its activity. Read once in a process, like the course itself."""
    tasks = [activity for activity in view.activities if activity.kind is ActivityKind.TASK]
    return {task.key: JudgedBy.of(marking_guide(session, view.revision_id, task.guide)) for task in tasks}
