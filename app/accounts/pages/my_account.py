"""One's own account."""

from dataclasses import dataclass
from typing import ClassVar

from app.access.actor import Actor
from app.access.permissions import ROLE_NAMES
from app.accounts.queries import GrantRow, Known, SessionRow
from app.accounts.rules import WHOLE_TRUST
from app.organisation.rules import last_day
from app.web.form import Invalid
from app.web.page import Filled, Page
from app.web.words import day, moment


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInLine:
    id: int
    browser: str
    began: str
    seen: str
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleLine:
    role: str
    place: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MyAccountPage(Page):
    template: ClassVar[str] = "accounts/my_account.html"
    who_sees: ClassVar[str] = (
        "Only you can see this page. Whoever invites people here can see your sign-in name and whether you have signed "
        "in, never your password."
    )

    name: str
    username: str
    email: str
    sign_ins: tuple[SignInLine, ...]
    others: int
    roles: tuple[RoleLine, ...]

    @classmethod
    def of(cls, actor: Actor, known: Known, sign_ins: list[SessionRow], grants: list[GrantRow]) -> "MyAccountPage":
        return cls(
            name=known.name,
            username=known.username,
            email=known.email or "",
            sign_ins=tuple(sign_in_line(row, actor) for row in sign_ins),
            others=sum(row.id != actor.session_id for row in sign_ins),
            roles=tuple(role_line(grant) for grant in grants),
        )


def role_line(grant: GrantRow) -> RoleLine:
    return RoleLine(
        role=ROLE_NAMES[grant.role],
        place=grant.place or WHOLE_TRUST,
        until=f"until {day(last_day(grant.ends_on))}" if grant.ends_on else "no end is set",
    )


def sign_in_line(row: SessionRow, actor: Actor) -> SignInLine:
    return SignInLine(
        id=row.id,
        browser=row.browser or "A browser",
        began=moment(row.began_at),
        seen=moment(row.seen_at),
        here=row.id == actor.session_id,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePasswordPage(Page):
    template: ClassVar[str] = "accounts/change_password.html"
    who_sees: ClassVar[str] = "Only you can see this page."

    username: str
    form: Filled

    @classmethod
    def of(cls, known: Known, invalid: Invalid | None = None) -> "ChangePasswordPage":
        return cls(username=known.username, form=Filled.of({}, invalid.errors if invalid else {}))
