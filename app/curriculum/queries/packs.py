"""The pages of taught sessions. Few people open them, and seldom: nothing is kept in memory."""

import sqlalchemy as sa

from app.curriculum.models import PackPage
from app.curriculum.rules import PackPart
from app.curriculum.views import PackPageView
from app.kernel.db import ReadSession, table

_page = table(PackPage)


def pack_pages(session: ReadSession, revision_id: int, part: PackPart, of: str = "") -> tuple[PackPageView, ...]:
    """The pages of one part in their order: those of the session `of`, or without it those of the whole course.

    Whoever hands them to a page asks first who may see them: plans, slides and notes are for those who teach.
    """
    wanted = sa.select(_page.c.key, _page.c.title, _page.c.html, _page.c.notes).where(
        _page.c.revision_id == revision_id, _page.c.part == part
    )
    if of:
        wanted = wanted.where(_page.c.session_key == of)
    return tuple(PackPageView(*row) for row in session.execute(wanted.order_by(_page.c.position)))
