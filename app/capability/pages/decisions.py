"""What waits for a lead's answer, and what they can still take back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from app.capability.pages.parts import PathFor
from app.capability.pages.teams import Undo
from app.capability.queries.waiting import RequestRow, Undoable, Waiting
from app.capability.rules import DEVELOPMENT_ONLY
from app.capability.wording import sign_offs_words
from app.kernel.clock import london_date
from app.signing.queries import Duty
from app.web.page import FieldError, Page
from app.web.words import day, minutes, plural


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    request_id: int
    name: str
    href: str
    post: str
    level: str
    why: str
    asked_on: str
    release: str
    due: str
    due_wrong: str
    answer: str
    answer_wrong: str
    may_plan: bool
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Joiner:
    name: str
    href: str
    post: str
    team: str
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    name: str
    href: str
    team: str
    level: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionsPage(Page):
    template: ClassVar[str] = "capability/decisions.html"
    who_sees: ClassVar[str] = (
        "You, the others who lead these teams, and the QI team. Whoever asked reads your answer, and nobody else does."
    )

    say: str
    errors: tuple[FieldError, ...]
    requests: tuple[Request, ...]
    planned: tuple[Request, ...]
    joiners: tuple[Joiner, ...]
    pauses: tuple[Pause, ...]
    undoables: tuple[Undo, ...]
    sign_offs: str
    development_only: str

    @classmethod
    def of(
        cls,
        waits: Waiting,
        undoables: Sequence[Undoable],
        duty: Duty,
        path_for: PathFor,
        today: date,
        *,
        answered: int = 0,
        typed: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
    ) -> Self:
        wrong, values = errors or {}, typed or {}
        return cls(
            say=_say(waits),
            errors=tuple(FieldError(field=f"{name}-{answered}", message=text) for name, text in wrong.items()),
            requests=tuple(_request(r, path_for, answered == r.id, values, wrong) for r in waits.requests),
            planned=tuple(
                _request(r, path_for, answered == r.id, values, wrong, may_plan=False) for r in waits.planned
            ),
            joiners=tuple(
                Joiner(
                    name=j.list_name,
                    href=_in_grid(path_for, j.directorate_id, j.team_id, j.person_id),
                    post=_post(j.job_role, j.band),
                    team=j.team,
                    since=day(j.starts_on),
                )
                for j in waits.joiners
            ),
            pauses=tuple(
                Pause(
                    name=p.list_name,
                    href=_in_grid(path_for, p.directorate_id, p.team_id, p.person_id),
                    team=p.team,
                    level=p.tier_short,
                    until=day(p.until),
                )
                for p in waits.pauses
            ),
            undoables=tuple(Undo.of(u, today) for u in undoables),
            sign_offs=sign_offs_words(duty),
            development_only=DEVELOPMENT_ONLY,
        )


def _say(waits: Waiting) -> str:
    count = len(waits.requests) + len(waits.joiners) + len(waits.pauses)
    if not count:
        return "No decision is waiting for you."
    return f"{plural(count, 'decision is', 'decisions are')} waiting for you."


def _request(
    row: RequestRow,
    path_for: PathFor,
    failed: bool,
    typed: Mapping[str, str],
    wrong: Mapping[str, str],
    *,
    may_plan: bool = True,
) -> Request:
    return Request(
        request_id=row.id,
        name=row.list_name,
        href=path_for("capability:person", person_id=row.person_id),
        post=f"{_post(row.job_role, row.band)}, {row.team}",
        level=row.tier_title,
        why=row.why,
        asked_on=day(london_date(row.asked_at)),
        release=f"Agreeing asks {row.team} to release {minutes(row.release_minutes)}." if row.release_minutes else "",
        due=typed.get("due", "") if failed else "",
        due_wrong=wrong.get("due", "") if failed else "",
        answer=typed.get("answer", "") if failed else "",
        answer_wrong=(wrong.get("answer", "") or wrong.get("reason", "")) if failed else "",
        may_plan=may_plan,
        open=failed,
    )


def _post(job_role: str, band: str) -> str:
    return f"{job_role}, band {band}" if band else job_role


def _in_grid(path_for: PathFor, directorate_id: int, team_id: int, person_id: int) -> str:
    return f"{path_for('capability:teams', directorate=directorate_id, team=team_id)}#p{person_id}"
