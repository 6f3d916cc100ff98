"""Every page of the program in a real browser, as those who may see it: axe-core finds nothing, and it fits a phone.

The addresses are those of the house's hand-written table, so that a new page is looked at as soon as it exists; every
text that people type is hostile there, and long. Pages without anything on them, and forms refused, are further down.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser import DESKTOP, PHONE, NotAccessibleError, axe, fits, picture
from tests.house.registry import LOOKERS, Row, entries, lookers, rows
from tests.house.stage import Cast, furnish
from tests.journeys.conftest import Browse, House

FILES = {"capability:download", "recognition:own_certificate", "recognition:own_file"}
LEADS_ON = {"capability:find", "intake:compare", "intake:next_row"}
"""Whoever goes there is led to another page."""
ONLY_IN_THE_DEMONSTRATION = {"accounts:mails", "accounts:mail"}
HEIGHT = 900
PHONE_TOO = {
    "assessment:question",
    "capability:person",
    "evidence:certificate",
    "evidence:person",
    "evidence:trust",
    "learning:activity",
    "learning:course",
    "learning:module",
}
"""Beside the pages of the menu, these are what most people see: axe-core looks at them at 320 pixels as well."""


@pytest.fixture(scope="module")
def cast(house: House) -> Cast:
    return furnish(house.world, crowd=1)


def shown() -> list[tuple[Row, str]]:
    """Each page with up to two visitors of different kinds who may see it."""
    pages = [row for row in rows() if row.method == "GET" and row.route not in FILES]
    return [(row, visitor) for row in pages for visitor in lookers(row)[:2]]


def test_no_page_is_left_out() -> None:
    looked_at = {row.route for row, _ in shown()}
    registered = {e.name for e in entries().values() if e.method == "GET"}
    assert registered - looked_at == FILES | LEADS_ON | ONLY_IN_THE_DEMONSTRATION


@pytest.mark.parametrize("visitor", LOOKERS)
def test_every_page_is_accessible_and_fits(visitor: str, house: House, cast: Cast, browse: Browse) -> None:
    page = browse(cast.people.get(visitor))
    found = [
        problem
        for row, who in shown()
        if who == visitor
        for problem in _problems(page, row, row.path(entries()[row.route], cast))
    ]
    assert not found, "\n".join(found)


def _problems(page: Page, row: Row, path: str) -> list[str]:
    page.set_viewport_size({"width": DESKTOP, "height": HEIGHT})
    answer = page.goto(path)
    assert answer
    assert answer.status == 200, f"{row.name} at {path}: {answer.status}"
    looks: list[Callable[[Page], None]] = [axe, fits, _narrow, fits]
    if row.route in PHONE_TOO or entries()[row.route].nav:
        looks.append(axe)
    found = []
    for look in looks:
        try:
            look(page)
        except NotAccessibleError as error:
            found.append(f"{row.name}, {page.viewport_size}: {error}")
        except AssertionError as error:
            found.append(f"{row.name}: {error}")
    if found:
        picture(page, f"problem {row.name}")
    return found


def _narrow(page: Page) -> None:
    page.set_viewport_size({"width": PHONE, "height": HEIGHT})
