"""My account: the name I sign in with, where I am signed in, my password."""

from app.access.gates import SignedIn
from app.accounts import commands, passwords, queries
from app.accounts.choosing import problem_with
from app.accounts.forms import ChangeForm
from app.accounts.pages.my_account import ChangePasswordPage, MyAccountPage
from app.accounts.queries import Known, known_by_person
from app.accounts.routes.entering import count_try
from app.kernel.errors import NotFoundError
from app.web.form import Invalid
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Steps, Visit

router = Router("accounts")


@router.page("/account", access=SignedIn())
def my_account(visit: Visit) -> Answer:
    me = visit.actor.person_id
    return MyAccountPage.of(
        visit.actor,
        _mine(visit),
        queries.sessions_of(visit.session, visit.core.settings, me, visit.now),
        queries.held_today(visit.session, me, visit.today),
    )


@router.action("/account/sign-ins/{session_id}/end", access=SignedIn())
def end_sign_in(deed: Deed, session_id: int) -> Answer:
    commands.end_session(deed.session, deed.actor, session_id, deed.now)
    return deed.go("accounts:my_account", flash="That browser is signed out.")


@router.action("/account/sign-ins/end-others", access=SignedIn())
def end_other_sign_ins(deed: Deed) -> Answer:
    commands.end_other_sessions(deed.session, deed.actor, deed.now)
    return deed.go("accounts:my_account", flash="You are signed out everywhere else.")


@router.page("/account/password", access=SignedIn())
def change_password_page(visit: Visit) -> Answer:
    return ChangePasswordPage.of(_mine(visit))


@router.steps("/account/password", access=SignedIn())
def change_password(steps: Steps) -> Answer:
    with steps.core.db.read() as session:
        known = known_by_person(session, steps.actor.person_id)
    assert known is not None
    form = ChangeForm.parse(steps.posted)
    if isinstance(form, Invalid):
        return Shown(ChangePasswordPage.of(known, form), 422)
    if errors := _refused(steps, known, form):
        return Shown(ChangePasswordPage.of(known, Invalid({}, errors)), 422)
    with passwords.limiter(steps.core.settings.hashes_at_once).turn():
        hashed = passwords.hash_password(form.password)
    with steps.core.db.write() as session:
        commands.change_password(session, steps.actor, commands.ChangePassword(password_hash=hashed), steps.now)
    return steps.go("accounts:my_account", flash="Your new password is saved. You are signed out everywhere else.")


def _refused(steps: Steps, known: Known, form: ChangeForm) -> dict[str, str]:
    """By field; the present password is tried against the same limits as at the door."""
    about = (steps.core.settings.trust_name, known.username, known.name)
    if problem := problem_with(form.password, about):
        return {"password": problem}
    count_try(steps, known.username)
    with passwords.limiter(steps.core.settings.hashes_at_once).turn():
        verdict = passwords.verify(form.present, known.password_hash)
    return {} if verdict.right else {"present": "This is not your present password. Check it"}


def _mine(visit: Visit) -> Known:
    known = known_by_person(visit.session, visit.actor.person_id)
    if known is None:
        raise NotFoundError("account")
    return known
