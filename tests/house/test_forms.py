"""What any form says of what somebody left out or mistyped is a sentence in their words."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from app.main import ROUTERS
from app.web.form import Form, Invalid, Posted

TYPED = ("", " ", "x", "0", "-1", "9" * 30, "31 March 2027", "x" * 5_000)


def _below(form: type[Form]) -> Iterator[type[Form]]:
    for one in form.__subclasses__():
        yield one
        yield from _below(one)


def forms() -> list[type[Form]]:
    assert ROUTERS, "every route's forms are known once its router is"
    ours = {one for one in _below(Form) if one.__module__.startswith("app.")}
    return sorted(ours, key=lambda one: (one.__module__, one.__name__))


def said_by(form: type[Form], posted: dict[str, list[str]]) -> dict[str, str]:
    parsed = form.parse(Posted(posted))
    return dict(parsed.errors) if isinstance(parsed, Invalid) else {}


def test_there_are_forms() -> None:
    assert len(forms()) > 40


@pytest.mark.parametrize("form", forms(), ids=lambda one: f"{one.__module__}.{one.__name__}")
def test_no_form_calls_a_field_by_the_name_that_only_we_know(form: type[Form]) -> None:
    for posted in ({}, *({name: [text] for name in form.model_fields} for text in TYPED)):
        for name, said in said_by(form, posted).items():
            assert "_" not in said, f"{name}: {said}"
            named = re.match(rf"(?:Check|Enter|Choose) {name}$|{name} must", said, re.IGNORECASE)
            assert not named or name in form.labels, f"{name}: {said}"


@pytest.mark.parametrize("form", forms(), ids=lambda one: f"{one.__module__}.{one.__name__}")
def test_a_day_that_was_left_out_is_asked_for_with_an_example(form: type[Form]) -> None:
    days = [name for name, field in form.model_fields.items() if field.annotation is date and field.is_required()]
    for posted in ({}, {name: [""] for name in days}):
        said = said_by(form, posted)
        assert all(re.search(r"such as \d+ \w+ 20\d\d", said[name]) for name in days), said
