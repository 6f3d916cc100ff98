"""Two external programmes: an advisor who holds the level by one, and somebody whose sponsor has yet to sign."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor, Held, PersonKind, ScopeKind
from app.access.permissions import Role
from app.demonstration.calendar import Calendar
from app.demonstration.elsewhere import certificate
from app.demonstration.learners import staff_actor
from app.demonstration.trust import Cast, Member
from app.kernel.config import Settings
from app.kernel.db import WriteSession, table
from app.organisation.models import Person
from app.recognition import commands
from app.recognition.queries.advisors import advising
from app.recognition.rules import AdvisorResult

PROGRAMME, PROVIDER = "Improvement Advisor Professional Development", "An institute for improvement"
DAYS = (20, 21, 22, 23, 110, 111, 112, 113, 230, 231, 232, 233)
"""After the first: three workshops of four days each."""
LASTED = 300
MISSED = 6
_person = table(Person)


@dataclass(slots=True)
class Programmes:
    """Nothing is left to chance, so that the rest of the story stays as it is."""

    settings: Settings
    cast: Cast
    admin: Member
    sponsor: Member

    def plan(self, calendar: Calendar, last: date) -> None:
        for ago, who, score, tell in ((260, 12, 9, self._whole), (40, 18, 8, self._waits)):
            at = datetime.combine(last - timedelta(days=ago - 20), time(10, 40), tzinfo=UTC)
            calendar.plan(at, partial(tell, who, score, last - timedelta(days=ago)))

    def _whole(self, who: int, score: int, ended: date, session: WriteSession, now: datetime) -> None:
        record = self._recorded(who, score, ended, session, now)
        sponsor = staff_actor(self.sponsor.person_id, self.sponsor.name)
        said = "Waiting times for a first talk fell, and the team looks at its chart every week."
        sign = commands.SignOffAsSponsor(record_id=record, words=said)
        self._do(session, now, commands.sign_off_as_sponsor, sign, sponsor)
        file = commands.OfferedFile("certificate.pdf", certificate(f"{PROGRAMME}: certificate"))
        self._do(session, now, commands.add_certificate, commands.AddCertificate(record_id=record, file=file))
        how = "Its number was looked up on the provider’s page"
        found = advising(session, record).record.certificate_id or 0
        verify = commands.VerifyCertificate(record_id=record, certificate_id=found, how=how)
        self._do(session, now, commands.verify_certificate, verify)
        grant = commands.GrantAdvisorLevel(record_id=record)
        commands.grant_advisor_level(session, self.settings, self._administrator(), grant, now)
        duties = commands.SetDuties(record_id=record, half_days=6, coaches=4)
        self._do(session, now, commands.set_duties, duties)

    def _waits(self, who: int, score: int, ended: date, session: WriteSession, now: datetime) -> None:
        self._recorded(who, score, ended, session, now)

    def _recorded(self, who: int, score: int, ended: date, session: WriteSession, now: datetime) -> int:
        began = ended - timedelta(days=LASTED)
        here = [m for m in self.cast.staff if m.left is None and m not in (self.admin, self.sponsor)]
        given = commands.Programme(
            programme=PROGRAMME,
            provider=PROVIDER,
            cohort=f"Wave {began.year - 2000}",
            starts_on=began,
            ends_on=ended,
            place="One of two places that the trust paid for",
            mentor="A mentor of the provider",
            self_rating="2 of 5 at the start",
            project="A shorter wait for a first talk",
            sponsor=self._address(session, self.sponsor),
            result=AdvisorResult.PASSED,
            assessed_on=ended + timedelta(days=6),
        )
        person = next(address for m in here[min(who, len(here) - 1) :] if (address := self._address(session, m)))
        keep = commands.KeepAdvisor(person=person, programme=given)
        record = commands.keep_advisor(session, self.settings, self._administrator(), keep, now)
        for number, after in enumerate(DAYS):
            name = f"Workshop {number // 4 + 1}, day {number % 4 + 1}"
            held_on, there = began + timedelta(days=after), number != MISSED
            workshop = commands.AddWorkshop(record_id=record, name=name, held_on=held_on, attended=there)
            self._do(session, now, commands.add_workshop, workshop)
        for halves, after in ((4, 150), (score, LASTED)):
            day, note = began + timedelta(days=after), "The provider’s faculty"
            scored = commands.ScoreProject(record_id=record, halves=halves, scored_on=day, note=note)
            self._do(session, now, commands.score_project, scored)
        return record

    def _do(self, session: WriteSession, now: datetime, deed: Any, command: Any, by: Actor | None = None) -> None:
        deed(session, by or self._administrator(), command, now)

    def _address(self, session: WriteSession, member: Member) -> str:
        """Empty for whoever has none."""
        return session.scalar(sa.select(_person.c.email).where(_person.c.id == member.person_id)) or ""

    def _administrator(self) -> Actor:
        held = (Held(Role.QI_ADMIN, ScopeKind.TRUST),)
        return Actor(self.admin.person_id, PersonKind.STAFF, self.admin.name, held)
