"""Two records of one person in one world, and the deeds on them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Role
from app.intake.commands.merging import MergePeople, UndoMerge, merge_people, undo_merge
from app.intake.models import PersonMerge
from app.kernel.db import Database, table
from app.organisation.models import Directorate, Employment, Person, Team
from app.schema import metadata
from tests.world import World

WHY = "HR entered Sam twice"
NOT_LIKE_BEFORE = frozenset(
    {"audit_event", "audit_value", "person_merge", "person_merge_row", "trust", "mail", "notice", "standing_change"}
)
"""What is written down of every deed, and goes on being written down."""

OTHERWISE = {
    "sign_in_session": {"ended_at"},
    "one_time_code": {"ends_at"},
    "outcome": {"id"},
    "award": {"id"},
    "award_event": {"award_id"},
}
"""Sign-ins and codes end for good; what was the same in both is put back under another number."""

Rows = dict[str, list[dict[str, Any]]]


@dataclass
class TwoRecords:
    """Sam as `kept` and as `gone`; `hr` looks after the whole trust."""

    world: World
    hr: Person
    kept: Person
    gone: Person

    @property
    def actor(self) -> Actor:
        return self.world.actor(self.hr)

    def merge(self, kept: Person | None = None, gone: Person | None = None, *, by: Person | None = None) -> PersonMerge:
        asked = MergePeople(kept_id=(kept or self.kept).id, gone_id=(gone or self.gone).id, reason=WHY)
        with self.world.db.write() as session:
            return merge_people(session, self.world.actor(by or self.hr), asked, self.world.now)

    def undo(self, merge: PersonMerge) -> None:
        with self.world.db.write() as session:
            undo_merge(session, self.actor, UndoMerge(merge.id), self.world.now)

    def posts(self, person: Person) -> list[tuple[str, date, date | None, bool]]:
        post, team = table(Employment), table(Team)
        wanted = sa.select(team.c.name, post.c.starts_on, post.c.ends_on, post.c.is_primary)
        mine = wanted.join(team, team.c.id == post.c.team_id).where(post.c.person_id == person.id)
        with self.world.db.read() as session:
            return [tuple(row) for row in session.execute(mine.order_by(post.c.starts_on, post.c.id))]

    def headcount(self, on: date) -> dict[str, int]:
        post, team, home = table(Employment), table(Team), table(Directorate)
        wanted = (
            sa.select(home.c.name, sa.func.count())
            .select_from(post.join(team, team.c.id == post.c.team_id).join(home, home.c.id == team.c.directorate_id))
            .where(post.c.is_primary, post.c.starts_on <= on, sa.or_(post.c.ends_on.is_(None), post.c.ends_on > on))
            .where(post.c.person_id != self.hr.id)
            .group_by(home.c.name)
        )
        with self.world.db.read() as session:
            return {row[0]: row[1] for row in session.execute(wanted)}

    def rows(self, model: Any, **values: Any) -> list[dict[str, Any]]:
        named = table(model)
        wanted = sa.select(named).where(*(named.c[name] == value for name, value in values.items()))
        with self.world.db.read() as session:
            return [dict(row) for row in session.execute(wanted.order_by(*named.primary_key.columns)).mappings()]

    def everything(self) -> Rows:
        return everything(self.world.db)


def everything(db: Database) -> Rows:
    """Every row but those of what is written down; of sign-ins and codes, only that they were there."""
    found: Rows = {}
    with db.read() as session:
        for named in metadata.sorted_tables:
            if named.name not in NOT_LIKE_BEFORE:
                columns = [c for c in named.c if c.name not in OTHERWISE.get(named.name, ())]
                rows = session.execute(sa.select(*columns)).mappings()
                found[named.name] = sorted((dict(row) for row in rows), key=repr)
    return found


def two_records(world: World, **posts: dict[str, Any]) -> TwoRecords:
    """`kept` and `gone` say how each was hired."""
    hr = world.with_role(Role.HR, given_name="Hannah", family_name="Reid", team=world.team("Staff record", "Corporate"))
    both = [world.hire(**({"given_name": "Sam", "family_name": "Okoro"} | posts.get(n, {}))) for n in ("kept", "gone")]
    return TwoRecords(world, hr, *both)
