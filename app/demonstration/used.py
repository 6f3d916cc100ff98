"""Levels used in practice: leads name work that they know of, some people tell of theirs, and some of that waits."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from random import Random

from app.access.actor import Actor
from app.demonstration.calendar import Calendar
from app.demonstration.learners import staff_actor
from app.demonstration.trust import Cast, Member
from app.kernel.config import Settings
from app.kernel.db import WriteSession
from app.learning.queries import holdings
from app.signing.commands import ConfirmUse, DecideUse, TellUse, Work, confirm_use, decide_use, tell_use

TIER, FIRST_TIER = "pocket-qi", "induction"
NAMED_AGO = (300, 170, 50)
NAMED_EACH = 6
WORKS = (
    (
        "Fewer falls on nights",
        "They counted falls for eight weeks and tried a mat by the bed in two bays. Falls halved.",
    ),
    (
        "Letters that arrive in time",
        "They drew the steps of a letter and took out two of them. It takes four days less.",
    ),
    (
        "Calls answered the same day",
        "They plotted calls each day, and moved one clinic. Nothing changed, and they say why.",
    ),
    ("A safer handover", "They tried a one-page sheet on three shifts and changed it twice. The ward uses it now."),
    (
        "Medicines given on time",
        "They asked what held the round up, and tried a red tabard. Interruptions fell by a third.",
    ),
)
MINE = (
    "Quicker blood results",
    "I wrote down the times for two weeks and moved the trolley. Results come an hour sooner.",
)
FALLS = (
    "Fewer falls on nights",
    "We counted falls for eight weeks and tried a mat by the bed in two bays. Falls halved.",
)
IDEA = (
    "A board for ideas",
    "I asked eight colleagues what gets in the way, and we put up a board. Three ideas were tried.",
)
TOO_SHORT = ("Worked on waiting times", "We had a meeting about it.")
WHAT_CAME = "What did you try, and what came of it? One more sentence is enough."


def plan_uses(calendar: Calendar, settings: Settings, cast: Cast, leads: Mapping[str, Actor], last: date) -> None:
    """In every directorate its lead names work; in the first, people tell of theirs and the lead answers one."""
    story = _Uses(settings, cast)
    for number, (directorate, lead) in enumerate(leads.items()):
        for ago in NAMED_AGO:
            calendar.plan(_at(last, ago - number), partial(story.name, directorate, lead))
    home = cast.directorate_of[cast.staff[0].team]
    for ago, told, back in ((20, TOO_SHORT, True), (9, MINE, False), (5, FALLS, False)):
        calendar.plan(_at(last, ago), partial(story.tell, home, leads[home], told, back))
    calendar.plan(_at(last, 4), partial(story.tell_the_first, leads[home]))


def _at(last: date, ago: int) -> datetime:
    return datetime.combine(last - timedelta(days=ago), time(15, 10), tzinfo=UTC)


class _Uses:
    def __init__(self, settings: Settings, cast: Cast) -> None:
        self.settings, self.cast = settings, cast
        self.random = Random(20184)  # noqa: S311  a story, not a secret
        self.used: set[int] = set()

    def name(self, directorate: str, lead: Actor, session: WriteSession, now: datetime) -> None:
        """Some of those who have held the level for a while."""
        for member in self._holders(session, directorate, lead, now)[:NAMED_EACH]:
            what, account = self.random.choice(WORKS)
            command = ConfirmUse(person_id=member.person_id, tier=TIER, work=_work(what, account, member, now))
            confirm_use(session, self.settings, lead, command, now)

    def tell(
        self, directorate: str, lead: Actor, told: tuple[str, str], back: bool, session: WriteSession, now: datetime
    ) -> None:
        """Somebody tells their lead; `back`: who sends it back with a question."""
        for member in self._holders(session, directorate, lead, now)[:1]:
            use_id = self._tell(session, member, TIER, lead, told, now)
            if back:
                command = DecideUse(use_id=use_id, confirm=False, comment=WHAT_CAME)
                decide_use(session, self.settings, lead, command, now)

    def tell_the_first(self, lead: Actor, session: WriteSession, now: datetime) -> None:
        """The member of staff as whom one signs in tells how they used the introduction."""
        first = self.cast.staff[0]
        if FIRST_TIER in holdings(session, [first.person_id], now.date()).get(first.person_id, {}):
            self._tell(session, first, FIRST_TIER, lead, IDEA, now)

    def _tell(
        self, session: WriteSession, member: Member, tier: str, lead: Actor, told: tuple[str, str], now: datetime
    ) -> int:
        command = TellUse(tier=tier, work=_work(*told, member, now), asked_id=lead.person_id, seen=0)
        return tell_use(session, self.settings, staff_actor(member.person_id, member.name), command, now)

    def _holders(self, session: WriteSession, directorate: str, lead: Actor, now: datetime) -> list[Member]:
        """Those who have held the level for two months, are not the lead, and have not been told of before."""
        people = [m for m in self.cast.in_directorate(directorate) if m.person_id not in {*self.used, lead.person_id}]
        held = holdings(session, [m.person_id for m in people], now.date())
        since = now.date() - timedelta(days=60)
        long = [m for m in people if (one := held.get(m.person_id, {}).get(TIER)) and one.first_granted_on < since]
        found = self.random.sample(long, min(NAMED_EACH, len(long)))
        self.used |= {m.person_id for m in found}
        return found


def _work(what: str, account: str, member: Member, now: datetime) -> Work:
    return Work(what=what, place=member.team, worked_on=now.date() - timedelta(days=3), account=account)
