"""qi …: the command line. Each command works on the migrated, empty database too; deeds act as the named system."""

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

HELP = "Grows people who can improve care. Settings are QI_* variables: docs/settings.md"
PLACES = {
    "start": ("server", "start"),
    "serve": ("server", "serve"),
    "worker": ("server", "worker"),
    "migrate": ("server", "migrate"),
    "demo": ("demo", "demo"),
    "matrix": ("reports", "matrix"),
    "charts": ("charts", "app"),
    "courses": ("courses", "app"),
    "learning": ("learning", "learning"),
    "admin": ("people", "admin"),
    "people": ("people", "people"),
    "evidence": ("reports", "evidence"),
}
"""In the order of the help: the file of each command or group, and its name there."""


class Commands(TyperGroup):
    """A command's file is imported when it is asked for: an import of staff needs no server, course or chart."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  the command line's own signature
        return list(PLACES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        if cmd_name not in PLACES:
            return None
        file, name = PLACES[cmd_name]
        command = _command(getattr(import_module(f"app.cli.{file}"), name))
        command.name = cmd_name
        return command


def _command(found: Any) -> Any:
    if isinstance(found, typer.Typer):
        return typer.main.get_group(found)
    alone = typer.Typer(add_completion=False)
    alone.command()(found)
    return typer.main.get_command(alone)


app = typer.Typer(cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=HELP)


@app.callback(help=HELP)
def _qi() -> None:
    """Without a command of its own: each is found by name."""
