"""What every command shares: the settings, the database at the right shape, and faults as one clear sentence."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import NoReturn, ParamSpec, TypeVar

import typer
from rich.console import Console
from sqlalchemy.exc import OperationalError

from app.kernel import config, migrate, shape
from app.kernel.config import Settings, SettingsError
from app.kernel.db import Database
from app.kernel.errors import DomainError
from app.kernel.faults import disk_is_full
from app.kernel.shape import WrongSchemaError

P = ParamSpec("P")
T = TypeVar("T")

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def stop(message: str, code: int = 1) -> NoReturn:
    """End with a sentence on the error stream."""
    err.print(message, markup=False)
    raise typer.Exit(code)


def settings() -> Settings:
    try:
        return config.load()
    except SettingsError as error:
        stop(f"A setting cannot be used.\n{error}\nAll settings: docs/settings.md", 2)


def bring_up(given: Settings) -> None:
    """Bring the database to this program's shape; an SQLite file is copied first."""
    path = given.sqlite_path
    copy = migrate.migrate(given.database_url, path.parent / "backups" if path else None)
    if copy:
        out.print(f"Copied the database before changing it: {copy}")


@contextmanager
def database(given: Settings | None = None) -> Iterator[Database]:
    """The trust's database, at this program's shape."""
    db = Database((given or settings()).database_url, pool_size=2)
    try:
        shape.check_schema(db.engine)
        yield db
    finally:
        db.close()


def plainly(command: Callable[P, T]) -> Callable[P, T]:
    """Turn what can go wrong into one sentence and an exit code, not a trace."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except (DomainError, WrongSchemaError) as error:
            stop(str(error))
        except OperationalError as error:
            if disk_is_full(error):
                stop("The disk that holds the trust's data is full. Nothing was done. Make room, then try again.")
            stop(f"The database did not answer: {error.orig}\nIt is named by QI_DATABASE_URL.")
        except BrokenPipeError:
            sys.stderr.close()
            raise typer.Exit(0) from None

    return run
