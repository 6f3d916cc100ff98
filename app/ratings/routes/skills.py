"""All whom somebody rates, skill by skill, with both views."""

from typing import Annotated

from fastapi import Query

from app.access.gates import Requires
from app.access.permissions import Permission
from app.curriculum.queries import competencies, levels
from app.ratings import queries
from app.ratings.choosing import SkillsQuery
from app.ratings.pages.skills import SkillsPage
from app.web.form import past_day
from app.web.router import Answer, Router
from app.web.visit import Shown, Visit

router = Router("ratings")


@router.page("/ratings/grid", access=Requires(Permission.LEARN))
def skills(visit: Visit, query: Annotated[SkillsQuery, Query()]) -> Answer:
    session, actor, core = visit.session, visit.actor, visit.core
    queries.must_be_on(session)
    as_at, errors = past_day(query.as_at, visit.today)
    chosen = core.selections(session, actor)
    found = queries.skills(session, actor, query.choice(), chosen, core.who_is_asked, visit.today, as_at)
    views = core.views_of_skills(session, actor)
    page = SkillsPage.of(found, query, competencies(session), levels(session), views, visit.path_for, errors)
    return Shown(page, 422) if errors else page
