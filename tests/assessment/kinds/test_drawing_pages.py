"""The two drawing exercises of the gallery as an author meets them, without a script. The client checks every page."""

import pytest

from app.access.permissions import Role
from tests.client import HouseClient, document
from tests.learning.learner import Learner
from tests.world import World


@pytest.fixture
def browser(world: World) -> HouseClient:
    world.load_courses()
    person = world.hire("Ada", "Writer")
    world.grant(person, Role.QI_ADMIN)
    Learner(world, person.id, "gallery").enrol()
    return world.client(person.id)


def test_a_run_chart_is_drawn_in_two_goes_refused_once_and_marked(browser: HouseClient) -> None:
    page = browser.follow(browser.post("/activities/gallery/try-plot/start"))
    first = {"point-0": "9", "point-1": "11"}
    refused = browser.submit(page, "/questions/1", button=("stay", "draw"), **first | {"point-2": "99"})
    assert refused.status_code == 422
    assert "March 2025 is put at 99" in document(refused).text
    page = browser.follow(browser.submit(refused, "/questions/1", button=("stay", "draw"), **first | {"point-2": "8"}))
    assert "3 of 12 points placed, no median line yet" in page.text
    page = browser.follow(browser.submit(page, "/questions/1", button=("then", "on"), median="7.5"))
    assert "Median line: 7.5 falls" in document(page).text
    result = browser.follow(browser.submit(page, "/submit"))
    assert "3 of 12 points" in document(result).text
    assert "Partly right: 44%" in document(result).text  # 3/12 of three quarters, and a quarter: 43.75


def test_a_pareto_is_drawn_as_it_stands_before_it_is_marked(browser: HouseClient) -> None:
    page = browser.follow(browser.post("/activities/gallery/try-pareto/start"))
    assert "so far" not in page.text
    page = browser.follow(browser.submit(page, "/questions/1", button=("stay", "draw")))
    assert "so far" in page.text
    assert "make up" not in page.text
    page = browser.follow(browser.submit(page, "/questions/1", button=("then", "on")))
    result = browser.follow(browser.submit(page, "/submit"))
    assert "the first 4 categories make up 81.2% of 160" in document(result).text
