"""Writes docs/settings.md, roles.md, commands.md and measures.md from the program, curriculum.md from the courses.

A house test fails when they are out of date: `make docs` writes them again.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from app.access.permissions import GRANTED, ROLE_NAMES, ROLE_PERMISSIONS, TRUST_WIDE_ONLY, Permission, Role
from app.kernel.config import ROOT, Settings

DOCS = ROOT / "docs"
WRITTEN = "Written by `make docs` from the program itself; change the program, not this file."

WRITTEN_FROM_COURSES = "Written by `make docs` from the files in `courses/`; change those, not this file."

PERMISSION_MEANS: dict[Permission, str] = {
    Permission.LEARN: "take staff courses, keep one's own record and certificates",
    Permission.LEARN_AS_PARTNER: "take the courses for patients and carers, under a chosen name",
    Permission.SEE_OWN_NEEDS: "see which levels one needs, who asked and why, and ask for a level",
    Permission.SEE_CAPABILITY: "see the capability matrix: who needs and holds which level",
    Permission.SET_NEED: "decide that somebody needs a level, does not, or is paused",
    Permission.SEE_EVIDENCE: "see levels held, courses, minutes and certificates of a person (never scores)",
    Permission.EXPORT_EVIDENCE: "download that evidence, which is written down with its row count",
    Permission.WITHDRAW_CERTIFICATE: "withdraw a certificate that was issued by mistake, with a reason",
    Permission.SEE_PEOPLE: "see staff and their posts",
    Permission.MANAGE_PEOPLE: "hire, move, end and take back posts, open and close teams",
    Permission.INVITE: "invite people and print one-use codes",
    Permission.GRANT_ROLES: "give and end roles, none wider than one's own",
    Permission.SEE_AUDIT: "see who did what and when",
    Permission.MANAGE_PARTNERS: "welcome patient partners and see who they are",
    Permission.SEE_IDEAS: "read the ideas that people chose to share, and answer them",
    Permission.SEE_OUTBOX: "see mails that wait or went",
    Permission.AUTHOR: "see the courses that are for authors, and move learners to a newer edition of a course",
    Permission.TEACH: "open the packs of taught sessions: plans, slides and notes for facilitators",
    Permission.MARK: "take pieces of work from the queue and mark them by their guide, without knowing whose they are",
    Permission.MODERATE: "decide where two markers differ, free work that is stuck, and release results",
    Permission.ADJUST: "give a person more time or tries, and read why",
    Permission.RECOGNISE: "read what people offer from elsewhere, and recognise it as a level or decline it; keep "
    "records of external programmes",
    Permission.PLAN_COHORTS: "plan cohorts with their dates and places, change and drop them",
    Permission.SET_TARGETS: "set how many people of a directorate should hold a level by the end of a financial year",
    Permission.RATE: "say what those one leads can do in improvement, and see what oneself said and what they share",
    Permission.SEE_RATING_COUNTS: "see how many people are judged what, of ten and more, as at the start of the month",
    Permission.AGREE_RATINGS: "record that ratings were agreed with staff side, which turns them on, and end it",
    Permission.SEE_OVERSIGHT: "read the report of a directorate: numbers, and names only for whoever leads its people",
    Permission.SEE_TRUST: "read the report of the whole trust, as the board does",
    Permission.BRING_EQUALITY: "count a year by protected characteristics from a file, and take the counts back",
}

SCOPES = (
    "A role is given to a person within a scope, from a day and perhaps to a day. *Member of staff* and *Patient "
    "partner* come with the kind of person and are never given. A route asks for a permission; a query asks which "
    "rows the grants that give it reach. Something out of reach looks like something that does not exist."
)
COMMAND_LINE = (
    "`qi` lives in `.venv/bin/`. Each command works on a migrated, empty database too; what it changes is recorded "
    "as a deed of the system."
)


def settings() -> str:
    lines = [
        "# Settings",
        "",
        "Each is an environment variable, checked at start; a wrong one is named with its remedy.",
        "",
        "| variable | default | what it is |",
        "| --- | --- | --- |",
    ]
    for name, info in Settings.model_fields.items():
        lines.append(f"| `QI_{name.upper()}` | {_default(info.default)} | {info.description} |")
    return _whole(lines)


def _default(value: Any) -> str:
    text = str(value).replace(f"{ROOT}/", "")
    return f"`{text}`" if text else "empty"


def roles() -> str:
    lines = [
        "# Roles and permissions",
        "",
        SCOPES,
        "",
    ]
    for role in Role:
        lines += [f"## {ROLE_NAMES[role]} (`{role}`)", "", _scope_of(role), ""]
        held = sorted(ROLE_PERMISSIONS[role], key=list(Permission).index)
        lines += [f"- `{p}`: {PERMISSION_MEANS[p]}" for p in held]
        lines.append("")
    lines += ["## Permissions", "", "| permission | lets a person | held by |", "| --- | --- | --- |"]
    for permission in Permission:
        holders = ", ".join(ROLE_NAMES[r] for r in Role if permission in ROLE_PERMISSIONS[r])
        lines.append(f"| `{permission}` | {PERMISSION_MEANS[permission]} | {holders} |")
    return _whole(lines)


def _scope_of(role: Role) -> str:
    if role not in GRANTED:
        return "Comes with being one; reaches one's own things only."
    if role in TRUST_WIDE_ONLY:
        return "Given for the whole trust."
    return "Given for the whole trust, for a directorate or for a team."


def commands() -> str:
    from app.cli import app

    lines = [
        "# Commands",
        "",
        COMMAND_LINE,
        "",
    ]
    for path, command in _walk("qi", typer.main.get_command(app)):
        lines += [f"## `{path}`", "", " ".join((command.help or "").split()), ""]
        lines += [_parameter(p) for p in command.params if p.name != "help"]
        lines.append("")
    return _whole(lines)


def _walk(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    if not isinstance(command, TyperGroup):
        yield path, command
        return
    within = typer.Context(command)
    for name in sorted(command.list_commands(within)):
        yield from _walk(f"{path} {name}", command.get_command(within, name))


def _parameter(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return f"- `{parameter.name.upper()}`: {parameter.help or ''}"
    names = ", ".join(f"`{name}`" for name in [*parameter.opts, *parameter.secondary_opts])
    return f"- {names}: {parameter.help or ''}"


def _whole(lines: list[str]) -> str:
    text = "\n".join([*lines, "", WRITTEN])
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text + "\n"


def curriculum() -> str:
    from tests.tools.curriculum_table import curriculum as lines

    return _whole(list(lines())).replace(WRITTEN, WRITTEN_FROM_COURSES)


MEASURES = (
    "What the capability matrix counts. There is one definition of each measure: screens, the lists behind their "
    "numbers, CSV, XLSX and print all count by `kinds_of` in `app/capability/board.py`, and a test compares them cell "
    "by cell."
)


def measures() -> str:
    from app.capability import measures as matrix
    from app.equality import measures as equality

    lines = ["# Measures", "", MEASURES, "", matrix.AS_AT, ""]
    for title, first, rows in (
        ("What is counted", "measure", matrix.measures()),
        ("What is needed", "need", matrix.needs()),
        ("How far somebody is", "progress", matrix.states()),
        ("Who gets the training, by protected characteristic", "count", equality.measures()),
    ):
        lines += [f"## {title}", "", f"| {first} | what it means |", "| --- | --- |"]
        lines += [f"| {name} | {means} |" for name, means in rows]
        lines.append("")
    return _whole([*lines, equality.rounding(), ""])


GENERATED: dict[str, Callable[[], str]] = {
    "settings.md": settings,
    "roles.md": roles,
    "commands.md": commands,
    "curriculum.md": curriculum,
    "measures.md": measures,
}


def main(folder: Path = DOCS) -> None:
    for name, write in GENERATED.items():
        (folder / name).write_text(write())
        sys.stdout.write(f"docs/{name}\n")


if __name__ == "__main__":
    main()
