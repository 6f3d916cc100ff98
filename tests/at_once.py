"""Many questions to a database in one statement, put together once a run: each test asks them at its end."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from app.kernel.db import ReadSession
from app.schema import metadata


def asked_at_once(session: ReadSession, ask: Callable[[], list[Any]]) -> Iterator[Any]:
    """The rows that all the questions find, one question after the other."""
    return iter(session.connection().exec_driver_sql(_text_of(ask, session.get_bind().dialect.name)))


@cache
def _text_of(ask: Callable[[], list[Any]], dialect: str) -> str:
    """Put together once a run rather than once a test: that took longer than most tests."""
    spoken = {"sqlite": sqlite, "postgresql": postgresql}[dialect].dialect()
    return str(sa.union_all(*ask()).compile(dialect=spoken, compile_kwargs={"literal_binds": True}))


def said(name: str) -> sa.Label[str]:
    """A word in a question that is the same in every row it finds."""
    return sa.literal(name, sa.String).label(None)


def lost_references() -> list[Any]:
    """For each reference of each table: how many rows it points at nothing from."""
    asked = list[Any]()
    for child in metadata.sorted_tables:
        for key in child.foreign_keys:
            parent = key.column.table.alias()
            asked.append(
                sa.select(said(child.name), said(key.parent.name), sa.func.count())
                .select_from(child.outerjoin(parent, key.parent == parent.c[key.column.name]))
                .where(key.parent.is_not(None), parent.c[key.column.name].is_(None))
            )
    return asked
