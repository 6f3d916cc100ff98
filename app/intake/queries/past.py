"""All that a plan of past learning may depend on, read at one moment."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.access.actor import PersonKind
from app.curriculum.models import Activity, Course, Edition, Revision
from app.curriculum.queries import course_views, tiers
from app.curriculum.rules import Audience
from app.curriculum.views import CourseView
from app.intake.models import StaffDecision
from app.intake.rules.decisions import Unknown, Verdict, decision_key
from app.intake.rules.past.picture import (
    KnownCourse,
    KnownEdition,
    KnownEnrolment,
    KnownEvent,
    KnownPerson,
    PastPicture,
    PersonAndCourse,
    PersonAndTier,
)
from app.intake.rules.past.who import widened
from app.kernel.audit import AuditEvent
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, table
from app.learning.models import Award, AwardEvent, Enrolment, Outcome
from app.learning.queries.enrolments import COUNTS
from app.learning.rules import OutcomeSource
from app.organisation.models import Employment, Person
from app.recognition.models import EvidenceItem

_person, _employment, _event = table(Person), table(Employment), table(AuditEvent)
_course, _edition, _revision, _activity = table(Course), table(Edition), table(Revision), table(Activity)
_enrolment, _outcome, _item = table(Enrolment), table(Outcome), table(EvidenceItem)
_award, _award_event, _decision = table(Award), table(AwardEvent), table(StaffDecision)

AT_ONCE = 900
"""How many values one statement names: SQLite takes a thousand in any build."""
MOVES = ("award_event", "employment", "enrolment", "evidence_item", "outcome", "person")
"""Deeds on these change the picture of the person whom they are about; every deed is written down."""


def past_picture(session: ReadSession, numbers: Collection[str], today: date) -> PastPicture:
    """What is known of those who have or had these employee numbers, and of the courses for staff."""
    by_number = _people(session, {*numbers, *(wider for number in numbers for wider in widened(number))})
    people = sorted({person.id for person in by_number.values()})
    seen, words = seen_of(session, people), newest_words(session)  # first: what comes meanwhile is then noticed
    return PastPicture(
        today=today,
        words=words,
        seen=seen,
        courses=_courses(session),
        by_number=by_number,
        renamed=_renamed(session, numbers),
        enrolments=_enrolments(session, people),
        imported=_imported(session, people),
        events=_events(session, people),
        awards=_awards(session, people),
        items=_items(session, people),
    )


def seen_of(session: ReadSession, people: Iterable[int]) -> dict[int, int]:
    """How many deeds on what a picture shows each of these people has known: another number is another picture."""
    wanted = sa.select(_event.c.subject_id, sa.func.count()).where(_event.c.entity.in_(MOVES))
    return dict(_among(session, wanted.group_by(_event.c.subject_id), _event.c.subject_id, people))


def newest_words(session: ReadSession) -> int:
    """The newest revision of any course."""
    return session.scalar(sa.select(sa.func.max(_revision.c.id))) or 0


def _among(
    session: ReadSession, wanted: sa.Select[Any], column: sa.ColumnElement[Any], values: Iterable[Any]
) -> Iterator[Any]:
    asked = sorted(values)
    for start in range(0, len(asked), AT_ONCE):
        yield from map(tuple, session.execute(wanted.where(column.in_(asked[start : start + AT_ONCE]))))


def _people(session: ReadSession, numbers: Iterable[str]) -> dict[str, KnownPerson]:
    """By every employee number; of two people who had one after the other, the later. Never a partner."""
    wanted = (
        sa.select(_employment.c.starts_on, _person.c.id, _employment.c.employee_number, _person.c.name)
        .add_columns(_person.c.list_name)
        .join(_person, _person.c.id == _employment.c.person_id)
        .where(_person.c.kind == PersonKind.STAFF)
    )
    held = sorted(_among(session, wanted, _employment.c.employee_number, numbers), key=lambda found: found[:2])
    known: dict[int, KnownPerson] = {}
    return {
        number: known.setdefault(person_id, KnownPerson(person_id, name, list_name))
        for _, person_id, number, name, list_name in held
    }


def _renamed(session: ReadSession, numbers: Collection[str]) -> frozenset[str]:
    wanted = sa.select(_decision.c.words).where(_decision.c.about == Unknown.PERSON, _decision.c.verdict == Verdict.MAP)
    decided = set(session.scalars(wanted))
    return frozenset(number for number in numbers if decision_key(number) in decided)


def _courses(session: ReadSession) -> tuple[KnownCourse, ...]:
    """Every course for staff, in each of its editions that can be completed, in their newest words."""
    wanted = (
        sa.select(sa.func.max(_revision.c.id))
        .join(_edition, _edition.c.id == _revision.c.edition_id)
        .join(_course, _course.c.id == _edition.c.course_id)
        .where(_course.c.audience == Audience.STAFF)
        .group_by(_edition.c.id)
        .order_by(_edition.c.number)
    )
    levels = {tier.slug: tier.title for tier in tiers(session)}
    by_course: dict[int, list[CourseView]] = defaultdict(list)
    for view in course_views(session, session.scalars(wanted).all()):
        by_course[view.course_id].append(view)
    return tuple(_course_of(views, levels) for _, views in sorted(by_course.items()))


def _course_of(views: list[CourseView], levels: Mapping[str, str]) -> KnownCourse:
    newest = views[-1]
    names = (newest.slug, newest.title, newest.public_title)
    editions = (_edition_of(view, levels) for view in views if view.can_be_completed and view.completion)
    return KnownCourse(newest.course_id, newest.slug, newest.title, names, tuple(editions))


def _edition_of(view: CourseView, levels: Mapping[str, str]) -> KnownEdition:
    required = [a for a in view.activities if a.key in set(view.completion)]
    return KnownEdition(
        id=view.edition_id,
        number=view.edition_number,
        asks=tuple((activity.id, activity.minutes) for activity in required),
        awards=view.awards,
        level=levels.get(view.awards or "", ""),
        validity_months=view.validity_months,
    )


def _enrolments(session: ReadSession, people: Iterable[int]) -> dict[PersonAndCourse, tuple[KnownEnrolment, ...]]:
    last_done = (
        sa.select(sa.func.max(_outcome.c.occurred_on))
        .join(_activity, _activity.c.id == _outcome.c.activity_id)
        .where(COUNTS, _activity.c.course_id == _enrolment.c.course_id)
        .correlate(_enrolment)
        .scalar_subquery()
    )
    wanted = sa.select(
        _enrolment.c.person_id,
        _enrolment.c.course_id,
        _enrolment.c.id,
        _enrolment.c.edition_id,
        _enrolment.c.counts_from,
        _enrolment.c.started_at,
        _enrolment.c.completed_at,
        sa.case((_enrolment.c.closed_at.is_(None), last_done)),
    ).order_by(_enrolment.c.episode)
    found: dict[PersonAndCourse, list[KnownEnrolment]] = defaultdict(list)
    for person_id, course_id, *kept in _among(session, wanted, _enrolment.c.person_id, people):
        enrolment, edition, counts_from, started_at, completed_at, last = kept
        on = london_date(completed_at) if completed_at else None
        found[person_id, course_id].append(KnownEnrolment(enrolment, edition, counts_from, started_at, on, last))
    return {key: tuple(theirs) for key, theirs in found.items()}


def _imported(session: ReadSession, people: Iterable[int]) -> dict[PersonAndCourse, frozenset[date]]:
    wanted = (
        sa.select(_outcome.c.person_id, _activity.c.course_id, _outcome.c.occurred_on)
        .join(_activity, _activity.c.id == _outcome.c.activity_id)
        .where(_outcome.c.source == OutcomeSource.IMPORTED)
        .distinct()
    )
    found: dict[PersonAndCourse, set[date]] = defaultdict(set)
    for person_id, course_id, on in _among(session, wanted, _outcome.c.person_id, people):
        found[person_id, course_id].add(on)
    return {key: frozenset(days) for key, days in found.items()}


def _events(session: ReadSession, people: Iterable[int]) -> dict[PersonAndTier, tuple[KnownEvent, ...]]:
    columns = (_award_event.c.kind, _award_event.c.occurred_on, _award_event.c.valid_until)
    wanted = (
        sa.select(_award.c.person_id, _award.c.tier, *columns)
        .join(_award_event, _award_event.c.award_id == _award.c.id)
        .order_by(_award_event.c.occurred_on, _award_event.c.id)
    )
    found: dict[PersonAndTier, list[KnownEvent]] = defaultdict(list)
    for person_id, tier, *event in _among(session, wanted, _award.c.person_id, people):
        found[person_id, tier].append(KnownEvent(*event))
    return {key: tuple(theirs) for key, theirs in found.items()}


def _awards(session: ReadSession, people: Iterable[int]) -> dict[PersonAndTier, int]:
    wanted = sa.select(_award.c.person_id, _award.c.tier, _award.c.id)
    return {(person_id, tier): award for person_id, tier, award in _among(session, wanted, _award.c.person_id, people)}


def _items(session: ReadSession, people: Iterable[int]) -> frozenset[tuple[int, str]]:
    wanted = sa.select(_item.c.person_id, _item.c.source_key).where(_item.c.source_key.is_not(None))
    return frozenset(_among(session, wanted, _item.c.person_id, people))
