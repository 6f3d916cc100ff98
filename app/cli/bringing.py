"""What the imports of the command line share: their options, and files that cannot be used."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import yaml

from app.cli.console import stop
from app.intake.reading import RefusedFileError
from app.intake.rules.decisions import DecisionsError

REFUSED = 2
"""The exit status of a file that is refused whole."""
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
