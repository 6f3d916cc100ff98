"""Used in practice: what somebody was told of, and is asked to confirm."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.signing.pages.words import age
from app.signing.queries import Confirmers, Use
from app.web.page import FieldError, Page, errors_of
from app.web.words import day


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCard:
    """One that waits, with what was typed about it and could not be saved."""

    id: int
    name: str
    team: str
    level: str
    what: str
    where: str
    account: str
    age: str
    tone: str
    comment: str
    wrong: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UsesPage(Page):
    template: ClassVar[str] = "signing/uses.html"
    who_sees: ClassVar[str] = (
        "You, because you are asked: what waits here is seen by nobody else but whoever wrote it. When you are no "
        "longer somebody's manager, lead or coach, it is no longer here."
    )

    cards: tuple[UseCard, ...]
    changed: str
    errors: tuple[FieldError, ...]

    @classmethod
    def of(
        cls,
        uses: Sequence[Use],
        may: Confirmers,
        today: date,
        *,
        about: int = 0,
        comment: str = "",
        errors: Mapping[str, str] | None = None,
        changed: bool = False,
    ) -> "UsesPage":
        """`about`, `comment` and `errors`: a decision that could not be taken; `changed`: it waits no longer."""
        wrong = " ".join((errors or {}).values())
        return cls(
            cards=tuple(
                _card(use, may, today, *((comment, wrong) if use.id == about and not changed else ("", "")))
                for use in uses
            ),
            changed=f"It was decided, taken back or given to somebody else meanwhile. {_unsent(comment)}".strip()
            if changed
            else "",
            errors=errors_of({f"comment-{about}": wrong}) if wrong and not changed else (),
        )


def _unsent(comment: str) -> str:
    return f"You had written: “{comment}”" if comment else ""


def _card(use: Use, may: Confirmers, today: date, comment: str, wrong: str) -> UseCard:
    since, tone = age(use.told_at, today)
    return UseCard(
        id=use.id,
        name=use.person,
        team=may.team_of(use.person_id),
        level=use.level,
        what=use.what,
        where=f"{use.place}, {day(use.worked_on)}",
        account=use.account,
        age=since,
        tone=tone,
        comment=comment,
        wrong=wrong,
    )
