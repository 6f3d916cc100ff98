"""Years of learning: who began and completed what, with each answer, need, mail and deed that goes with it."""

import secrets
from collections import defaultdict
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.access.actor import SYSTEM_PERSON_ID
from app.assessment.models import Attempt, AttemptAnswer
from app.capability.models import Decision, Requirement
from app.capability.rules import Need, NeedSource, PauseReason
from app.curriculum.models import Activity, Course, Edition, Question, Revision
from app.curriculum.rules import QUIZ_KINDS, ActivityKind
from app.evidence.models import Certificate
from app.kernel.db import table
from app.kernel.outbox import Mail
from app.learning.models import Award, AwardEvent, Bookmark, Enrolment, Outcome
from app.learning.rules import AwardEventKind, EnrolmentSource, OutcomeSource, add_months
from bench.people import Staff, at
from bench.rows import Rows

SOURCES = {
    ActivityKind.READ: OutcomeSource.READ,
    ActivityKind.PRACTICE: OutcomeSource.PRACTICE,
    ActivityKind.ASSESSMENT: OutcomeSource.ASSESSMENT,
    ActivityKind.NOTE: OutcomeSource.NOTE,
    ActivityKind.STEPS: OutcomeSource.STEPS,
}


class Taught(NamedTuple):
    """A course as it is loaded: what there is to do in it, and the questions of each quiz."""

    course_id: int
    edition_id: int
    revision_id: int
    tier: str
    title: str
    activities: list[Any]
    questions: dict[str, list[str]]
    told: dict[str, dict[str, Any]]
    modules: dict[str, str]


def taught(rows: Rows, slug: str) -> Taught:
    course, edition, revision = table(Course), table(Edition), table(Revision)
    joined = course.join(edition, edition.c.course_id == course.c.id).join(revision)
    found = rows.session.execute(
        sa.select(course.c.id, course.c.tier, edition.c.id.label("edition"), revision.c.id.label("revision"))
        .add_columns(revision.c.title, revision.c.course)
        .select_from(joined)
        .where(course.c.slug == slug)
    ).one()
    activity, question = table(Activity), table(Question)
    activities = rows.session.execute(
        sa.select(activity.c.id, activity.c.key, activity.c.kind).where(
            activity.c.course_id == found.id, activity.c.kind.in_(list(SOURCES))
        )
    ).all()
    questions: dict[str, list[str]] = defaultdict(list)
    for row in rows.session.execute(sa.select(question).where(question.c.revision_id == found.revision)):
        questions[row.quiz].append(row.key)
    told = [(module["id"], a) for module in found.course["modules"] for a in module.get("activities", ())]
    return Taught(
        found.id,
        found.edition,
        found.revision,
        found.tier,
        found.title,
        list(activities),
        questions,
        {a["id"]: a for _, a in told},
        {a["id"]: module for module, a in told},
    )


class History:
    """`answers`: also each attempt and mail, which pages about levels never read."""

    def __init__(self, rows: Rows, random: Random, staff: Staff, since: date, *, answers: bool) -> None:
        self.rows, self.random, self.staff = rows, random, staff
        self.since, self.today, self.answers = since, staff.today, answers
        self.induction, self.pocket = taught(rows, "induction"), taught(rows, "pocket-qi")

    def tell(self) -> None:
        for person in (*self.staff.present, *self.staff.left):
            self._person(person)

    def _person(self, person: int) -> None:
        last = self.staff.left.get(person, self.today) - timedelta(days=1)
        if (first := max(self.staff.started[person], self.since)) >= last:
            return
        [share] = self.random.choices((1.0, 0.5, 0.0), (85, 8, 7))
        self._course(person, self.induction, first, last, share, starter=True)
        if self.random.random() < 0.4:
            began = first + timedelta(days=self.random.randint(0, (last - first).days))
            self._course(person, self.pocket, began, last, self.random.random() * 0.9, starter=False)
        self._needs(person, first, last)
        for number in range(self.random.randint(2, 8) if self.answers else 0):
            self._mail(person, number, first + timedelta(days=self.random.randint(0, (last - first).days)))

    def _course(self, person: int, of: Taught, began: date, last: date, share: float, *, starter: bool) -> None:
        """Do this share of what the course asks, a little each week; all of it completes the induction."""
        count = round(share * len(of.activities))
        days = sorted(min(last, began + timedelta(days=self.random.randint(0, 40))) for _ in range(count))
        done = days[-1] if of is self.induction and count == len(of.activities) else None
        enrolment = self.rows.add(
            Enrolment,
            person_id=person,
            course_id=of.course_id,
            edition_id=of.edition_id,
            episode=1,
            source=EnrolmentSource.STARTER if starter else EnrolmentSource.ASSIGNED,
            enrolled_at=at(began),
            started_at=at(days[0]) if days else None,
            completed_at=at(done, 15) if done else None,
            closed_at=at(done, 15) if done else None,
        )
        self.rows.by_system(at(began), "enrol", "enrolment", enrolment, person)
        for activity, day in zip(of.activities[:count], days, strict=True):
            self._activity(person, enrolment, of, activity, day)
        if done:
            self._complete(person, enrolment, of, done)
        elif days:
            module = of.modules[of.activities[count - 1].key]
            self.rows.add(Bookmark, enrolment_id=enrolment, module=module, at=at(days[-1]))

    def _activity(self, person: int, enrolment: int, of: Taught, activity: Any, day: date) -> None:
        told = of.told[activity.key]
        outcome = self.rows.add(
            Outcome,
            person_id=person,
            activity_id=activity.id,
            occurred_on=day,
            minutes=told["minutes"],
            participatory_minutes=told["participatory_minutes"],
            source=SOURCES[activity.kind],
            recorded_at=at(day, 14),
            recorded_by_id=person,
        )
        self.rows.event(at(day, 14), person, "record outcome", "outcome", outcome, person)
        if self.answers and activity.kind in QUIZ_KINDS:
            self._attempt(person, enrolment, of, activity, told, day)

    def _attempt(self, person: int, enrolment: int, of: Taught, activity: Any, told: dict[str, Any], day: date) -> None:
        keys = of.questions[told["quiz"]]
        asked = self.random.sample(keys, min(told.get("draw") or len(keys), len(keys)))
        mark = told.get("pass_mark")
        right = len(asked) if mark is None else self.random.randint(mark, len(asked))
        attempt = self.rows.add(
            Attempt,
            enrolment_id=enrolment,
            activity_id=activity.id,
            revision_id=of.revision_id,
            number=1,
            seed=person,
            questions=asked,
            began_at=at(day, 13),
            submitted_at=at(day, 14),
            right=right,
            out_of=len(asked),
            pass_mark=mark,
            passed=None if mark is None else right >= mark,
        )
        self.rows.event(at(day, 13), person, "start attempt", "attempt", attempt, person)
        for number, key in enumerate(asked):
            answer = self.rows.add(
                AttemptAnswer,
                attempt_id=attempt,
                question=key,
                version=1,
                value="a",
                saved_at=at(day, 13),
                right=number < right,
            )
            self.rows.event(at(day, 13), person, "save answer", "attempt_answer", answer, person)
        self.rows.event(at(day, 14), person, "submit attempt", "attempt", attempt, person)

    def _complete(self, person: int, enrolment: int, of: Taught, day: date) -> None:
        award = self.rows.add(Award, person_id=person, tier=of.tier)
        self.rows.add(
            AwardEvent,
            award_id=award,
            kind=AwardEventKind.GRANTED,
            occurred_on=day,
            edition_id=of.edition_id,
            source="course",
            recorded_at=at(day, 15),
            recorded_by_id=person,
        )
        self.rows.event(at(day, 15), person, "grant award", "award", award, person)
        certificate = self.rows.add(
            Certificate,
            code=secrets.token_hex(8),
            enrolment_id=enrolment,
            person_id=person,
            holder=f"Person {person}",
            title=of.title,
            edition_number=1,
            tier_title=of.title[:120],
            of_taking_part=False,
            completed_on=day,
            issued_on=day,
            expires_on=add_months(day, 36),
            public=True,
        )
        self.rows.event(at(day, 15), person, "issue certificate", "certificate", certificate, person)

    def _needs(self, person: int, first: date, last: date) -> None:
        self._need(person, "induction", Need.REQUIRED, NeedSource.STARTER, first, first + timedelta(days=28))
        if self.random.random() < 0.8:
            decided = first + timedelta(days=self.random.randint(0, (last - first).days))
            need = self.random.choices((Need.REQUIRED, Need.NOT_REQUIRED, Need.PAUSED), (75, 15, 10))[0]
            due = None if need is Need.NOT_REQUIRED else self.today + timedelta(days=self.random.randint(-60, 300))
            self._need(person, "pocket-qi", need, NeedSource.LEAD, decided, due)

    def _need(self, person: int, tier: str, need: Need, source: NeedSource, on: date, due: date | None) -> None:
        by_lead = source is NeedSource.LEAD
        decision = self.rows.add(Decision, made_by_id=self.staff.lead, made_at=at(on), cells=1) if by_lead else None
        requirement = self.rows.add(
            Requirement,
            person_id=person,
            tier=tier,
            need=need,
            due=due,
            pause_reason=PauseReason.PARENTAL if need is Need.PAUSED else None,
            reason="For the ward's falls project" if by_lead else "",
            source=source,
            set_by_id=self.staff.lead if by_lead else SYSTEM_PERSON_ID,
            decided_at=at(on),
            decision_id=decision,
        )
        self.rows.event(at(on), self.staff.lead, "set need", "requirement", requirement, person)

    def _mail(self, person: int, number: int, day: date) -> None:
        self.rows.add(
            Mail,
            key=f"bench:{person}:{number}",
            person_id=person,
            to_address=f"person{person}@trust.example",
            subject="Your course is due soon",
            body="Hello,\n\nyour course is due soon.",
            made_at=at(day),
            not_before=at(day),
            tries=1,
            sent_at=at(day),
        )
