"""qi demo: the trust that does not exist."""

import sqlalchemy as sa
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from app.cli.console import bring_up, database, err, out, plainly, settings
from app.cli.courses import check_and_load
from app.cli.stage import set_stage
from app.demonstration.fill import YEARS, fill, is_empty
from app.demonstration.parts import PASSWORD, sign_ins
from app.kernel.clock import SystemClock
from app.kernel.config import Settings
from app.kernel.db import Database, table
from app.kernel.errors import RuleBrokenError
from app.organisation.models import Trust


@plainly
def demo() -> None:
    """Fill an empty database with a demonstration trust of about 600 people and two years of history."""
    bring_up(settings())
    given = set_stage()
    if not load_and_fill(given):
        raise RuleBrokenError("There are people in this database already: the demonstration fills only an empty one.")
    print_sign_ins(given)


def load_and_fill(given: Settings) -> bool:
    """Load the courses; when nobody is in the database yet, fill it. Returns whether it was filled."""
    with database(given) as db:
        new = is_empty(db)
    now = SystemClock().now()
    check_and_load(given, now - YEARS if new else now)
    if new:
        with database(given) as db:
            _fill(db, given)
    return new


def _fill(db: Database, given: Settings) -> None:
    bar = Progress(
        TextColumn("Filling the demonstration trust"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
        console=err,
    )
    with bar:
        task = bar.add_task("", total=None)
        fill(db, given, SystemClock().now(), lambda done, of: bar.update(task, completed=done, total=of))


def may_show(given: Settings) -> bool:
    """Whether this is a demonstration, or nobody is here yet and it may become one."""
    with database(given) as db, db.read() as session:
        shown = bool(session.scalar(sa.select(table(Trust).c.demonstration)))
    with database(given) as db:
        return shown or is_empty(db)


def print_sign_ins(given: Settings) -> None:
    """One sign-in for each kind of person."""
    out.print(f"\nSign in at {given.origin}/sign-in with any of these; the password is {PASSWORD}")
    for one in sign_ins():
        out.print(f"  {one.kind:<24} {one.username}", markup=False)
