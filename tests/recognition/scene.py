"""Ada, who learnt elsewhere, and two assessors who may decide about it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.access.permissions import Role
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.kernel.outbox import Mail
from app.learning.queries import Holding, holdings
from app.organisation.models import Person
from app.recognition import commands, queries
from tests.world import World

TIER, LAPSING = "improvement-leaders", "pocket-qi"
LEADERS = "Improvement leaders"
DONE = date(2024, 3, 3)
PDF = b"%PDF-1.7\n1 0 obj << >> endobj"
WORDS = "Five days and a project that was assessed."
REASON = "The same content as ours, and a project."


@dataclass(frozen=True, slots=True)
class Scene:
    world: World
    ada: Person
    marco: Person
    mina: Person

    @classmethod
    def of(cls, world: World) -> "Scene":
        ada = world.hire("Ada", "Learner")
        marco, mina = (world.with_role(Role.QI_ADMIN, given_name=name) for name in ("Marco", "Mina"))
        return cls(world, ada, marco, mina)

    def offer(
        self,
        who: Person | None = None,
        *,
        title: str = "QSIR Practitioner",
        provider: str = "NHS England",
        completed_on: date = DONE,
        minutes: int | None = 2400,
        **backing: Any,
    ) -> int:
        command = commands.OfferItem(
            title=title,
            provider=provider,
            completed_on=completed_on,
            minutes=minutes,
            backing=commands.Backing(**({"words": WORDS} | backing)),
        )
        with self.world.db.write() as session:
            return commands.offer_item(session, self.world.actor(who or self.ada), command, self.world.now)

    def imported(self, who: Person | None = None, title: str = "Bronze QI", key: str | None = "bronze") -> int:
        person = who or self.ada
        command = commands.RecordItem(
            person_id=person.id,
            title=title,
            provider="Another trust",
            completed_on=DONE,
            minutes=90,
            source="Imported from old-list.csv",
            source_key=key,
        )
        with self.world.db.write() as session:
            return commands.record_item(session, self.world.actor(self.marco), command, self.world.now)

    def again(self, item_id: int, *, seen: int | None = None, who: Person | None = None, **backing: Any) -> None:
        version = self.case(item_id).seen if seen is None else seen
        command = commands.OfferAgain(item_id=item_id, seen=version, backing=commands.Backing(**backing))
        with self.world.db.write() as session:
            commands.offer_again(session, self.world.actor(who or self.ada), command, self.world.now)

    def withdraw(self, item_id: int, *, seen: int = 1, who: Person | None = None) -> None:
        command = commands.WithdrawOffer(item_id=item_id, seen=seen)
        with self.world.db.write() as session:
            commands.withdraw_offer(session, self.world.actor(who or self.ada), command, self.world.now)

    def recognise(self, item_id: int, *, by: Person | None = None, seen: int | None = None, **said: Any) -> None:
        version = self.case(item_id).seen if seen is None else seen
        command = commands.Recognise(item_id=item_id, seen=version, **({"tier": TIER, "reason": REASON} | said))
        actor = self.world.actor(by or self.marco)
        with self.world.db.write() as session:
            commands.recognise(session, self.world.settings, actor, command, self.world.now)

    def by_rule(self, item_id: int, rule_id: int, *, by: Person | None = None) -> None:
        command = commands.RecogniseByRule(item_id=item_id, seen=self.case(item_id).seen, rule_id=rule_id)
        actor = self.world.actor(by or self.marco)
        with self.world.db.write() as session:
            commands.recognise_by_rule(session, self.world.settings, actor, command, self.world.now)

    def decline(
        self, item_id: int, *, by: Person | None = None, seen: int | None = None, reason: str = "Nothing was assessed."
    ) -> None:
        version = self.case(item_id).seen if seen is None else seen
        command = commands.DeclineOffer(item_id=item_id, seen=version, reason=reason)
        actor = self.world.actor(by or self.marco)
        with self.world.db.write() as session:
            commands.decline_offer(session, self.world.settings, actor, command, self.world.now)

    def take_back(self, item_id: int, *, by: Person | None = None, reason: str = "It was somebody else’s.") -> None:
        command = commands.TakeBackRecognition(item_id=item_id, seen=self.case(item_id).seen, reason=reason)
        actor = self.world.actor(by or self.mina)
        with self.world.db.write() as session:
            commands.take_back_recognition(session, self.world.settings, actor, command, self.world.now)

    def rule(self, **said: Any) -> int:
        values = {"title": "QSIR practitioner", "provider": "nhs england", "tier": TIER, "reason": REASON}
        with self.world.db.write() as session:
            actor = self.world.actor(self.marco)
            return commands.keep_rule(session, actor, commands.KeepRule(**(values | said)), self.world.now)

    def case(self, item_id: int) -> queries.Case:
        with self.world.db.read() as session:
            return queries.case_of(session, item_id)

    def held(self, tier: str = TIER, on: date | None = None, who: Person | None = None) -> Holding | None:
        person = who or self.ada
        with self.world.db.read() as session:
            return holdings(session, [person.id], on or self.world.today).get(person.id, {}).get(tier)

    def mails(self, who: Person | None = None) -> list[tuple[str, str]]:
        mail = table(Mail)
        with self.world.db.read() as session:
            mine = sa.select(mail.c.subject, mail.c.body).where(mail.c.person_id == (who or self.ada).id)
            return [tuple(row) for row in session.execute(mine.order_by(mail.c.id))]

    def deeds(self, entity: str) -> list[tuple[str, int]]:
        """What the audit log says of a table: the action and who it is about."""
        event = table(AuditEvent)
        with self.world.db.read() as session:
            found = sa.select(event.c.action, event.c.subject_id).where(event.c.entity == entity).order_by(event.c.id)
            return [tuple(row) for row in session.execute(found)]
