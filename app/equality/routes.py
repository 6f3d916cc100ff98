"""Counts by protected characteristics: shown for the whole trust; read, kept and taken back by HR."""

from typing import Annotated

from fastapi import Query

from app.access.gates import Requires
from app.access.permissions import Permission
from app.capability.queries.standings import matrix_tiers
from app.equality import commands
from app.equality.forms import MOST_BYTES, Brought, ShownQuery, brought
from app.equality.models import YearState
from app.equality.pages.bringing import BringPage, DraftPage
from app.equality.pages.shown import EqualityPage
from app.equality.queries import years as queries
from app.equality.rules.characteristics import year_words
from app.equality.working import read_year
from app.intake.reading import RefusedFileError
from app.kernel.db import ReadSession
from app.kernel.errors import NotFoundError, RuleBrokenError
from app.web.form import Invalid
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Steps, Visit

router = Router("equality")
HR = Requires(Permission.BRING_EQUALITY)
SEES = Requires(Permission.SEE_CAPABILITY, Permission.BRING_EQUALITY)


@router.page("/equality", access=SEES)
def shown(visit: Visit, query: Annotated[ShownQuery, Query()]) -> Answer:
    return EqualityPage.of(queries.shown(visit.session, visit.actor, query.tier, query.year_number))


@router.page("/equality/files", access=HR)
def bring_page(visit: Visit) -> Answer:
    return _bring_page(visit, visit.session)


def _bring_page(visit: Visit | Steps, session: ReadSession, invalid: Invalid | None = None) -> BringPage:
    if not queries.brings(visit.actor):
        raise NotFoundError("page")
    waiting, kept = (queries.years(session, state) for state in (YearState.DRAFT, YearState.KEPT))
    return BringPage.of(waiting, kept, visit.today, invalid)


@router.steps("/equality/files", access=HR, takes=MOST_BYTES, makes_file=True)
def bring(steps: Steps) -> Answer:
    """The file is in memory alone, and only while this is done."""
    form = brought(steps.posted, steps.today)
    draft = form if isinstance(form, Invalid) else _draft(steps, form)
    if isinstance(draft, Invalid):
        with steps.core.db.read() as session:
            return Shown(_bring_page(steps, session, draft), 422)
    return steps.go("equality:draft", year_id=draft)


def _draft(steps: Steps, form: Brought) -> int | Invalid:
    if not queries.brings(steps.actor):
        raise NotFoundError("page")
    try:
        with steps.core.db.snapshot() as session:
            found = read_year(session, form.file.content, form.file.name, form.year)
        with steps.core.db.write() as session:
            return commands.draft_year(session, steps.actor, found, steps.now)
    except RefusedFileError as error:
        return Invalid(dict(steps.posted), {"file": str(error)})
    except RuleBrokenError as error:
        return Invalid(dict(steps.posted), {"year": str(error)})


@router.page("/equality/files/{year_id}", access=HR)
def draft(visit: Visit, year_id: int) -> Answer:
    found = queries.year_of(visit.session, visit.actor, year_id, YearState.DRAFT)
    tiers = [(one.slug, one.short) for one in matrix_tiers(visit.session)]
    return DraftPage.of(found, queries.counts_of(visit.session, year_id), tiers)


@router.action("/equality/files/{year_id}/keep", access=HR)
def keep(deed: Deed, year_id: int) -> Answer:
    year = commands.keep_year(deed.session, deed.actor, year_id, deed.now)
    return deed.go("equality:shown", flash=f"The counts of {year_words(year)} are kept.", year=year)


@router.action("/equality/files/{year_id}/aside", access=HR)
def aside(deed: Deed, year_id: int) -> Answer:
    commands.set_year_aside(deed.session, deed.actor, year_id, deed.now)
    return deed.go("equality:bring_page", flash="The file is set aside. Nothing of it was kept.")


@router.action("/equality/years/{year_id}/take-back", access=HR)
def take_back(deed: Deed, year_id: int) -> Answer:
    year = commands.take_year_back(deed.session, deed.actor, year_id, deed.now)
    return deed.go("equality:bring_page", flash=f"The counts of {year_words(year)} are taken back: none are left.")
