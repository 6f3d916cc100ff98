"""A page is a frozen plain value, and gives its template exactly what it asks for: no more, and nothing to load from.

A page that held a session or an entity could ask the database from a template; a field that no template shows is work
for nothing; a variable that no field gives is a crash on the day somebody opens the page.
"""

import dataclasses
import datetime as dt
import enum
import re
import typing
from collections.abc import Iterator

import pytest
from jinja2 import Environment, meta, nodes

from app.kernel.config import ROOT
from app.web.page import Page
from app.web.render import Pages
from app.web.static import Assets

PLAIN = (str, int, bool, float, dt.date, dt.datetime, type(None), enum.Enum)
GIVEN_TO_ALL = {"chrome", "url"}
CHOSEN = re.compile(r'{%-?\s*include\s+\(?"([\w/]+/)"\s*~')
ROOTS = re.compile(r'^\s*(?:{%.*?%}\s*|{#.*?#}\s*)*<\w+[^>]*?\bid="([^"]+)"', re.DOTALL)


def page_classes() -> list[type[Page]]:
    import app.main  # noqa: F401  its routes import every page

    return sorted(_below(Page), key=lambda page: f"{page.__module__}.{page.__name__}")


def _below(kind: type[Page]) -> Iterator[type[Page]]:
    for page in kind.__subclasses__():
        # A dataclass with slots is made twice: the first one is a shadow that nobody can reach by name.
        if getattr(__import__(page.__module__, fromlist=["_"]), page.__name__, None) is page:
            yield page
        yield from _below(page)


@pytest.fixture(scope="module")
def env() -> Environment:
    return Pages(Assets()).env


def test_there_are_pages() -> None:
    assert len(page_classes()) >= 1


def test_pages_are_frozen_and_hold_only_plain_values() -> None:
    for page in page_classes():
        assert _plain(page), f"{page.__module__}.{page.__name__} holds something that is no plain value"


def _plain(kind: typing.Any) -> bool:
    arguments = typing.get_args(kind)
    if arguments:
        mapping = typing.get_origin(kind) in {dict, list, set}
        return not mapping and all(_plain(a) for a in arguments if a is not Ellipsis)
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        frozen = kind.__dataclass_params__.frozen  # type: ignore[union-attr]
        return frozen and all(_plain(hints[f.name]) for f in dataclasses.fields(kind))
    return isinstance(kind, type) and issubclass(kind, PLAIN)


def test_a_page_gives_its_template_exactly_what_it_asks_for(env: Environment) -> None:
    for page in page_classes():
        if "template" not in vars(page):
            continue
        asked = _variables(env, page.template) - set(env.globals) - GIVEN_TO_ALL
        given = {f.name for f in dataclasses.fields(page)}
        assert asked == given, f"{page.__name__}: not shown {given - asked}, not given {asked - given}"


def test_a_part_of_a_page_asks_for_nothing_more_and_is_one_element_with_the_id_that_htmx_asks_for(
    env: Environment,
) -> None:
    for page in page_classes():
        given = {f.name for f in dataclasses.fields(page)}
        for target, part in page.partials.items():
            assert _variables(env, part) - set(env.globals) - GIVEN_TO_ALL <= given, part
            assert part.rpartition("/")[2].startswith("_"), f"{part} is a part: its name begins with _"
            found = ROOTS.match(_source(env, part))
            assert found, f"{part} does not begin with an element that has an id"
            assert found[1] == target or "{{" in found[1], f"{part} is the element {found[1]}, not {target}"
            assert part in _included(env, page.template), f"{part} is not included by {page.template}"


def test_every_page_says_itself_who_can_see_it_in_whole_sentences() -> None:
    for page in page_classes():
        if "template" in vars(page):
            assert "who_sees" in vars(page), f"{page.__name__} does not say who can see it"
            assert page.who_sees[:1].isupper(), page.__name__
            assert page.who_sees.endswith("."), page.__name__


SCRIPTS = {"data-keeps-words": "keeping.js", "data-place-url": "learning.js"}


@pytest.mark.parametrize(("marked", "script"), SCRIPTS.items())
def test_a_form_that_says_it_keeps_words_has_the_script_that_does(env: Environment, marked: str, script: str) -> None:
    pages = {page.template for page in page_classes() if "template" in vars(page)}
    shown = {name: " ".join(_source(env, part) for part in (name, *_included(env, name))) for name in pages}
    marked_pages = {name for name, words in shown.items() if marked in words}
    assert marked_pages
    assert {name for name in marked_pages if script not in shown[name]} == set()


def test_every_template_is_used(env: Environment) -> None:
    used = {"layouts/base.html", "layouts/_bar.html", "layouts/_preview_bar.html"}
    for page in page_classes():
        if "template" in vars(page):
            used |= _included(env, page.template) | {page.template} | set(page.partials.values())
    written = {f.relative_to(ROOT / "templates").as_posix() for f in (ROOT / "templates").rglob("*.html")}
    written -= {name for name in written if name.startswith("mails/")}
    assert written - used == set(), "templates that no page shows"


def _variables(env: Environment, name: str, bound: frozenset[str] = frozenset()) -> set[str]:
    """The names that a template, and all it is made of, expects from its page."""
    tree = env.parse(_source(env, name))
    found = meta.find_undeclared_variables(tree) - bound - _defined_at_the_top(tree)
    local = bound | {n.name for n in tree.find_all(nodes.Name) if n.ctx in {"store", "param"}}
    for part in _parts(env, name):
        found |= _variables(env, part, frozenset() if part.startswith("layouts/") else frozenset(local))
    return found


def _defined_at_the_top(tree: nodes.Template) -> set[str]:
    """Macros written or imported outside a block: a block of the same template may use them."""
    imported = (name for found in tree.find_all(nodes.FromImport) for name in found.names)
    names = {name if isinstance(name, str) else name[1] for name in imported}
    return names | {macro.name for macro in tree.find_all(nodes.Macro)}


def _included(env: Environment, name: str) -> set[str]:
    """Every template that this one extends, includes or imports, however deep."""
    return set().union(*({part} | _included(env, part) for part in _parts(env, name)))


def _parts(env: Environment, name: str) -> set[str]:
    """The templates that this one names; one chosen at run time stands for all in the folder that it is chosen from."""
    source = _source(env, name)
    found = {reference for reference in meta.find_referenced_templates(env.parse(source)) if reference}
    for folder in CHOSEN.findall(source):
        found |= {f"{folder}{file.name}" for file in (ROOT / "templates" / folder).glob("*.html")}
    return found


def _source(env: Environment, name: str) -> str:
    assert env.loader
    return env.loader.get_source(env, name)[0]
