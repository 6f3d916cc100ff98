"""One person, for whoever rates them."""

from collections.abc import Mapping
from datetime import datetime

from app.access.gates import Requires
from app.access.permissions import Permission
from app.curriculum.queries import competencies, judgements, levels
from app.kernel.errors import BadInputError, NotFoundError
from app.ratings import commands, queries
from app.ratings.forms import ONLY, person_command, to_person_command
from app.ratings.pages.levels import TheirLevelsPage
from app.ratings.pages.person import RatedPersonPage
from app.ratings.rules import OVERALL
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Visit

router = Router("ratings")
RATERS = Requires(Permission.LEARN)
"""Any member of staff may be asked to judge a team: queries ask which."""


@router.page("/ratings/people/{person_id}", access=RATERS)
def person(visit: Visit, person_id: int) -> Answer:
    return _page(visit, person_id)


@router.action("/ratings/people/{person_id}/say", access=RATERS, holds=True)
def say_of(deed: Deed, person_id: int) -> Answer:
    try:
        command = person_command(deed.posted, person_id)
        commands.rate_person(deed.session, deed.actor, command, deed.now, deed.core.who_is_asked)
    except BadInputError as bad:
        return Shown(_page(deed, person_id, errors=bad.errors), bad.status)
    return deed.go("ratings:person", person_id=person_id, flash="Saved. They see it on their own page.")


@router.action("/ratings/people/{person_id}/notes", access=RATERS, holds=True)
def write_of(deed: Deed, person_id: int) -> Answer:
    try:
        commands.write_to_person(deed.session, deed.actor, to_person_command(deed.posted, person_id), deed.now)
    except BadInputError as bad:
        return Shown(_page(deed, person_id, deed.posted.get("words", ""), bad.errors), bad.status)
    return deed.go("ratings:person", person_id=person_id, flash="Written. You two can read it.")


@router.page("/ratings/people/{person_id}/all", access=RATERS)
def their_levels(visit: Visit, person_id: int) -> Answer:
    return _levels(visit, person_id)


@router.action("/ratings/people/{person_id}/all/save", access=RATERS, holds=True)
def save_their_levels(deed: Deed, person_id: int) -> Answer:
    try:
        command = person_command(deed.posted, person_id)
        commands.rate_person(deed.session, deed.actor, command, deed.now, deed.core.who_is_asked)
    except BadInputError as bad:
        return Shown(_levels(deed, person_id, errors=bad.errors), bad.status)
    if deed.request.headers.get("HX-Request"):
        return _levels(deed, person_id, deed.now, only=deed.posted.get(ONLY, ""))
    return deed.go("ratings:person", person_id=person_id, flash="Saved. They see it on their own page.")


def _page(
    visit: Visit | Deed, person_id: int, typed: str = "", errors: Mapping[str, str] | None = None
) -> RatedPersonPage:
    session, actor, today = visit.session, visit.actor, visit.today
    queries.must_be_on(session)
    found = queries.rated_person(session, actor, person_id, today)
    voices = queries.voices_for_rater(session, actor, person_id)
    return RatedPersonPage.of(
        found,
        actor.person_id,
        voices,
        queries.record_of(session, person_id, today, answers=False) if found.hand.own else None,
        queries.notes_of(session, person_id, actor.person_id),
        competencies(session),
        levels(session),
        judgements(session),
        rates_all=queries.may_rate_all(session, person_id, voices, today, visit.core.who_is_asked),
        typed=typed,
        errors=errors,
    )


def _levels(
    visit: Visit | Deed,
    person_id: int,
    saved_at: datetime | None = None,
    errors: Mapping[str, str] | None = None,
    *,
    only: str = "",
) -> TheirLevelsPage:
    session, actor, today = visit.session, visit.actor, visit.today
    queries.must_be_on(session)
    found = queries.rated_person(session, actor, person_id, today)
    voices = queries.voices_for_rater(session, actor, person_id)
    if not queries.may_rate_all(session, person_id, voices, today, visit.core.who_is_asked):
        raise NotFoundError("competencies")
    said = {a: one for a, one in voices.by(actor.person_id, found.hand.lead_id).items() if a != OVERALL}
    return TheirLevelsPage.of(
        found.name,
        visit.path_for("ratings:person", person_id=person_id),
        competencies(session),
        levels(session),
        said,
        visit.path_for("ratings:save_their_levels", person_id=person_id),
        saved_at,
        errors,
        only,
    )
