"""What the imports of the command line share: their options, and files that cannot be used."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import yaml
from rich.console import Console
from rich.table import Table
from rich.text import Text

from app.cli.console import stop
from app.intake.reading import RefusedFileError
from app.intake.rules.columns import listed
from app.intake.rules.decisions import DecisionsError
from app.intake.rules.rows import Problem
from app.web.words import plural

REFUSED = 2
"""The exit status of a file that is refused whole."""
MOST_SHOWN = 50
C = TypeVar("C", bound=StrEnum)
D = TypeVar("D")


class Rows(StrEnum):
    GOOD = "good"
    ALL = "all"


class Format(StrEnum):
    TABLE = "table"
    JSON = "json"


def columns_told(kind: type[C], told: list[str]) -> dict[C, str]:
    """What each `WHAT=NAME` says; ends the program for one that says nothing."""
    found: dict[C, str] = {}
    for words in told:
        what, _, name = words.partition("=")
        try:
            found[kind(what.strip())] = name.strip()
        except ValueError:
            stop(
                f"--column “{words}” is not understood. Write one of these, = and its name: {', '.join(kind)}.", REFUSED
            )
    return found


def decisions_told(file: Path, read: Callable[[object], D]) -> D:
    """What a file of decisions says; ends the program for one that cannot be used."""
    with usable(file):
        try:
            return read(yaml.safe_load(file.read_text(encoding="utf-8")))
        except (DecisionsError, yaml.YAMLError, UnicodeDecodeError) as error:
            stop(f"{file}: {error}", REFUSED)


@contextmanager
def usable(file: Path) -> Iterator[None]:
    try:
        yield
    except RefusedFileError as error:
        stop(str(error), REFUSED)
    except OSError as error:
        stop(f"{file} could not be read: {error.strerror}.", REFUSED)


def say_read(out: Console, remarks: Iterable[str], says: Mapping[Any, str], unread: Iterable[str]) -> None:
    """How a file was read: what is remarkable about it, and what its columns say."""
    for remark in remarks:
        out.print(remark, markup=False)
    out.print("Columns: " + listed(f"{column} = {name}" for column, name in says.items()), markup=False)
    out.print("Not read: " + (listed(unread) or "none"), markup=False)


def say_list(
    out: Console,
    name: str,
    header: Sequence[str],
    lines: Sequence[D],
    words: Callable[[D], Iterable[str]],
    many: str = "",
) -> None:
    """A list as far as somebody would read, and only so far put into `words`; nothing of an empty one."""
    if not lines:
        return
    more = f", the first {MOST_SHOWN} shown; --format json has all" if len(lines) > MOST_SHOWN else ""
    table = Table(*header, title=f"{plural(len(lines), name, many)}{more}")
    for line in lines[:MOST_SHOWN]:
        table.add_row(*(Text(word) for word in words(line)))
    out.print(table)


def problem_words(problem: Problem) -> tuple[str, ...]:
    return str(problem.row), problem.column, problem.reason


def say_end(out: Console, applied: int | None, fingerprint: str) -> None:
    done = f"Applied: import {applied}." if applied else f"Nothing is written yet. Plan {fingerprint}."
    out.print(done, markup=False)
