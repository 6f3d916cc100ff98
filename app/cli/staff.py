"""qi people import: the trust's staff file, previewed and applied."""

import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from app.access.actor import SYSTEM
from app.cli import staff_words
from app.cli.bringing import Format, Rows, columns_told, decisions_told, usable
from app.cli.console import database, err, out, plainly, settings
from app.intake.following import tell_of_imports, welcome_waiting
from app.intake.headers import StaffFile
from app.intake.importing import AnotherPlanError, Preview, apply, may_apply, preview
from app.intake.rules.columns import Column
from app.intake.rules.decisions import decisions_in
from app.kernel.clock import SystemClock
from app.kernel.config import Settings
from app.kernel.db import Database

SECONDS_TO_WELCOME, WELCOMED_A_ROUND = 5.0, 25
"""Whoever is not welcomed by then waits for the worker: a first import of a trust ends when its people are in."""


@plainly
def import_(
    file: Annotated[Path, typer.Argument(help="The staff file: CSV, XLSX or a staff record file.")],
    *,
    apply_it: Annotated[bool, typer.Option("--apply", help="Do it. Otherwise it is only shown.")] = False,
    rows: Annotated[Rows, typer.Option(help="Whether rows without errors are taken when others have some.")] = Rows.ALL,
    whole: Annotated[
        str, typer.Option(help='What the file is the whole of: trust, "directorate NAME", or changes only.')
    ] = "changes",
    sheet: Annotated[str | None, typer.Option(help="The sheet of a spreadsheet. Default: the first.")] = None,
    directorate_column: Annotated[str | None, typer.Option(help="The column that is the directorate.")] = None,
    team_column: Annotated[str | None, typer.Option(help="The column that is the team.")] = None,
    column: Annotated[
        list[str] | None, typer.Option(help='Any other column, such as "staff group=Job Group"; may be repeated.')
    ] = None,
    create_teams: Annotated[bool, typer.Option("--create-teams", help="Open unknown teams and directorates.")] = False,
    map_file: Annotated[Path | None, typer.Option("--map", help="Decisions about unknown words: a YAML file.")] = None,
    leavers_expected: Annotated[
        bool, typer.Option("--leavers-expected", help="More than 5 in 100 of the active staff may leave.")
    ] = False,
    expect: Annotated[str, typer.Option(help="Apply only if this is still the plan: a preview's plan number.")] = "",
    shape: Annotated[Format, typer.Option("--format", help="What to write to the output.")] = Format.TABLE,
) -> None:
    """Bring in the trust's staff file: show what it would change, and with --apply do exactly that.

    Exit status 0 when it would apply or has applied, 1 when something stands in the way, 2 when the file is refused.
    """
    places = {Column.DIRECTORATE: directorate_column, Column.TEAM: team_column}
    chosen = columns_told(Column, column or []) | {place: name for place, name in places.items() if name}
    asked = StaffFile(
        path=file,
        name=file.name,
        sheet=sheet,
        whole=whole,
        create=create_teams,
        decided=decisions_told(map_file, decisions_in) if map_file else {},
        chosen=chosen,
    )
    given = settings()
    with database(given) as db:
        with usable(file):
            shown = preview(db, asked, SystemClock().now())
        against = may_apply(shown, good_rows=rows is Rows.GOOD, leavers_expected=leavers_expected)
        if against:
            option = "--leavers-expected" if rows is Rows.GOOD or not shown.plan.problems else "--rows good"
            against = f"{against} The option is {option}."
        if expect and expect != shown.plan.fingerprint:
            against = f"The plan is {shown.plan.fingerprint} by now, not {expect}. Look at it again."
        if not apply_it or against:
            _show(shown, shape, against=against, applied=None)
            raise typer.Exit(1 if against else 0)
        _apply(db, given, shown, shape, good_rows=rows is Rows.GOOD, leavers_expected=leavers_expected)


def _apply(
    db: Database, given: Settings, shown: Preview, shape: Format, *, good_rows: bool, leavers_expected: bool
) -> None:
    try:
        record = apply(db, SYSTEM, shown, SystemClock(), good_rows=good_rows, leavers_expected=leavers_expected)
    except AnotherPlanError as error:
        _show(error.now, shape, against=str(error), applied=None)
        raise typer.Exit(1) from None
    _show(shown, shape, against="", applied=record.id)
    tell_of_imports(db, given, SystemClock().now())
    _welcome(db, given)


def _welcome(db: Database, given: Settings) -> None:
    welcomed, until = 0, time.monotonic() + SECONDS_TO_WELCOME
    while found := welcome_waiting(db, given, SystemClock().now(), WELCOMED_A_ROUND):
        welcomed += found
        if time.monotonic() > until:
            err.print(f"{welcomed} joiners are welcomed; the worker goes on with the rest.")
            return


def _show(shown: Preview, shape: Format, *, against: str, applied: int | None) -> None:
    if shape is Format.JSON:
        sys.stdout.writelines(staff_words.as_json(shown, against=against, applied=applied))
    else:
        staff_words.show(out, shown, applied=applied)
    if against:
        err.print(against, markup=False)
