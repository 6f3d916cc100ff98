"""Time to learn, for whoever leads the teams: what is asked and answered, and planning anew."""

from collections.abc import Mapping

from app.access.gates import Requires
from app.access.permissions import Permission
from app.kernel.errors import BadInputError, StaleError
from app.planning import commands
from app.planning.forms import ReplanForm, number_in
from app.planning.pages.time import TimePage
from app.planning.queries.overview import time_of
from app.planning.wording import changed_words, replanned_words
from app.web.form import Invalid
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Visit
from app.web.words import plural

router = Router("planning")
LEADS = Requires(Permission.SET_NEED)


@router.page("/teams/time", access=LEADS)
def time(visit: Visit, directorate: str = "0") -> Answer:
    return _page(visit, number_in(directorate))


@router.action("/teams/time/ask", access=LEADS)
def ask(deed: Deed) -> Answer:
    command = commands.AskReleases(directorate_id=_here(deed))
    asked = commands.ask_releases(deed.session, deed.core.settings, deed.actor, command, deed.now)
    said = (
        f"Asked: {plural(asked, 'answer is', 'answers are')} waited for." if asked else "Nothing new had to be asked."
    )
    said += " Managers read it in their next weekly mail and on their page."
    return deed.go("planning:time", flash=said, directorate=command.directorate_id)


@router.action("/teams/time/{release_id}/replan", access=LEADS, holds=True)
def replan(deed: Deed, release_id: int) -> Answer:
    form = ReplanForm.parse(deed.posted)
    if isinstance(form, Invalid):
        return Shown(_page(deed, _here(deed), release_id, form.values, form.errors), 422)
    try:
        command = form.command(release_id)
        done = commands.replan(deed.session, deed.core.settings, deed.actor, command, deed.now)
    except BadInputError as wrong:
        return Shown(_page(deed, _here(deed), release_id, deed.posted, wrong.errors), 422)
    except StaleError as stale:
        return Shown(
            _page(deed, _here(deed), changed=changed_words(stale, deed.posted.get("reason", ""))), stale.status
        )
    return deed.go("planning:time", flash=replanned_words(done), directorate=_here(deed))


def _here(deed: Deed) -> int:
    """The directorate that is looked at; 0 is the first."""
    return number_in(deed.posted.get("directorate", "") or "0")


def _page(
    visit: Visit | Deed,
    directorate_id: int,
    about: int = 0,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    *,
    changed: str = "",
) -> TimePage:
    found = time_of(visit.session, visit.actor, directorate_id, visit.now)
    return TimePage.of(found, visit.path_for, about=about, typed=typed, errors=errors, changed=changed)
