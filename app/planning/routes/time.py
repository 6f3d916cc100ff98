"""Time to learn, for whoever leads the teams: what is asked and answered, and planning anew."""

from collections.abc import Mapping

from app.access.gates import Requires
from app.access.permissions import Permission
from app.kernel.errors import BadInputError, StaleError
from app.planning import commands
from app.planning.forms import ReplanForm
from app.planning.pages.time import TimePage
from app.planning.queries.overview import time_of
from app.planning.wording import changed_words
from app.web.form import Invalid
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Visit
from app.web.words import plural

router = Router("planning")
LEADS = Requires(Permission.SET_NEED)


@router.page("/teams/time", access=LEADS)
def time(visit: Visit) -> Answer:
    return _page(visit)


@router.action("/teams/time/ask", access=LEADS)
def ask(deed: Deed) -> Answer:
    command = commands.AskReleases()
    asked = commands.ask_releases(deed.session, deed.core.settings, deed.actor, command, deed.now)
    said = (
        f"Asked: {plural(asked, 'answer is', 'answers are')} waited for." if asked else "Nothing new had to be asked."
    )
    return deed.go("planning:time", flash=f"{said} Managers read it in their next weekly mail and on their page.")


@router.action("/teams/time/{release_id}/replan", access=LEADS, holds=True)
def replan(deed: Deed, release_id: int) -> Answer:
    form = ReplanForm.parse(deed.posted)
    if isinstance(form, Invalid):
        return Shown(_page(deed, release_id, form.values, form.errors), 422)
    try:
        command = form.command(release_id)
        moved = commands.replan(deed.session, deed.core.settings, deed.actor, command, deed.now)
    except BadInputError as wrong:
        return Shown(_page(deed, release_id, deed.posted, wrong.errors), 422)
    except StaleError as stale:
        return Shown(_page(deed, changed=changed_words(stale, deed.posted.get("reason", ""))), stale.status)
    dates = f"{plural(moved, 'need has', 'needs have')} a new date." if moved else "No date had to move."
    return deed.go("planning:time", flash=f"Planned anew. {dates}")


def _page(
    visit: Visit | Deed,
    about: int = 0,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    *,
    changed: str = "",
) -> TimePage:
    found = time_of(visit.session, visit.actor, visit.now)
    return TimePage.of(found, visit.path_for, about=about, typed=typed, errors=errors, changed=changed)
