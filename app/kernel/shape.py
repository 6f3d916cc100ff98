"""Whether a database has the shape that this program needs. Asked at every start, so without loading the migrator."""

from functools import cache

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from app.kernel.config import ROOT

_STANDS_AT = sa.text("SELECT version_num FROM alembic_version")


class WrongSchemaError(RuntimeError):
    """The database has another shape than this program. The message says what to run."""


@cache
def known() -> tuple[str, ...]:
    """The migrations that this program brings, by the numbers that their files begin with, oldest first."""
    files = (ROOT / "migrations" / "versions").glob("[0-9]*_*.py")
    return tuple(sorted(file.name.partition("_")[0] for file in files))


def head() -> str:
    """The newest migration this program brings."""
    return known()[-1]


def current(connection: Connection) -> str | None:
    """The migration that a database stands at; None for an empty one."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(_STANDS_AT)
    return found


def check_schema(engine: Engine) -> None:
    """Raise WrongSchemaError unless the database stands at this program's newest migration."""
    with engine.connect() as connection:
        found = current(connection)
    refuse_newer(found)
    if found != head():
        raise WrongSchemaError(f"The database stands at {found or 'nothing'}, this program needs {head()}: qi migrate")


def refuse_newer(revision: str | None) -> None:
    """Raise WrongSchemaError for a database that a newer program has changed."""
    if revision is not None and revision not in known():
        raise WrongSchemaError(
            f"The database stands at {revision}, which this program does not know: a newer one has changed it. "
            "Run that newer program, or restore a copy from before."
        )
