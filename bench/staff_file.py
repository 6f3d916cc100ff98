"""Staff files as a trust sends them: a first one, and that of the month after it."""

import csv
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from app.organisation.rules import STAFF_GROUPS

HEADER = (
    "Employee Number", "Assignment No.", "First Name", "Last Name", "Work Email", "Directorate", "Team", "Staff Group",
    "Job Role", "Band", "Supervisor Employee Number", "Start Date", "End Date",
)  # fmt: skip
DIRECTORATE, TEAM, END = 5, 6, 12
TEAM_SIZE = 20
DIRECTORATES = 10
MOVED, LEFT, JOINED = 0.015, 0.008, 0.012
"""What a month brings, as parts of all staff."""
SEED = 20_261_123


@dataclass(frozen=True)
class Files:
    first: Path
    month: Path


def write_files(folder: Path, size: int) -> Files:
    """In no order, as a record system writes them: numbers, names and teams have nothing to do with each other."""
    random = Random(SEED)
    numbers = random.sample(range(size * 2), size + int(size * JOINED))
    people = [_person(place, numbers, size) for place in range(len(numbers))]
    here, joining = people[:size], people[size:]
    random.shuffle(here)
    files = Files(folder / "first.csv", folder / "month.csv")
    _write(files.first, here)
    changed = random.sample(here, int(size * (MOVED + LEFT)))
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    for number, person in enumerate(changed):
        if number < size * MOVED:
            other = here[number]
            person[DIRECTORATE], person[TEAM] = other[DIRECTORATE], other[TEAM]
        else:
            person[END] = yesterday.isoformat()
    _write(files.month, here + joining)
    return files


def _person(place: int, numbers: list[int], size: int) -> list[str]:
    number = numbers[place]
    team = place % max(1, size // TEAM_SIZE)
    home = team % DIRECTORATES
    started = date(2026, 1, 1) - timedelta(days=number * 7 % 9_000)
    manager = "" if place == 0 else _number(numbers[min(place // TEAM_SIZE, size - 1)])
    return [
        _number(number), f"{_number(number)}-1", f"Given{number % 997}", f"{number * 7_919 % 100_003:05}Family",
        f"given.{number * 104_729 % 1_000_003}@staff.example", f"Imported Directorate {home}", f"Team {home}-{team}",
        STAFF_GROUPS[number % 9], "Worker", f"Band {number % 5 + 3}", manager, started.isoformat(), "",
    ]  # fmt: skip


def _number(number: int) -> str:
    return f"{number:08}"


def _write(path: Path, people: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *people])
