"""Ratings: agreed with staff side, said by leads of whole teams and by many of themselves, and one seen differently."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from app.access.actor import Actor
from app.capability.queries.asked import who_is_asked
from app.curriculum.queries import competencies
from app.demonstration.calendar import Calendar
from app.demonstration.learners import staff_actor
from app.demonstration.sign_offs import as_author
from app.demonstration.trust import Cast, Member
from app.kernel.clock import london_date
from app.kernel.db import WriteSession
from app.ratings import commands, queries
from app.ratings.choosing import EVERY, SkillsQuery
from app.ratings.rules import OVERALL, Said

AGREED_WITH = "the joint negotiating committee"
AGREED = (
    "Ratings help people and their leads to plan what to learn next. Each person sees all that is said of them. They "
    "are not used in capability or disciplinary procedures, pay, ranking or redundancy. We look at it again in a year."
)
ONE = (Said.NEW, Said.TAKES_PART, Said.WITH_SUPPORT, Said.LEADS, Said.COACHES, Said.UNKNOWN)
BY_LEADS = (30, 34, 14, 8, 3, 11)
BY_THEMSELVES = (24, 36, 18, 12, 4, 6)
LEVELS = (Said.LEVEL_0, Said.LEVEL_1, Said.LEVEL_2, Said.LEVEL_3, Said.LEVEL_4)
BEGAN_AGO = 191
RATED_THEMSELVES, SHARED, RATED_ALL = 0.6, 0.5, 0.05
SAID_SKILLS, RATED_SKILLS = 0.6, 0.85
I_LED = (
    "On nights I have planned the last three tests of the handover sheet and kept the chart myself. I had help with "
    "the first one only. Could we look at it together?"
)
TOGETHER = "I did not know that you kept the chart. Bring it to our next talk, and I look at my view again."
THOUGHT = "Half a year ago I would have said that I take part. The chart was what changed it."


class ThreeVoices:
    """Of each directorate its lead judges the teams; in the first, the member of staff one signs in as disagrees."""

    def __init__(self, cast: Cast, leads: Mapping[str, Actor], seed: int) -> None:
        self.cast, self.leads = cast, leads
        self.random = Random(seed)  # noqa: S311  a story, not a secret

    def plan(self, calendar: Calendar, admin: Member, last: date) -> None:
        if calendar.begins_at.date() > last - timedelta(days=BEGAN_AGO):
            return
        calendar.on(last - timedelta(days=BEGAN_AGO - 1), partial(self._agree, admin), hour=9)
        for round_ago in (170, 50):
            for number, lead in enumerate(self.leads.values()):
                calendar.on(last - timedelta(days=round_ago - number), partial(self._judge, lead), hour=14)
        calendar.on(last - timedelta(days=60), self._say_it_themselves, hour=13)
        sam, lead = self.cast.staff[0], self.leads[self.cast.directorate_of[self.cast.staff[0].team]]
        calendar.on(last - timedelta(days=20), partial(self._disagree, sam, lead), hour=10)
        calendar.on(last - timedelta(days=18), partial(self._answer, sam, lead), hour=15)
        for number, each in enumerate(self.leads.values()):
            calendar.on(last - timedelta(days=15 - number % 5), partial(self._rate_skills, each), hour=11)

    def _agree(self, admin: Member, session: WriteSession, now: datetime) -> None:
        agreed_on = london_date(now) - timedelta(days=7)
        command = commands.RecordAgreement(agreed_on=agreed_on, agreed_with=AGREED_WITH, words=AGREED)
        commands.record_agreement(session, as_author(admin), command, now)

    def _judge(self, lead: Actor, session: WriteSession, now: datetime) -> None:
        """Most of each team; who was judged before mostly stays so."""
        for found in queries.teams_to_judge(session, lead, london_date(now)):
            lines = queries.sheet(session, lead, found.hand.team_id, london_date(now)).lines
            said = {
                line.person_id: self.random.choices(ONE, BY_LEADS)[0]
                for line in lines
                if self.random.random() < (0.9 if line.said is None else 0.15)
            }
            commands.rate_team(session, lead, commands.RateTeam(team_id=found.hand.team_id, said=said), now)

    def _rate_skills(self, lead: Actor, session: WriteSession, now: datetime) -> None:
        """One by one, of those of whom that is asked, many of whom have said it of themselves and shared it."""
        if not queries.teams_to_judge(session, lead, london_date(now)):
            return
        everybody = SkillsQuery(directorate=EVERY).choice()
        found = queries.skills(session, lead, everybody, {}, who_is_asked, london_date(now))
        keys = [one.key for one in competencies(session)]
        members = {member.person_id: member for member in self.cast.ordinary()}
        for person in found.shown:
            if not person.all_rated or any(about and pair.lead for about, pair in person.pairs.items()):
                continue
            about = {key: self.random.choice(LEVELS) for key in keys}
            if person.person_id in members and self.random.random() < SAID_SKILLS:
                self._say(session, members[person.person_id], about, now, shares=True)
            said = {key: self._near(level) for key, level in about.items() if self.random.random() < RATED_SKILLS}
            command = commands.RatePerson(person_id=person.person_id, said=said)
            commands.rate_person(session, lead, command, now, who_is_asked)

    def _near(self, level: Said) -> Said:
        """Mostly what the person says of themselves, or close to it."""
        at = LEVELS.index(level) + self.random.choice((0, 0, 0, 0, -1, 1))
        return LEVELS[max(0, min(at, len(LEVELS) - 1))]

    def _say_it_themselves(self, session: WriteSession, now: datetime) -> None:
        keys = [one.key for one in competencies(session)]
        for member in self.cast.ordinary():
            if member.left is not None or self.random.random() > RATED_THEMSELVES:
                continue
            said = {OVERALL: self.random.choices(ONE, BY_THEMSELVES)[0]}
            if self.random.random() < RATED_ALL:
                said |= {key: self.random.choice(LEVELS) for key in keys}
            self._say(session, member, said, now, shares=self.random.random() < SHARED)

    def _disagree(self, sam: Member, lead: Actor, session: WriteSession, now: datetime) -> None:
        """What they say of each other is said a little before, so that the note has something to stand on."""
        said = {OVERALL: Said.LEADS, "measurement": Said.LEVEL_3, "testing": Said.LEVEL_3, "aim": Said.LEVEL_2}
        self._say(session, sam, said, now, shares=True, reflection=THOUGHT)
        judged = {OVERALL: Said.TAKES_PART, "measurement": Said.LEVEL_2, "aim": Said.LEVEL_2}
        command = commands.RatePerson(person_id=sam.person_id, said=judged)
        commands.rate_person(session, lead, command, now, lambda *_: frozenset())
        note = commands.WriteToRater(with_id=lead.person_id, words=I_LED)
        commands.write_to_rater(session, staff_actor(sam.person_id, sam.name), note, now)

    def _answer(self, sam: Member, lead: Actor, session: WriteSession, now: datetime) -> None:
        note = commands.WriteToPerson(person_id=sam.person_id, words=TOGETHER)
        commands.write_to_person(session, lead, note, now)

    def _say(
        self,
        session: WriteSession,
        member: Member,
        said: Mapping[str, Said],
        now: datetime,
        *,
        shares: bool,
        reflection: str = "",
    ) -> None:
        actor = staff_actor(member.person_id, member.name)
        commands.rate_myself(session, actor, commands.RateMyself(said=said, reflection=reflection), now)
        raters = queries.raters_of(session, member.person_id, london_date(now)) if shares else []
        for rater in raters[:1]:
            commands.share_with(session, actor, rater.person_id, now)
