"""What must be true of any database of ours, whatever was done to it: asked at the end of every test and journey."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from app.access.actor import PersonKind
from app.accounts.models import RoleGrant
from app.assessment.models import Adjustment, Attempt, AttemptAnswer
from app.capability.models import NeedRule, Requirement, SavedView, Selection, SelectionPerson
from app.curriculum.models import Activity, Course, Edition, Revision
from app.curriculum.rules import Audience
from app.evidence.models import Certificate
from app.intake.models import StaffImport
from app.kernel.audit import AuditEvent, AuditValue
from app.kernel.db import Database, ReadSession, table
from app.kernel.outbox import Mail, Notice
from app.kernel.spool import Export
from app.learning.models import Award, AwardEvent, Enrolment, Outcome
from app.learning.rules import AwardEventKind, OutcomeSource, is_complete
from app.marking.models import Mark, PieceOfWork
from app.organisation.models import Directorate, Employment, LongLeave, Person, Team
from app.organisation.rules import overlap
from app.ratings.models import Rating, RatingAgreement, RatingDelegation, RatingNote, RatingShare
from app.recognition.models import AdvisorRecord, EvidenceItem, Recognition, RecognitionOffer, RecognitionRule
from app.signing.models import SignOff
from tests.at_once import asked_at_once, lost_references, said
from tests.capability.invariants import copies_say_what_is_so
from tests.ratings import invariants as ratings
from tests.recognition import invariants as recognition
from tests.signing import invariants as signing

# The tables whose every row came from a deed that is written down under the row's own id.
AUDITED = (
    Directorate, Team, Employment, RoleGrant, Certificate, Export, Adjustment, PieceOfWork, SignOff, StaffImport,
    LongLeave, EvidenceItem, RecognitionOffer, Recognition, RecognitionRule, NeedRule, Selection, SavedView,
    Rating, RatingAgreement, RatingDelegation, RatingNote, RatingShare,
)  # fmt: skip
NOT_FOR_PARTNERS = ((Employment, "person_id"), (Employment, "manager_id"), (Employment, "sponsor_id"))
ASKED_OF_STAFF = (
    Requirement, RoleGrant, Adjustment, LongLeave, EvidenceItem, AdvisorRecord, SelectionPerson, Rating, RatingNote,
)  # fmt: skip
STAFF_ONLY = (*NOT_FOR_PARTNERS, *((model, "person_id") for model in ASKED_OF_STAFF))
WEEK = timedelta(days=7)


class BrokenInvariantError(AssertionError):
    """The database holds something that can never be true. The message lists everything found."""


def check_invariants(db: Database) -> None:
    """Raise BrokenInvariantError unless everything below holds."""
    with db.read() as session:
        found = broken(session)
    if found:
        raise BrokenInvariantError("\n  ".join(["the database cannot be true:", *found]))


def broken(session: ReadSession) -> list[str]:
    """Everything that can never be true, in words."""
    return [problem for ask in INVARIANTS for problem in ask(session)]


def _orphans(session: ReadSession) -> Iterator[str]:
    """Every reference finds its row. (SQLite checks only while the switch is on.)"""
    for child, column, found in asked_at_once(session, lost_references):
        if found:
            yield f"{found} rows of {child} whose {column} points at nothing"


def _one_spell_a_day(session: ReadSession) -> Iterator[str]:
    """Main posts of one person share no day, nor do their long leaves."""
    post, leave = table(Employment), table(LongLeave)
    for dated, counts, told in ((post, post.c.is_primary, "holds two main posts"), (leave, sa.true(), "is away twice")):
        wanted = sa.select(dated.c.person_id, dated.c.starts_on, dated.c.ends_on).where(counts)
        by_person: dict[int, list[tuple[object, object]]] = {}
        for row in session.execute(wanted.order_by(*dated.c[:2])).all():
            earlier = by_person.setdefault(row.person_id, [])
            if any(overlap((row.starts_on, row.ends_on), spell) for spell in earlier):  # type: ignore[arg-type]
                yield f"person {row.person_id} {told} on the same day"
            earlier.append((row.starts_on, row.ends_on))


def _completion_where_the_rule_holds(session: ReadSession) -> Iterator[str]:
    """An enrolment is completed when and only when the person did what its edition requires."""
    done = _done(session)
    required = _required(session)
    for row in session.execute(sa.select(table(Enrolment))).all():
        counting = {
            key
            for key, on in done.get((row.person_id, row.course_id), ())
            if not row.counts_from or on >= row.counts_from
        }
        holds = is_complete(required.get(row.edition_id, ()), counting)
        if row.completed_at and not holds:
            yield f"enrolment {row.id} is completed, and its edition asks for more"
        if holds and not row.closed_at:
            yield f"enrolment {row.id} has everything its edition asks for, and is not completed"
        if row.completed_at and not row.closed_at:
            yield f"enrolment {row.id} is completed and still open"


def _required(session: ReadSession) -> dict[int, list[str]]:
    revision, edition = table(Revision), table(Edition)
    rows = session.execute(
        sa.select(edition.c.id, revision.c.course)
        .join(revision, revision.c.edition_id == edition.c.id)
        .order_by(revision.c.number)
    )
    return {row.id: row.course["completion"]["requires"] for row in rows if row.course["audience"] != "author"}


def _done(session: ReadSession) -> dict[tuple[int, int], list[tuple[str, date]]]:
    """What each person did of each course, and when."""
    outcome, activity = table(Outcome), table(Activity)
    asked = sa.select(outcome.c.person_id, activity.c.course_id, activity.c.key, outcome.c.occurred_on)
    found: dict[tuple[int, int], list[tuple[str, date]]] = {}
    for row in session.execute(asked.join(activity, activity.c.id == outcome.c.activity_id)):
        found.setdefault((row.person_id, row.course_id), []).append((row.key, row.occurred_on))
    return found


def _audited(session: ReadSession) -> Iterator[str]:
    for name, found in asked_at_once(session, _without_an_event):
        yield f"{name} {found} came from nobody's deed: no audit event"


def _without_an_event() -> list[Any]:
    event, rows = table(AuditEvent), [table(model) for model in AUDITED]
    return [
        sa.select(said(row.name), row.c.id).where(
            ~sa.exists().where(event.c.entity == row.name, event.c.entity_id == row.c.id)
        )
        for row in rows
    ]


def _audit_keeps_values_aside(session: ReadSession) -> Iterator[str]:
    """The event names fields; each value that is kept belongs to a field that its event names."""
    event, value = table(AuditEvent), table(AuditValue)
    for row in session.execute(
        sa.select(event.c.id, event.c.fields, value.c.field).join(value, value.c.event_id == event.c.id)
    ):
        if row.field not in row.fields.split(","):
            yield f"audit event {row.id} keeps a value of {row.field}, which it does not name"


def _partners_stand_apart(session: ReadSession) -> Iterator[str]:
    for name, column, found in asked_at_once(session, _partners_among_staff):
        if found:
            yield f"{found} partners stand in {name}.{column}"
    person = table(Person)
    course, enrolment = table(Course), table(Enrolment)
    found = session.scalar(
        sa.select(sa.func.count())
        .select_from(enrolment.join(course, course.c.id == enrolment.c.course_id).join(person, _enrolled))
        .where(sa.cast(course.c.audience, sa.String) != sa.cast(person.c.kind, sa.String))
        .where(sa.or_(course.c.audience != Audience.AUTHOR, person.c.kind != PersonKind.STAFF))
    )
    if found:
        yield f"{found} people are enrolled on a course for another kind of person"


def _partners_among_staff() -> list[Any]:
    person, asked = table(Person), list[Any]()
    for model, column in STAFF_ONLY:
        row = table(model)
        partners = row.join(person, sa.and_(person.c.id == row.c[column], person.c.kind == PersonKind.PARTNER))
        asked.append(sa.select(said(row.name), said(column), sa.func.count()).select_from(partners))
    return asked


_enrolled = table(Person).c.id == table(Enrolment).c.person_id


def _each_mail_once(session: ReadSession) -> Iterator[str]:
    for model in (Mail, Notice):
        row = table(model)
        twice = session.scalars(sa.select(row.c.key).group_by(row.c.key).having(sa.func.count() > 1)).all()
        yield from (f"{row.name} {key} is there more than once" for key in twice)
    mail = table(Mail)
    routine = session.execute(
        sa.select(mail.c.person_id, mail.c.made_at).where(mail.c.routine).order_by(mail.c.person_id, mail.c.made_at)
    ).all()
    for one, next_one in pairwise(routine):
        if one.person_id == next_one.person_id and next_one.made_at - one.made_at < WEEK:
            yield f"person {one.person_id} got two routine mails within a week"


def _attempts_add_up(session: ReadSession) -> Iterator[str]:
    for row in session.execute(sa.select(table(Attempt))):
        if (row.submitted_at is None) != (row.right is None):
            yield f"attempt {row.id} is marked without being submitted, or submitted without marks"
        if row.right is not None and not 0 <= row.right <= row.out_of:
            yield f"attempt {row.id} has {row.right} right of {row.out_of}"
        if row.right is not None and row.pass_mark is not None and row.passed != (row.right >= row.pass_mark):
            yield f"attempt {row.id} has {row.right} right, a pass mark of {row.pass_mark}, and passed={row.passed}"
        if any(at is not None and at < row.began_at for at in (row.submitted_at, row.due_at)):
            yield f"attempt {row.id} ended before it began"
        if row.out_of != len(row.questions) or len(set(row.questions)) != len(row.questions):
            yield f"attempt {row.id} did not draw {row.out_of} different questions"
    attempt, answer = table(Attempt), table(AttemptAnswer)
    pairs = sa.select(attempt.c.id, attempt.c.questions, answer.c.question)
    for row in session.execute(pairs.join(answer, answer.c.attempt_id == attempt.c.id)):
        if row.question not in row.questions:
            yield f"attempt {row.id} holds an answer to {row.question}, which it did not ask"


def _adjustments_are_ended_by_somebody_else(session: ReadSession) -> Iterator[str]:
    row = table(Adjustment)
    own = sa.or_(row.c.granted_by_id == row.c.person_id, row.c.ended_by_id == row.c.person_id)
    for found in session.scalars(sa.select(row.c.id).where(own)):
        yield f"adjustment {found} was decided by the very person whom it is for"
    for found in session.scalars(sa.select(row.c.id).where(row.c.ended_at.is_(None) != row.c.ended_by_id.is_(None))):
        yield f"adjustment {found} was ended by nobody, or at no moment"


def _awards_begin_with_a_grant(session: ReadSession) -> Iterator[str]:
    award, event = table(Award), table(AwardEvent)
    granted = sa.select(event.c.id).where(event.c.award_id == award.c.id, event.c.kind == AwardEventKind.GRANTED)
    for found in session.scalars(sa.select(award.c.id).where(~granted.exists())):
        yield f"award {found} was never granted"


def _certificates_belong_to_a_completed_enrolment(session: ReadSession) -> Iterator[str]:
    certificate, enrolment = table(Certificate), table(Enrolment)
    joined = sa.select(certificate.c.id, certificate.c.person_id, enrolment.c.completed_at, enrolment.c.person_id)
    for number, holder, completed_at, learner in session.execute(
        joined.join(enrolment, enrolment.c.id == certificate.c.enrolment_id)
    ):
        if completed_at is None or holder != learner:
            yield f"certificate {number} is for a course that its holder has not completed"


def _work_counts_when_it_passed_and_only_then(session: ReadSession) -> Iterator[str]:
    """Whoever reads that they passed has it in their record, and nobody else has."""
    work, enrolment, outcome = table(PieceOfWork), table(Enrolment), table(Outcome)
    released = (
        sa.select(enrolment.c.person_id, work.c.activity_id)
        .join(work, work.c.enrolment_id == enrolment.c.id)
        .where(work.c.released_at.is_not(None), work.c.passed)
    )
    marked = sa.select(outcome.c.person_id, outcome.c.activity_id).where(outcome.c.source == OutcomeSource.MARKED)
    passed, counted = ({(p, a) for p, a in session.execute(asked)} for asked in (released, marked))
    yield from (f"person {p} passed task {a}, and it counts nowhere" for p, a in sorted(passed - counted))
    yield from (f"person {p} has task {a} as marked, and no work of theirs passed" for p, a in sorted(counted - passed))


def _work_goes_one_way(session: ReadSession) -> Iterator[str]:
    """Handed in, decided, released; one go after the other; nothing after a pass."""
    work = table(PieceOfWork)
    before: dict[tuple[int, int], Any] = {}
    for row in session.execute(sa.select(work).order_by(work.c.enrolment_id, work.c.activity_id, work.c.number)):
        last = before.get((row.enrolment_id, row.activity_id))
        if row.number != (last.number + 1 if last else 1):
            yield f"work {row.id} is go {row.number}, and there is none before it"
        if last and (last.released_at is None or last.passed):
            yield f"work {row.id} was begun while another go was open, waited or had passed"
        if row.decided_at and (row.points is None or row.passed is None):
            yield f"work {row.id} is decided without points"
        if row.points is not None and not 0 <= row.points <= row.out_of:
            yield f"work {row.id} has {row.points} points of {row.out_of}"
        before[row.enrolment_id, row.activity_id] = row
    mark = table(Mark)
    drafts = sa.select(mark.c.id).join(work, work.c.id == mark.c.work_id)
    for found in session.scalars(drafts.where(work.c.handed_in_at.is_(None), mark.c.given_back_at.is_(None))):
        yield f"mark {found} is of work that is not handed in"


INVARIANTS: tuple[Callable[[ReadSession], Iterator[str]], ...] = (
    _orphans,
    _one_spell_a_day,
    _completion_where_the_rule_holds,
    _audited,
    _audit_keeps_values_aside,
    _partners_stand_apart,
    _each_mail_once,
    _attempts_add_up,
    _adjustments_are_ended_by_somebody_else,
    _awards_begin_with_a_grant,
    _certificates_belong_to_a_completed_enrolment,
    _work_counts_when_it_passed_and_only_then,
    _work_goes_one_way,
    copies_say_what_is_so,
    *signing.INVARIANTS,
    *recognition.INVARIANTS,
    *ratings.INVARIANTS,
)
