"""Posts of two records, made those of one person, and taken apart again."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.intake.commands.merging.journal import Journal, Row, as_was, delete, row_at, rows_where, write
from app.intake.models import PersonMergeRow
from app.intake.rules.merging import RowDeed, parts_of
from app.kernel import audit
from app.kernel.db import WriteSession, table
from app.organisation.models import Employment
from app.organisation.rules import overlap

POST = "employment"
_post = table(Employment)


def merge_posts(journal: Journal, actor: Actor, kept: int, gone: int, now: datetime) -> None:
    """On days on which both hold a main post, the staying record's is the main one."""
    own = rows_where(journal.session, POST, person_id=kept)
    main = [(post["starts_on"], post["ends_on"]) for post in own if post["is_primary"]]
    for post in own:
        if post["manager_id"] == gone:  # nobody is their own manager
            journal.change(POST, post, manager_id=None)
    for post in rows_where(journal.session, POST, person_id=gone):
        manager = None if post["manager_id"] in {kept, gone} else post["manager_id"]
        values: dict[str, Any] = {"person_id": kept, "manager_id": manager}
        parts = parts_of((post["starts_on"], post["ends_on"]), main) if post["is_primary"] else ()
        if parts:
            values |= {"ends_on": parts[0].ends_on, "is_primary": parts[0].is_primary}
        journal.change(POST, post, **values)
        for part in parts[1:]:
            spell = {"starts_on": part.starts_on, "ends_on": part.ends_on, "is_primary": part.is_primary}
            added = journal.add(POST, {**post, **values, **spell}, post["id"])
            fields = ("starts_on", "ends_on", "is_primary")
            audit.record(journal.session, actor, "divide post", POST, added, now=now, subject_id=kept, fields=fields)
    for column in ("manager_id", "sponsor_id"):
        for post in rows_where(journal.session, POST, **{column: gone}):
            if post["person_id"] != kept:
                journal.change(POST, post, **{column: kept})


def part_posts(session: WriteSession, rows: Sequence[PersonMergeRow], kept: int) -> None:
    """Each post goes back whole, with the end that it has by now; a later post stays with the staying record."""
    added = defaultdict(list)
    for row in rows:
        if row.deed is RowDeed.ADDED:
            added[row.part_of].append(row.row_id)
    back: list[tuple[int, bool]] = []
    for row in rows:
        post = row_at(session, POST, row.row_id) if row.deed is RowDeed.CHANGED else None
        if post is None:
            continue
        if "person_id" in row.before and post["person_id"] != kept:
            continue
        parts = [part for at in added[row.row_id] if (part := row_at(session, POST, at))]
        before = _before(row, post, parts)
        for part in parts:
            delete(session, POST, part["id"])
        if "person_id" in before:
            back.append((row.row_id, before.pop("is_primary", post["is_primary"])))
            before["is_primary"] = False
        if before:
            write(session, POST, row.row_id, before)
    _main_again(session, back)


def _before(row: PersonMergeRow, post: Row, parts: list[Row]) -> dict[str, Any]:
    """The values that go back: those that are still as the merge left them."""
    left, before = as_was(row.name, row.after), as_was(row.name, row.before)
    found = {column: value for column, value in before.items() if post[column] == left[column]}
    if parts:
        found["ends_on"] = max(parts, key=lambda part: part["starts_on"])["ends_on"]
    return found


def _main_again(session: WriteSession, back: list[tuple[int, bool]]) -> None:
    """Main posts are main posts again, where that leaves one on each day."""
    held: list[Any] = []
    wanted = sa.select(_post.c.id, _post.c.starts_on, _post.c.ends_on)
    ids = [post_id for post_id, main in back if main]
    for post in session.execute(wanted.where(_post.c.id.in_(ids)).order_by(_post.c.starts_on, _post.c.id)):
        spell = (post.starts_on, post.ends_on)
        if not any(overlap(spell, other) for other in held):
            held.append(spell)
            write(session, POST, post.id, {"is_primary": True})
