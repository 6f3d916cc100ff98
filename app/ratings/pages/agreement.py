"""The administrator's page: whether ratings are on, by which agreement, and how to turn them on and off."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from app.ratings.queries import AgreementRow
from app.web.form import Invalid
from app.web.page import Filled, Page
from app.web.words import day, moment


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementLine:
    agreed: str
    words: str
    recorded: str
    ended: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementPage(Page):
    template: ClassVar[str] = "ratings/agreement.html"
    who_sees: ClassVar[str] = (
        "QI team administrators. With whom it was agreed, when and in which words stands on each person’s own page."
    )

    say: str
    standing: int
    lines: tuple[AgreementLine, ...]
    form: Filled

    @classmethod
    def of(cls, found: Sequence[AgreementRow], invalid: Invalid | None = None) -> Self:
        standing = next((a for a in found if a.ended_at is None), None)
        return cls(
            say=f"Ratings are on, as agreed with {standing.agreed_with} on {day(standing.agreed_on)}."
            if standing
            else "Ratings are off: no page shows them and nothing leads to one.",
            standing=standing.id if standing else 0,
            lines=tuple(_line(a) for a in found),
            form=Filled.of(invalid.values, invalid.errors) if invalid else Filled(),
        )


def _line(found: AgreementRow) -> AgreementLine:
    return AgreementLine(
        agreed=f"{day(found.agreed_on)}, with {found.agreed_with}",
        words=found.words,
        recorded=f"{found.recorded_by}, {moment(found.recorded_at)}",
        ended=f"{found.ended_by}, {moment(found.ended_at)}" if found.ended_at else "stands",
    )
