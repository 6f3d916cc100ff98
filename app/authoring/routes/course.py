"""The shelf, a course, its modules, and what is written, ticked or rated in them."""

from collections.abc import Mapping

from starlette.responses import PlainTextResponse, Response

from app.authoring.pages import ShelfPage, Way
from app.authoring.preview.learner import Learner
from app.authoring.routes.desk import VERSION, Endpoint, Look
from app.curriculum.rules import ActivityKind
from app.curriculum.words import trust_words
from app.kernel.clock import london_date
from app.kernel.errors import NotFoundError
from app.learning.pages.activity import ConfidencePage, StepsPage
from app.learning.pages.course import CoursePage
from app.learning.pages.module import ModulePage
from app.learning.pages.notes import NotePage
from app.learning.pages.text import text_of
from app.learning.queries.notes import NO_NOTE
from app.learning.wayfinding import way_on

PAGES: Mapping[ActivityKind, type[NotePage | StepsPage | ConfidencePage]] = {
    ActivityKind.NOTE: NotePage,
    ActivityKind.STEPS: StepsPage,
    ActivityKind.CONFIDENCE: ConfidencePage,
}


def first(look: Look) -> Response:
    if look.desk.only:
        return look.go(look.desk.path_for("learning:course", slug=look.desk.only))
    return shelf(look)


def shelf(look: Look) -> Response:
    return look.show(ShelfPage.of(look.desk.watched.all()))


def version(look: Look) -> Response:
    """Which reading of the files is the newest: the page's script loads again what is older."""
    return PlainTextResponse(str(look.version))


def course(look: Look) -> Response:
    learner = look.learner(look.param("slug"))
    page = CoursePage.of(learner.course, {}, learner.judged(), None, learner.actor)
    return look.show(page, learner.actor, ways=ways(look, learner))


def module(look: Look) -> Response:
    learner = look.learner(look.param("slug"))
    shown = learner.course.module(look.param("module"))
    easy = shown.has_easy_read and look.flag("easy")
    words = tuple(trust_words(look.desk.settings).items())
    text = text_of(learner.html(shown.key, easy=easy), words, easy=easy, keeps=True)
    page = ModulePage.of(learner.course, shown, text, learner.actor, easy=easy, printing=look.flag("print"))
    return look.show(page, learner.actor, ways=ways(look, learner))


def activity(look: Look) -> Response:
    learner = look.learner(look.param("slug"))
    shown = learner.course.activity_in(look.param("module"), look.param("activity"))
    if shown.kind not in PAGES:
        raise NotFoundError("activity")
    page = PAGES[shown.kind].of(learner.course, shown, NO_NOTE, learner.actor, london_date(look.now))
    return look.show(page, learner.actor, ways=ways(look, learner))


def saved(look: Look) -> Response:
    """What was written, ticked or rated is dropped, and leads on as it does on the site."""
    learner = look.learner(look.param("slug"))
    shown = learner.course.activity_in(look.param("module"), look.param("activity"))
    if look.sent("then") == "on":
        return look.go_on(way_on(learner.course, shown.module, shown.key))
    return look.go(
        look.desk.path_for("learning:activity", slug=learner.course.view.slug, module=shown.module, activity=shown.key)
    )


def finished(look: Look) -> Response:
    learner = look.learner(look.param("slug"))
    shown = learner.course.module(look.param("module"))
    return look.go_on(way_on(learner.course, shown.key, easy="easy" in look.posted))


def place(look: Look) -> Response:
    if look.request.headers.get("X-Keeps-Place"):
        return Response(status_code=204)
    return look.go(look.desk.path_for("learning:module", slug=look.param("slug"), module=look.param("module")))


def ways(look: Look, learner: Learner) -> list[Way]:
    """Where else an author wants to look: its outline, all of it on paper, what is for whoever teaches."""
    slug = learner.course.view.slug
    found = [
        Way(words="This course", href=look.desk.path_for("learning:course", slug=slug)),
        Way(words="On paper", href=look.desk.path_for("learning:on_paper", slug=slug)),
    ]
    if learner.checked.packs or any(made.notes for made in learner.checked.modules):
        found.append(Way(words="For whoever teaches", href=look.desk.path_for("learning:teach_course", course=slug)))
    return found


LEARNERS: Mapping[str, Endpoint] = {
    "learning:catalogue": shelf,
    "learning:partner_home": first,
    "learning:teach": shelf,
    "learning:course": course,
    "learning:module": module,
    "learning:activity": activity,
    "learning:keep_place": place,
    "learning:finish_reading": finished,
    "learning:save_note": saved,
    "learning:save_steps": saved,
    "learning:rate_confidence": saved,
}
AUTHORS: tuple[tuple[str, Endpoint], ...] = (("/", first), (VERSION, version))
