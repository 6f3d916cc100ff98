"""qi learning import: what people completed elsewhere, previewed and applied."""

import sys
from pathlib import Path
from typing import Annotated

import typer
import yaml

from app.access.actor import SYSTEM
from app.cli import learning_words
from app.cli.console import database, err, out, plainly, stop
from app.cli.staff import REFUSED, Format, Rows
from app.intake.importing_past import AnotherPastPlanError, PastFile, PastPreview, apply, may_apply, preview
from app.intake.reading import RefusedFileError, read_content
from app.intake.rules.decisions import DecisionsError
from app.intake.rules.past.columns import PastColumn
from app.intake.rules.past.decisions import PastDecisions, decisions_in
from app.kernel.clock import SystemClock
from app.kernel.db import Database

learning = typer.Typer(no_args_is_help=True, help="What people learnt.")


@learning.callback()
def _group() -> None:
    """Keeps `import` a command of its own while it is the only one."""


@learning.command(name="import")
@plainly
def import_(
    file: Annotated[Path, typer.Argument(help="The list of completions: CSV or XLSX.")],
    *,
    apply_it: Annotated[bool, typer.Option("--apply", help="Do it. Otherwise it is only shown.")] = False,
    rows: Annotated[Rows, typer.Option(help="Whether rows without errors are taken when others have some.")] = Rows.ALL,
    sheet: Annotated[str | None, typer.Option(help="The sheet of a spreadsheet. Default: the first.")] = None,
    column: Annotated[
        list[str] | None, typer.Option(help='A column, such as "course=Class Name"; may be repeated.')
    ] = None,
    map_file: Annotated[
        Path | None, typer.Option("--map", help="Decisions about unknown courses: a YAML file.")
    ] = None,
    expect: Annotated[str, typer.Option(help="Apply only if the plan is still the one of this number.")] = "",
    shape: Annotated[Format, typer.Option("--format", help="How to say it.")] = Format.TABLE,
) -> None:
    """Bring in completions from another system: show what they would mean, and with --apply do exactly that.

    Exit status 0 when it would apply or has applied, 1 when something stands in the way, 2 when the file is refused.
    """
    asked = PastFile(name=file.name, sheet=sheet, decided=_decisions(map_file), chosen=_columns(column or []))
    with database() as db:
        shown = _preview(db, asked, file)
        against = may_apply(shown, good_rows=rows is Rows.GOOD)
        if expect and expect != shown.plan.fingerprint:
            against = f"The plan is {shown.plan.fingerprint} by now, not {expect}. Look at it again."
        if not apply_it or against:
            _show(shown, shape, against=against, applied=None)
            raise typer.Exit(1 if against else 0)
        _apply(db, shown, shape, good_rows=rows is Rows.GOOD)


def _columns(told: list[str]) -> dict[PastColumn, str]:
    found: dict[PastColumn, str] = {}
    for words in told:
        what, _, name = words.partition("=")
        try:
            found[PastColumn(what.strip())] = name.strip()
        except ValueError:
            named = ", ".join(PastColumn)
            stop(f"--column “{words}” is not understood. Write one of these, = and its name: {named}.", REFUSED)
    return found


def _preview(db: Database, asked: PastFile, path: Path) -> PastPreview:
    try:
        return preview(db, asked, read_content(path), SystemClock().now())
    except RefusedFileError as error:
        stop(str(error), REFUSED)
    except OSError as error:
        stop(f"{path} could not be read: {error.strerror}.", REFUSED)


def _decisions(file: Path | None) -> PastDecisions:
    if file is None:
        return {}
    try:
        return decisions_in(yaml.safe_load(file.read_text(encoding="utf-8")))
    except (DecisionsError, yaml.YAMLError, UnicodeDecodeError) as error:
        stop(f"{file}: {error}", REFUSED)
    except OSError as error:
        stop(f"{file} could not be read: {error.strerror}.", REFUSED)


def _apply(db: Database, shown: PastPreview, shape: Format, *, good_rows: bool) -> None:
    try:
        record = apply(db, SYSTEM, shown, SystemClock(), good_rows=good_rows)
    except AnotherPastPlanError as error:
        _show(error.now, shape, against=str(error), applied=None)
        raise typer.Exit(1) from None
    _show(shown, shape, against="", applied=record)


def _show(shown: PastPreview, shape: Format, *, against: str, applied: int | None) -> None:
    if shape is Format.JSON:
        sys.stdout.write(learning_words.as_json(shown, against=against, applied=applied))
    else:
        learning_words.show(out, shown, applied=applied)
    if against:
        err.print(against, markup=False)
