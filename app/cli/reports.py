"""qi matrix, qi evidence export."""

import sys
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from app.access.actor import SYSTEM
from app.access.permissions import Permission
from app.capability.board import Which
from app.capability.queries.boards import board
from app.capability.queries.standings import AsAt, matrix_tiers
from app.cli.console import database, err, out, plainly, stop
from app.evidence.exporting import export_trust_csv
from app.evidence.queries import Filters
from app.evidence.rules import Period
from app.kernel.clock import SystemClock, london_date
from app.organisation.queries import directorates
from app.web.csv import csv_bytes

A_YEAR = timedelta(days=365)

evidence = typer.Typer(no_args_is_help=True, help="Evidence of what people learned.")


@plainly
def matrix() -> None:
    """For each directorate and level: how many are required, have completed it, and are the gap."""
    now = SystemClock().now()
    today = london_date(now)
    with database() as db, db.read() as session:
        tiers = matrix_tiers(session)
        boards = {
            d.name: board(session, SYSTEM, d.id, AsAt.of(today, now)).tally()
            for d in directorates(session, SYSTEM, Permission.SEE_CAPABILITY)
        }
    table = Table("Directorate", *(t.short for t in tiers), title=f"Required, completed and gap on {today:%-d %B %Y}")
    for name, tally in boards.items():
        table.add_row(name, *(_figures(tally, t.slug) for t in tiers))
    out.print(table)


def _figures(tally: Counter[tuple[str, Which]], tier: str) -> str:
    required = tally[tier, Which.REQUIRED]
    return f"{required} / {tally[tier, Which.COMPLETED]} / {tally[tier, Which.GAP]}" if required else "–"


@evidence.command()
@plainly
def export(
    first: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="Default: a year ago.")] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Default: today.")] = None,
    to_file: Annotated[Path | None, typer.Option("--out", help="A file to write. Default: the output.")] = None,
) -> None:
    """The whole trust's evidence over a period as CSV; written in the audit log with its row count."""
    now = SystemClock().now()
    period = _period(first, last, london_date(now))
    with database() as db:
        with db.write() as session:
            header, lines = export_trust_csv(session, SYSTEM, Filters(period=period), now)
        content = csv_bytes(header, lines)
    if to_file is None:
        sys.stdout.buffer.write(content)
        return
    try:
        to_file.write_bytes(content)
    except OSError as error:
        stop(f"{to_file} could not be written: {error.strerror}.")
    err.print(f"{len(lines)} rows in {to_file}", markup=False)


def _period(first: datetime | None, last: datetime | None, today: date) -> Period:
    until = last.date() if last else today
    since = first.date() if first else until - A_YEAR
    if since > until:
        stop("--from must not be later than --to.", 2)
    return Period(since, until)


@evidence.callback()
def _group() -> None:
    """Keeps `export` a command of its own while it is the only one."""
