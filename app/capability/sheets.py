"""The grid as a file: exactly the people and levels on the screen, and the totals beneath them."""

from collections.abc import Sequence

from app.capability.board import Board, Member, Which
from app.capability.measures import AS_AT, measures, named, needs, states
from app.capability.queries.grid import Grid
from app.capability.rules import Standing, State
from app.capability.wording import NEEDS, STATES
from app.web.csv import Value, csv_bytes
from app.web.words import day
from app.web.xlsx import Sheet, xlsx_bytes

ABOUT_PEOPLE = ("Person", "Team", "Job role", "Band", "Staff group", "Site")
ABOUT_A_LEVEL = (
    "need",
    "needed, or paused or waived until",
    "progress",
    "progress date",
    "place offered",
    "used in practice",
)
TOTALS = tuple(which for which in Which if which is not Which.PEOPLE)


def header(board: Board) -> list[str]:
    return [*ABOUT_PEOPLE, *(f"{t.short}: {what}" for t in board.tiers for what in ABOUT_A_LEVEL)]


def rows(board: Board) -> list[list[Value]]:
    return [_row(member, board.columns) for member in board.members]


def as_csv(board: Board) -> bytes:
    return csv_bytes(header(board), rows(board))


def as_xlsx(board: Board, about: str) -> bytes:
    """Three sheets: the people, the totals by level, and what each total counts."""
    counts = board.tally()
    totals: list[Sequence[Value]] = [[t.title, *(counts[t.slug, which] for which in TOTALS)] for t in board.tiers]
    meaning: list[Sequence[Value]] = [["Shown", about], ["As at", board.on], ["People", len(board.members)]]
    meaning += [[what, means] for what, means in (*measures(), *needs(), *states())]
    meaning.append(["As at a day", AS_AT])
    return xlsx_bytes(
        [
            Sheet("People and levels", header(board), rows(board)),
            Sheet("Totals", ["Level", *map(named, TOTALS)], totals),
            Sheet("How these are counted", ["What", "Meaning"], meaning),
        ]
    )


def content(grid: Grid, suffix: str, about: str) -> bytes:
    return as_xlsx(grid.shown, about) if suffix == "xlsx" else as_csv(grid.shown)


def file_name(grid: Grid, suffix: str) -> str:
    """levels-medicine-ward-7-2026-11-23.csv, without what a file system might refuse."""
    words = file_words("levels", f"{grid.place.directorate} {_team(grid)}")
    return f"{words}-{grid.shown.on.isoformat()}.{suffix}"


def file_words(kind: str, place: str) -> str:
    """levels-medicine-ward-7"""
    words = "-".join("".join(c if c.isalnum() else " " for c in place.lower()).split())
    return f"{kind}-{words[:80]}" if words else kind


def about(grid: Grid) -> str:
    """What is in the file, for its own third sheet and for the audit log's readers."""
    said = grid.filters
    chosen = (said.group, said.band, said.site, said.level, said.need, said.progress)
    filters = ", ".join(text for text in chosen if text)
    where = f"{grid.place.directorate}, {_team(grid) or 'every team'}, as at {day(grid.shown.on)}"
    return f"{where}, only: {filters}"[:300] if filters else where[:300]


def _team(grid: Grid) -> str:
    return grid.place.team(grid.filters.team).name if grid.filters.team else ""


def _row(member: Member, columns: Sequence[int]) -> list[Value]:
    values: list[Value] = [member.list_name, member.team, member.job_role, member.band, member.staff_group, member.site]
    for place in columns:
        values += level(member.standings[place])
    return values


def level(standing: Standing) -> list[Value]:
    """One level's columns, as `ABOUT_A_LEVEL` names them."""
    progress = standing.progress
    said = STATES[progress.state]
    if progress.state is State.LEARNING and progress.of:
        said = f"{said} ({progress.done} of {progress.of})"
    offered = "yes" if standing.offered else "no"
    used = progress.holding.applied_on if progress.holding else None
    return [NEEDS[standing.need or "undecided"], standing.due, said, progress.on, offered, used]
