"""The pages before a sign-in. None of them says whether a person exists."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from app.kernel.config import Settings
from app.web.form import Invalid
from app.web.page import EVERYBODY, Filled, Page

WRONG = "This name and password do not belong together. Check both, or choose a new password"
WRONG_CODE = (
    "This sign-in name and code do not belong together, or the code is too old. Check both. A code works once: if you "
    "have chosen a password already, sign in with it. Otherwise ask whoever gave you the letter for a new one"
)
KEEPS_NAME = ("username", "next", "code")


def filled(invalid: Invalid | None, values: Mapping[str, str] | None = None) -> Filled:
    """What to show again: names and codes, never a password."""
    if invalid is None:
        return Filled.of(values or {})
    return Filled.of({k: v for k, v in invalid.values.items() if k in KEEPS_NAME}, invalid.errors)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInPage(Page):
    template: ClassVar[str] = "accounts/sign_in.html"
    who_sees: ClassVar[str] = EVERYBODY

    form: Filled
    kept: bool
    contact: str

    @classmethod
    def of(cls, settings: Settings, form: Filled, *, kept: bool) -> "SignInPage":
        return cls(form=form, kept=kept, contact=qi_contact(settings))


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoosePasswordPage(Page):
    """For a link from a mail. It does not say whose account it is: a mail can be read by others."""

    template: ClassVar[str] = "accounts/choose_password.html"
    who_sees: ClassVar[str] = "Whoever has the link can open this page, once. It does not say whose account it is."

    title: str
    said: str
    action: str
    form: Filled


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLinkPage(Page):
    template: ClassVar[str] = "accounts/dead_link.html"
    who_sees: ClassVar[str] = EVERYBODY

    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePage(Page):
    template: ClassVar[str] = "accounts/code.html"
    who_sees: ClassVar[str] = EVERYBODY

    form: Filled


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgottenPage(Page):
    template: ClassVar[str] = "accounts/forgotten.html"
    who_sees: ClassVar[str] = EVERYBODY

    form: Filled


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgottenSentPage(Page):
    template: ClassVar[str] = "accounts/forgotten_sent.html"
    who_sees: ClassVar[str] = EVERYBODY

    contact: str


def qi_contact(settings: Settings) -> str:
    """The QI team with how to reach them, as far as it is known."""
    reached = ", ".join(part for part in (settings.qi_contact_phone, settings.qi_contact_email) if part)
    return f"{settings.qi_contact} ({reached})" if reached else settings.qi_contact
