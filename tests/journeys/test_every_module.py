"""Every module of every course in a real browser, in full and in easy read: no axe violation, and it fits a phone."""

import pytest
from playwright.sync_api import Page

from app.access.permissions import Role
from app.curriculum.queries import all_courses
from app.curriculum.rules import Audience
from tests.browser import PHONE, NotAccessibleError, axe, fits
from tests.journeys.conftest import Browse, House


def _addresses(house: House, *audiences: Audience) -> list[str]:
    with house.world.db.read() as session:
        courses = [view for audience in audiences for view in all_courses(session, audience)]
    modules = [(f"/courses/{view.slug}/{m.key}", m) for view in courses for m in view.open_modules]
    packs = [f"/sessions/{v.slug}/{s.key}/handouts/{key}" for v in courses for s in v.sessions for key, _ in s.handouts]
    taught = [(v.slug, s) for v in courses for s in v.sessions]
    plans = [f"/teach/{slug}/{s.key}/plan" for slug, s in taught]
    slides = [f"/teach/{slug}/{s.key}/slides?notes=1" for slug, s in taught if s.has_slides]
    easy = [f"{path}?easy=1" for path, module in modules if module.has_easy_read]
    return [*(path for path, _ in modules), *easy, *packs, *plans, *slides]


def _problems(page: Page, path: str) -> list[str]:
    answer = page.goto(path)
    assert answer
    assert answer.status == 200, f"{path}: {answer.status}"
    found = []
    for look in (fits, axe):
        try:
            look(page)
        except NotAccessibleError as error:
            found.append(f"{path}: {error}")
        except AssertionError as error:
            found.append(f"{path}: {error}")
    return found


@pytest.mark.parametrize("kind", ["staff", "partner"])
def test_every_module_is_accessible_and_fits_a_phone(kind: str, house: House, browse: Browse) -> None:
    house.world.load_courses()
    if kind == "staff":
        page = browse(house.world.with_role(Role.QI_ADMIN), width=PHONE)
        paths = _addresses(house, Audience.STAFF, Audience.AUTHOR)
    else:
        page, paths = browse(house.world.partner(), width=PHONE), _addresses(house, Audience.PARTNER)
    assert len(paths) > 10
    found = [problem for path in paths for problem in _problems(page, path)]
    assert not found, "\n".join(found)
