"""Targets, planned cohorts and time to learn: what the QI team planned, what leads asked for and managers answered."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from app.access.actor import Actor, Held, PersonKind, ScopeKind
from app.access.permissions import Role
from app.capability.queries.standings import matrix_tiers
from app.cohorts.commands import DropCohort, PlanCohorts, Wanted, drop_cohort, plan_cohorts
from app.demonstration.calendar import Calendar
from app.demonstration.learners import staff_actor
from app.demonstration.trust import Cast, Member
from app.kernel.config import Settings
from app.kernel.db import WriteSession
from app.learning.rules import add_months
from app.planning.commands import (
    AnswerRelease,
    AskReleases,
    NewTarget,
    SetTargets,
    answer_release,
    ask_releases,
    set_targets,
)
from app.planning.queries.overview import to_answer
from app.planning.rules import ReleaseState, TargetKind, financial_year

AGREED = "Agreed with the directorate at its away day"
MORE = {"Forensic services": 60.0, "Adult inpatient services": 35.0, "Children and young people": 40.0}
"""Per cent of staff who should hold Pocket QI; elsewhere what the framework offers."""
CANNOT = "Three vacancies on nights until the new starters have settled in"
OFFERED = "The ward moves in the last week of that month"


class Plans:
    def __init__(self, settings: Settings, cast: Cast, admin: Member, leads: Mapping[str, Actor]) -> None:
        self.settings = settings
        self.cast = cast
        self.leads = leads
        held = (Held(Role.QI_ADMIN, ScopeKind.TRUST), *staff_actor(admin.person_id, admin.name).held)
        self.admin = Actor(admin.person_id, PersonKind.STAFF, admin.name, held)

    def plan(self, calendar: Calendar, last: date) -> None:
        for ago, deed, hour in (
            (95, self._targets, 10),
            (50, self._cohorts, 10),
            (48, self._drop_one, 11),
            (9, self._ask, 12),
            (6, self._answer, 15),
        ):
            calendar.on(last - timedelta(days=ago), deed, hour=hour)

    def _targets(self, session: WriteSession, now: datetime) -> None:
        offered = {t.slug: t.path.offer_per_cent for t in matrix_tiers(session) if t.path.offer_per_cent}
        for name, directorate_id in self.cast.directorates.items():
            wanted = offered | {"pocket-qi": MORE.get(name, offered["pocket-qi"])} if "pocket-qi" in offered else {}
            targets = tuple(NewTarget(tier=tier, value=value) for tier, value in wanted.items())
            if name == "Adult inpatient services":
                group = "Medical and Dental"
                targets += (
                    NewTarget(tier="pocket-qi", staff_group=group, value=50),
                    NewTarget(tier="board", kind=TargetKind.ABSOLUTE, value=1),
                )
            if targets:
                year = financial_year(now.date())
                command = SetTargets(directorate_id=directorate_id, year=year, targets=targets, reason=AGREED)
                set_targets(session, self.admin, command, now)

    def _cohorts(self, session: WriteSession, now: datetime) -> None:
        soon = add_months(now.date().replace(day=1), 3) + timedelta(days=13)
        forensics = self.cast.directorates["Forensic services"]
        inpatients = self.cast.directorates["Adult inpatient services"]
        for tier, first, long, places, kept, until, every in (
            ("pocket-qi", soon, 1, 30, (), add_months(soon, 9), 1),
            ("pocket-qi", soon + timedelta(days=7), 1, 20, ((forensics, 8), (inpatients, 8)), add_months(soon, 6), 2),
            ("improvement-leaders", soon, 180, 24, ((forensics, 4), (inpatients, 6)), None, 1),
            ("qi-coach", add_months(soon, 2), 170, 12, (), None, 1),
        ):
            wanted = Wanted(starts_on=first, ends_on=first + timedelta(days=long), places=places, kept=kept)
            command = PlanCohorts(tier=tier, wanted=wanted, until=until, every_months=every)
            plan_cohorts(session, self.admin, command, now)

    def _drop_one(self, session: WriteSession, now: datetime) -> None:
        first = add_months(now.date().replace(day=1), 4) + timedelta(days=20)
        wanted = Wanted(starts_on=first, ends_on=first, places=15, note="In the old lecture hall")
        [made] = plan_cohorts(session, self.admin, PlanCohorts(tier="pocket-qi", wanted=wanted), now)
        drop_cohort(session, self.admin, DropCohort(cohort_id=made.id, reason="The hall is being rebuilt"), now)

    def _ask(self, session: WriteSession, now: datetime) -> None:
        for lead in self.leads.values():
            ask_releases(session, self.settings, lead, AskReleases(), now)

    def _answer(self, session: WriteSession, now: datetime) -> None:
        """Most are confirmed; one in twelve cannot be, one gets another month, and every seventh still waits."""
        for lead in self.leads.values():
            for turn, row in enumerate(to_answer(session, lead, now)):
                if turn % 7 == 3:  # noqa: PLR2004
                    continue
                other = add_months(row.month, 1)
                state, reason = ReleaseState.CONFIRMED, ""
                if turn % 12 == 1:
                    state, reason = ReleaseState.CANNOT, CANNOT
                elif turn % 12 == 6:  # noqa: PLR2004
                    state, reason = ReleaseState.OTHER_DATE, OFFERED
                command = AnswerRelease(release_id=row.id, state=state, other_month=other, reason=reason)
                answer_release(session, self.settings, self._manager(row.team, lead), command, now)

    def _manager(self, team: str, lead: Actor) -> Actor:
        """Whoever manages the team, where the story has somebody; else its lead."""
        person_id = self.cast.managers.get(team)
        member = next((m for m in self.cast.staff if m.person_id == person_id and m.left is None), None)
        return staff_actor(member.person_id, member.name) if member else lead
