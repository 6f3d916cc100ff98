"""/sign-in and /sign-out."""

from fastapi.responses import RedirectResponse, Response

from app.access.gates import Anyone
from app.accounts import commands
from app.accounts.forms import SignInForm
from app.accounts.pages.door import WRONG, SignInPage, filled
from app.accounts.routes.entering import enter, lead_in
from app.web.core import HELD_COOKIE, SESSION_COOKIE, cookie_name
from app.web.form import Invalid
from app.web.router import AndThen, Answer, Router
from app.web.visit import Deed, Shown, Steps, Visit

router = Router("accounts")


@router.page("/sign-in", access=Anyone())
def sign_in_page(visit: Visit, next: str = "") -> Answer:  # noqa: A002  the name that addresses carry
    if visit.visitor is not None:
        return visit.go_to("/")
    return _page(visit, None, {"next": next})


@router.steps("/sign-in", access=Anyone())
def sign_in(steps: Steps) -> Answer | AndThen:
    form = SignInForm.parse(steps.posted)
    if isinstance(form, Invalid):
        return Shown(_page(steps, form), 422)
    entered = enter(steps, form.username, form.password)
    if entered is None:
        return Shown(_page(steps, Invalid(dict(steps.posted), {"username": WRONG})), 422)
    return lead_in(steps, entered, steps.posted.get("next", "/"))


@router.action("/sign-out", access=Anyone())
def sign_out(deed: Deed) -> Response:
    name = cookie_name(deed.core, SESSION_COOKIE)
    commands.sign_out(deed.session, deed.request.cookies.get(name), deed.now)
    answer: RedirectResponse = deed.go("accounts:sign_in_page", flash="You are signed out.")
    answer.delete_cookie(name, path="/", secure=deed.core.settings.secure, httponly=True)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def _page(visit: Visit | Steps, invalid: Invalid | None, values: dict[str, str] | None = None) -> SignInPage:
    kept = cookie_name(visit.core, HELD_COOKIE) in visit.request.cookies
    return SignInPage.of(visit.core.settings, filled(invalid, values), kept=kept)
