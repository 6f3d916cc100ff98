"""A course as one person finds it: the words of their edition, their enrolment, and what they have done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.access.actor import Actor, PersonKind
from app.access.permissions import Permission
from app.curriculum.queries import all_courses, course_view
from app.curriculum.queries.memory import course_views
from app.curriculum.rules import ActivityKind, Audience
from app.curriculum.views import ActivityView, CourseView, ModuleView
from app.kernel.db import ReadSession
from app.kernel.errors import NotFoundError
from app.learning.queries.enrolments import EnrolmentRow, done, done_in, enrolments_of, own_enrolment
from app.learning.queries.next_step import module_to_do
from app.learning.queries.progress import left_in
from app.learning.queries.standing import standing

AUDIENCES = {PersonKind.STAFF: Audience.STAFF, PersonKind.PARTNER: Audience.PARTNER}


@dataclass(frozen=True, slots=True)
class OnCourse:
    """`enrolment` is None for somebody who has not joined: they may look round."""

    view: CourseView
    enrolment: EnrolmentRow | None
    finished: Mapping[str, date]

    @property
    def is_open(self) -> bool:
        return self.enrolment is not None and self.enrolment.is_open

    @property
    def is_completed(self) -> bool:
        return self.enrolment is not None and self.enrolment.completed_at is not None

    @property
    def to_do(self) -> ModuleView | None:
        """The module to go on with; None when nothing that is open is left."""
        return module_to_do(self.view, self.enrolment, self.finished)

    @property
    def reading_done(self) -> bool:
        """Whether every text of the course that is open has been read."""
        return all(a.key in self.finished for a in self.view.activities if a.kind is ActivityKind.READ)

    def module(self, key: str) -> ModuleView:
        """An open module. Raises NotFoundError."""
        found = self.view.module(key)
        if found is None or found.opens_later:
            raise NotFoundError("module")
        return found

    def activity(self, key: str, kind: ActivityKind | None = None) -> ActivityView:
        found = self.view.activity(key)
        if found is None or kind not in (None, found.kind):
            raise NotFoundError("activity")
        return found

    def activity_in(self, module: str, key: str) -> ActivityView:
        """The same, in the module under whose address it was asked for."""
        found = self.activity(key)
        if found.module != module:
            raise NotFoundError("activity")
        return found

    def left_in(self, module: ModuleView) -> tuple[ActivityView, ...]:
        return left_in(module, self.finished)


def on_course(session: ReadSession, actor: Actor, slug: str) -> OnCourse:
    """One statement, and one more for a course of authors.

    Raises NotFoundError for a missing course, and for one that is not for people like the actor.
    """
    try:
        found = standing(session, actor.person_id, slug, audience_of(actor))
    except NotFoundError:
        if not actor.may(Permission.AUTHOR):
            raise
        found = standing(session, actor.person_id, slug, Audience.AUTHOR)
    return OnCourse(course_view(session, found.revision_id), found.enrolment, found.finished)


def joined(session: ReadSession, actor: Actor, slug: str) -> tuple[OnCourse, EnrolmentRow]:
    """The same for somebody who has joined the course. Raises NotFoundError for others."""
    course = on_course(session, actor, slug)
    if course.enrolment is None:
        raise NotFoundError("enrolment")
    return course, course.enrolment


def courses_for(session: ReadSession, actor: Actor) -> list[OnCourse]:
    """Every course for people like the actor, in the order of the tiers, with their newest enrolment in each."""
    newest: dict[int, EnrolmentRow] = {}
    for enrolment in reversed(enrolments_of(session, actor.person_id)):
        if enrolment.was_taken_up:
            newest[enrolment.course_id] = enrolment
    finished = done_in(session, [e.id for e in newest.values()])
    own_words = course_views(session, [e.revision_id for e in newest.values()])
    words = {view.course_id: view for view in own_words}
    return [
        OnCourse(
            words.get(view.course_id, view),
            newest.get(view.course_id),
            finished[newest[view.course_id].id] if view.course_id in newest else {},
        )
        for audience in audiences_of(actor)
        for view in all_courses(session, audience)
    ]


def completed_course(session: ReadSession, actor: Actor, enrolment_id: int) -> OnCourse:
    """A course that the actor has completed, in one of its episodes. Raises NotFoundError for anything else."""
    enrolment = own_enrolment(session, actor.person_id, enrolment_id)
    if enrolment.completed_at is None:
        raise NotFoundError("enrolment")
    return OnCourse(course_view(session, enrolment.revision_id), enrolment, done(session, enrolment.id))


def audiences_of(actor: Actor) -> tuple[Audience, ...]:
    """Whose courses an actor sees: those for people like them, and an author also those for authors."""
    own = audience_of(actor)
    return (own, Audience.AUTHOR) if actor.may(Permission.AUTHOR) else (own,)


def audience_of(actor: Actor) -> Audience:
    """Raises NotFoundError for the system, for whom there are no courses."""
    if actor.kind not in AUDIENCES:
        raise NotFoundError("course")
    return AUDIENCES[actor.kind]
