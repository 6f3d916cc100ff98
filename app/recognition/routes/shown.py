"""The page of one item, and the page for whoever decided too late."""

from collections.abc import Mapping

from app.curriculum.queries import tiers
from app.learning.queries import holdings
from app.recognition import queries
from app.recognition.pages.case import CaseChangedPage, CasePage
from app.web.visit import Deed, Visit


def case_page(
    visit: Visit | Deed,
    item_id: int,
    values: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> CasePage:
    found, person = queries.case_for(visit.session, visit.actor, item_id, visit.today)
    return CasePage.of(
        found,
        person,
        holdings(visit.session, [person.person_id], visit.today).get(person.person_id, {}),
        queries.rules_for_item(visit.session, found.item),
        tiers(visit.session),
        visit.actor.person_id,
        visit.today,
        values=values,
        errors=errors,
    )


def changed_page(deed: Deed, item_id: int) -> CaseChangedPage:
    """How the item stands now, and what the assessor wrote, so that it is not lost."""
    found = queries.case_of(deed.session, item_id)
    gone = not queries.is_on_record(deed.session, item_id)
    return CaseChangedPage.of(found, tiers(deed.session), deed.posted, gone=gone)
