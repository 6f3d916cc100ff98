"""Links in mails and codes in letters, by which a person chooses a password. None says what kind of person they are."""

from dataclasses import dataclass
from datetime import datetime

from app.access.actor import Actor, PersonKind
from app.accounts import codes
from app.accounts.commands.accounts import OpenAccount, open_account
from app.accounts.models import OneTimeCode
from app.accounts.queries import Known, as_actor, known_by_name, known_by_person, person_to_invite
from app.accounts.rules import CODE_LASTS, CodePurpose
from app.accounts.sessions import held_by
from app.kernel import audit, outbox
from app.kernel.config import Settings
from app.kernel.db import WriteSession
from app.kernel.errors import RuleBrokenError
from app.organisation.models import PartnerProfile, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """A link by e-mail; with `printed`, or for somebody without an address, a code to print in a letter."""

    person_id: int
    printed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestReset:
    """Somebody forgot their password and typed this name."""

    username: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """What was done: a mail to this address, or a code that is shown once and kept nowhere."""

    person_id: int
    name: str
    username: str
    ends_at: datetime
    mailed_to: str = ""
    code: str = ""
    link: str = ""


def invite(session: WriteSession, settings: Settings, actor: Actor, command: Invite, now: datetime) -> Invitation:
    """Let a person choose a password, the first or a new one. Earlier links and codes of theirs end.

    Opens an account under their e-mail address if they have none. Raises NotFoundError out of reach.
    """
    person = person_to_invite(session, actor, command.person_id, now)
    known = _account(session, actor, person, now)
    if known.suspended:
        raise RuleBrokenError("This account is suspended. Lift the suspension first.")
    printed = command.printed or not known.email
    purpose = CodePurpose.PRINTED if printed else CodePurpose.INVITATION
    row, text = codes.make(session, actor, person.id, purpose, now)
    if not printed:
        _mail(session, settings, known, row, _invitation(settings, known, text), now)
    action = "print code" if printed else "invite"
    audit.record(session, actor, action, "one_time_code", row.id, now=now, subject_id=person.id)
    return Invitation(
        person_id=person.id,
        name=known.name,
        username=known.username,
        ends_at=row.ends_at,
        mailed_to="" if printed else known.email or "",
        code=text if printed else "",
        link="" if printed else f"{settings.origin}/welcome/{text}",
    )


def request_reset(session: WriteSession, settings: Settings, command: RequestReset, now: datetime) -> None:
    """Mail a link to somebody who may sign in and has an address. Tells its caller nothing either way."""
    known = known_by_name(session, command.username)
    if known is None or known.suspended or not known.email:
        return
    if held_by(session, known.person_id, known.kind, now) is None:
        return
    actor = as_actor(known)
    row, text = codes.make(session, actor, known.person_id, CodePurpose.RESET, now)
    _mail(session, settings, known, row, _reset(settings, text), now)
    audit.record(session, actor, "ask for new password", "one_time_code", row.id, now=now, subject_id=known.person_id)


def _account(session: WriteSession, actor: Actor, person: Person, now: datetime) -> Known:
    known = known_by_person(session, person.id)
    if known is None:
        if not person.email:
            raise RuleBrokenError("This person has no e-mail address. Give them a sign-in name first.")
        open_account(session, actor, OpenAccount(person_id=person.id, username=person.email), now)
        known = known_by_person(session, person.id)
    assert known is not None
    return known


def _mail(
    session: WriteSession, settings: Settings, known: Known, row: OneTimeCode, said: tuple[str, str], now: datetime
) -> None:
    subject, body = said
    contact = _contact(session, settings, known)
    outbox.post(
        session,
        key=f"{row.purpose}:{row.id}",
        person_id=known.person_id,
        to_address=known.email or "",
        subject=subject,
        body=f"Hello {known.name},\n\n{body}\n\nQuestions? Ask {contact}. {settings.trust_name}",
        now=now,
    )


def _contact(session: WriteSession, settings: Settings, known: Known) -> str:
    """Whom to ask. A partner's human is named by name alone: the name of their team would tell what they are."""
    profile = session.get(PartnerProfile, known.person_id) if known.kind is PersonKind.PARTNER else None
    return f"{profile.contact_name}, {profile.contact_phone}" if profile else settings.qi_contact


def _invitation(settings: Settings, known: Known, text: str) -> tuple[str, str]:
    days = CODE_LASTS[CodePurpose.INVITATION].days
    body = (
        "An account for learning how to improve care is ready for you. Choose a password here:\n\n"
        f"{settings.origin}/welcome/{text}\n\n"
        f"You sign in with this name: {known.username}\n\n"
        f"The link works once, for {days} days. You need not do anything if you did not expect it."
    )
    return f"Your account at {settings.trust_name}", body


def _reset(settings: Settings, text: str) -> tuple[str, str]:
    body = (
        f"somebody, we hope you, asked for a new password. Choose it here:\n\n{settings.origin}/reset/{text}\n\n"
        "The link works once, for two hours. If it was not you, do nothing: your password stays as it is."
    )
    return "Choose a new password", body
