"""A page is a frozen value and the template that shows it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar

ONLY_YOU = "Only you can see this page."
EVERYBODY = "Everybody can see this page, signed in or not."


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Subclasses declare their template, who can see them, and plain frozen fields: words, numbers, dates, tuples.

    `title` is the page's h1 and begins its title; `who_sees` completes "Who can see this?" and tells the truth.
    `partials` maps an element's id to the template that renders it alone for htmx.
    `prepared` names fields of HTML that many pages share and that never change: they are packed once in a process.
    """

    template: ClassVar[str]
    partials: ClassVar[Mapping[str, str]] = {}
    prepared: ClassVar[tuple[str, ...]] = ()
    who_sees: ClassVar[str] = ONLY_YOU

    def context(self) -> dict[str, Any]:
        return {f.name: getattr(self, f.name) for f in fields(self)}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldError:
    """One field's message, for the summary at the top and the field itself."""

    field: str
    message: str


def errors_of(errors: Mapping[str, str]) -> tuple[FieldError, ...]:
    return tuple(FieldError(field=name, message=message) for name, message in errors.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice of a list; choices of one group stand together under its name."""

    value: str
    text: str
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What a form's fields hold when it is shown: what was typed, and what is wrong with it."""

    values: tuple[tuple[str, str], ...] = ()
    errors: tuple[FieldError, ...] = ()

    @classmethod
    def of(cls, values: Mapping[str, str], errors: Mapping[str, str] | None = None) -> "Filled":
        return cls(values=tuple(values.items()), errors=errors_of(errors or {}))

    def value(self, name: str) -> str:
        return dict(self.values).get(name, "")

    def error(self, name: str) -> str:
        return next((e.message for e in self.errors if e.field == name), "")
