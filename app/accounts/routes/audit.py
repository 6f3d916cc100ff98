"""What was done, by whom, when."""

from collections.abc import Callable
from datetime import date
from functools import partial

from app.access.gates import Requires
from app.access.permissions import Permission
from app.accounts import queries
from app.accounts.pages.audit import AuditPage
from app.web.form import parse_day
from app.web.page import Filled
from app.web.router import Answer, Router
from app.web.visit import Visit

router = Router("accounts")


@router.page("/audit", access=Requires(Permission.SEE_AUDIT))
def audit_log(
    visit: Visit,
    person: str = "",
    person_id: str = "",
    action: str = "",
    first: str = "",
    last: str = "",
    page: str = "",
) -> Answer:
    typed = {"person": person, "person_id": person_id, "action": action, "first": first, "last": last}
    days, errors = _days(first=first, last=last)
    number = _number(page, most=100_000) or 1
    wanted = queries.Trail(
        person[:100], _number(person_id, most=2**31), action[:60], days["first"], days["last"], number
    )
    return _page(visit, wanted, Filled.of(typed, errors), partial(visit.path_for, "accounts:audit_log", **typed))


def _page(visit: Visit, wanted: queries.Trail, form: Filled, there: Callable[..., str]) -> AuditPage:
    rows, total = queries.trail(visit.session, visit.actor, wanted)
    return AuditPage.of(
        rows,
        total,
        wanted.page,
        form,
        queries.actions(visit.session),
        (visit.path_for("organisation:people"), visit.path_for("accounts:partners")),
        there(page=wanted.page - 1),
        there(page=wanted.page + 1),
    )


def _number(text: str, most: int) -> int | None:
    """A number in an address, None for anything else: an id that cannot be, an odd page."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(most)) and int(text) else None


def _days(**typed: str) -> tuple[dict[str, date | None], dict[str, str]]:
    """The days that were typed; one that is none is left out, and said so."""
    days: dict[str, date | None] = {}
    errors: dict[str, str] = {}
    for name, text in typed.items():
        try:
            found = parse_day(text)
            days[name] = found if isinstance(found, date) else None
        except ValueError as error:
            days[name], errors[name] = None, str(error)
    return days, errors
