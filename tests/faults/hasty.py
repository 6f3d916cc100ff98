"""A server that is wrong on purpose: it says *Saved* a moment before it commits. The kill test must catch it."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext

from fastapi import FastAPI
from sqlalchemy.engine import Connection

from app.kernel.db import Database, WriteSession
from app.main import create_app as create_honest_app

SECONDS_LATE = 0.1


def create_app() -> FastAPI:
    app = create_honest_app()
    db: Database = app.state.core.db

    @contextmanager
    def commit_later(on: Connection | None = None) -> Iterator[WriteSession]:
        with ExitStack() as opened:
            opened.enter_context(db._lock or nullcontext())
            session = opened.enter_context(WriteSession(on or db._writer, expire_on_commit=False))
            opened.enter_context(session.begin())
            yield session
            threading.Timer(SECONDS_LATE, opened.pop_all().close).start()

    db.write = commit_later  # type: ignore[method-assign]
    return app
