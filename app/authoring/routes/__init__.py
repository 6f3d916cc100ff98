"""The preview: an application of its own beside the trust's, without a database, for one author on one machine.

It answers at the addresses that the site has, so that every link in every page for learners leads somewhere. Nobody
signs in: it listens on loopback only, holds nothing about anybody, and forgets what was tried when it ends.
"""

from collections.abc import Mapping
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from app.assessment.kinds import KINDS
from app.authoring.preview.watching import Watched
from app.authoring.routes import course, exercises, keys, taught
from app.authoring.routes.desk import Desk, Endpoint, elsewhere, unreadable
from app.kernel.clock import Clock
from app.kernel.config import LOOPBACK, Settings
from app.kernel.errors import NotFoundError
from app.web.entries import Entry
from app.web.guard import Guard
from app.web.render import Pages
from app.web.static import Assets

LEARNERS: Mapping[str, Endpoint] = {**course.LEARNERS, **exercises.LEARNERS, **taught.LEARNERS}
"""The pages for learners that are shown, by the names of the site's own routes."""
AUTHORS: tuple[tuple[str, Endpoint], ...] = (*course.AUTHORS, *keys.AUTHORS)


def preview_app(
    settings: Settings, clock: Clock, entries: Mapping[str, Entry], more_assets: Mapping[str, Path], only: str = ""
) -> Starlette:
    """`entries` are the site's routes by name; `only` is the course that the first page leads to."""
    pages = Pages(Assets(settings.trust_logo, more_assets))
    watched = Watched(settings.courses_dir, KINDS)
    desk = Desk(settings, clock, watched, pages, {name: entry.path for name, entry in entries.items()}, only)
    pages.env.globals["url"] = desk.path_for
    app = Starlette(
        routes=_routes(desk, entries),
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=sorted(LOOPBACK)),
            Middleware(Guard, settings=settings, refused=_forged, crashed=_crashed),
        ],
        exception_handlers={NotFoundError: desk.answers(unreadable)},
    )
    app.state.desk = desk
    return app


def _routes(desk: Desk, entries: Mapping[str, Entry]) -> list[BaseRoute]:
    shown = [
        Route(entry.path, desk.answers(LEARNERS[name]), methods=[entry.method])
        for name, entry in entries.items()
        if name in LEARNERS
    ]
    return [
        Route("/static/{path:path}", desk.pages.assets.answer),
        *(Route(path, desk.answers(endpoint)) for path, endpoint in AUTHORS),
        *shown,
        Route("/{path:path}", desk.answers(elsewhere), methods=["GET", "POST"]),
    ]


def _forged(_request: Request) -> Response:
    return PlainTextResponse("This form came from another site. Nothing was done.", 403)


def _crashed(_request: Request, error: Exception) -> Response:
    said = f"This page cannot be shown: {type(error).__name__}. Run qi courses check, and mend what it names."
    return PlainTextResponse(said, 500)
