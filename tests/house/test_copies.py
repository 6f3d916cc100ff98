"""No row that a copy of somebody's standing is made of changes without a note, on both databases."""

from itertools import product
from re import sub

import pytest
import sqlalchemy as sa

from app.capability.copying import copy_standings
from app.capability.models import StandingChange
from app.kernel.db import ReadSession, table
from app.schema import metadata
from tests.house.conftest import Stage

RESTS_ON = {
    "requirement", "level_request", "award", "enrolment", "outcome", "long_leave", "employment",
    "award_event", "tier", "course", "edition", "revision", "activity",
}  # fmt: skip
OF_EVERYBODY = {"tier", "course", "edition", "revision", "activity"}
DEEDS = ("insert", "update", "delete")
TRIGGERS = {
    "sqlite": "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal",
}
_change = table(StandingChange)


def test_each_table_notes_every_deed_after_all_migrations(own_stage: Stage) -> None:
    """A migration that rebuilds one of these tables on SQLite must put its triggers back."""
    with own_stage.world.db.read() as session:
        rows = session.execute(sa.text(TRIGGERS[session.get_bind().dialect.name])).all()
    assert {(row[0], row[1]) for row in rows} == {(t, f"standing_{t}_{deed}") for t, deed in product(RESTS_ON, DEEDS)}


@pytest.mark.parametrize("name", sorted(RESTS_ON))
def test_a_changed_row_is_noted_as_its_persons(own_stage: Stage, name: str) -> None:
    db, changed = own_stage.world.db, metadata.tables[name]
    copy_standings(db, own_stage.world.now)
    key = next(iter(changed.primary_key.columns))
    with db.write() as session:
        first = session.scalars(sa.select(key).order_by(key).limit(1)).one()
        session.execute(sa.update(changed).where(key == first).values({key.name: first}))
    with db.read() as session:
        noted = set(session.scalars(sa.select(_change.c.person_id)))
        assert noted == {None if name in OF_EVERYBODY else _person(session, name, first)}


def _person(session: ReadSession, name: str, key: int) -> int | None:
    if name == "award_event":
        award = metadata.tables["award"]
        event = metadata.tables[name]
        owner = sa.select(award.c.person_id).join(event, event.c.award_id == award.c.id).where(event.c.id == key)
    else:
        owner = sa.select(metadata.tables[name].c.person_id).where(metadata.tables[name].c.id == key)
    return session.scalar(owner)


def test_pages_read_from_copies_are_those_that_were_worked_out(own_stage: Stage) -> None:
    """Of everybody who leads anybody on the stage, to the letter."""
    pages = ("/teams?team=all", "/teams?directorate=-1&team=all", "/teams/list?what=gap&team=all")
    asked = [(name, page) for name in own_stage.cast.tokens for page in pages]
    before = {one: _page(own_stage, *one) for one in asked}
    assert copy_standings(own_stage.world.db, own_stage.world.now) > 1
    for one, text in before.items():
        assert _page(own_stage, *one).splitlines() == text.splitlines(), one
    assert sum("name=c value" in text for text in before.values()) > 1


def _page(stage: Stage, name: str, path: str) -> str:
    """The page without what is new in every answer; nothing for whoever may not see it."""
    answer = stage.client(name).get(path)
    return sub(r'(value|nonce)="[\w-]{16,}"', "", answer.text) if answer.status_code == 200 else ""
