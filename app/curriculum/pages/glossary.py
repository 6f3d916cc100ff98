"""The words of quality improvement, explained."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from app.curriculum.views import TermView
from app.web.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryPage(Page):
    template: ClassVar[str] = "curriculum/glossary.html"
    who_sees: ClassVar[str] = "Everybody who is signed in can see this page. It shows nothing about anybody."

    terms: tuple[TermView, ...]

    @classmethod
    def of(cls, terms: Sequence[TermView]) -> Self:
        return cls(terms=tuple(terms))
