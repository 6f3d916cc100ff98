"""Five years of levels: who came to hold, refreshed or let lapse which, leave, rules, targets, cohorts, time asked."""

from datetime import date, timedelta
from random import Random

from app.capability.models import Decision, NeedRule, Requirement
from app.capability.need_rules import DueFrom, Unit
from app.capability.rules import Need, NeedSource, PauseReason, months_before
from app.cohorts.models import Cohort
from app.learning.models import Award, AwardEvent
from app.learning.rules import AwardEventKind, add_months
from app.organisation.models import LongLeave
from app.organisation.rules import LeaveKind
from app.planning.models import Release, Target
from app.planning.rules import ReleaseState, TargetKind, financial_year
from bench.people import Staff, at
from bench.rows import Rows

HOLD = {"pocket-qi": 0.35, "improvement-leaders": 0.03, "senior-clinical-leaders": 0.004, "qi-coach": 0.002}
"""The share of people who ever came to hold each level."""
VALID = {"pocket-qi": 36}
REFRESHED, WITHDRAWN, ON_LEAVE, DECIDED_AGAIN = 0.6, 0.01, 0.06, 0.3
AIMS = {"induction": 90.0, "pocket-qi": 20.0, "improvement-leaders": 2.0}
RULES = (
    ("Everybody learns Pocket QI in their first year", "pocket-qi", {"joined_within": 365}, 12),
    ("Band 8a and above lead improvement", "improvement-leaders", {"band_from": "8a"}, 18),
    ("Nurses and midwives know Pocket QI", "pocket-qi", {"staff_groups": ["Nursing and Midwifery Registered"]}, 12),
)


class Levels:
    def __init__(self, rows: Rows, random: Random, staff: Staff, since: date) -> None:
        self.rows, self.random, self.staff = rows, random, staff
        self.since, self.today = since, staff.today

    def tell(self) -> None:
        for person in (*self.staff.present, *self.staff.left):
            last = self.staff.left.get(person, self.today) - timedelta(days=1)
            first = max(self.staff.started[person], self.since)
            if first < last:
                self._person(person, first, last)
        self._rules()
        self._plan()

    def _person(self, person: int, first: date, last: date) -> None:
        for tier, share in HOLD.items():
            if self.random.random() < share:
                self._holds(person, tier, self._between(first, last), last)
        if self.random.random() < ON_LEAVE:
            self._leave(person, self._between(first, last))
        if self.random.random() < DECIDED_AGAIN:
            self._needed(person, self._between(first, last), last)

    def _between(self, first: date, last: date) -> date:
        return first + timedelta(days=self.random.randint(0, (last - first).days))

    def _holds(self, person: int, tier: str, day: date, last: date) -> None:
        award = self.rows.add(Award, person_id=person, tier=tier)
        months = VALID.get(tier)
        self._event(award, AwardEventKind.GRANTED, person, day, months)
        while months and add_months(day, months - 1) < last and self.random.random() < REFRESHED:
            day = add_months(day, months - 1)
            self._event(award, AwardEventKind.REFRESHED, person, day, months)
        if self.random.random() < WITHDRAWN:
            self._event(award, AwardEventKind.WITHDRAWN, person, self._between(day, last), None)

    def _event(self, award: int, kind: AwardEventKind, person: int, day: date, months: int | None) -> None:
        self.rows.add(
            AwardEvent,
            award_id=award,
            kind=kind,
            occurred_on=day,
            valid_until=add_months(day, months) if months else None,
            source="record",
            recorded_at=at(day, 15),
            recorded_by_id=self.staff.hr,
        )
        self.rows.event(at(day, 15), self.staff.hr, "grant award", "award", award, person)

    def _leave(self, person: int, day: date) -> None:
        back = day + timedelta(days=self.random.randint(60, 400))
        self.rows.add(
            LongLeave,
            person_id=person,
            kind=self.random.choice(list(LeaveKind)),
            starts_on=day,
            ends_on=back,
            recorded_by_id=self.staff.hr,
            recorded_at=at(day),
        )

    def _needed(self, person: int, first: date, last: date) -> None:
        """A need of the third level, decided and, for some, decided again: the past shows the first."""
        again = self._between(first, last)
        for decided, superseded in ((first, again), (again, None)):
            need = self.random.choices((Need.REQUIRED, Need.NOT_REQUIRED, Need.PAUSED), (75, 15, 10))[0]
            decision = self.rows.add(Decision, made_by_id=self.staff.lead, made_at=at(decided), cells=1)
            self.rows.add(
                Requirement,
                person_id=person,
                tier="improvement-leaders",
                need=need,
                due=None if need is Need.NOT_REQUIRED else decided + timedelta(days=self.random.randint(90, 500)),
                pause_reason=PauseReason.PARENTAL if need is Need.PAUSED else None,
                reason="For the ward's falls project",
                source=NeedSource.LEAD,
                set_by_id=self.staff.lead,
                decided_at=at(decided),
                superseded_at=at(superseded) if superseded else None,
                decision_id=decision,
            )

    def _rules(self) -> None:
        """In force, and never run: the nightly run that is measured has everything to do, and the next one nothing."""
        for name, tier, conditions, months in RULES:
            blank: dict[str, object] = {"staff_groups": [], "job_roles": [], "bands": []}
            self.rows.add(
                NeedRule,
                name=name,
                tier=tier,
                counted=DueFrom.REACHED,
                many=months,
                unit=Unit.MONTHS,
                why="The plan for this year",
                starts_on=self.today - timedelta(days=30),
                made_by_id=self.staff.hr,
                made_at=at(self.today - timedelta(days=30)),
                **(blank | conditions),
            )

    def _plan(self) -> None:
        year = financial_year(self.today)
        for directorate in self.staff.here:
            for tier, share in AIMS.items():
                self.rows.add(
                    Target,
                    directorate_id=directorate,
                    tier=tier,
                    year=year,
                    kind=TargetKind.PER_CENT,
                    value=share,
                    set_by_id=self.staff.hr,
                    set_at=at(self.since),
                )
        months = months_before(self.today, 24)
        for team in self.staff.teams:
            for month in months[:: self.random.randint(2, 6)]:
                self._release(team, month)
        for turn in range(24):
            starts = add_months(self.today.replace(day=1), turn // 2)
            self.rows.add(
                Cohort,
                tier="pocket-qi",
                title=f"Pocket QI {turn + 1}",
                starts_on=starts,
                ends_on=add_months(starts, 1),
                places=60,
                planned_by_id=self.staff.hr,
                planned_at=at(self.today),
            )

    def _release(self, team: int, month: date) -> None:
        people = self.random.randint(1, 4)
        state = self.random.choices((ReleaseState.CONFIRMED, ReleaseState.ASKED, ReleaseState.CANNOT), (70, 20, 10))[0]
        self.rows.add(
            Release,
            team_id=team,
            tier="pocket-qi",
            needed_month=month,
            month=month,
            minutes=people * 420,
            people=people,
            asked_at=at(month),
            state=state,
            answered_by_id=None if state is ReleaseState.ASKED else self.staff.lead,
            answered_at=None if state is ReleaseState.ASKED else at(month, 12),
        )
