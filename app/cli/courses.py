"""qi courses check | load."""

from collections.abc import Sequence
from datetime import datetime

import typer

from app.access.actor import SYSTEM
from app.assessment.kinds import KINDS
from app.authoring.beginning import waiting
from app.cli import authoring, preview
from app.cli.console import database, err, out, plainly, settings
from app.curriculum.checking import check_courses
from app.curriculum.loading import CoursesRefusedError, load_courses
from app.curriculum.problems import Problem
from app.kernel.clock import SystemClock, london_date
from app.kernel.config import Settings
from app.kernel.db import Database
from app.learning.commands import follow_editions

app = typer.Typer(no_args_is_help=True, help="Write, check, share and load the course files.")


@app.command()
@plainly
def check() -> None:
    """Read every course file and say what is wrong, where, and how to mend it."""
    today = london_date(SystemClock().now())
    problems = check_courses(settings().courses_dir, KINDS, today)
    if problems:
        _say(problems)
        raise typer.Exit(1)
    out.print("The courses are in order.")
    _remind(settings())


@app.command()
@plainly
def load() -> None:
    """Check the courses, then load what is new as new editions and revisions."""
    check_and_load(settings())
    _remind(settings())


def check_and_load(given: Settings, now: datetime | None = None) -> None:
    """Load what is new, as of `now`: a demonstration begins with courses that were there two years ago."""
    with database(given) as db:
        try:
            at = now or SystemClock().now()
            report = load_courses(db, given.courses_dir, KINDS, at)
            moved = _go_on(db, at)
        except CoursesRefusedError as refused:
            _say(refused.problems)
            raise typer.Exit(1) from None
    out.print(str(report), markup=False)
    if moved:
        out.print(f"{moved:,} people went on in a newer edition of a course that was not yet wholly open.")


def _go_on(db: Database, now: datetime) -> int:
    """In short transactions, so that nobody's save waits for long."""
    moved = 0
    while True:
        with db.write() as session:
            going = follow_editions(session, SYSTEM, now)
        moved += going
        if not going:
            return moved


def _remind(given: Settings) -> None:
    """A course that was begun and not written to its end would be shown to learners as it is."""
    if places := waiting(given.courses_dir):
        out.print(f"Learners would read 'Replace' in {len(places)} places. The first is {places[0]}", markup=False)


def _say(problems: Sequence[Problem]) -> None:
    for problem in problems:
        err.print(str(problem), markup=False)
    err.print(f"{len(problems)} to mend; nothing was loaded.")


app.command()(authoring.new)
app.command()(preview.preview)
app.command()(authoring.export)
app.command(name="import")(authoring.import_)
