"""What changed from one edition of a course to another."""

from app.curriculum.changes import Change, Whole, changes
from app.curriculum.queries.memory import course_view, marking_guide, questions
from app.curriculum.rules import ActivityKind
from app.curriculum.views import CourseView
from app.kernel.db import ReadSession


def differences(session: ReadSession, before: int, after: int) -> tuple[Change, ...]:
    """From one revision to another. Nothing is read twice: both are kept in memory."""
    return changes(_whole(session, course_view(session, before)), _whole(session, course_view(session, after)))


def _whole(session: ReadSession, view: CourseView) -> Whole:
    of_kind = {kind: [a for a in view.activities if a.kind is kind] for kind in ActivityKind}
    return Whole(
        view,
        {a.key: questions(session, view.revision_id, a.quiz) for a in of_kind[ActivityKind.ASSESSMENT]},
        {a.key: marking_guide(session, view.revision_id, a.guide) for a in of_kind[ActivityKind.TASK]},
    )
