"""The administrator's desk, and the roles that were given."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.access.actor import Actor
from app.access.permissions import GRANTED, ROLE_NAMES, TRUST_WIDE_ONLY, Permission
from app.accounts.pages.people import GrantLine, grant_line
from app.accounts.queries import GrantRow, Waiting
from app.accounts.rules import WHOLE_TRUST
from app.organisation.options import filled
from app.organisation.queries import DirectorateRow, PersonRow, TeamRow
from app.organisation.rules import last_day
from app.web.form import Invalid
from app.web.page import Filled, Option, Page
from app.web.words import day, moment, plural


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLine:
    person_id: int
    name: str
    said: str
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminPage(Page):
    template: ClassVar[str] = "accounts/admin.html"
    who_sees: ClassVar[str] = (
        "QI team administrators; involvement workers see only the part about partners. Each sees what they may change."
    )

    said: str
    people: tuple[WaitingLine, ...]
    people_more: str
    mails: tuple[WaitingLine, ...]
    mails_more: str
    roles: tuple[WaitingLine, ...]
    sees_people: bool
    sees_partners: bool
    gives_roles: bool
    sees_audit: bool
    writes_courses: bool
    recognises: bool
    agrees: bool

    @classmethod
    def of(cls, actor: Actor, waiting: Waiting) -> "AdminPage":
        return cls(
            said=_said(actor, waiting),
            people=tuple(
                WaitingLine(person_id=p.person_id, name=p.list_name, said=p.team, more=f"since {day(p.starts_on)}")
                for p in waiting.without_account
            ),
            people_more=_more(waiting.without_account_total, len(waiting.without_account)),
            mails=tuple(
                WaitingLine(
                    person_id=m.person_id, name=m.name, said=f"{m.subject}, {moment(m.made_at)}", more=m.problem
                )
                for m in waiting.unsent
            ),
            mails_more=_more(waiting.unsent_total, len(waiting.unsent)),
            roles=tuple(
                WaitingLine(
                    person_id=g.person_id,
                    name=g.person,
                    said=f"{ROLE_NAMES[g.role]}, {g.place or WHOLE_TRUST}",
                    more=f"last day {day(last_day(g.ends_on))}",
                )
                for g in waiting.ending
            ),
            sees_people=actor.may(Permission.SEE_PEOPLE),
            sees_partners=actor.may(Permission.MANAGE_PARTNERS),
            gives_roles=actor.may(Permission.GRANT_ROLES),
            sees_audit=actor.may(Permission.SEE_AUDIT),
            writes_courses=actor.may(Permission.AUTHOR),
            recognises=actor.may(Permission.RECOGNISE),
            agrees=actor.may(Permission.AGREE_RATINGS),
        )


def _said(actor: Actor, waiting: Waiting) -> str:
    if not actor.may(Permission.INVITE):
        return "You look after our partners: welcome them, and give each a way in."
    parts = []
    if waiting.without_account_total:
        verb = "has" if waiting.without_account_total == 1 else "have"
        people = plural(waiting.without_account_total, "member of staff", "members of staff")
        parts.append(f"{people} {verb} not been able to sign in yet")
    if waiting.unsent_total:
        parts.append(f"{plural(waiting.unsent_total, 'mail')} could not be sent")
    if waiting.ending:
        parts.append(f"{plural(len(waiting.ending), 'role')} will end within 30 days")
    return "; ".join(parts) + "." if parts else "Nothing waits for you."


def _more(total: int, shown: int) -> str:
    return f"Show all {total:,}" if total > shown else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRow:
    person_id: int
    name: str
    grant: GrantLine


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleBlock:
    role: str
    rows: tuple[RoleRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesPage(Page):
    template: ClassVar[str] = "accounts/roles.html"
    who_sees: ClassVar[str] = "QI team administrators."

    blocks: tuple[RoleBlock, ...]

    @classmethod
    def of(cls, grants: list[GrantRow], today: date) -> "RolesPage":
        return cls(
            blocks=tuple(
                RoleBlock(
                    role=ROLE_NAMES[role],
                    rows=tuple(
                        RoleRow(person_id=g.person_id, name=g.person, grant=grant_line(g, today))
                        for g in grants
                        if g.role is role
                    ),
                )
                for role in GRANTED
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantPage(Page):
    template: ClassVar[str] = "accounts/grant.html"
    who_sees: ClassVar[str] = "People who may give roles here. The person sees the role on their own account page."

    person_id: int
    name: str
    form: Filled
    roles: tuple[Option, ...]
    scopes: tuple[Option, ...]
    trust_wide: str

    @classmethod
    def of(
        cls,
        row: PersonRow,
        directorates: list[DirectorateRow],
        teams: list[TeamRow],
        today: date,
        invalid: Invalid | None,
    ) -> "GrantPage":
        places = [Option(value="trust", text=WHOLE_TRUST, group="Trust")]
        places += [Option(value=f"directorate-{d.id}", text=d.name, group="A directorate") for d in directorates]
        places += [Option(value=f"team-{t.id}", text=f"{t.name}, {t.directorate}", group="A team") for t in teams]
        return cls(
            person_id=row.person_id,
            name=row.name,
            form=filled(invalid, {"first": day(today), "scope": f"directorate-{row.directorate_id}"}),
            roles=tuple(Option(value=str(role), text=ROLE_NAMES[role]) for role in GRANTED),
            scopes=tuple(places),
            trust_wide=" and ".join(sorted(ROLE_NAMES[role] for role in TRUST_WIDE_ONLY)),
        )
