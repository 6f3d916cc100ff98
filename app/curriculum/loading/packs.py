"""The pages of taught sessions, as rows of a revision."""

from collections.abc import Iterator

from app.curriculum.checking import CheckedCourse, CheckedPage
from app.curriculum.models import PackPage
from app.curriculum.rules import PackPart


def pack_pages(revision_id: int, checked: CheckedCourse) -> list[PackPage]:
    """Plans, slides and handouts, and what stands in modules for whoever teaches them."""
    return [
        PackPage(
            revision_id=revision_id,
            part=part,
            session_key=session,
            key=page.key,
            position=position,
            title=page.title[:160],
            html=page.html,
            notes=page.notes,
        )
        for part, session, position, page in _pages(checked)
    ]


def _pages(checked: CheckedCourse) -> Iterator[tuple[PackPart, str, int, CheckedPage]]:
    for pack in checked.packs:
        plans = (pack.plan,) if pack.plan else ()
        for part, pages in (
            (PackPart.PLAN, plans),
            (PackPart.SLIDE, pack.slides),
            (PackPart.HANDOUT, pack.handouts),
        ):
            for position, page in enumerate(pages, start=1):
                yield part, pack.session.id, position, page
    for position, made in enumerate(checked.modules, start=1):
        if made.notes:
            module = made.module
            yield PackPart.NOTES, module.id, position, CheckedPage(module.id, module.title, "", made.notes)
