"""qi learning import: what people completed elsewhere, previewed and applied."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from app.access.actor import SYSTEM
from app.cli import learning_words
from app.cli.bringing import Format, Rows, columns_told, decisions_told, usable
from app.cli.console import database, err, out, plainly
from app.intake.importing_past import AnotherPastPlanError, PastFile, PastPreview, apply, may_apply, preview
from app.intake.reading import read_content
from app.intake.rules.past.columns import PastColumn
from app.intake.rules.past.decisions import decisions_in
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
    asked = PastFile(
        name=file.name,
        sheet=sheet,
        decided=decisions_told(map_file, decisions_in) if map_file else {},
        chosen=columns_told(PastColumn, column or []),
    )
    with database() as db:
        with usable(file):
            shown = preview(db, asked, read_content(file), SystemClock().now())
        against = may_apply(shown, good_rows=rows is Rows.GOOD)
        if expect and expect != shown.plan.fingerprint:
            against = f"The plan is {shown.plan.fingerprint} by now, not {expect}. Look at it again."
        if not apply_it or against:
            _show(shown, shape, against=against, applied=None)
            raise typer.Exit(1 if against else 0)
        _apply(db, shown, shape, good_rows=rows is Rows.GOOD)


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
