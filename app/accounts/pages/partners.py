"""Patient partners, for whoever looks after them."""

from dataclasses import dataclass
from typing import ClassVar

from app.access.actor import Actor
from app.accounts.pages.account import AccountBlock
from app.accounts.queries import AccountRow, PartnerLineRow
from app.organisation.options import filled
from app.organisation.queries import PartnerRow
from app.web.form import Invalid
from app.web.page import Filled, Page
from app.web.words import day

SEES = (
    "QI team administrators and involvement workers. No ward, manager, directorate lead or HR colleague can see this, "
    "or that these people have an account."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerLine:
    id: int
    name: str
    state: str
    tone: str
    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnersPage(Page):
    template: ClassVar[str] = "accounts/partners.html"
    who_sees: ClassVar[str] = SEES

    partners: tuple[PartnerLine, ...]

    @classmethod
    def of(cls, rows: list[PartnerLineRow]) -> "PartnersPage":
        return cls(partners=tuple(_line(row) for row in rows))


def _line(row: PartnerLineRow) -> PartnerLine:
    state, tone = ("Has not chosen a password yet", "warn") if not row.has_password else ("Can sign in", "good")
    if row.suspended:
        state, tone = "Suspended", "late"
    return PartnerLine(id=row.person_id, name=row.name, state=state, tone=tone, contact=row.contact_name)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerPage(Page):
    template: ClassVar[str] = "accounts/partner.html"
    who_sees: ClassVar[str] = SEES

    person_id: int
    name: str
    since: str
    contact: str
    account: AccountBlock
    public_check: str

    @classmethod
    def of(cls, row: PartnerRow, account: AccountRow | None) -> "PartnerPage":
        return cls(
            person_id=row.person_id,
            name=row.name,
            since=day(row.made_at),
            contact=", ".join(part for part in (row.contact_name, row.contact_phone, row.contact_hours) if part),
            account=AccountBlock.of(account, row.email),
            public_check="They turned it on" if row.public_check else "Off: nobody can check their certificate",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerFormPage(Page):
    template: ClassVar[str] = "accounts/partner_form.html"
    who_sees: ClassVar[str] = SEES

    title: str
    action: str
    new: bool
    form: Filled

    @classmethod
    def of(cls, action: str, actor: Actor, invalid: Invalid | None, row: PartnerRow | None = None) -> "PartnerFormPage":
        start = {"contact_name": actor.name}
        if row is not None:
            start = {
                "name": row.name,
                "email": row.email or "",
                "contact_name": row.contact_name,
                "contact_phone": row.contact_phone,
                "contact_hours": row.contact_hours,
            }
        title = f"Change what we know of {row.name}" if row else "Welcome a patient partner"
        return cls(title=title, action=action, new=row is None, form=filled(invalid, start))
