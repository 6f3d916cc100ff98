"""Certificates are issued for a completed course, shown to others or kept private, and withdrawn for a reason."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from app.access.actor import Actor, PersonKind
from app.access.permissions import Permission
from app.curriculum.models import Activity, Tier
from app.curriculum.queries import latest_view
from app.curriculum.views import CourseView
from app.evidence.models import Certificate
from app.evidence.queries import public_check_is_on, staff_certificate, without_certificate
from app.evidence.rules import grouped, made_code
from app.kernel import audit
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, WriteSession, table
from app.kernel.errors import BadInputError, NotFoundError, RuleBrokenError
from app.learning.commands import WithdrawAward, withdraw_award
from app.learning.models import Enrolment, Outcome
from app.learning.queries import holdings
from app.learning.rules import EnrolmentSource
from app.organisation.models import PartnerProfile, Person
from app.organisation.queries import person_record

_certificate, _tier = table(Certificate), table(Tier)
_outcome, _activity = table(Outcome), table(Activity)
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawCertificate:
    """`level_too`: the level that the course gave is taken back in the same deed."""

    certificate_id: int
    reason: str
    level_too: bool = True


def issue_certificate(session: WriteSession, actor: Actor, enrolment_id: int, now: datetime) -> Certificate:
    """The certificate of one of the actor's own completed enrolments; the same one however often it is asked for.

    Raises NotFoundError for somebody else's enrolment and RuleBrokenError for one that is not completed.
    """
    enrolment = session.get(Enrolment, enrolment_id)
    if enrolment is None or enrolment.person_id != actor.person_id:
        raise NotFoundError("enrolment")
    return _issued(session, actor, enrolment, now)


def issue_missing(session: WriteSession, actor: Actor, person_id: int, now: datetime) -> int:
    """A certificate for each course that a member of staff completed and never took one for, so that their evidence
    has its numbers. Returns how many. Raises NotFoundError for somebody out of reach."""
    if person_id != actor.person_id:
        person_record(session, actor, Permission.EXPORT_EVIDENCE, person_id, london_date(now))
    missing = without_certificate(session, person_id)
    for course in missing:
        enrolment = session.get(Enrolment, course.enrolment_id)
        assert enrolment is not None
        _issued(session, actor, enrolment, now)
    return len(missing)


def set_public_check(session: WriteSession, actor: Actor, now: datetime, *, on: bool) -> None:
    """A patient partner decides whether others may check their certificates, past ones and those to come."""
    profile = session.get(PartnerProfile, actor.person_id)
    if profile is None:
        raise NotFoundError("partner")
    if profile.public_check == on:
        return
    profile.public_check = on
    session.execute(sa.update(_certificate).where(_certificate.c.person_id == actor.person_id).values(public=on))
    audit.record(
        session,
        actor,
        "turn public check on" if on else "turn public check off",
        "person",
        actor.person_id,
        now=now,
        subject_id=actor.person_id,
        fields=("public_check",),
    )


def withdraw_certificate(session: WriteSession, actor: Actor, command: WithdrawCertificate, now: datetime) -> None:
    """The certificate says from now on that it is withdrawn; with `level_too`, the level is taken back as well.

    Raises NotFoundError unless the actor may withdraw it, RuleBrokenError when it is withdrawn already.
    """
    row = staff_certificate(session, actor, command.certificate_id)
    reason = " ".join(command.reason.split())
    if not reason:
        raise BadInputError({"reason": "Enter why the certificate is withdrawn"})
    if len(reason) > LONGEST_REASON:
        raise BadInputError({"reason": f"The reason must be {LONGEST_REASON} characters or fewer"})
    still_valid = sa.and_(_certificate.c.id == row.id, _certificate.c.withdrawn_on.is_(None))
    values = {"withdrawn_on": london_date(now), "withdrawn_reason": reason}
    done = session.scalar(sa.update(_certificate).where(still_valid).values(**values).returning(_certificate.c.id))
    if done is None:
        raise RuleBrokenError("This certificate is withdrawn already.")
    audit.record(
        session,
        actor,
        "withdraw certificate",
        "certificate",
        row.id,
        now=now,
        subject_id=row.person_id,
        changed={"withdrawn_reason": (None, reason)},
    )
    if command.level_too:
        _take_level_back(session, actor, row.enrolment_id, row.person_id, grouped(row.code), now)


def _issued(session: WriteSession, actor: Actor, enrolment: Enrolment, now: datetime) -> Certificate:
    """Whoever asks twice, even at the same moment, gets the same certificate."""
    person = session.scalar(sa.select(Person).where(table(Person).c.id == enrolment.person_id).with_for_update())
    assert person is not None
    found = session.scalar(sa.select(Certificate).where(_certificate.c.enrolment_id == enrolment.id))
    if found is not None:
        return found
    if enrolment.completed_at is None:
        raise RuleBrokenError("The course is not finished yet. The certificate comes when it is.")
    if enrolment.source is EnrolmentSource.IMPORTED:
        raise RuleBrokenError("This course was completed elsewhere. Its certificate is the one that was given there.")
    certificate = _made(session, person, enrolment, enrolment.completed_at, london_date(now))
    session.add(certificate)
    session.flush()
    audit.record(
        session,
        actor,
        "issue certificate",
        "certificate",
        certificate.id,
        now=now,
        subject_id=person.id,
        fields=("enrolment_id",),
    )
    return certificate


def _made(
    session: ReadSession, person: Person, enrolment: Enrolment, completed_at: datetime, today: date
) -> Certificate:
    course = latest_view(session, enrolment.edition_id)
    partner = person.kind is PersonKind.PARTNER
    completed_on = _completed_on(session, enrolment, completed_at)
    return Certificate(
        code=made_code(secrets.choice),
        enrolment_id=enrolment.id,
        person_id=person.id,
        holder=person.name,
        title=course.public_title,
        edition_number=course.edition_number,
        # The name of the partners' level would say that its holder is a patient or a carer.
        tier_title="" if partner or course.awards is None else _tier_title(session, course.awards),
        of_taking_part=partner or course.of_taking_part,
        completed_on=completed_on,
        issued_on=today,
        expires_on=None if partner else _expires_on(session, person.id, course, completed_on),
        public=public_check_is_on(session, person.id) if partner else True,
    )


def _completed_on(session: ReadSession, enrolment: Enrolment, completed_at: datetime) -> date:
    """The day of the last thing done: what is entered late still counts on its own day."""
    last: date | None = session.scalar(
        sa.select(sa.func.max(_outcome.c.occurred_on))
        .join(_activity, _activity.c.id == _outcome.c.activity_id)
        .where(
            _outcome.c.person_id == enrolment.person_id,
            _activity.c.course_id == enrolment.course_id,
            _outcome.c.recorded_at <= completed_at,
        )
    )
    return last or london_date(completed_at)


def _tier_title(session: ReadSession, slug: str) -> str:
    return session.scalar(sa.select(_tier.c.title).where(_tier.c.slug == slug)) or ""


def _expires_on(session: ReadSession, person_id: int, course: CourseView, completed_on: date) -> date | None:
    """As if nobody were ever on long leave: whoever reads a certificate moves the day by what is known then."""
    held = holdings(session, [person_id], completed_on).get(person_id, {}).get(course.awards or "")
    if held is None or held.valid_until is None:
        return None
    return held.valid_until - timedelta(days=held.moved)


def _take_level_back(
    session: WriteSession, actor: Actor, enrolment_id: int, person_id: int, number: str, now: datetime
) -> None:
    """Only while the level still rests on that course's edition: one earned again since is another matter."""
    enrolment = session.get(Enrolment, enrolment_id)
    assert enrolment is not None
    tier = latest_view(session, enrolment.edition_id).awards
    today = london_date(now)
    held = holdings(session, [person_id], today).get(person_id, {}).get(tier or "")
    if tier is None or held is None or held.withdrawn or held.edition_id != enrolment.edition_id:
        return
    command = WithdrawAward(person_id=person_id, tier=tier, occurred_on=today, reason=f"certificate {number} withdrawn")
    withdraw_award(session, actor, command, now)
