"""A yearly file from its bytes to what is kept: what it says of people is forgotten when this is done."""

from collections import defaultdict
from typing import Any

from app.capability.queries.standings import matrix_tiers
from app.equality.commands import ReadYear
from app.equality.queries.people import InPost, in_post_on, trained_between
from app.equality.rules.answers import Answers, Refused, Said, answers_of
from app.equality.rules.characteristics import first_of, last_of
from app.equality.rules.columns import Columns, columns_of
from app.equality.rules.counts import Counted, counted
from app.intake.reading import read_table
from app.intake.rules.past.who import widened
from app.kernel.db import ReadSession

MOST_LINES = 50
"""So many reasons are told, and so many lines of each."""
UNKNOWN = "Nobody in post on that day has this number. Correct it, or leave the row out"
ZEROS = "Nobody in post on that day has this number. A spreadsheet may have dropped its leading zeros: write it as text"


def read_year(session: ReadSession, content: bytes, name: str, year: int) -> ReadYear:
    """What of a file may be kept. A fixed number of statements. Raises RefusedFileError."""
    table = read_table(content, name)
    columns = columns_of(table.columns, name)
    answers = answers_of(table, columns, name)
    in_post = in_post_on(session, last_of(year))
    said, refused, known = _of_people(answers, columns, in_post)
    tiers = [tier.slug for tier in matrix_tiers(session)]
    trained = trained_between(session, tiers, first_of(year), last_of(year))
    found = [counted(each, said, in_post.people, trained) for each in columns.says]
    told = {"rows": answers.rows, "known": known, "people": len(said), "in_post": len(in_post.people)}
    return ReadYear(
        year=year,
        as_at=last_of(year),
        counts=tuple(count for one in found for count in one.counts),
        said=told | _noticed(columns, found, refused, answers) | {"remarks": list(table.remarks)},
    )


def _of_people(answers: Answers, columns: Columns, in_post: InPost) -> tuple[dict[int, Said], list[Refused], int]:
    """What is said of whom; what is refused; and how many rows are of somebody in post."""
    refused, said, lines, known = list(answers.refused), dict[int, Said](), dict[int, int](), 0
    for number, (line, answer) in answers.said.items():
        person = in_post.by_number.get(number)
        if person is None:
            lost = any(wider in in_post.by_number for wider in widened(number))
            refused.append(Refused(line, columns.number, ZEROS if lost else UNKNOWN))
            continue
        known += 1
        if person in said and said[person] != answer:
            why = "This is another number of whoever line {} is about, which says something else: it alone counts"
            refused.append(Refused(line, columns.number, why.format(lines[person])))
            continue
        said[person], lines[person] = answer, line
    return said, sorted(refused, key=lambda one: one.line), known


def _together(refused: list[Refused]) -> list[list[Any]]:
    """Column, reason, the first lines of which it is said, and of how many in all: the most frequent first."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for one in refused:
        found[one.column, one.why].append(one.line)
    often = sorted(found.items(), key=lambda each: -len(each[1]))[:MOST_LINES]
    return [[column, why, lines[:MOST_LINES], len(lines)] for (column, why), lines in often]


def _noticed(columns: Columns, found: list[Counted], refused: list[Refused], answers: Answers) -> dict[str, Any]:
    return {
        "columns": {str(each): name for each, name in columns.says.items()},
        "unread": list(columns.unread),
        "groups": {str(one.characteristic): [one.groups, one.together, len(one.counts) > 0] for one in found},
        "refused": _together(refused),
        "rare": {column: list(lines[:MOST_LINES]) for column, lines in answers.rare.items()},
    }
