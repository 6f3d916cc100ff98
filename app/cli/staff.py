"""qi people import: the trust's staff file, previewed and applied."""

import sys
import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
import yaml

from app.access.actor import SYSTEM
from app.cli import staff_words
from app.cli.console import database, err, out, plainly, settings, stop
from app.intake.following import tell_of_imports, welcome_waiting
from app.intake.headers import StaffFile
from app.intake.importing import AnotherPlanError, Preview, apply, may_apply, preview
from app.intake.reading import RefusedFileError
from app.intake.rules.columns import Column
from app.intake.rules.decisions import Decisions, DecisionsError, decisions_in
from app.kernel.clock import SystemClock
from app.kernel.config import Settings
from app.kernel.db import Database

REFUSED = 2
SECONDS_TO_WELCOME, WELCOMED_A_ROUND = 5.0, 25
"""Whoever is not welcomed by then waits for the worker: a first import of a trust ends when its people are in."""


class Rows(StrEnum):
    GOOD = "good"
    ALL = "all"


class Format(StrEnum):
    TABLE = "table"
    JSON = "json"


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
    chosen = _columns(column or []) | {place: name for place, name in places.items() if name}
    asked = StaffFile(
        path=file,
        name=file.name,
        sheet=sheet,
        whole=whole,
        create=create_teams,
        decided=_decisions(map_file),
        chosen=chosen,
    )
    given = settings()
    with database(given) as db:
        shown = _preview(db, asked)
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


def _columns(told: list[str]) -> dict[Column, str]:
    found: dict[Column, str] = {}
    for words in told:
        what, _, name = words.partition("=")
        try:
            found[Column(what.strip())] = name.strip()
        except ValueError:
            stop(
                f"--column “{words}” is not understood. Write one of these, = and its name: {', '.join(Column)}.",
                REFUSED,
            )
    return found


def _preview(db: Database, asked: StaffFile) -> Preview:
    try:
        return preview(db, asked, SystemClock().now())
    except RefusedFileError as error:
        stop(str(error), REFUSED)
    except OSError as error:
        stop(f"{asked.path} could not be read: {error.strerror}.", REFUSED)


def _decisions(file: Path | None) -> Decisions:
    if file is None:
        return {}
    try:
        return decisions_in(yaml.safe_load(file.read_text(encoding="utf-8")))
    except (DecisionsError, yaml.YAMLError, UnicodeDecodeError) as error:
        stop(f"{file}: {error}", REFUSED)
    except OSError as error:
        stop(f"{file} could not be read: {error.strerror}.", REFUSED)


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
