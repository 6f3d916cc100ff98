"""One member of staff and their account."""

from app.access.actor import PersonKind
from app.access.gates import Requires
from app.access.permissions import Permission
from app.accounts import commands, queries
from app.accounts.pages.arrivals import LetterPage
from app.accounts.pages.door import qi_contact
from app.accounts.pages.people import PersonPage
from app.organisation.models import Person
from app.organisation.queries import leave_records, partner_in_reach, person_record, posts_of
from app.web.router import Answer, Router
from app.web.visit import Deed, Visit

router = Router("accounts")

INVITES = Requires(Permission.INVITE, Permission.MANAGE_PARTNERS)


@router.page("/people/{person_id}", access=Requires(Permission.SEE_PEOPLE))
def person(visit: Visit, person_id: int) -> Answer:
    row = person_record(visit.session, visit.actor, Permission.SEE_PEOPLE, person_id, visit.today)
    manages = visit.actor.may(Permission.MANAGE_PEOPLE)
    return PersonPage.of(
        visit.actor,
        row,
        posts_of(visit.session, person_id),
        queries.account_of(visit.session, person_id, visit.now),
        queries.grants_of(visit.session, person_id),
        leave_records(visit.session, visit.actor, person_id, visit.today) if manages else [],
        visit.today,
    )


@router.action("/accounts/{person_id}/invite", access=INVITES)
def invite(deed: Deed, person_id: int) -> Answer:
    done = commands.invite(deed.session, deed.core.settings, deed.actor, commands.Invite(person_id=person_id), deed.now)
    if done.code:
        return _letter(deed, done)
    return deed.go_to(_home(deed, person_id), flash=f"A link is on its way to {done.mailed_to}.")


@router.action("/accounts/{person_id}/letter", access=INVITES)
def letter(deed: Deed, person_id: int) -> Answer:
    command = commands.Invite(person_id=person_id, printed=True)
    return _letter(deed, commands.invite(deed.session, deed.core.settings, deed.actor, command, deed.now))


@router.action("/accounts/{person_id}/suspend", access=INVITES)
def suspend(deed: Deed, person_id: int) -> Answer:
    commands.suspend(deed.session, deed.actor, commands.Suspend(person_id=person_id), deed.now)
    return deed.go_to(_home(deed, person_id), flash="The account is suspended, and signed out everywhere.")


@router.action("/accounts/{person_id}/lift", access=INVITES)
def lift(deed: Deed, person_id: int) -> Answer:
    command = commands.Suspend(person_id=person_id, suspended=False)
    commands.suspend(deed.session, deed.actor, command, deed.now)
    return deed.go_to(_home(deed, person_id), flash="The suspension is lifted: they can sign in again.")


def _home(deed: Deed, person_id: int) -> str:
    return deed.path_for("accounts:partner" if _is_partner(deed, person_id) else "accounts:person", person_id=person_id)


def _is_partner(deed: Deed, person_id: int) -> bool:
    known = deed.session.get(Person, person_id)
    return known is not None and known.kind is PersonKind.PARTNER


def _letter(deed: Deed, done: commands.Invitation) -> LetterPage:
    contact = qi_contact(deed.core.settings)
    if _is_partner(deed, done.person_id):
        partner = partner_in_reach(deed.session, deed.actor, done.person_id)
        contact = ", ".join(p for p in (partner.contact_name, partner.contact_phone, partner.contact_hours) if p)
    return LetterPage.of(
        done.name,
        done.username,
        done.code,
        done.ends_at,
        address=deed.url_for("accounts:code_page"),
        contact=contact,
        today=deed.today,
        back=_home(deed, done.person_id),
    )
