"""Who vouches for a programme: the sponsor with their sign-off, the QI team for the certificate."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.kernel import audit
from app.kernel.clock import london_date
from app.kernel.db import WriteSession, table
from app.kernel.errors import BadInputError, RuleBrokenError, StaleError
from app.learning.commands.reach import one_at_a_time
from app.recognition.commands.advising import CHANGED, SETTLED, set_values, theirs, write_down
from app.recognition.commands.offering import OfferedFile
from app.recognition.models import AdvisorCertificate, SponsorSignOff
from app.recognition.queries.advisors import certificate_for, sponsored_one
from app.recognition.rules import file_name, kind_of, wrong_file
from app.web.words import day

_certificate = table(AdvisorCertificate)
LONGEST_WORDS = 1000
LONGEST_HOW = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOffAsSponsor:
    record_id: int
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCertificate:
    """A second one takes the first one's place, and must be verified anew."""

    record_id: int
    file: OfferedFile | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyCertificate:
    """`certificate_id` is the one that was looked at; `how` says by what it is known to be true."""

    record_id: int
    certificate_id: int
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeCertificate:
    certificate_id: int


def sign_off_as_sponsor(session: WriteSession, actor: Actor, command: SignOffAsSponsor, now: datetime) -> None:
    """The sponsor, in their own sign-in. Signing twice is once.

    Raises NotFoundError for everybody else, RuleBrokenError before the programme's last day, BadInputError by field.
    """
    today = london_date(now)
    one_at_a_time(session, sponsored_one(session, actor, command.record_id, today).record.person_id)
    record = sponsored_one(session, actor, command.record_id, today).record
    if record.signed_at is not None:
        return
    if record.ends_on > today:
        raise RuleBrokenError(f"The programme goes on until {day(record.ends_on)}. Sign it off once it has ended.")
    if len(command.words) > LONGEST_WORDS:
        raise BadInputError({"words": f"Write at most {LONGEST_WORDS:,} characters. You have {len(command.words):,}"})
    signed = SponsorSignOff(record_id=record.id, sponsor_id=actor.person_id, words=command.words, signed_at=now)
    session.add(signed)
    session.flush()
    set_values(session, record.id, {})
    write_down(session, actor, "sign off as sponsor", record.id, record.person_id, ("signed_at",), now)


def add_certificate(session: WriteSession, actor: Actor, command: AddCertificate, now: datetime) -> None:
    """Raises BadInputError for a file that cannot be taken, RuleBrokenError once the level was granted."""
    record = theirs(session, actor, command.record_id, now).record
    if record.granted_at is not None:
        raise RuleBrokenError(SETTLED)
    if command.file is None:
        raise BadInputError({"certificate": "Choose the file of the certificate"})
    if wrong := wrong_file(command.file.content, too_large=command.file.too_large):
        raise BadInputError({"certificate": wrong})
    kind = kind_of(command.file.content)
    assert kind is not None, "it was looked into"
    row = AdvisorCertificate(
        record_id=record.id,
        file_name=file_name(command.file.name, kind),
        media_type=kind.value,
        size=len(command.file.content),
        sha256=hashlib.sha256(command.file.content).hexdigest(),
        content=command.file.content,
        added_at=now,
        added_by_id=actor.person_id,
    )
    session.add(row)
    session.flush()
    set_values(session, record.id, {})
    write_down(session, actor, "add advisor certificate", record.id, record.person_id, ("certificate",), now)


def verify_certificate(session: WriteSession, actor: Actor, command: VerifyCertificate, now: datetime) -> None:
    """Somebody checked it, with the provider or by its number. Raises StaleError when another file took its place."""
    record = theirs(session, actor, command.record_id, now).record
    if record.certificate_id is None or record.certificate_id != command.certificate_id:
        raise StaleError(CHANGED)
    if record.verified_at is not None:
        return
    if not command.how or len(command.how) > LONGEST_HOW:
        said = f"Write how you know that it is true, in {LONGEST_HOW} characters: by whom, or by which number"
        raise BadInputError({"how": said})
    values = {"verified_at": now, "verified_by_id": actor.person_id, "verified_how": command.how}
    session.execute(sa.update(_certificate).where(_certificate.c.id == command.certificate_id).values(**values))
    set_values(session, record.id, {})
    write_down(session, actor, "verify advisor certificate", record.id, record.person_id, ("verified_at",), now)


def take_certificate(
    session: WriteSession, actor: Actor, command: TakeCertificate, now: datetime
) -> AdvisorCertificate:
    """The file, written down with who took it. Raises NotFoundError for anybody but the QI team."""
    file, person_id = certificate_for(session, actor, command.certificate_id)
    what = "advisor_certificate"
    audit.record(session, actor, "download advisor certificate", what, file.id, now=now, subject_id=person_id, rows=1)
    return file
