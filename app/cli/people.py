"""qi admin create, qi people list."""

from typing import Annotated

import typer
from rich.table import Table

from app.access.actor import SYSTEM
from app.access.permissions import Permission
from app.accounts.commands import CreateFirstAdmin, create_first_admin
from app.capability.commands import welcome_starter
from app.cli import staff
from app.cli.console import database, out, plainly, settings
from app.kernel.clock import SystemClock, london_date
from app.organisation.queries import people_in_reach
from app.web.csv import harmless

admin = typer.Typer(no_args_is_help=True, help="The first administrator.")
people = typer.Typer(no_args_is_help=True, help="The trust's staff.")


@admin.command()
@plainly
def create(
    email: Annotated[str, typer.Option(prompt=True, help="The address that they sign in with.")],
    family_name: Annotated[str, typer.Option(prompt=True, help="Their family name.")],
    given_name: Annotated[str, typer.Option(help="Their given name.")] = "",
    employee_number: Annotated[str, typer.Option(help="Their number in the staff record.")] = "QI-1",
) -> None:
    """Make somebody a QI team administrator, and print the link with which they choose a password."""
    given = settings()
    command = CreateFirstAdmin(
        given_name=given_name, family_name=family_name, email=email, employee_number=employee_number
    )
    with database(given) as db, db.write() as session:
        now = SystemClock().now()
        made = create_first_admin(session, given, command, now)
        welcome_starter(session, SYSTEM, made.person_id, now)
    out.print(f"{made.name} signs in as {made.username}. This link works once, until {made.ends_at:%-d %B %Y}:")
    out.print(made.link, markup=False)


@admin.callback()
def _group() -> None:
    """Keeps `create` a command of its own while it is the only one."""


@people.command("list")
@plainly
def list_people(
    *, plain: Annotated[bool, typer.Option("--plain", help="Tab-separated, without a frame.")] = False
) -> None:
    """Everybody who works here today. Patient partners are in no list of staff."""
    with database() as db, db.read() as session:
        rows = people_in_reach(session, SYSTEM, Permission.SEE_PEOPLE, london_date(SystemClock().now()))
    columns = ("Name", "Employee number", "Job role", "Team", "Directorate")
    values = [(p.list_name, p.employee_number or "", p.job_role, p.team, p.directorate) for p in rows]
    if plain:
        for row in values:
            typer.echo("\t".join(map(harmless, row)))
        return
    table = Table(*columns, title=f"{len(values)} people")
    for row in values:
        table.add_row(*row)
    out.print(table)


people.command(name="import")(staff.import_)
