"""Routes are found by the first word of their address, and exactly those that trying each would find."""

import pytest
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from app.web.signpost import Signpost
from tests.web.conftest import Trial


def answer(_request: object) -> PlainTextResponse:
    return PlainTextResponse("yes")


def test_every_route_of_the_house_is_behind_the_signpost(world: Trial) -> None:
    [signpost] = [route for route in world.app.router.routes if isinstance(route, Signpost)]
    assert {getattr(route, "name", "") for route in signpost.routes} == set(world.app.state.core.routes)


def test_a_route_that_begins_with_anything_is_refused_at_the_start() -> None:
    with pytest.raises(AssertionError, match="begins with a word"):
        Signpost([Route("/{anything}", answer)])


def test_of_two_routes_that_fit_the_first_answers(world: Trial) -> None:
    client = world.client(world.hire())
    assert client.get("/teams/list").status_code == 403
    assert client.get("/trial/items/7").status_code == 200


def test_the_right_address_with_the_wrong_method_says_which_would_do(world: Trial) -> None:
    answer = world.client().put("/trial/open")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
