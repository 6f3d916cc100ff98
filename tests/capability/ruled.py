"""Rules of need in the scene: begun, ended and run as a lead and the worker do."""

from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from app.capability.commands import BeginRule, EndRule, begin_rule, end_rule, previewed, previewed_end
from app.capability.keeping import keep_needs
from app.capability.models import Requirement
from app.capability.need_rules import By, Conditions, DueFrom
from app.capability.queries.touched import Kind
from app.capability.rules import Standing
from app.curriculum.models import Course
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.learning.models import Enrolment
from app.organisation.models import Person
from tests.capability.conftest import SPRING, Scene
from tests.world import World

SENIOR = Conditions(band_from="8a")


@dataclass
class Ruled:
    """The scene, with a matron of band 8a in it, and few words for what its tests do."""

    scene: Scene
    matron: Person

    def command(self, **changed: Any) -> BeginRule:
        plain: dict[str, Any] = {
            "name": "Band 8a and above",
            "tier": "pocket-qi",
            "directorate_id": self.scene.directorate_id,
            "team_id": None,
            "conditions": SENIOR,
            "by": By(DueFrom.DATE, SPRING),
            "why": "Leaders coach others",
            "starts_on": self.scene.world.today,
        }
        return BeginRule(**(plain | changed))

    def begin(self, who: Person | None = None, **changed: Any) -> int:
        actor, now, command = self.scene.actor(who), self.scene.world.now, self.command(**changed)
        with self.scene.world.db.write() as session:
            _, shown = previewed(session, actor, command, now)
            return begin_rule(session, actor, replace(command, mark=shown.mark), now).rule_id

    def end(self, rule_id: int) -> None:
        actor, now = self.scene.actor(), self.scene.world.now
        with self.scene.world.db.write() as session:
            _, shown = previewed_end(session, actor, rule_id, now)
            end_rule(session, actor, EndRule(rule_id=rule_id, mark=shown.mark), now)

    def kinds(self, **changed: Any) -> dict[str, Kind]:
        with self.scene.world.db.read() as session:
            _, shown = previewed(session, self.scene.actor(), self.command(**changed), self.scene.world.now)
        return {t.list_name.partition(",")[0]: t.kind for t in shown.people}

    def standing(self, person: Person, tier: str = "pocket-qi") -> Standing:
        return self.scene.standing(person, tier)

    def keep(self) -> int:
        return keep_needs(self.scene.world.db, self.scene.world.now)

    def hire(self, family_name: str, team: str = "Larch", directorate: str = "Medicine", **post: Any) -> Person:
        return self.scene.world.hire(
            "New", family_name, team=self.scene.world.team(team, directorate), **({"band": "8b"} | post)
        )

    def actions(self) -> list[str]:
        e = table(AuditEvent)
        with self.scene.world.db.read() as session:
            about = e.c.entity.in_(["requirement", "need_rule"])
            return list(session.scalars(sa.select(e.c.action).where(about).order_by(e.c.id)))

    def open_needs(self, person: Person, tier: str = "pocket-qi") -> list[Any]:
        r = table(Requirement)
        with self.scene.world.db.read() as session:
            wanted = sa.select(r).where(r.c.person_id == person.id, r.c.tier == tier, r.c.superseded_at.is_(None))
            return list(session.execute(wanted))


def places(world: World, person_id: int) -> list[tuple[str, str, str]]:
    """Course, source and state of each place that somebody has or had, in order."""
    e, c = table(Enrolment), table(Course)
    with world.db.read() as session:
        rows = session.execute(
            sa.select(c.c.slug, e.c.source, e.c.closed_at, e.c.completed_at)
            .join(c, c.c.id == e.c.course_id)
            .where(e.c.person_id == person_id)
            .order_by(e.c.id)
        ).all()
    return [
        (slug, source.value, "completed" if completed else "taken back" if closed else "open")
        for slug, source, closed, completed in rows
    ]


def begin(scene: Scene) -> Ruled:
    matron = scene.world.hire("Mary", "Matron", team=scene.world.team("Larch", "Medicine"), band="8a")
    return Ruled(scene, matron)
