"""Help for staff: whom to ask, where an idea goes, what to do when something is unsafe now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from app.kernel.config import Settings
from app.learning.pages.partners import dialled
from app.learning.queries import CoachRow
from app.web.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Coach:
    directorate: str
    name: str
    team: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPage(Page):
    template: ClassVar[str] = "learning/help.html"
    who_sees: ClassVar[str] = "Every member of staff who is signed in sees this page. It holds nothing about you."

    contact: str
    email: str
    phone: str
    dial: str
    coaches: tuple[Coach, ...]

    @classmethod
    def of(cls, settings: Settings, found: Sequence[CoachRow]) -> Self:
        phone = settings.qi_contact_phone
        return cls(
            contact=settings.qi_contact,
            email=settings.qi_contact_email,
            phone=phone,
            dial=dialled(phone),
            coaches=tuple(Coach(directorate=c.directorate, name=c.name, team=c.team) for c in found),
        )
