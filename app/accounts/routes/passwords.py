"""Choosing a password: with a link from a mail, a code from a letter, or after forgetting it."""

from app.access.gates import Anyone
from app.accounts import codes, commands, passwords, throttle
from app.accounts.choosing import problem_with
from app.accounts.forms import CodeForm, ForgottenForm, PasswordForm
from app.accounts.pages.door import (
    WRONG_CODE,
    ChoosePasswordPage,
    CodePage,
    DeadLinkPage,
    ForgottenPage,
    ForgottenSentPage,
    filled,
    qi_contact,
)
from app.accounts.queries import Known, known_by_name, known_by_person
from app.accounts.routes.entering import begin, count_address, count_try, lead_in
from app.web.core import client_address
from app.web.form import Invalid
from app.web.router import AndThen, Answer, Router
from app.web.visit import Shown, Steps, Visit

router = Router("accounts")

WELCOME = ("Choose a password", "Then you are signed in.")
RESET = ("Choose a new password", "Then you are signed in here, and signed out everywhere else.")


@router.page("/welcome/{code}", access=Anyone())
def accept_page(visit: Visit, code: str) -> Answer:
    return _choose_page(visit, code, "accounts:accept", WELCOME)


@router.steps("/welcome/{code}", access=Anyone())
def accept(steps: Steps, code: str) -> Answer | AndThen:
    return _choose(steps, code, "accounts:accept", WELCOME)


@router.page("/reset/{code}", access=Anyone())
def reset_page(visit: Visit, code: str) -> Answer:
    return _choose_page(visit, code, "accounts:reset", RESET)


@router.steps("/reset/{code}", access=Anyone())
def reset(steps: Steps, code: str) -> Answer | AndThen:
    return _choose(steps, code, "accounts:reset", RESET)


@router.page("/code", access=Anyone())
def code_page(visit: Visit, username: str = "") -> Answer:  # noqa: ARG001  nothing here depends on who asks
    return CodePage(form=filled(None, {"username": username[:320]}))


@router.steps("/code", access=Anyone())
def use_code(steps: Steps) -> Answer | AndThen:
    form = CodeForm.parse(steps.posted)
    if isinstance(form, Invalid):
        return Shown(CodePage(form=filled(form)), 422)
    count_try(steps, form.username)
    known, code_hash = _code_holder(steps, form.username, form.code)
    problem = problem_with(form.password, _about(steps, known, form.username))
    if known is None or problem:
        errors = {"password": problem} if problem else {"code": WRONG_CODE}
        return Shown(CodePage(form=filled(Invalid(dict(steps.posted), errors))), 422)
    return _keep(steps, code_hash, form.password)


@router.page("/forgotten-password", access=Anyone())
def forgotten_page(visit: Visit) -> Answer:  # noqa: ARG001  nothing here depends on who asks
    return ForgottenPage(form=filled(None))


@router.steps("/forgotten-password", access=Anyone())
def forgotten(steps: Steps) -> Answer:
    form = ForgottenForm.parse(steps.posted)
    if isinstance(form, Invalid):
        return Shown(ForgottenPage(form=filled(form)), 422)
    network = throttle.network_of(client_address(steps.request))
    tries = [(throttle.RESET, form.username), (throttle.RESET_ADDRESS, network)]
    throttle.count(steps.core.db, tries, steps.now)
    with steps.core.db.write() as session:
        command = commands.RequestReset(username=form.username)
        commands.request_reset(session, steps.core.settings, command, steps.now)
    return steps.go("accounts:forgotten_sent")


@router.page("/forgotten-password/sent", access=Anyone())
def forgotten_sent(visit: Visit) -> Answer:
    return ForgottenSentPage(contact=qi_contact(visit.core.settings))


def _choose_page(visit: Visit, code: str, action: str, words: tuple[str, str]) -> Answer:
    if codes.holder(visit.session, codes.hashed(code, None), visit.now) is None:
        return _dead(visit)
    return _form_page(visit, code, action, words, None)


def _choose(steps: Steps, code: str, action: str, words: tuple[str, str]) -> Answer | AndThen:
    count_address(steps)
    code_hash = codes.hashed(code, None)
    with steps.core.db.read() as session:
        person_id = codes.holder(session, code_hash, steps.now)
        known = known_by_person(session, person_id) if person_id else None
    if known is None or known.suspended:
        return _dead(steps)
    form = PasswordForm.parse(steps.posted)
    if isinstance(form, Invalid):
        return Shown(_form_page(steps, code, action, words, form), 422)
    if problem := problem_with(form.password, _about(steps, known, known.username)):
        return Shown(_form_page(steps, code, action, words, Invalid({}, {"password": problem})), 422)
    return _keep(steps, code_hash, form.password)


def _keep(steps: Steps, code_hash: str, password: str) -> Answer | AndThen:
    """Hash, then use the code up and keep the password; a starter before their first day is not signed in yet."""
    with passwords.limiter(steps.core.settings.hashes_at_once).turn():
        hashed = passwords.hash_password(password)
    with steps.core.db.write() as session:
        command = commands.Accept(code_hash=code_hash, password_hash=hashed)
        known = commands.accept(session, command, steps.now)
    entered = begin(steps, known, passwords.Verdict(right=True), known.username)
    if entered is None:
        said = "Your password is saved. You can sign in from your first day here."
        return steps.go("accounts:sign_in_page", flash=said)
    return lead_in(steps, entered, "/", f"Your password is saved. You sign in with the name {known.username}.")


def _code_holder(steps: Steps, username: str, code: str) -> tuple[Known | None, str]:
    with steps.core.db.read() as session:
        known = known_by_name(session, username)
        code_hash = codes.hashed(code, known.person_id if known else 0)
        holder = codes.holder(session, code_hash, steps.now)
    return (known if known and not known.suspended and holder == known.person_id else None), code_hash


def _about(steps: Steps, known: Known | None, username: str) -> tuple[str, ...]:
    return (steps.core.settings.trust_name, username, known.name if known else "")


def _form_page(
    visit: Visit | Steps, code: str, action: str, words: tuple[str, str], invalid: Invalid | None
) -> ChoosePasswordPage:
    title, said = words
    address = visit.path_for(action, code=code)
    return ChoosePasswordPage(title=title, said=said, action=address, form=filled(invalid))


def _dead(visit: Visit | Steps) -> Shown:
    return Shown(DeadLinkPage(contact=qi_contact(visit.core.settings)), 410)
