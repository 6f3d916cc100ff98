"""What stands in the way of merging two records, or of taking them apart."""

import sqlalchemy as sa

from app.access.actor import Actor, PersonKind
from app.access.permissions import Permission
from app.assessment.queries import arranged_between
from app.intake.models import PersonMerge, TwoPeople
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.learning.models import Enrolment
from app.marking.models import Mark, PieceOfWork
from app.organisation.models import Employment, Person
from app.ratings.queries import rated_between
from app.recognition.queries.between import decided_between
from app.signing.models import PracticeUse, SignOff

_person, _post, _merge, _two = table(Person), table(Employment), table(PersonMerge), table(TwoPeople)
_mark, _work = table(Mark), table(PieceOfWork)
_sign_off, _enrolment, _use = table(SignOff), table(Enrolment), table(PracticeUse)

LARGEST_ID = 2**31 - 1
OWN = "Nobody merges their own record. Ask somebody else who looks after staff records."


def whole_trust(actor: Actor) -> None:
    """Raises NotFoundError for whoever looks after a part of the trust: the other record may lie outside it."""
    if not actor.reach(Permission.MANAGE_PEOPLE).trust:
        raise NotFoundError("records that may be one person")


def staff_named(session: ReadSession, person_ids: tuple[int, int]) -> dict[int, Person]:
    """Both as members of staff. Raises NotFoundError for anybody else: patient partners are never looked at here."""
    asked = {min(person_id, LARGEST_ID) for person_id in person_ids}
    wanted = sa.select(Person).where(_person.c.id.in_(asked), _person.c.kind == PersonKind.STAFF)
    found = {person.id: person for person in session.scalars(wanted)}
    if len(set(person_ids)) < len(person_ids) or len(found) < len(person_ids):
        raise NotFoundError("records")
    return found


def obstacles(session: ReadSession, actor: Actor, one: Person, other: Person) -> list[str]:
    """Why these two may not be merged, in sentences; empty when they may."""
    found = []
    if actor.person_id in {one.id, other.id}:
        found.append(OWN)
    found += [
        f"The record of {person.name} was merged already. Its history is in the record it leads to."
        for person in (one, other)
        if person.merged_into_id is not None
    ]
    if judged_two(session, one.id, other.id):
        found.append("They were judged to be two people. If that was wrong, take the judgement back first.")
    if _judges(session, one.id, other.id):
        found.append(
            "One of them decided about the other’s learning, as a marker, supervisor or assessor does. Nobody does "
            "that for themselves, so these are two people."
        )
    return found


def judged_two(session: ReadSession, one: int, other: int) -> bool:
    first, second = sorted((one, other))
    wanted = sa.select(_two.c.id).where(_two.c.first_id == first, _two.c.second_id == second)
    return session.scalar(wanted) is not None


def _judges(session: ReadSession, one: int, other: int) -> bool:
    both = (one, other)
    marked = (
        sa.select(_mark.c.id)
        .join(_work, _work.c.id == _mark.c.work_id)
        .join(_enrolment, _enrolment.c.id == _work.c.enrolment_id)
        .where(_enrolment.c.person_id.in_(both), _mark.c.marker_id.in_(both))
    )
    signed = (
        sa.select(_sign_off.c.id)
        .join(_enrolment, _enrolment.c.id == _sign_off.c.enrolment_id)
        .where(
            _enrolment.c.person_id.in_(both),
            sa.or_(_sign_off.c.asked_id.in_(both), _sign_off.c.decided_by_id.in_(both)),
        )
    )
    used = sa.select(_use.c.id).where(
        _use.c.person_id.in_(both), sa.or_(_use.c.asked_id.in_(both), _use.c.decided_by_id.in_(both))
    )
    found = any(session.execute(wanted.limit(1)).first() for wanted in (marked, signed, used))
    between = (arranged_between, decided_between, rated_between)
    return found or any(ask(session, one, other) for ask in between)


def later_merge(session: ReadSession, merge: PersonMerge) -> PersonMerge | None:
    """A merge that stands and was built on this one: it has to be undone first."""
    both = (merge.kept_id, merge.gone_id)
    return session.scalar(
        sa.select(PersonMerge)
        .where(
            _merge.c.undone_at.is_(None),
            _merge.c.id > merge.id,
            sa.or_(_merge.c.kept_id.in_(both), _merge.c.gone_id.in_(both)),
        )
        .order_by(_merge.c.id.desc())
        .limit(1)
    )
