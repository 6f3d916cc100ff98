"""What every address of the preview has in hand: the files as they stand, and how a page is sent with its bar."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote, urlencode

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.access.actor import Actor, PersonKind
from app.assessment.kinds.contract import Answer
from app.authoring.pages import BarView, ElsewherePage, UnreadablePage, Way
from app.authoring.preview.learner import Learner, learner_of
from app.authoring.preview.watching import OnShelf, Watched
from app.curriculum.checking import CheckedQuestion
from app.kernel.clock import Clock
from app.kernel.config import Settings
from app.kernel.errors import NotFoundError
from app.learning.wayfinding import Way as WayOn
from app.web.page import Page
from app.web.render import Chrome, Pages

BAR = "layouts/_preview_bar.html"
VERSION = "/preview/version"


@dataclass(slots=True)
class Desk:
    """`paths` are the addresses of the site's routes by name. `tried` are answers of this sitting, by question."""

    settings: Settings
    clock: Clock
    watched: Watched
    pages: Pages
    paths: Mapping[str, str]
    only: str
    tried: dict[tuple[str, str, str], tuple[Mapping[str, object], Answer]] = field(default_factory=dict)

    def answers(self, endpoint: "Endpoint") -> "Callable[[Request, Exception | None], Awaitable[Response]]":
        """The endpoint at its place in the application: with the files as they are now, on a thread of its own."""

        async def answer(request: Request, _error: Exception | None = None) -> Response:
            posted: dict[str, list[str]] = {}
            for name, value in (await request.form()).multi_items() if request.method == "POST" else ():
                posted.setdefault(name, []).append(str(value))
            return await run_in_threadpool(self._answer, endpoint, request, posted)

        return answer

    def _answer(self, endpoint: "Endpoint", request: Request, posted: Mapping[str, Sequence[str]]) -> Response:
        now = self.clock.now()
        return endpoint(Look(self, request, self.watched.look(), now, posted))

    def path_for(self, name: str, /, **params: object) -> str:
        """As the site's own: what the address does not take becomes the query string."""
        template = self.paths[name]
        query = {k: v for k, v in params.items() if "{" + k + "}" not in template and v not in (None, "", ())}
        path = template.format(**{k: quote(str(v), safe="") for k, v in params.items() if k not in query})
        return f"{path}?{urlencode(query, doseq=True)}" if query else path


@dataclass(slots=True)
class Look:
    """One request. `course` is set once it is known which course the page is of."""

    desk: Desk
    request: Request
    version: int
    now: datetime
    posted: Mapping[str, Sequence[str]]
    course: OnShelf | None = None

    def param(self, name: str) -> str:
        return str(self.request.path_params[name])

    def flag(self, name: str) -> bool:
        """Whether the address says `?name=1`."""
        return self.request.query_params.get(name) == "1"

    def number(self, name: str) -> int:
        """Raises NotFoundError for what is no number."""
        if not self.param(name).isdecimal():
            raise NotFoundError(name)
        return int(self.param(name)[:9])

    def sent(self, name: str) -> str:
        return (self.posted.get(name) or [""])[-1]

    def learner(self, slug: str) -> Learner:
        """Somebody who is on this course. Raises NotFoundError for one that is nowhere, or cannot be read."""
        self.course = self.desk.watched.course(slug)
        if self.course is None:
            raise NotFoundError("course")
        return learner_of(self.course, self.now)

    def tried(self, slug: str, activity: str, bank: Sequence[CheckedQuestion]) -> dict[str, Answer]:
        """What was tried in this sitting, of questions that are still what they were then."""
        kept = ((question, self.desk.tried.get((slug, activity, question.key))) for question in bank)
        return {question.key: answer[1] for question, answer in kept if answer and answer[0] == question.shown}

    def go(self, path: str) -> Response:
        return RedirectResponse(path, 303)

    def go_on(self, way: WayOn) -> Response:
        return self.go(self.desk.path_for(way.route, **way.params) + (f"#{way.place}" if way.place else ""))

    def show(self, page: Page, actor: Actor | None = None, *, ways: Sequence[Way] = (), status: int = 200) -> Response:
        """The page as learners get it, or the part of it that a script asked for, below the preview's own bar."""
        wanted = self.request.headers.get("HX-Target", "").rpartition("#")[2]
        template = page.partials.get(wanted, page.template) if wanted else page.template
        chrome = Chrome(
            trust=self.desk.settings.trust_name,
            bar=self._bar(ways),
            flash="",
            who_sees=page.who_sees,
            nonce=self.request.scope.get("qi_nonce", ""),
            partner=bool(actor and actor.kind is PersonKind.PARTNER),
        )
        return HTMLResponse(self.desk.pages.html(template, page.context(), chrome), status)

    def _bar(self, ways: Sequence[Way]) -> Markup:
        course = self.course
        bar = BarView.of(
            course.problems if course else (),
            trust=self.desk.settings.trust_name,
            logo=self.desk.pages.assets.logo,
            version=self.version,
            here=self.request.url.path if self.request.method == "GET" else "/",
            ways=ways,
            is_old=bool(course and course.is_old),
            checked=course is not None,
        )
        return self.desk.pages.top(BAR, bar)


Endpoint = Callable[[Look], Response]


def unreadable(look: Look) -> Response:
    """What is nowhere in the files, or in files that cannot be read just now."""
    if look.course is None:
        known = look.desk.watched.places()
        slug = next((part for part in look.request.url.path.split("/") if part in known), "")
        look.course = look.desk.watched.course(slug)
    say = "The files do not have what belongs here, or cannot be read. This page comes by itself once they do."
    return look.show(UnreadablePage(title="This cannot be shown yet", say=say), status=404)


def elsewhere(look: Look) -> Response:
    """The rest of the site. A form that leads there does nothing."""
    return look.show(ElsewherePage(back=look.desk.only and look.desk.path_for("learning:course", slug=look.desk.only)))
