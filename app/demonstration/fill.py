"""Fills an empty trust with two years of history, in one transaction; then staff files, as HR brings them."""

import secrets
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from random import Random

import sqlalchemy as sa

from app.access.actor import SYSTEM, Actor, ScopeKind
from app.access.permissions import Role
from app.accounts import weekly
from app.accounts.commands import GrantRole, SetPassword, grant_role, set_password
from app.accounts.passwords import hash_password
from app.capability.commands import remind, tell_of_month, welcome_starter
from app.curriculum.queries import course_by_slug
from app.curriculum.views import CourseView
from app.demonstration.adjustments import Adjusting
from app.demonstration.away import Away
from app.demonstration.calendar import Calendar
from app.demonstration.elsewhere import Elsewhere
from app.demonstration.judging import Judging
from app.demonstration.learners import Learners, course_for, staff_actor
from app.demonstration.marks import MARKERS
from app.demonstration.names import Names
from app.demonstration.needs import Needs
from app.demonstration.partners import PARTNERS, welcoming
from app.demonstration.parts import EMAIL_DOMAIN, LEADS, PARTS, PASSWORD
from app.demonstration.plans import Plans
from app.demonstration.programmes import Programmes
from app.demonstration.reports import plan_reports
from app.demonstration.ruling import rules_are_set
from app.demonstration.shape import PEOPLE, Post
from app.demonstration.sign_offs import SignOffs
from app.demonstration.staff_files import bring_staff_files
from app.demonstration.three_voices import ThreeVoices
from app.demonstration.trust import Cast, Member, Staffing
from app.demonstration.twice import enter_twice
from app.demonstration.used import plan_uses
from app.kernel import outbox
from app.kernel.config import Settings
from app.kernel.db import Database, WriteSession, table
from app.kernel.errors import RuleBrokenError
from app.organisation.models import Person, Trust

SEED = 20181
YEARS = timedelta(days=730)
HAVE_SIGNED_IN = 0.94

Progress = Callable[[int, int], None]
"""Told how many of how many things have happened."""


def is_empty(db: Database) -> bool:
    """Whether nobody but the system is in the database."""
    with db.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(table(Person))) == 1


def fill(
    db: Database,
    settings: Settings,
    now: datetime,
    progress: Progress,
    *,
    people: int = PEOPLE,
    since: timedelta = YEARS,
) -> None:
    """Make the demonstration. Needs loaded courses; raises RuleBrokenError when anybody is there already."""
    if not is_empty(db):
        raise RuleBrokenError("There are people in this database already: the demonstration fills only an empty one.")
    password = hash_password(PASSWORD)
    with db.write() as session:
        Story(session, settings, now, people, since).tell(password, progress)
    bring_staff_files(db, settings, now)


class Story:
    """The two years, planned on one calendar and told in order."""

    def __init__(self, session: WriteSession, settings: Settings, now: datetime, people: int, since: timedelta) -> None:
        self.session = session
        self.settings = settings
        self.now = now
        self.began = now - since
        self.people = people
        self.random = Random(SEED)  # noqa: S311  a story, not a secret
        self.calendar = Calendar(self.random, self.began, now - timedelta(minutes=30))
        self.cast = Cast()
        self.staffing = Staffing(self.random, Names(self.random), self.cast, EMAIL_DOMAIN, self._welcome)
        self.learners = Learners(self.random, self.calendar, self.cast.has_left)
        self.needs = Needs(self.random, self.cast)
        self.judging = Judging(Random(SEED + 1), self.calendar, self.cast, self.learners, settings)  # noqa: S311
        self.leads: dict[str, Actor] = {}
        self.markers: list[Member] = []

    def tell(self, password: str, progress: Progress) -> None:
        # The people of the first day take about as long as the two years after it.
        self._begin(lambda done: progress(done, 2 * self.people))
        self._plan()
        for done in self.calendar.run(self.session):
            if done % 25 == 0:
                progress(self.calendar.planned + done, 2 * self.calendar.planned)
        enter_twice(self.session, self.staffing, self.cast, self.now - timedelta(minutes=30))
        outbox.settle_past(self.session, self.now)
        self.session.execute(sa.update(table(Trust)).values(demonstration=True))
        self._passwords(password)
        progress(2 * self.calendar.planned, 2 * self.calendar.planned)

    def _begin(self, hired: Callable[[int], None]) -> None:
        began = self.began.date() - timedelta(days=800)
        self.staffing.open_trust(self.session, self.began)
        for part in PARTS:
            member = self.staffing.take_on(self.session, self.began, part.team, part.post, began, name=part.name)
            self._give_role(member, part.role, part.directorate)
        for directorate in LEADS:
            team = next(t for t, d in self.cast.directorate_of.items() if d == directorate)
            post = Post("Administrative and Clerical", "Associate director", "8d")
            lead = self.staffing.take_on(self.session, self.began, team, post, began)
            self._give_role(lead, Role.LEAD, directorate)
        for name, team, post in MARKERS:
            marker = self.staffing.take_on(self.session, self.began, team, post, began, name=name)
            self._give_role(marker, Role.MARKER, None)
        self.cast.parts = len(self.cast.staff)
        self.staffing.hire_first(self.session, self.began, self.people, hired)
        self.needs.learnt_before(self.session, self.began)
        self.judging.marking.begin(self.session, self.markers, self._with(Role.QI_ADMIN), self.began)

    def _give_role(self, member: Member, role: Role | None, directorate: str | None) -> None:
        if role is None:
            return
        command = GrantRole(
            person_id=member.person_id,
            role=role,
            scope_kind=ScopeKind.DIRECTORATE if directorate else ScopeKind.TRUST,
            scope_id=self.cast.directorates[directorate] if directorate else None,
            starts_on=self.began.date(),
        )
        grant_role(self.session, SYSTEM, command, self.began)
        if role is Role.LEAD and directorate:
            self.leads[directorate] = self.needs.lead_of(directorate, member)
        if role is Role.MARKER:
            self.markers.append(member)

    def _with(self, role: Role) -> Member:
        return self.cast.staff[next(i for i, part in enumerate(PARTS) if part.role is role)]

    def _plan(self) -> None:
        first, last = self.began.date() + timedelta(days=7), self.now.date()
        self.staffing.plan_changes(self.calendar, first, last)
        self._plan_weeks(first, last)
        self._plan_decisions(last)
        self._plan_learning()
        for day, happening in Adjusting(self.cast).happenings(last):
            self.calendar.on(day, happening, hour=11)
        for at, happening in Away(self.cast, partial(self.needs.due_after, "pocket-qi")).happenings(self.now):
            self.calendar.plan(at, happening)
        SignOffs(self.settings, self.cast).plan(self.session, self.calendar, self._with(Role.QI_ADMIN), last)
        Plans(self.settings, self.cast, self._with(Role.QI_ADMIN), self.leads).plan(self.calendar, last)
        ThreeVoices(self.cast, self.leads, SEED + 2).plan(self.calendar, self._with(Role.QI_ADMIN), last)
        Elsewhere(self.settings, self.cast, self._with(Role.QI_ADMIN)).plan(self.calendar, last)
        Programmes(self.settings, self.cast, self._with(Role.QI_ADMIN), self._with(Role.LEAD)).plan(self.calendar, last)
        plan_uses(self.calendar, self.settings, self.cast, self.leads, last)
        plan_reports(self.calendar, first, last)

    def _welcome(self, session: WriteSession, member: Member, now: datetime) -> None:
        """A starter is enrolled; most go through it within three weeks, some stop half-way."""
        welcome_starter(session, SYSTEM, member.person_id, now)
        share = self.random.choices((1.0, 0.5, 0.2, 0.0), (74, 9, 7, 10))[0]
        actor = staff_actor(member.person_id, member.name)
        self.learners.take_course(session, actor, self._course("induction"), now, share=share, enrolled=True)

    def _plan_weeks(self, first: date, last: date) -> None:
        day = first
        while day <= last:
            self.calendar.on(day, self._mails, hour=6)
            if (day - first).days % 28 == 0:
                self.calendar.on(day + timedelta(days=2), self.needs.classroom, hour=17)
            day += timedelta(days=7)

    def _mails(self, session: WriteSession, now: datetime) -> None:
        remind(session, SYSTEM, now)
        tell_of_month(session, self.settings, SYSTEM, now)
        weekly.gather(session, self.settings, now)

    def _plan_decisions(self, last: date) -> None:
        this_march = date(last.year + (last.month > 3), 3, 31)  # noqa: PLR2004
        for directorate, lead in self.leads.items():
            for back, due in ((480, this_march - timedelta(days=365)), (200, this_march), (60, this_march)):
                at = last - timedelta(days=back + self.random.randrange(20))
                self.calendar.on(at, partial(self._decide, directorate, lead, due))
            if directorate == self.cast.directorate_of[self.cast.staff[0].team]:
                self.calendar.on(last - timedelta(days=40), partial(self.needs.ask_the_first, lead, this_march))
                ruled = partial(rules_are_set, lead, self.cast.directorates[directorate])
                self.calendar.on(last - timedelta(days=20), ruled)
            until = last + timedelta(days=120)
            self.calendar.on(last - timedelta(days=30), partial(self._pause, directorate, lead, until))
        for directorate in ("Adult inpatient services", "Adult inpatient services", "Forensic services"):
            self.calendar.on(last - timedelta(days=self.random.randrange(2, 12)), partial(self._ask, directorate))

    def _decide(self, directorate: str, lead: Actor, due: date, session: WriteSession, now: datetime) -> None:
        self.needs.decide(session, directorate, lead, due, now)

    def _pause(self, directorate: str, lead: Actor, until: date, session: WriteSession, now: datetime) -> None:
        self.needs.pause(session, directorate, lead, until, now)

    def _ask(self, directorate: str, session: WriteSession, now: datetime) -> None:
        self.needs.ask(session, directorate, now)

    def _plan_learning(self) -> None:
        for name, share, ago in PARTNERS:
            course = self._course("patients-and-carers")
            happening = welcoming(self.settings, self.learners, course, name, share)
            self.calendar.plan(self.now - timedelta(days=ago), happening)
        pocket = self._course("pocket-qi")
        self.judging.plan(pocket, self.now)
        for _ in range(70):
            at = self.now - timedelta(days=self.random.randrange(1, 80), hours=self.random.randrange(10))
            self.calendar.plan(at, partial(self._begin_pocket, pocket))
        self.calendar.plan(self.now - timedelta(days=3), partial(self._first_part, pocket))

    def _begin_pocket(self, course: CourseView, session: WriteSession, now: datetime) -> None:
        member = self.random.choice(self.needs.asked_for("pocket-qi") or self.cast.staff)
        actor, share = staff_actor(member.person_id, member.name), self.random.choice((0.1, 0.3, 0.5, 0.8, 1.0))
        self.learners.take_course(session, actor, course, now, share=share, days=25)

    def _first_part(self, course: CourseView, session: WriteSession, now: datetime) -> None:
        """The member of staff whom one signs in as is in the middle of Pocket QI."""
        member = self.cast.staff[0]
        self.learners.take_course(session, staff_actor(member.person_id, member.name), course, now, share=0.3, days=2)

    def _course(self, slug: str) -> CourseView:
        return course_for(self.session, course_by_slug(self.session, slug).id)

    def _passwords(self, password: str) -> None:
        """The printed sign-ins get the printed password; nearly everybody else chose one that nobody knows."""
        sam = self.session.scalars(sa.select(table(Person).c.id).where(table(Person).c.name == PARTNERS[0][0])).one()
        printed = {member.person_id for member in self.cast.staff[: len(PARTS)]} | {sam}
        unknown = hash_password(secrets.token_urlsafe(24))
        for person_id in printed:
            self._set_password(person_id, password)
        for member in self.cast.staff:
            began = datetime.combine(member.began, time(9), tzinfo=UTC)
            chose = began < self.now - timedelta(days=25) and self.random.random() < HAVE_SIGNED_IN
            if member.person_id not in printed and member.left is None and chose:
                self._set_password(member.person_id, unknown)

    def _set_password(self, person_id: int, password_hash: str) -> None:
        set_password(self.session, SYSTEM, SetPassword(person_id=person_id, password_hash=password_hash), self.now)
