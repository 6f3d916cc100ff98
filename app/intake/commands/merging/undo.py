"""A merge is taken back: what the journal holds goes back, what came after stays with the staying record."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.intake.commands.merging.journal import Row, as_was, row_at, rows_where, write
from app.intake.commands.merging.merge import hold_both
from app.intake.commands.merging.needs import give_account_back, may_have
from app.intake.commands.merging.places import part_learning
from app.intake.commands.merging.posts import POST, part_posts
from app.intake.commands.merging.views import reopens_beside_another
from app.intake.models import PersonMerge, PersonMergeRow
from app.intake.queries.obstacles import OWN, later_merge, staff_named, whole_trust
from app.intake.rules.merging import Decided, RowDeed, one_after_the_other
from app.kernel import audit
from app.kernel.db import WriteSession, table
from app.kernel.errors import NotFoundError, RuleBrokenError
from app.organisation.commands.posts import staff_data_changed

_row = table(PersonMergeRow)
LEARNING = frozenset({"enrolment", "outcome", "award", "award_event", "certificate"})


@dataclass(frozen=True, slots=True)
class UndoMerge:
    merge_id: int


def undo_merge(session: WriteSession, actor: Actor, command: UndoMerge, now: datetime) -> PersonMerge:
    """Raises NotFoundError for none, and RuleBrokenError where it was undone or another has to be undone first."""
    whole_trust(actor)
    merge = session.get(PersonMerge, command.merge_id)
    if merge is None:
        raise NotFoundError("merge")
    hold_both(session, merge.kept_id, merge.gone_id)
    session.refresh(merge)
    people = staff_named(session, (merge.kept_id, merge.gone_id))
    _refuse_unless_possible(session, actor, merge)
    wanted = sa.select(PersonMergeRow).where(_row.c.merge_id == merge.id).order_by(_row.c.id.desc())
    rows = list(session.scalars(wanted))
    part_posts(session, [row for row in rows if row.name == POST], merge.kept_id)
    part_learning(session, actor, merge, [row for row in rows if row.name in LEARNING], now)
    _part_needs(session, [row for row in rows if row.name == "requirement"])
    for row in rows:
        if row.name not in LEARNING | {POST, "requirement"} and row.deed is RowDeed.CHANGED:
            _give_back(session, row)
    write(session, "person", merge.gone_id, {"merged_into_id": None})
    merge.undone_at, merge.undone_by_id = now, actor.person_id
    changed = {"person_id": (str(merge.kept_id), str(merge.gone_id))}
    subject = people[merge.kept_id].id
    audit.record(session, actor, "undo merge", "person_merge", merge.id, now=now, subject_id=subject, changed=changed)
    staff_data_changed(session, now)
    session.flush()
    session.expire_all()
    session.refresh(merge)
    return merge


def _refuse_unless_possible(session: WriteSession, actor: Actor, merge: PersonMerge) -> None:
    if merge.undone_at is not None:
        raise RuleBrokenError("This merge was undone already. Nothing was changed.")
    if actor.person_id in {merge.kept_id, merge.gone_id}:
        raise RuleBrokenError(OWN)
    if later_merge(session, merge) is not None:
        raise RuleBrokenError("Another merge was built on this one. Undo the later merge first, then this one.")


def _give_back(session: WriteSession, row: PersonMergeRow) -> None:
    """The values that are still as the merge left them; an address or name only while it is free."""
    now = row_at(session, row.name, row.row_id)
    if now is None:
        return
    left, before = as_was(row.name, row.after), as_was(row.name, row.before)
    values = {column: value for column, value in before.items() if now[column] == left[column]}
    if row.name == "credential":
        give_account_back(session, row.row_id, before)
        return
    if values.get("email_key") and not may_have(session, "person", "email_key", values["email_key"], row.row_id):
        values = {column: value for column, value in values.items() if column not in {"email", "email_key"}}
    if reopens_beside_another(session, row.name, now, values):
        values = {column: value for column, value in values.items() if not column.endswith("ed_at")}
    if values:
        write(session, row.name, row.row_id, values)


def _part_needs(session: WriteSession, rows: list[PersonMergeRow]) -> None:
    """What was decided since the merge supersedes what comes back open."""
    now: dict[int, Row] = {}
    for row in rows:
        found = row_at(session, row.name, row.row_id)
        if found is None:
            continue
        left, before = as_was(row.name, row.after), as_was(row.name, row.before)
        back = {column: value for column, value in before.items() if found[column] == left[column]}
        now[row.row_id] = {**found, **back}
    for row_id, found in now.items():
        write(session, "requirement", row_id, {"superseded_at": found["decided_at"], "person_id": found["person_id"]})
    for person_id, tier in sorted({(found["person_id"], found["tier"]) for found in now.values()}):
        same = [now.get(r["id"], r) for r in rows_where(session, "requirement", person_id=person_id, tier=tier)]
        ends = one_after_the_other(Decided(r["id"], r["decided_at"], r["superseded_at"]) for r in same)
        for found in sorted(same, key=lambda found: ends[found["id"]] is None):
            if found["id"] in now:
                write(session, "requirement", found["id"], {"superseded_at": ends[found["id"]]})
