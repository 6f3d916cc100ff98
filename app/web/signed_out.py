"""A form that came without a sign-in: nobody knows whose it is, so it cannot be kept, and is given back."""

from dataclasses import dataclass
from typing import ClassVar

from app.web.form import Posted
from app.web.page import Page

SHORTEST_TEXT = 12
"""What is shorter is a choice or a number, and no text that somebody would miss."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOutPage(Page):
    template: ClassVar[str] = "errors/signed_out.html"
    who_sees: ClassVar[str] = "Only you, in this window. It is kept nowhere."

    texts: tuple[str, ...]

    @classmethod
    def of(cls, posted: Posted) -> "SignedOutPage":
        """With every text that was sent, so that it can be copied."""
        sent = [value for name, values in posted.lists().items() if not name.startswith("_") for value in values]
        return cls(texts=tuple(dict.fromkeys(v for v in sent if len(v) > SHORTEST_TEXT and " " in v.strip())))
