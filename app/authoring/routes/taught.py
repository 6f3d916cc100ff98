"""What is taught in a room: as learners see it, and the packs as those have them who teach; the course on paper."""

from collections.abc import Mapping

from starlette.responses import Response

from app.authoring.preview.learner import Learner
from app.authoring.routes.course import ways
from app.authoring.routes.desk import Endpoint, Look
from app.curriculum.loading.packs import pack_pages
from app.curriculum.rules import PackPart
from app.curriculum.views import PackPageView
from app.curriculum.words import trust_words
from app.kernel.errors import NotFoundError
from app.learning.pages.on_paper import OnPaperPage
from app.learning.pages.taught import PaperPage, PlanPage, SessionPage, SlidesPage, TeachCoursePage
from app.learning.queries.taught import Taught
from app.web.page import Page


def session(look: Look) -> Response:
    learner, found = _taught(look)
    return _show(look, learner, SessionPage.of(found, teaches=True))


def handout(look: Look) -> Response:
    learner, found = _taught(look)
    page = next((p for p in _pages(learner, PackPart.HANDOUT, found) if p.key == look.param("handout")), None)
    if page is None:
        raise NotFoundError("handout")
    words = trust_words(look.desk.settings)
    return _show(look, learner, PaperPage.handout(found, page, words, printing=look.flag("print")))


def plan(look: Look) -> Response:
    learner, found = _taught(look)
    for page in _pages(learner, PackPart.PLAN, found):
        words = trust_words(look.desk.settings)
        return _show(look, learner, PlanPage.plan(found, page, words, printing=look.flag("print")))
    raise NotFoundError("plan")


def slides(look: Look) -> Response:
    learner, found = _taught(look)
    pages, words = _pages(learner, PackPart.SLIDE, found), trust_words(look.desk.settings)
    present, notes = look.flag("present"), look.flag("notes")
    return _show(look, learner, SlidesPage.of(found, pages, words, presenting=present, notes=notes))


def teach(look: Look) -> Response:
    learner = look.learner(look.param("course"))
    notes = _pages(learner, PackPart.NOTES)
    return _show(look, learner, TeachCoursePage.of(learner.course.view, notes, trust_words(look.desk.settings)))


def on_paper(look: Look) -> Response:
    learner = look.learner(look.param("slug"))
    easy, settings = look.flag("easy"), look.desk.settings
    texts = {m.key: learner.html(m.key, easy=easy and m.has_easy_read) for m in learner.course.view.open_modules}
    page = OnPaperPage.of(
        learner.course,
        texts,
        trust_words(settings),
        None,
        learner.actor,
        settings,
        easy=easy,
        printing=look.flag("print"),
    )
    return _show(look, learner, page)


def _taught(look: Look) -> tuple[Learner, Taught]:
    learner = look.learner(look.param("course"))
    found = learner.course.view.session(look.param("session"))
    if found is None:
        raise NotFoundError("session")
    return learner, Taught(learner.course.view, found)


def _pages(learner: Learner, part: PackPart, of: Taught | None = None) -> list[PackPageView]:
    rows = pack_pages(learner.course.view.revision_id, learner.checked)
    wanted = (row for row in rows if row.part is part and (of is None or row.session_key == of.session.key))
    return [PackPageView(key=row.key, title=row.title, html=row.html, notes=row.notes) for row in wanted]


def _show(look: Look, learner: Learner, page: Page) -> Response:
    return look.show(page, learner.actor, ways=ways(look, learner))


LEARNERS: Mapping[str, Endpoint] = {
    "learning:session": session,
    "learning:handout": handout,
    "learning:plan": plan,
    "learning:slides": slides,
    "learning:teach_course": teach,
    "learning:on_paper": on_paper,
}
