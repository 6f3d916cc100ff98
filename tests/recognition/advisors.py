"""External programmes that are kept, vouched for and granted, with believable values for everything."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.kernel.db import table
from app.organisation.models import Person
from app.recognition import commands
from app.recognition.queries.advisors import Advising, advising
from app.recognition.rules import AdvisorResult
from tests.world import World

PDF = b"%PDF-1.7 a certificate"
BEGAN, ENDED, PASSED_ON, REVIEW = date(2025, 11, 3), date(2026, 9, 25), date(2026, 10, 1), date(2029, 9, 25)
PROGRAMME: dict[str, Any] = {
    "programme": "Improvement Advisor",
    "provider": "An institute",
    "cohort": "Wave 12",
    "starts_on": BEGAN,
    "ends_on": ENDED,
    "place": "One of two places that the trust paid for",
    "mentor": "A mentor of the provider",
    "self_rating": "Level 2 of 5",
    "project": "Fewer falls on Larch",
    "result": AdvisorResult.PASSED,
    "assessed_on": PASSED_ON,
}


@dataclass(frozen=True, slots=True)
class Programmes:
    """Deeds of one administrator, in a world."""

    world: World
    admin: int

    def keep(self, person: Person | int, sponsor: Person | int | str | None = None, **said: Any) -> int:
        """A record; of a programme that has ended and was passed, unless `said` says otherwise."""
        given = PROGRAMME | ({"sponsor": self.address(sponsor)} if sponsor else {}) | said
        command = commands.KeepAdvisor(person=self.address(person), programme=commands.Programme(**given))
        with self.world.db.write() as session:
            return commands.keep_advisor(
                session, self.world.settings, self.world.actor(self.admin), command, self.world.now
            )

    def change(self, record_id: int, *, seen: int | None = None, sponsor: str = "", **said: Any) -> None:
        version = self.of(record_id).record.version if seen is None else seen
        given = commands.Programme(**(PROGRAMME | {"sponsor": sponsor} | said))
        command = commands.ChangeAdvisor(record_id=record_id, seen=version, programme=given)
        actor = self.world.actor(self.admin)
        with self.world.db.write() as session:
            commands.change_advisor(session, self.world.settings, actor, command, self.world.now)

    def do(self, deed: Any, command: Any, by: Person | int | None = None) -> Any:
        """Any of the deeds that take a session, an actor and a command."""
        with self.world.db.write() as session:
            return deed(session, self.world.actor(by or self.admin), command, self.world.now)

    def workshop(self, record_id: int, name: str, held_on: date, attended: bool | None = None) -> int:
        command = commands.AddWorkshop(record_id=record_id, name=name, held_on=held_on, attended=attended)
        self.do(commands.add_workshop, command)
        return next(w.id for w in self.of(record_id).workshops if (w.name, w.held_on) == (name, held_on))

    def certify(self, record_id: int, name: str = "certificate.pdf", content: bytes = PDF) -> int:
        file = commands.OfferedFile(name, content)
        self.do(commands.add_certificate, commands.AddCertificate(record_id=record_id, file=file))
        return self.of(record_id).record.certificate_id or 0

    def verify(self, record_id: int, how: str = "Its number was looked up") -> None:
        certificate_id = self.of(record_id).record.certificate_id or 0
        command = commands.VerifyCertificate(record_id=record_id, certificate_id=certificate_id, how=how)
        self.do(commands.verify_certificate, command)

    def sign(self, record_id: int, by: Person | int, words: str = "") -> None:
        self.do(commands.sign_off_as_sponsor, commands.SignOffAsSponsor(record_id=record_id, words=words), by)

    def grant(self, record_id: int, by: Person | int | None = None) -> None:
        actor = self.world.actor(by or self.admin)
        command = commands.GrantAdvisorLevel(record_id=record_id)
        with self.world.db.write() as session:
            commands.grant_advisor_level(session, self.world.settings, actor, command, self.world.now)

    def of(self, record_id: int) -> Advising:
        with self.world.db.read() as session:
            return advising(session, record_id)

    def address(self, person: Person | int | str) -> str:
        """The e-mail address by which the form finds somebody; words stay as they are."""
        if isinstance(person, str):
            return person
        people = table(Person).c
        wanted = person if isinstance(person, int) else person.id
        with self.world.db.read() as session:
            return str(session.scalar(sa.select(people.email).where(people.id == wanted)))
