"""Certificates: one's own, the one behind a code, and courses that have none yet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor, PersonKind
from app.access.permissions import Permission
from app.curriculum.models import Revision
from app.evidence.models import Certificate
from app.evidence.rules import CODE_LENGTH, plain_code
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.learning.models import Enrolment
from app.learning.rules import EnrolmentSource
from app.organisation.models import PartnerProfile, Person
from app.organisation.queries import leaves_of
from app.organisation.rules import Spell, moved_by

_certificate = table(Certificate)
_enrolment = table(Enrolment)
_revision = table(Revision)
_person = table(Person)
_profile = table(PartnerProfile)


@dataclass(frozen=True, slots=True)
class CertificateRow:
    id: int
    code: str
    enrolment_id: int
    person_id: int
    holder: str
    title: str
    edition_number: int
    tier_title: str
    of_taking_part: bool
    completed_on: date
    issued_on: date
    expires_on: date | None
    public: bool
    withdrawn_on: date | None
    withdrawn_reason: str


@dataclass(frozen=True, slots=True)
class CompletedCourse:
    """A course that somebody completed and for which they have taken no certificate yet."""

    enrolment_id: int
    title: str
    completed_on: date


_ROWS = sa.select(*(_certificate.c[name] for name in CertificateRow.__slots__))
_NEWEST_TITLE = (
    sa.select(_revision.c.public_title)
    .where(_revision.c.edition_id == _enrolment.c.edition_id)
    .order_by(_revision.c.number.desc())
    .limit(1)
    .correlate(_enrolment)
    .scalar_subquery()
)


def own_certificate(session: ReadSession, actor: Actor, certificate_id: int, today: date) -> CertificateRow:
    """One of the actor's own. Raises NotFoundError for everybody else's, as for one that does not exist."""
    wanted = _ROWS.where(_certificate.c.id == certificate_id, _certificate.c.person_id == actor.person_id)
    return _moved(session, [_one(session, wanted)], today)[0]


def own_certificates(session: ReadSession, actor: Actor, today: date) -> list[CertificateRow]:
    return certificates_of(session, actor.person_id, today)


def certificates_of(session: ReadSession, person_id: int, today: date) -> list[CertificateRow]:
    """Everybody's. Ask person_record first: this does not look at reach."""
    wanted = _ROWS.where(_certificate.c.person_id == person_id).order_by(_certificate.c.completed_on.desc())
    return _moved(session, [CertificateRow(*row) for row in session.execute(wanted)], today)


def without_certificate(session: ReadSession, person_id: int) -> list[CompletedCourse]:
    """What this person completed here and has taken no certificate for, newest first."""
    wanted = (
        sa.select(_enrolment.c.id, _NEWEST_TITLE, _enrolment.c.completed_at)
        .outerjoin(_certificate, _certificate.c.enrolment_id == _enrolment.c.id)
        .where(_enrolment.c.person_id == person_id, _enrolment.c.completed_at.is_not(None), _certificate.c.id.is_(None))
        .where(_enrolment.c.source != EnrolmentSource.IMPORTED)
        .order_by(_enrolment.c.completed_at.desc())
    )
    return [CompletedCourse(id_, title, london_date(at)) for id_, title, at in session.execute(wanted)]


def checked(session: ReadSession, code: str, today: date) -> CertificateRow | None:
    """What anybody with this code may know. None alike for an unknown code and for a certificate kept private."""
    plain = plain_code(code)
    if len(plain) != CODE_LENGTH:
        return None
    row = session.execute(_ROWS.where(_certificate.c.code == plain, _certificate.c.public)).first()
    return _moved(session, [CertificateRow(*row)], today)[0] if row else None


def staff_certificate(session: ReadSession, actor: Actor, certificate_id: int) -> CertificateRow:
    """A member of staff's, for whoever may withdraw it. Raises NotFoundError; a partner's is not there at all."""
    if not actor.reach(Permission.WITHDRAW_CERTIFICATE).trust:
        raise NotFoundError("certificate")
    joined = _ROWS.join(_person, _person.c.id == _certificate.c.person_id)
    return _one(session, joined.where(_certificate.c.id == certificate_id, _person.c.kind == PersonKind.STAFF))


def public_check_is_on(session: ReadSession, person_id: int) -> bool:
    """Whether a patient partner let others check their certificates."""
    return bool(session.scalar(sa.select(_profile.c.public_check).where(_profile.c.person_id == person_id)))


def _moved(session: ReadSession, rows: list[CertificateRow], today: date) -> list[CertificateRow]:
    """The same, each to be refreshed by the day that long leave has moved its level's to."""
    if not any(row.expires_on for row in rows):
        return rows
    leaves = leaves_of(session, {row.person_id for row in rows}, today)
    return [_later(row, leaves[row.person_id], today) if row.person_id in leaves else row for row in rows]


def _later(row: CertificateRow, spells: Sequence[Spell], today: date) -> CertificateRow:
    if row.expires_on is None:
        return row
    moved = moved_by(spells, row.completed_on, row.expires_on, today)
    return replace(row, expires_on=row.expires_on + timedelta(days=moved))


def _one(session: ReadSession, wanted: sa.Select[Any]) -> CertificateRow:
    row = session.execute(wanted).first()
    if row is None:
        raise NotFoundError("certificate")
    return CertificateRow(*row)
