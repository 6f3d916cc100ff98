"""Certificates of staff and partners, and the names of what stands in evidence's addresses: for the house tests."""

import sqlalchemy as sa

from app.evidence.commands import issue_certificate
from app.evidence.models import Certificate
from app.kernel.db import table
from app.learning.models import Enrolment
from app.organisation.models import Person
from tests.evidence.scene import acting
from tests.house.stage import Cast
from tests.world import World


def furnish(world: World, cast: Cast) -> None:
    """Everybody who completed a course takes the certificate."""
    enrolment = table(Enrolment)
    with world.db.write() as session:
        done = session.execute(
            sa.select(enrolment.c.id, enrolment.c.person_id).where(enrolment.c.completed_at.is_not(None))
        ).all()
        for enrolment_id, person_id in done:
            person = session.get(Person, person_id)
            assert person is not None
            issue_certificate(session, acting(person), enrolment_id, world.now)
    for whose, person_id in (("staff", cast.sam), ("partner", cast.rosie)):
        _name_things(world, cast, whose, person_id)
    cast.put("matter", "no-way-in")


def _name_things(world: World, cast: Cast, whose: str, person_id: int) -> None:
    certificate = table(Certificate)
    with world.db.read() as session:
        row = session.execute(
            sa.select(certificate.c.id, certificate.c.code, certificate.c.enrolment_id).where(
                certificate.c.person_id == person_id
            )
        ).first()
    assert row is not None, "learning's furnish.py completes a course for each of them"
    cast.put("certificate_id", row.id, whose)
    cast.put("enrolment_id", row.enrolment_id, whose, "evidence:issue")
    for route in ("evidence:check_code", "evidence:check_it"):
        cast.put("code", row.code, "" if whose == "staff" else whose, route)
