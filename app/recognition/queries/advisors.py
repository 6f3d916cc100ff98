"""Records of external programmes: the QI team's list, one of them whole, a person's own, and those of a sponsor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.organisation.models import Person
from app.organisation.queries import PersonRow, in_post, person_record
from app.recognition.models import AdvisorCertificate, AdvisorRecord, AdvisorScore, AdvisorWorkshop, SponsorSignOff
from app.recognition.queries.desk import may_assess
from app.recognition.rules import AdvisorResult, Lacking, lacking

_record, _workshop, _score = table(AdvisorRecord), table(AdvisorWorkshop), table(AdvisorScore)
_sign_off, _certificate = table(SponsorSignOff), table(AdvisorCertificate)
_person = table(Person)
_sponsor, _granter = _person.alias("sponsor"), _person.alias("granter")
_adder, _verifier = _person.alias("adder"), _person.alias("verifier")


@dataclass(frozen=True, slots=True)
class AdvisorRow:
    """A record, with what counts of its sponsor's sign-off and its newest certificate."""

    id: int
    person_id: int
    person: str
    email: str | None
    programme: str
    provider: str
    cohort: str
    starts_on: date
    ends_on: date
    place: str
    mentor: str
    self_rating: str
    project: str
    sponsor_id: int | None
    sponsor: str | None
    sponsor_email: str | None
    result: AdvisorResult | None
    assessed_on: date | None
    review_on: date
    half_days: int
    coaches: int
    version: int
    granted_at: datetime | None
    granted_by: str | None
    signed_at: datetime | None
    signed_words: str | None
    certificate_id: int | None
    certificate: str | None
    certificate_added_at: datetime | None
    certificate_added_by: str | None
    verified_at: datetime | None
    verified_by: str | None
    verified_how: str | None

    def lacking(self, today: date) -> tuple[Lacking, ...]:
        """What the level still waits for."""
        signed, verified = self.signed_at is not None, self.verified_at is not None
        return lacking(self.ends_on, self.review_on, self.result, today, signed=signed, verified=verified)


@dataclass(frozen=True, slots=True)
class WorkshopRow:
    record_id: int
    id: int
    name: str
    held_on: date
    attended: bool | None


@dataclass(frozen=True, slots=True)
class ScoreRow:
    record_id: int
    halves: int
    scored_on: date
    note: str
    set_by: str


@dataclass(frozen=True, slots=True)
class Advising:
    """One record whole: its workshops by date, its scores with the newest last."""

    record: AdvisorRow
    workshops: Sequence[WorkshopRow]
    scores: Sequence[ScoreRow]


_newest = (
    sa.select(sa.func.max(_certificate.c.id))
    .where(_certificate.c.record_id == _record.c.id)
    .correlate(_record)
    .scalar_subquery()
)
_RECORDS = (
    sa.select(
        _record.c.id,
        _person.c.id,
        _person.c.name,
        _person.c.email,
        _record.c.programme,
        _record.c.provider,
        _record.c.cohort,
        _record.c.starts_on,
        _record.c.ends_on,
        _record.c.place,
        _record.c.mentor,
        _record.c.self_rating,
        _record.c.project,
        _record.c.sponsor_id,
        _sponsor.c.name,
        _sponsor.c.email,
        _record.c.result,
        _record.c.assessed_on,
        _record.c.review_on,
        _record.c.half_days,
        _record.c.coaches,
        _record.c.version,
        _record.c.granted_at,
        _granter.c.name,
        _sign_off.c.signed_at,
        _sign_off.c.words,
        _certificate.c.id,
        _certificate.c.file_name,
        _certificate.c.added_at,
        _adder.c.name,
        _certificate.c.verified_at,
        _verifier.c.name,
        _certificate.c.verified_how,
    )
    .select_from(_record)
    .join(_person, _person.c.id == _record.c.person_id)
    .outerjoin(_sponsor, _sponsor.c.id == _record.c.sponsor_id)
    .outerjoin(_granter, _granter.c.id == _record.c.granted_by_id)
    .outerjoin(
        _sign_off, sa.and_(_sign_off.c.record_id == _record.c.id, _sign_off.c.sponsor_id == _record.c.sponsor_id)
    )
    .outerjoin(_certificate, _certificate.c.id == _newest)
    .outerjoin(_adder, _adder.c.id == _certificate.c.added_by_id)
    .outerjoin(_verifier, _verifier.c.id == _certificate.c.verified_by_id)
)


def advisors(session: ReadSession, actor: Actor) -> list[AdvisorRow]:
    """Every record, by name and start, for the QI team. One statement."""
    may_assess(actor)
    rows = session.execute(_RECORDS.order_by(_person.c.sort_key, _record.c.starts_on, _record.c.id))
    return [AdvisorRow(*row) for row in rows]


def advising(session: ReadSession, record_id: int) -> Advising:
    """One record, whoever's it is: ask whether the actor may know of it. Raises NotFoundError."""
    found = _whole(session, _record.c.id == record_id)
    if not found:
        raise NotFoundError("advisor record")
    return found[0]


def advising_for(session: ReadSession, actor: Actor, record_id: int, today: date) -> tuple[Advising, PersonRow]:
    """One record as the QI team sees it, and where its person works or last worked. Raises NotFoundError."""
    may_assess(actor)
    found = advising(session, record_id)
    return found, person_record(session, actor, Permission.RECOGNISE, found.record.person_id, today)


def own_advising(session: ReadSession, actor: Actor) -> list[Advising]:
    """The actor's own, the last begun first. Three statements."""
    return _whole(session, _record.c.person_id == actor.person_id)


def sponsored(session: ReadSession, actor: Actor, today: date) -> list[AdvisorRow]:
    """What the actor sponsors while they work here, what waits for them first."""
    if not in_post(session, actor.person_id, today):
        return []
    order = (_sign_off.c.id.is_not(None), _record.c.ends_on, _record.c.id)
    rows = session.execute(_RECORDS.where(_record.c.sponsor_id == actor.person_id).order_by(*order))
    return [AdvisorRow(*row) for row in rows]


def sponsored_one(session: ReadSession, actor: Actor, record_id: int, today: date) -> Advising:
    """One that the actor sponsors. Raises NotFoundError for every other, as for one that does not exist."""
    mine = sa.and_(_record.c.id == record_id, _record.c.sponsor_id == actor.person_id)
    found = _whole(session, mine)
    if not found or not in_post(session, actor.person_id, today):
        raise NotFoundError("advisor record")
    return found[0]


def ties(session: ReadSession, person_id: int) -> tuple[int, int]:
    """How many records somebody has of their own, and how many they are named in as the sponsor. One statement."""
    own, others = _record.c.person_id == person_id, _record.c.sponsor_id == person_id
    wanted = sa.select(sa.func.count().filter(own), sa.func.count().filter(others)).where(sa.or_(own, others))
    found = session.execute(wanted).one()
    return found[0], found[1]


def own_certificate(session: ReadSession, actor: Actor, certificate_id: int) -> AdvisorCertificate:
    """One of the actor's own, with its content. Raises NotFoundError."""
    mine = sa.and_(_certificate.c.id == certificate_id, _record.c.person_id == actor.person_id)
    found = session.scalar(
        sa.select(AdvisorCertificate).join(_record, _record.c.id == _certificate.c.record_id).where(mine)
    )
    if found is None:
        raise NotFoundError("certificate")
    return found


def certificate_for(session: ReadSession, actor: Actor, certificate_id: int) -> tuple[AdvisorCertificate, int]:
    """A certificate with its content, and whose it is, for the QI team. Raises NotFoundError."""
    may_assess(actor)
    found = session.get(AdvisorCertificate, certificate_id)
    if found is None:
        raise NotFoundError("certificate")
    return found, advising(session, found.record_id).record.person_id


def _whole(session: ReadSession, condition: sa.ColumnElement[bool]) -> list[Advising]:
    newest_first = (_record.c.starts_on.desc(), _record.c.id.desc())
    records = [AdvisorRow(*row) for row in session.execute(_RECORDS.where(condition).order_by(*newest_first))]
    wanted = sa.select(_record.c.id).where(condition)
    w, s = _workshop.c, _score.c
    workshops = session.execute(
        sa.select(w.record_id, w.id, w.name, w.held_on, w.attended)
        .where(w.record_id.in_(wanted))
        .order_by(w.held_on, w.id)
    ).all()
    scores = session.execute(
        sa.select(s.record_id, s.halves, s.scored_on, s.note, _person.c.name)
        .join(_person, _person.c.id == s.set_by_id)
        .where(s.record_id.in_(wanted))
        .order_by(s.scored_on, s.id)
    ).all()
    return [
        Advising(
            r,
            [WorkshopRow(*row) for row in workshops if row.record_id == r.id],
            [ScoreRow(*row) for row in scores if row.record_id == r.id],
        )
        for r in records
    ]
