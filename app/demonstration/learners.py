"""How the demonstration's people learn: module by module, over days, some at the second try, some not to the end."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from app.access.actor import Actor, Held, PersonKind, ScopeKind
from app.access.permissions import Role
from app.assessment import queries as asked_of
from app.assessment.commands import (
    SaveAnswer,
    StartAttempt,
    SubmitAttempt,
    save_answer,
    start_attempt,
    submit_attempt,
)
from app.curriculum.queries import latest_edition, latest_view, questions
from app.curriculum.rules import ActivityKind
from app.curriculum.views import ActivityView, CourseView
from app.demonstration.calendar import Calendar, Happening
from app.demonstration.words import IDEAS
from app.kernel.clock import london_date
from app.kernel.db import WriteSession
from app.learning.commands import (
    Enrol,
    RateConfidence,
    RecordOutcome,
    SaveNote,
    SaveSteps,
    enrol,
    rate_confidence,
    record_outcome,
    save_note,
    save_steps,
)
from app.learning.rules import EnrolmentSource, OutcomeSource, Sureness

KEYS = {"multiple": "right", "matching": "right", "ordering": "order", "numeric": "answer", "scenario": "right"}
"""Where the marking of a kind says what somebody who knows it would answer."""
JUDGED = {ActivityKind.TASK, ActivityKind.SIGN_OFF}
"""What people judge is handed in and confirmed elsewhere in the story: nobody does it by reading."""
STAFF = (Held(Role.STAFF, ScopeKind.OWN),)
PARTNER = (Held(Role.PARTNER, ScopeKind.OWN),)


def staff_actor(person_id: int, name: str) -> Actor:
    return Actor(person_id, PersonKind.STAFF, name, STAFF)


def partner_actor(person_id: int, name: str) -> Actor:
    return Actor(person_id, PersonKind.PARTNER, name, PARTNER)


class Learners:
    def __init__(self, random: Random, calendar: Calendar, has_left: Callable[[int, date], bool]) -> None:
        self.random = random
        self.calendar = calendar
        self._has_left = has_left
        self._taking: set[tuple[int, int]] = set()

    def take_course(
        self,
        session: WriteSession,
        actor: Actor,
        course: CourseView,
        now: datetime,
        *,
        share: float = 1.0,
        days: int = 20,
        enrolled: bool = False,
    ) -> None:
        """Begin a course now and plan the first `share` of its activities over the coming days."""
        if (actor.person_id, course.course_id) in self._taking:
            return
        self._taking.add((actor.person_id, course.course_id))
        if not enrolled:
            command = Enrol(course_id=course.course_id, source=EnrolmentSource.SELF)
            enrol(session, actor, command, now)
        doing = [a for m in course.open_modules for a in m.activities]
        at = now
        for activity in doing[: round(len(doing) * share)]:
            pause = self.random.choice((0, 0, 0, 1, 2, days / 4))
            at += timedelta(minutes=activity.minutes + 2, days=pause * self.random.random())
            self.calendar.plan(at, self._doing(actor, course, activity))
        for activity in doing if share == 1.0 else ():
            if activity.kind is ActivityKind.CONFIDENCE:
                self.calendar.plan(at + timedelta(days=1), self._feeling_now(actor, course, activity))

    def _feeling_now(self, actor: Actor, course: CourseView, activity: ActivityView) -> Happening:
        """Having read it all, they say once more how sure they feel."""

        def happen(session: WriteSession, now: datetime) -> None:
            self._rate(session, actor, course, activity, now, after=True)

        return happen

    def is_taking(self, person_id: int, course_id: int) -> bool:
        return (person_id, course_id) in self._taking

    def _doing(self, actor: Actor, course: CourseView, activity: ActivityView) -> Happening:
        def happen(session: WriteSession, now: datetime) -> None:
            if self._has_left(actor.person_id, now.date()):
                return
            if activity.kind is ActivityKind.ASSESSMENT:
                self._sit(session, actor, course, activity, now)
            elif activity.kind is ActivityKind.NOTE:
                self._write(session, actor, course, activity, now)
            elif activity.kind is ActivityKind.CONFIDENCE:
                self._rate(session, actor, course, activity, now)
            elif activity.kind is ActivityKind.STEPS:
                every = frozenset(range(len(activity.items)))
                command = SaveSteps(course=course.slug, activity=activity.key, version=0, ticked=every)
                save_steps(session, actor, command, now)
            elif activity.kind not in JUDGED:
                _record(session, actor, activity, now)

        return happen

    def _sit(
        self, session: WriteSession, actor: Actor, course: CourseView, activity: ActivityView, now: datetime
    ) -> None:
        """A try at the assessment; one in six fails the first time and comes back a day later."""
        seed = self.random.randrange(1_000_000)
        attempt = start_attempt(session, actor, StartAttempt(course=course.slug, activity=activity.key, seed=seed), now)
        sitting = asked_of.sitting(session, actor, attempt.id)
        keys = {q.key: q for q in questions(session, attempt.revision_id, activity.quiz)}
        wrong_on_purpose = self.random.random() < 1 / 6 and attempt.number == 1
        for asked in sitting.asked:
            if wrong_on_purpose and asked.number % 2:
                continue
            question = keys[asked.key]
            if question.kind not in {
                "single",
                *KEYS,
            }:  # a drawing or a reading of a chart: left open, as some people do
                continue
            value = right_answer(question.kind, dict(question.marking))
            command = SaveAnswer(attempt_id=attempt.id, question=asked.key, value=value, seen=0)
            save_answer(session, actor, command, now)
        submit_attempt(session, actor, SubmitAttempt(attempt_id=attempt.id), now + timedelta(minutes=4))
        if wrong_on_purpose:
            self.calendar.plan(now + timedelta(days=1), self._doing(actor, course, activity))

    def _write(
        self, session: WriteSession, actor: Actor, course: CourseView, activity: ActivityView, now: datetime
    ) -> None:
        share = activity.may_share and self.random.random() < 0.1  # noqa: PLR2004
        command = SaveNote(
            course=course.slug, activity=activity.key, version=0, text=self.random.choice(IDEAS), share=share
        )
        save_note(session, actor, command, now)

    def _rate(
        self,
        session: WriteSession,
        actor: Actor,
        course: CourseView,
        activity: ActivityView,
        now: datetime,
        *,
        after: bool = False,
    ) -> None:
        words = tuple(Sureness)[1:] if after else tuple(Sureness)[:3]
        ratings = {s.id: self.random.choice(words) for s in activity.statements}
        command = RateConfidence(course=course.slug, activity=activity.key, after=after, ratings=ratings)
        rate_confidence(session, actor, command, now)


def _record(session: WriteSession, actor: Actor, activity: ActivityView, now: datetime) -> None:
    command = RecordOutcome(
        person_id=actor.person_id,
        activity_id=activity.id,
        occurred_on=london_date(now),
        minutes=activity.minutes,
        participatory_minutes=activity.participatory_minutes,
        source=OutcomeSource(activity.kind.value),
    )
    record_outcome(session, actor, command, now)


def course_for(session: WriteSession, course_id: int) -> CourseView:
    return latest_view(session, latest_edition(session, course_id).id)


def right_answer(kind: str, marking: dict[str, Any]) -> Any:
    """What somebody who knows it would answer, from the key of each kind."""
    if kind == "single":
        return marking["right"][0]
    return marking[KEYS[kind]]
