"""Every module of every course in a real browser, in full and in easy read: no axe violation, and it fits a phone.

Handouts, plans and slides are made of the same parts: each is looked at for its width, and axe-core sees one of each
kind where every page is looked at.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from app.access.permissions import Role
from app.curriculum.queries import all_courses
from app.curriculum.rules import Audience
from app.curriculum.views import CourseView
from tests.browser import PHONE, axe, fits
from tests.journeys.conftest import Browse, House


def _modules(courses: list[CourseView]) -> list[str]:
    modules = [(f"/courses/{view.slug}/{m.key}", m) for view in courses for m in view.open_modules]
    return [*(path for path, _ in modules), *(f"{path}?easy=1" for path, m in modules if m.has_easy_read)]


def _packs(courses: list[CourseView]) -> list[str]:
    taught = [(view.slug, session) for view in courses for session in view.sessions]
    handouts = [f"/sessions/{slug}/{s.key}/handouts/{key}" for slug, s in taught for key, _ in s.handouts]
    plans = [f"/teach/{slug}/{s.key}/plan" for slug, s in taught]
    return [*handouts, *plans, *(f"/teach/{slug}/{s.key}/slides?notes=1" for slug, s in taught if s.has_slides)]


def _problems(page: Page, path: str, *looks: Callable[[Page], None]) -> list[str]:
    answer = page.goto(path)
    assert answer
    assert answer.status == 200, f"{path}: {answer.status}"
    found = []
    for look in looks:
        try:
            look(page)
        except AssertionError as error:
            found.append(f"{path}: {error}")
    return found


@pytest.mark.parametrize("kind", ["staff", "partner"])
def test_every_module_is_accessible_and_fits_a_phone(kind: str, house: House, browse: Browse) -> None:
    house.world.load_courses(every=True)
    person = house.world.with_role(Role.QI_ADMIN) if kind == "staff" else house.world.partner()
    audiences = (Audience.STAFF, Audience.AUTHOR) if kind == "staff" else (Audience.PARTNER,)
    with house.world.db.read() as session:
        courses = [view for audience in audiences for view in all_courses(session, audience)]
    page = browse(person, width=PHONE)
    modules = _modules(courses)
    assert len(modules) > 10
    found = [problem for path in modules for problem in _problems(page, path, fits, axe)]
    found += [problem for path in _packs(courses) for problem in _problems(page, path, fits)]
    assert not found, "\n".join(found)
