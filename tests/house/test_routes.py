"""Every address of the program passes through the one router that asks who is knocking.

FastAPI's own list of routes has become a tree, over which a plain loop finds nothing and passes: so count first.
"""

import ast
import inspect
import textwrap

from fastapi.routing import iter_route_contexts

from app.access.gates import Anyone, Requires, SignedIn
from app.web.signpost import Signpost
from tests.house.registry import entries
from tests.world import World

OUTSIDE_THE_ROUTER = {("/healthz", "GET"), ("/", "GET"), ("/static/{path:path}", "GET")}
"""Whether the server answers, where to begin, and files that everybody may have."""


def test_the_app_answers_at_the_registered_addresses_and_nowhere_else(world: World) -> None:
    signposts = [route for route in world.app.routes if isinstance(route, Signpost)]
    behind = [route for signpost in signposts for route in signpost.routes]
    beside = [route for route in world.app.routes if route not in signposts]
    found = {
        (str(route.path), method)
        for route in iter_route_contexts([*beside, *behind])
        for method in (route.methods or {"GET"}) - {"HEAD"}
    }
    assert len(found) > len(OUTSIDE_THE_ROUTER), "no routes: the walk over FastAPI's tree finds nothing any more"
    registered = {(entry.path, entry.method) for entry in entries().values()}
    assert len(found) == len(registered) + len(OUTSIDE_THE_ROUTER)
    assert found == registered | OUTSIDE_THE_ROUTER


def test_every_route_has_a_gate_that_we_know() -> None:
    for entry in entries().values():
        assert isinstance(entry.access, Anyone | SignedIn | Requires), entry.name
        if isinstance(entry.access, Requires):
            assert entry.access.permissions, f"{entry.name} requires nothing: that admits nobody"


def test_every_route_has_a_name_and_an_address_of_its_own(world: World) -> None:
    from app.main import ROUTERS

    every = [entry for router in ROUTERS for entry in router.entries]
    assert len({e.name for e in every}) == len(every)
    assert len({(e.path, e.method) for e in every}) == len(every)
    assert set(world.app.state.core.routes) == {e.name for e in every}


def test_only_pages_that_need_nothing_in_their_address_are_in_the_menu() -> None:
    for entry in entries().values():
        if entry.nav:
            assert entry.method == "GET", entry.name
            assert "{" not in entry.path, entry.name


def test_a_form_kept_over_an_ended_sign_in_goes_to_a_deed_whose_values_are_plain_words_and_numbers() -> None:
    for entry in entries().values():
        if entry.holds:
            _deed, *params = inspect.signature(entry.endpoint, eval_str=True).parameters.values()
            assert entry.method == "POST", entry.name
            assert all(p.annotation in {int, str} for p in params), entry.name


def test_routes_are_short_and_decide_nothing() -> None:
    """A route that needs a select or a business rule has work that belongs to a query or a command."""
    for entry in entries().values():
        source = inspect.getsource(entry.endpoint)
        assert "select(" not in source, f"{entry.name} asks the database itself"
        [route] = ast.parse(textwrap.dedent(source)).body
        assert isinstance(route, ast.FunctionDef)
        lines = (route.end_lineno or 0) - route.body[0].lineno + 1
        assert lines <= 14, f"{entry.name} has {lines} lines"
