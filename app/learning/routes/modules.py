from fastapi.responses import Response

from app.curriculum.queries import module_html
from app.curriculum.words import trust_words
from app.learning import commands, queries
from app.learning.pages.module import ModulePage
from app.learning.pages.on_paper import OnPaperPage
from app.learning.pages.text import text_of
from app.learning.routes.courses import LEARNERS
from app.learning.routes.going import go
from app.learning.wayfinding import way_back, way_on
from app.learning.wording import as_seen_by
from app.web.router import Answer, Router
from app.web.visit import Deed, Visit
from app.web.words import clock_time

router = Router("learning")


@router.page("/courses/{slug}/{module}", access=LEARNERS)
def module(visit: Visit, slug: str, module: str) -> Answer:
    """`?easy=1` asks for the easy-read text, `?print=1` for the printer's window."""
    course = queries.on_course(visit.session, visit.actor, slug)
    shown = course.module(module)
    easy = shown.has_easy_read and visit.flag("easy")
    prepared = module_html(visit.session, course.view.revision_id, shown.key, easy=easy)
    words = trust_words(as_seen_by(visit.core.settings, queries.own_contact(visit.session, visit.actor)))
    text = text_of(prepared, tuple(words.items()), easy=easy, keeps=course.is_open)
    return ModulePage.of(course, shown, text, visit.actor, easy=easy, printing=visit.flag("print"))


@router.page("/on-paper/{slug}", access=LEARNERS)
def on_paper(visit: Visit, slug: str) -> Answer:
    """The whole course: `?easy=1` in easy read, `?print=1` for the printer's window."""
    course = queries.on_course(visit.session, visit.actor, slug)
    easy, contact = visit.flag("easy"), queries.own_contact(visit.session, visit.actor)
    said = trust_words(as_seen_by(visit.core.settings, contact))
    texts = {
        m.key: module_html(visit.session, course.view.revision_id, m.key, easy=easy and m.has_easy_read)
        for m in course.view.open_modules
    }
    settings, printing = visit.core.settings, visit.flag("print")
    return OnPaperPage.of(course, texts, said, contact, visit.actor, settings, easy=easy, printing=printing)


@router.action("/courses/{slug}/{module}/place", access=LEARNERS)
def keep_place(deed: Deed, slug: str, module: str) -> Answer:
    """A script asks for nothing back; a button leads back to the place that was kept."""
    command = commands.KeepPlace(course=slug, module=module, place=deed.posted.get("place", ""))
    commands.keep_place(deed.session, deed.actor, command, deed.now)
    if deed.request.headers.get("X-Keeps-Place"):
        return Response(status_code=204)
    return go(deed, way_back(command), f"Your place is kept. Saved {clock_time(deed.now)}.")


@router.action("/courses/{slug}/{module}/read", access=LEARNERS, holds=True)
def finish_reading(deed: Deed, slug: str, module: str) -> Answer:
    command = commands.FinishReading(course=slug, module=module)
    course = commands.finish_reading(deed.session, deed.actor, command, deed.now)
    way = way_on(course, module, easy="easy" in deed.posted)
    return go(deed, way, f"You have read this part. Saved {clock_time(deed.now)}.")
