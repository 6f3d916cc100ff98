"""Statements compiled once in a test run instead of once in each test's own database: a tenth of the run's time."""

from collections.abc import MutableMapping
from typing import Any

from sqlalchemy.engine import Compiled, Dialect
from sqlalchemy.util import LRUCache

from app.kernel.db import Database

_SIZE = 4000
_SHARED: dict[str, tuple[Dialect, MutableMapping[Any, Compiled]]] = {}


def compiled_once(db: Database) -> Database:
    """Give the database the dialect and the compiled statements of the first of its sort. Both belong to the text of a
    statement, not to what is stored: SQLAlchemy keeps them apart only because engines usually differ."""
    engine = db.engine
    if engine.dialect.name not in _SHARED:
        with engine.connect():
            _SHARED[engine.dialect.name] = (engine.dialect, LRUCache(_SIZE))
    dialect, statements = _SHARED[engine.dialect.name]
    for each in (engine, db._reader, db._writer):
        each.dialect = dialect
        each._compiled_cache = statements
    engine.pool._dialect = dialect
    return db
