"""HR's first screen: how fresh staff data is, what is unresolved in it, and the way to a person's evidence."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from app.evidence.queries import MatterRow, StaffData
from app.evidence.rules import Matter
from app.kernel.clock import london_date
from app.organisation.queries import PersonRow
from app.web.page import Page
from app.web.words import day, moment, plural

STALE_AFTER_DAYS = 14
MOST_FOUND = 50

MATTER_TITLES = {
    Matter.NO_WAY_IN: "cannot sign in: no e-mail address and no account",
    Matter.ENDING: "with a post that ends within 30 days",
    Matter.SPONSOR_LEFT: "whose sponsor has left",
    Matter.MANAGER_LEFT: "whose manager has left",
    Matter.NO_MAIN_POST: "without a main post",
    Matter.TEAM_CLOSED: "in a team that is closed",
}
REMEDIES = {
    Matter.NO_WAY_IN: "Add an e-mail address, or print a sign-in code for them, so that they can learn.",
    Matter.ENDING: "Extend the post, or leave it: on its last day they lose access and keep their record.",
    Matter.SPONSOR_LEFT: "Name a new sponsor who answers for them, or end the post.",
    Matter.MANAGER_LEFT: "Name their present manager.",
    Matter.NO_MAIN_POST: "Choose their main post. Until then they count in no directorate.",
    Matter.TEAM_CLOSED: "Move them to the team that they work in now.",
}
WHO_SEES = "HR and QI team administrators can see this page, each for the part of the trust they look after."


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterCount:
    matter: str
    count: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    person_id: int
    name: str
    number: str
    post: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceHome(Page):
    template: ClassVar[str] = "evidence/home.html"
    who_sees: ClassVar[str] = WHO_SEES

    updated: str
    stale: str
    matters: tuple[MatterCount, ...]
    words: str
    searched: bool
    found: tuple[Found, ...]
    more: bool
    counts: str

    @classmethod
    def of(
        cls,
        data: StaffData,
        matters: dict[Matter, int],
        words: str,
        found: list[PersonRow],
        today: date,
        counts: str,
    ) -> "EvidenceHome":
        """`counts`: where the counts of ratings are; empty while there are none."""
        return cls(
            updated=_updated(data, today),
            stale=_stale(data, today),
            matters=tuple(
                MatterCount(matter=m.value, count=plural(n, "person", "people"), title=MATTER_TITLES[m])
                for m, n in matters.items()
                if n
            ),
            words=words,
            searched=bool(words.strip()),
            found=tuple(_found(row, today) for row in found[:MOST_FOUND]),
            more=len(found) > MOST_FOUND,
            counts=counts,
        )


def _updated(data: StaffData, today: date) -> str:
    if data.updated_at is None:
        return "There is no staff data yet."
    source = data.source[:1].lower() + data.source[1:] if data.source else "source not known"
    return f"Staff data was last updated {_when(data.updated_at, today)}: {source}."


def _when(at: datetime, today: date) -> str:
    days = (today - london_date(at)).days
    ago = {0: "today", 1: "yesterday"}.get(days, f"{plural(days, 'day')} ago")
    return f"{ago}, on {moment(at)}"


def _stale(data: StaffData, today: date) -> str:
    if data.updated_at is None or (today - london_date(data.updated_at)).days <= STALE_AFTER_DAYS:
        return ""
    return "That is more than two weeks ago. People who joined, moved or left since then may be missing here."


def _found(row: PersonRow, today: date) -> Found:
    left = row.ends_on is not None and row.ends_on <= today
    return Found(
        person_id=row.person_id,
        name=row.list_name,
        number=row.employee_number or "",
        post=f"{row.job_role}, {row.team}, {row.directorate}",
        state=f"Left on {day(row.ends_on)}" if left else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerned:
    person_id: int
    name: str
    post: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterPage(Page):
    template: ClassVar[str] = "evidence/matter.html"
    who_sees: ClassVar[str] = WHO_SEES

    title: str
    remedy: str
    as_at: str
    people: tuple[Concerned, ...]

    @classmethod
    def of(cls, matter: Matter, rows: list[MatterRow], today: date) -> "MatterPage":
        return cls(
            title=f"{plural(len(rows), 'person', 'people')} {MATTER_TITLES[matter]}",
            remedy=REMEDIES[matter],
            as_at=day(today),
            people=tuple(
                Concerned(
                    person_id=row.person_id,
                    name=row.list_name,
                    post=f"{row.job_role}, {row.team}, {row.directorate}",
                    detail=_detail(matter, row),
                )
                for row in rows
            ),
        )


def _detail(matter: Matter, row: MatterRow) -> str:
    details = {
        Matter.ENDING: f"Ends on {day(row.ends_on)}",
        Matter.SPONSOR_LEFT: f"Sponsor: {row.sponsor}",
        Matter.MANAGER_LEFT: f"Manager: {row.manager}",
        Matter.TEAM_CLOSED: f"Closed on {day(row.team_closed_on)}",
    }
    return details.get(matter, "")
