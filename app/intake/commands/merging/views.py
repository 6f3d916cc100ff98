"""What was said of two records, by them and to them: one history, in which the later supersedes the earlier."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from app.intake.commands.merging.journal import Journal, Row, key_of, rows_where, table_of
from app.intake.rules.merging import Decided, one_after_the_other
from app.kernel.db import ReadSession, WriteSession


@dataclass(frozen=True, slots=True)
class _Series:
    """A table of dated rows of which one of each kind is open: what names people, and what tells kinds apart."""

    name: str
    people: tuple[str, ...]
    apart: tuple[str, ...]
    begins: str
    ends: str


SERIES = (
    _Series(
        "rating", ("person_id", "whose_id", "author_id"), ("person_id", "author_id", "competency"), "rated_at",
        "superseded_at",
    ),
    _Series("rating_share", ("person_id", "with_id"), ("person_id", "with_id"), "shared_at", "ended_at"),
    _Series("rating_delegation", ("lead_id", "manager_id"), ("team_id", "lead_id"), "given_at", "ended_at"),
)  # fmt: skip
NOTE = ("person_id", "with_id", "author_id")


def merge_ratings(journal: Journal, kept: int, gone: int) -> None:
    """Nobody rated, shares with or wrote to themselves: rows that would say so stay with the record that goes."""
    for series in SERIES:
        _merge(journal, series, kept, gone)
    for row in _naming(journal.session, "rating_note", NOTE, gone):
        _hand_over(journal, "rating_note", row, _theirs(row, NOTE, kept, gone))


def reopens_beside_another(session: ReadSession, name: str, found: Row, back: Row) -> bool:
    """Whether a row that is given back would be open beside one that was said since."""
    series = next((s for s in SERIES if s.name == name), None)
    if series is None or back.get(series.ends, "") is not None:
        return False
    after = {**found, **back}
    named = table_of(name)
    same = [named.c[column].is_not_distinct_from(after[column]) for column in series.apart]
    wanted = named.select().where(*same, named.c[series.ends].is_(None), key_of(named) != found["id"])
    return session.execute(wanted).first() is not None


def _merge(journal: Journal, series: _Series, kept: int, gone: int) -> None:
    touched = _naming(journal.session, series.name, series.people, gone)
    beside = _naming(journal.session, series.name, series.people, kept)
    rows: dict[int, Row] = {row["id"]: row for row in (*touched, *beside)}
    after: dict[int, Row] = {i: {**row, **_theirs(row, series.people, kept, gone)} for i, row in rows.items()}
    kinds: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for i, row in after.items():
        if not _of_oneself(series.name, row):
            kinds[tuple(row[column] for column in series.apart)].append(rows[i])
    moving = {row["id"] for row in touched}
    for same in kinds.values():
        ends = one_after_the_other(Decided(r["id"], r[series.begins], r[series.ends]) for r in same)
        for row in sorted(same, key=lambda row: ends[row["id"]] is None):
            if any(r["id"] in moving for r in same):
                values = {column: after[row["id"]][column] for column in series.people}
                journal.change(series.name, row, **values, **{series.ends: ends[row["id"]]})
    for row in touched:
        if _of_oneself(series.name, after[row["id"]]):
            journal.leave(series.name, row)


def _hand_over(journal: Journal, name: str, row: Row, values: dict[str, int]) -> None:
    if _of_oneself(name, {**row, **values}):
        journal.leave(name, row)
    else:
        journal.change(name, row, **values)


def _theirs(row: Row, columns: Sequence[str], kept: int, gone: int) -> dict[str, int]:
    return {column: kept if row[column] == gone else row[column] for column in columns}


def _of_oneself(name: str, row: Row) -> bool:
    """Whether a person would have rated, shared with, written to or asked themselves."""
    if name == "rating":
        return bool(row["voice"] == "lead" and row["person_id"] in {row["whose_id"], row["author_id"]})
    if name == "rating_delegation":
        return bool(row["lead_id"] == row["manager_id"])
    return bool(row["person_id"] == row["with_id"])


def _naming(session: WriteSession, name: str, columns: Sequence[str], person_id: int) -> list[Row]:
    found = {row["id"]: row for column in columns for row in rows_where(session, name, **{column: person_id})}
    return [found[i] for i in sorted(found)]
