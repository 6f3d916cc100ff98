"""create_app(settings): the only place where everything meets."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime

import anyio.to_thread
import sqlalchemy as sa
from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response
from sqlalchemy.orm import configure_mappers
from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware

from app.access.actor import Actor
from app.accounts import deeds, sessions
from app.accounts import routes as accounts_routes
from app.assessment import routes as assessment_routes
from app.authoring.routes import preview_app
from app.capability import routes as capability_routes
from app.capability.commands import run_rules, welcome_starter
from app.capability.queries.asked import who_is_asked
from app.capability.queries.kept import chosen_people, views_of_skills
from app.charts.drawing.page import STYLE_FILE as CHART_STYLE
from app.cohorts import routes as cohorts_routes
from app.curriculum import routes as curriculum_routes
from app.equality import routes as equality_routes
from app.evidence import routes as evidence_routes
from app.intake import routes as intake_routes
from app.kernel import config, shape
from app.kernel.clock import Clock, SystemClock
from app.kernel.config import Settings
from app.kernel.db import Database, WriteSession, table
from app.learning import routes as learning_routes
from app.marking.routes import calibrating, desk, markers
from app.marking.routes import own as own_work_routes
from app.organisation import routes as organisation_routes
from app.organisation.models import Trust
from app.oversight import routes as oversight_routes
from app.planning import routes as planning_routes
from app.ratings import routes as ratings_routes
from app.recognition import routes as recognition_routes
from app.signing import routes as signing_routes
from app.web.core import Core, core_of, visitor
from app.web.errors import add_error_pages, crashed, forged
from app.web.guard import Guard
from app.web.render import Pages, first_screen
from app.web.router import Router
from app.web.signpost import Signpost
from app.web.static import Assets

# Server processes are forks of one that has loaded the program (ADR 10): else each would do this at its first request.
configure_mappers()

ROUTERS: tuple[Router, ...] = (
    organisation_routes.router,
    *accounts_routes.routers,
    curriculum_routes.router,
    *learning_routes.routers,
    assessment_routes.router,
    own_work_routes.router,
    desk.router,
    calibrating.router,
    markers.router,
    *signing_routes.routers,
    *recognition_routes.routers,
    cohorts_routes.router,
    *ratings_routes.routers,
    *capability_routes.routers,
    *planning_routes.routers,
    *oversight_routes.routers,
    *evidence_routes.routers,
    *intake_routes.routers,
    equality_routes.router,
)
ASSETS = {"charts.css": CHART_STYLE}
"""Static files that lie in other rooms."""


class _Deeds:
    """The accounts' memory of posted forms, in the shape that the router asks for."""

    def hold(self, core: Core, token: str, held: Mapping[str, object], now: datetime) -> str | None:
        return deeds.hold(core.db, token, held, now)

    def claim(self, session: WriteSession, key: str, actor: Actor | None, now: datetime) -> tuple[str, str] | None:
        return deeds.claim(session, key, actor, now)

    def settle(self, session: WriteSession, key: str, location: str, flash: str) -> None:
        deeds.settle(session, key, location, flash)


def create_app(
    settings: Settings | None = None, clock: Clock | None = None, routers: tuple[Router, ...] = ROUTERS
) -> FastAPI:
    """The web application. Raises WrongSchemaError when the database has not been migrated."""
    settings = settings or config.load()
    db = Database(settings.database_url)
    shape.check_schema(db.engine)
    pages = Pages(Assets(settings.trust_logo, ASSETS))
    core = Core(
        settings=settings,
        db=db,
        clock=clock or SystemClock(),
        find_actor=lambda core, session, token, now: sessions.find_actor(core.db, session, core.settings, token, now),
        deeds=_Deeds(),
        welcome_starter=welcome_starter,
        posts_changed=run_rules,
        who_is_asked=who_is_asked,
        selections=chosen_people,
        views_of_skills=views_of_skills,
        pages=pages,
        demonstration=_is_demonstration(db),
    )
    pages.use_routes(core)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = settings.page_threads
        yield
        db.close()

    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, lifespan=lifespan, redirect_slashes=False)
    app.state.core = core
    core.routes.update({entry.name: entry for router in routers for entry in router.entries})
    app.router.routes.append(Signpost(route for router in routers for route in router.fastapi.routes))
    app.add_api_route("/healthz", healthz, include_in_schema=False)
    app.add_api_route("/", first, include_in_schema=False)
    app.add_route("/static/{path:path}", pages.assets.answer)
    add_error_pages(app)
    app.add_middleware(GZipMiddleware, minimum_size=800, compresslevel=2)
    app.add_middleware(Guard, settings=settings, refused=forged, crashed=crashed)
    return app


def create_preview(settings: Settings, course: str = "") -> Starlette:
    """The course files as learners would see them, for their author: no database, no sign-in, nothing recorded."""
    entries = {entry.name: entry for router in ROUTERS for entry in router.entries}
    return preview_app(settings, SystemClock(), entries, ASSETS, course)


def healthz(request: Request) -> Response:
    """Whether this server and its database answer."""
    with core_of(request).db.read() as session:
        session.execute(sa.text("SELECT 1"))
    return PlainTextResponse("ok")


def first(request: Request) -> Response:
    """A person's first screen, or the sign-in page."""
    core = core_of(request)
    actor = visitor(core, request, core.clock.now())
    where = first_screen(core, actor) if actor else core.path_for("accounts:sign_in_page")
    return RedirectResponse(where, 303)


def _is_demonstration(db: Database) -> bool:
    with db.read() as session:
        return bool(session.scalar(sa.select(table(Trust).c.demonstration)))
