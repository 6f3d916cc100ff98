"""Time to learn, for whoever manages a team."""

from collections.abc import Mapping

from app.access.gates import Requires
from app.access.permissions import Permission
from app.kernel.errors import BadInputError, StaleError
from app.planning import commands
from app.planning.forms import AnswerForm
from app.planning.pages.answers import AnswersPage
from app.planning.queries.overview import to_answer
from app.planning.queries.releases import answers_for, manages, release_to_answer, what_replaced
from app.planning.wording import changed_words
from app.web.form import Invalid
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Visit

router = Router("planning")
ANSWERERS = Requires(Permission.LEARN)
"""Any member of staff may manage somebody: queries ask whom."""


@router.page("/time-to-learn", access=ANSWERERS)
def answers(visit: Visit) -> Answer:
    return _page(visit)


@router.action("/time-to-learn/{release_id}", access=ANSWERERS, holds=True)
def answer(deed: Deed, release_id: int) -> Answer:
    if not what_replaced(deed.session, release_id, answers_for(deed.actor, deed.today)):
        release_to_answer(deed.session, deed.actor, release_id, deed.today)
    form = AnswerForm.parse(deed.posted)
    if isinstance(form, Invalid):
        return Shown(_page(deed, release_id, form.values, form.errors), 422)
    try:
        command = form.command(release_id)
        row = commands.answer_release(deed.session, deed.core.settings, deed.actor, command, deed.now)
    except BadInputError as wrong:
        return Shown(_page(deed, release_id, deed.posted, wrong.errors), 422)
    except StaleError as stale:
        return Shown(_page(deed, changed=changed_words(stale, deed.posted.get("reason", ""))), stale.status)
    return deed.go("planning:answers", flash=f"Answered for {row.team}. Whoever leads it sees your answer.")


def _page(
    visit: Visit | Deed,
    about: int = 0,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    *,
    changed: str = "",
) -> AnswersPage:
    return AnswersPage.of(
        to_answer(visit.session, visit.actor, visit.now),
        visit.today,
        manages=manages(visit.session, visit.actor, visit.today),
        about=about,
        typed=typed,
        errors=errors,
        changed=changed,
    )
