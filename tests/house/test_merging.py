"""Whoever adds a table that names a person decides what becomes of its rows when two records of one person are merged.

A row left behind by a merge is history lost; one that moves and should not rewrites who did what.
"""

from itertools import permutations
from typing import Any

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.intake.commands.merging import MergePeople, UndoMerge, merge_people, undo_merge
from app.intake.commands.merging.journal import key_of
from app.intake.models import PersonMergeRow
from app.intake.rules.fates import FATES, Fate
from app.intake.rules.merging import RowDeed
from app.kernel.db import Database, table
from app.kernel.errors import RuleBrokenError
from app.organisation.models import Employment
from app.schema import metadata
from tests.house.conftest import Stage
from tests.intake.two_records import everything
from tests.invariants import check_invariants

PEOPLE = ("staff-own", "staff-other", "lead-own", "hr-own", "marker", "leaver", "qi-admin", "involvement")


def test_every_reference_to_a_person_has_its_fate() -> None:
    found = {
        f"{named.name}.{key.parent.name}"
        for named in metadata.sorted_tables
        for key in named.foreign_keys
        if key.target_fullname == "person.id"
    }
    assert found - set(FATES) == set(), "say in app/intake/rules/fates.py what becomes of these when records are merged"
    assert set(FATES) - found == set(), "references that are gone"


@pytest.mark.slow
def test_any_two_members_of_staff_merged_and_taken_apart_are_as_they_were(own_stage: Stage) -> None:
    """On a stage with something of everything. Two of whom one judged the other are refused."""
    db = own_stage.world.db
    before, merged = everything(db), 0
    for kept, gone in permutations([own_stage.cast.people[name] for name in PEOPLE], 2):
        merge_id = _merged(own_stage, kept, gone)
        if merge_id is None:
            continue
        merged += 1
        check_invariants(db)
        assert _left_behind(db, gone, merge_id) == []
        with db.write() as session:
            undo_merge(session, SYSTEM, UndoMerge(merge_id), own_stage.world.now)
        check_invariants(db)
        after = everything(db)
        assert {name: (before[name], after[name]) for name in before if before[name] != after[name]} == {}
    assert merged > 20


def _merged(stage: Stage, kept: int, gone: int) -> int | None:
    asked = MergePeople(kept_id=kept, gone_id=gone, reason="one person")
    try:
        with stage.world.db.write() as session:
            return merge_people(session, SYSTEM, asked, stage.world.now).id
    except RuleBrokenError:
        return None


def _left_behind(db: Database, gone: int, merge_id: int) -> list[Any]:
    """Rows that move and did not: only an unused place, a second note and the like may, or what the journal says."""
    may_be_left = {"enrolment.person_id", "note.person_id", "notice.person_id", "level_request.person_id"}
    journal = table(PersonMergeRow)
    found = []
    with db.read() as session:
        for place, fate in FATES.items():
            if fate is not Fate.MOVES or place in may_be_left:
                continue
            name, _, column = place.partition(".")
            named = metadata.tables[name]
            said = sa.exists().where(
                journal.c.merge_id == merge_id,
                journal.c.name == name,
                journal.c.row_id == key_of(named),
                journal.c.deed == RowDeed.LEFT,
            )
            left = session.scalar(sa.select(sa.func.count()).select_from(named).where(named.c[column] == gone, ~said))
            if left:
                found.append((place, left))
        assert session.scalar(sa.select(table(Employment).c.id).where(table(Employment).c.person_id == gone)) is None
    return found
