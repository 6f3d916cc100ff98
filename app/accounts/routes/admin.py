"""The administrator's first screen."""

from app.access.gates import Requires
from app.access.permissions import Permission
from app.accounts import queries
from app.accounts.pages.admin import AdminPage
from app.web.router import Answer, Nav, Router
from app.web.visit import Visit

router = Router("accounts")


@router.page(
    "/admin",
    access=Requires(Permission.INVITE, Permission.MANAGE_PARTNERS),
    nav=Nav("Administration", 7, lands=40),
)
def admin_home(visit: Visit, *, every: bool = False) -> Answer:
    return AdminPage.of(visit.actor, queries.waiting(visit.session, visit.actor, visit.today, every=every))
