"""An address is made from a route's name and nothing else; hostile values stay values."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.main import create_app
from app.web.core import Core
from tests.web.conftest import Trial


@pytest.fixture
def core(world: Trial) -> Core:
    found: Core = world.app.state.core
    return found


def test_what_the_path_lacks_becomes_the_query(core: Core) -> None:
    assert core.path_for("trial:item", number=7) == "/trial/items/7"
    assert core.path_for("trial:item", number=7, kind="a b&c") == "/trial/items/7?kind=a+b%26c"
    assert core.path_for("trial:item", number=7, kind=("a", "b")) == "/trial/items/7?kind=a&kind=b"
    assert core.path_for("trial:item", number=0, kind=0) == "/trial/items/0?kind=0"


@pytest.mark.parametrize("nothing", [None, "", ()])
def test_nothing_leaves_no_trace(core: Core, nothing: object) -> None:
    assert core.path_for("trial:open_page", kind=nothing) == "/trial/open"


@pytest.mark.parametrize("value", ["../admin", "a/b", "a?b#c", "//elsewhere.example", "é ü", "%2e", "a\r\nb", "{x}"])
def test_a_value_cannot_leave_its_place(core: Core, value: str) -> None:
    path = core.path_for("trial:raise_it", name=value)
    assert path.startswith("/trial/raise/")
    assert path.count("/") == 3
    assert path.isascii()
    assert not set(path) & set("?#\r\n{")


def test_a_route_that_does_not_exist_is_an_error(core: Core) -> None:
    with pytest.raises(KeyError):
        core.path_for("trial:nowhere")


def test_any_value_comes_back_as_it_was(world: Trial) -> None:
    core: Core = create_app(world.settings, world.clock).state.core

    @given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
    def comes_back(value: str) -> None:
        parts = urlsplit(core.path_for("accounts:sign_in_page", next=value))
        assert parse_qs(parts.query, keep_blank_values=True, encoding="utf-8") == {"next": [value]}

    comes_back()
    core.db.close()
