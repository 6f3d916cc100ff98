"""What leads decided over two years, what staff asked for, and what people had learnt before this program came."""

from datetime import date, datetime, timedelta
from random import Random

from app.access.actor import SYSTEM, Actor, Held, PersonKind, ScopeKind
from app.access.permissions import Role
from app.capability.commands import AskForLevel, Cell, SetNeeds, ask_for_level, set_needs
from app.capability.rules import Need, PauseReason
from app.demonstration.kept import keep
from app.demonstration.learners import staff_actor
from app.demonstration.trust import Cast, Member
from app.demonstration.words import NOT_NEEDED, REASONS, WHY_ASK
from app.kernel.db import WriteSession
from app.learning.commands import GrantAward, grant_award

MANAGERS = {"7", "8a", "8b", "8c", "8d", "9", "VSM"}
SENIOR = {"8c", "8d", "9", "VSM", "Consultant"}
BEFORE = "Staff record of November 2024"


class Needs:
    def __init__(self, random: Random, cast: Cast) -> None:
        self.random = random
        self.cast = cast
        self._open: set[tuple[int, str]] = set()
        self._holds: set[tuple[int, str]] = set()
        self._due: dict[tuple[int, str], date] = {}

    def lead_of(self, directorate: str, lead: Member) -> Actor:
        held = Held(Role.LEAD, ScopeKind.DIRECTORATE, self.cast.directorates[directorate])
        return Actor(lead.person_id, PersonKind.STAFF, lead.name, (held, *staff_actor(lead.person_id, lead.name).held))

    def learnt_before(self, session: WriteSession, now: datetime) -> None:
        """Levels that the staff record already showed when the story begins."""
        for member in self.cast.staff:
            named = member not in self.cast.ordinary()
            self._maybe(session, member, "induction", 1.0 if named else 0.86, member.began + timedelta(days=20), now)
            self._maybe(session, member, "pocket-qi", 0.0 if named else 0.24, self._past_day(now, 1000), now)
            if member.post.band in MANAGERS:
                self._maybe(session, member, "improvement-leaders", 0.22, self._past_day(now, 1400), now)
            if member.post.band in SENIOR:
                self._maybe(session, member, "senior-clinical-leaders", 0.25, self._past_day(now, 900), now)
            if member.team == "Trust board":
                self._maybe(session, member, "board", 0.7, self._past_day(now, 300), now)
        for coach in self.random.sample([m for m in self.cast.staff if m.post.band in MANAGERS], 6):
            self._maybe(session, coach, "qi-coach", 1.0, self._past_day(now, 700), now)

    def classroom(self, session: WriteSession, now: datetime) -> None:
        """A classroom cohort of Pocket QI, recorded with its date: a dozen people, those who were asked first."""
        without = [m for m in self.cast.ordinary() if m.left is None and (m.person_id, "pocket-qi") not in self._holds]
        asked = [m for m in without if (m.person_id, "pocket-qi") in self._open]
        going = (self.random.sample(asked, min(7, len(asked))) + self.random.sample(without, min(5, len(without))))[:12]
        for member in going:
            self._grant(session, member, "pocket-qi", now.date(), f"Classroom cohort of {now:%-d %B %Y}", now)

    def decide(self, session: WriteSession, directorate: str, lead: Actor, due: date, now: datetime) -> None:
        """A lead goes through their people: half are asked, some are not, managers are asked for more."""
        known = set(self.cast.ordinary())
        people = [m for m in self.cast.in_directorate(directorate) if m in known and self._undecided(m)]
        self.random.shuffle(people)
        reason = self.random.choice(REASONS)
        asked, left_out = people[: len(people) // 2], people[len(people) // 2 : len(people) // 2 + 5]
        self._set(session, lead, asked, "pocket-qi", now, need=Need.REQUIRED, due=due, reason=reason)
        self._set(session, lead, left_out, "pocket-qi", now, need=Need.NOT_REQUIRED, reason=NOT_NEEDED)
        managers = [m for m in people if m.post.band in MANAGERS][:4]
        later = due + timedelta(days=180)
        self._set(session, lead, managers, "improvement-leaders", now, need=Need.REQUIRED, due=later, reason=reason)
        senior = [m for m in people if m.post.band in SENIOR][:2]
        self._set(session, lead, senior, "senior-clinical-leaders", now, need=Need.REQUIRED, due=later, reason=reason)

    def pause(self, session: WriteSession, directorate: str, lead: Actor, until: date, now: datetime) -> None:
        free = (m for m in self.cast.in_directorate(directorate) if (m.person_id, "pocket-qi") not in self._holds)
        people = [m for m in free if self._undecided(m)]
        reason = self.random.choice((PauseReason.PARENTAL, PauseReason.SICK, PauseReason.CARER))
        paused = self.random.sample(people, min(2, len(people)))
        self._set(session, lead, paused, "pocket-qi", now, need=Need.PAUSED, due=until, pause_reason=reason)

    def ask_the_first(self, lead: Actor, due: date, session: WriteSession, now: datetime) -> None:
        """The member of staff as whom one signs in is asked by name; the lead keeps what they look at again."""
        first = self.cast.staff[0]
        self._set(session, lead, [first], "pocket-qi", now, need=Need.REQUIRED, due=due, reason=REASONS[0])
        keep(session, lead, self.cast.in_directorate(self.cast.directorate_of[first.team]), now)

    def _undecided(self, member: Member) -> bool:
        return (member.person_id, "pocket-qi") not in self._open

    def asked_for(self, tier: str) -> list[Member]:
        """Those who are asked for a level and do not hold it."""
        asked = (m for m in self.cast.staff if m.left is None and (m.person_id, tier) in self._open)
        return [m for m in asked if (m.person_id, tier) not in self._holds]

    def due_after(self, tier: str, day: date) -> list[Member]:
        """Those of them who have until later than that day."""
        return [m for m in self.asked_for(tier) if self._due.get((m.person_id, tier), day) > day]

    def ask(self, session: WriteSession, directorate: str, now: datetime) -> None:
        """Somebody asks for a level themselves."""
        free = [
            m
            for m in self.cast.in_directorate(directorate)
            if (m.person_id, "improvement-leaders") not in self._open | self._holds
        ]
        if free:
            member = self.random.choice(free)
            command = AskForLevel(tier="improvement-leaders", why=self.random.choice(WHY_ASK))
            ask_for_level(session, staff_actor(member.person_id, member.name), command, now)
            self._open.add((member.person_id, "improvement-leaders"))

    def _set(
        self, session: WriteSession, lead: Actor, people: list[Member], tier: str, now: datetime, **terms: object
    ) -> None:
        free = [m for m in people if (m.person_id, tier) not in self._open and m.person_id != lead.person_id]
        free = [m for m in free if m.left is None and (m.person_id, tier) not in self._holds]
        if free:
            cells = tuple(Cell(m.person_id, tier, 0) for m in free)
            set_needs(session, lead, SetNeeds(cells=cells, **terms), now)  # type: ignore[arg-type]
            self._open |= {(m.person_id, tier) for m in free}
            if isinstance(due := terms.get("due"), date):
                self._due |= {(m.person_id, tier): due for m in free}

    def _maybe(self, session: WriteSession, member: Member, tier: str, share: float, day: date, now: datetime) -> None:
        if self.random.random() < share:
            self._grant(session, member, tier, min(max(day, member.began), now.date()), BEFORE, now)

    def _grant(self, session: WriteSession, member: Member, tier: str, day: date, source: str, now: datetime) -> None:
        command = GrantAward(person_id=member.person_id, tier=tier, occurred_on=day, source=source)
        grant_award(session, SYSTEM, command, now)
        self._holds.add((member.person_id, tier))

    def _past_day(self, now: datetime, most: int) -> date:
        return now.date() - timedelta(days=self.random.randrange(30, most))
