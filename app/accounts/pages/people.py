"""One member of staff, as those who look after staff records and accounts see them."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.access.actor import Actor
from app.access.permissions import ROLE_NAMES, Permission
from app.accounts.pages.account import AccountBlock
from app.accounts.queries import AccountRow, GrantRow
from app.accounts.rules import WHOLE_TRUST
from app.organisation.queries import LeaveRow, PersonRow
from app.organisation.rules import BASIS_NAMES, holds_on, last_day
from app.organisation.wording import LeaveLine
from app.web.page import Page
from app.web.words import day, moment


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLine:
    job: str
    team: str
    spell: str
    more: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantLine:
    id: int
    role: str
    place: str
    spell: str
    given: str
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage(Page):
    template: ClassVar[str] = "accounts/person.html"
    who_sees: ClassVar[str] = (
        "People who look after staff records in this part of the trust. Only those who invite people see the account, "
        "only those who give roles see the roles, and only those who manage staff see what kind of leave somebody is "
        "on. Answers, scores and reflections are never here."
    )

    person_id: int
    name: str
    here: str
    posts: tuple[PostLine, ...]
    account: AccountBlock | None
    grants: tuple[GrantLine, ...]
    sees_roles: bool
    may_give: bool
    leaves: tuple[LeaveLine, ...]
    may_record_leave: bool
    away_by: int
    """The leave on which they are today, for those who manage them; else 0."""
    may_move: bool
    may_rejoin: bool
    may_suspend: bool
    may_adjust: bool
    sees_audit: bool

    @classmethod
    def of(
        cls,
        actor: Actor,
        row: PersonRow,
        posts: list[PersonRow],
        account: AccountRow | None,
        grants: list[GrantRow],
        leaves: list[LeaveRow],
        today: date,
    ) -> "PersonPage":
        here = holds_on(row.starts_on, row.ends_on, today)
        away = next((one for one in leaves if holds_on(one.starts_on, one.ends_on, today)), None)
        other = row.person_id != actor.person_id
        gives = actor.may(Permission.GRANT_ROLES)
        manages = actor.may(Permission.MANAGE_PEOPLE)
        invites = actor.may(Permission.INVITE)
        return cls(
            person_id=row.person_id,
            name=row.name,
            here=here_words(row, today) + (" On leave." if away else ""),
            posts=tuple(post_line(p, today) for p in posts),
            account=AccountBlock.of(account, row.email) if invites else None,
            grants=tuple(grant_line(g, today) for g in grants) if gives else (),
            sees_roles=gives,
            may_give=(gives and other and row.ends_on is None) or (gives and other and here),
            leaves=tuple(LeaveLine.of(one, today) for one in leaves),
            may_record_leave=manages and (here or row.starts_on > today) and (away is None or away.ends_on is not None),
            away_by=away.id if away else 0,
            may_move=manages and here,
            may_rejoin=manages and row.starts_on <= today and not here,
            may_suspend=other,
            may_adjust=actor.may(Permission.ADJUST),
            sees_audit=actor.may(Permission.SEE_AUDIT),
        )


def here_words(row: PersonRow, today: date) -> str:
    what = f"{row.job_role}, {row.team}, {row.directorate}"
    if row.starts_on > today:
        return f"{what}. Begins on {day(row.starts_on)}."
    if not holds_on(row.starts_on, row.ends_on, today):
        return f"Left after {day(last_day(row.ends_on))}. Last {what}."
    return f"{what}, until {day(last_day(row.ends_on))}." if row.ends_on else f"{what}."


def post_line(row: PersonRow, today: date) -> PostLine:
    parts = [BASIS_NAMES[row.basis]]
    parts += [f"band or grade {row.band}"] if row.band else []
    parts += [f"employee number {row.employee_number}"] if row.employee_number else []
    parts += [f"assignment {row.assignment_number}"] if row.assignment_number else []
    parts += [f"sponsor {row.sponsor}"] if row.sponsor else []
    parts += [f"manager {row.manager}"] if row.manager else []
    return PostLine(
        job=row.job_role,
        team=f"{row.team}, {row.directorate}",
        spell=spell(row.starts_on, row.ends_on),
        more=f"{row.staff_group}; {', '.join(parts)}",
        current=holds_on(row.starts_on, row.ends_on, today),
    )


def spell(starts_on: date, ends_on: date | None) -> str:
    return f"{day(starts_on)} to {day(last_day(ends_on))}" if ends_on else f"Since {day(starts_on)}"


def grant_line(row: GrantRow, today: date) -> GrantLine:
    empty = row.ends_on is not None and row.ends_on <= row.starts_on
    return GrantLine(
        id=row.id,
        role=ROLE_NAMES[row.role],
        place=row.place or WHOLE_TRUST,
        spell=f"Given and ended on {day(row.starts_on)}" if empty else spell(row.starts_on, row.ends_on),
        given=f"{row.granted_by}, {moment(row.granted_at)}",
        open=row.ends_on is None or row.ends_on > today,
    )
