"""What learners never get before they have answered, or at all: keys and samples."""

from starlette.responses import Response

from app.assessment.pages import KeyPage
from app.authoring.pages import GuidePage
from app.authoring.routes.course import ways
from app.authoring.routes.desk import Endpoint, Look
from app.curriculum.rules import ActivityKind
from app.kernel.errors import NotFoundError


def key(look: Look) -> Response:
    """The whole bank of a quiz, or a marking guide with its samples."""
    slug, name = look.param("slug"), look.param("activity")
    learner = look.learner(slug)
    shown = learner.course.activity(name)
    also = ways(look, learner)
    if shown.kind is ActivityKind.TASK:
        return look.show(GuidePage.of(learner.course.view, shown, learner.guide(shown)), learner.actor, ways=also)
    if not shown.is_quiz:
        raise NotFoundError("activity")
    bank = learner.bank(shown)
    sitting = learner.sitting(shown, look.tried(slug, name, bank), look.now)
    return look.show(KeyPage.of(sitting, bank), learner.actor, ways=also)


AUTHORS: tuple[tuple[str, Endpoint], ...] = (("/preview/{slug}/{activity}", key),)
