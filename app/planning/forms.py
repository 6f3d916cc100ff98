"""What the QI team, leads and managers write about the plan: text in, commands out."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict

from app.kernel.errors import NotFoundError
from app.planning.commands import AnswerRelease, MergeDirectorates, NewTarget, Replan, SetTargets
from app.planning.counting import What
from app.planning.rules import ReleaseState, TargetKind
from app.web.form import Day, Form, Invalid, MaybeDay, Posted

LARGEST = 2**31 - 1
MOST_LINES = 100


class PlanQuery(BaseModel):
    """What the address of the plan says. Everything is text and may be missing. `offered`: fill in the defaults."""

    model_config = ConfigDict(extra="ignore", frozen=True, str_strip_whitespace=True)

    directorate: str = ""
    year: str = ""
    offered: str = ""

    def chosen(self) -> tuple[int, int]:
        """The directorate, 0 for what there is, and the year, 0 for this one. Raises NotFoundError for no numbers."""
        return number_in(self.directorate or "0"), number_in(self.year or "0")


class ListQuery(PlanQuery):
    level: str = ""
    what: str = ""
    group: str = ""

    def counted(self) -> What:
        try:
            return What(self.what or What.STAFF)
        except ValueError:
            raise NotFoundError("list") from None


def number_in(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > 9:  # noqa: PLR2004  no id of ours is that long
        raise NotFoundError("id")
    return int(text)


def targets_in(posted: Posted) -> SetTargets | Invalid:
    """Every line of the form: its level, group and number, and the target that it replaces.

    A line that nobody filled in and that replaces nothing is left out. Raises NotFoundError for what is no id.
    """
    directorate_id, year = number_in(posted["directorate"]), number_in(posted["year"])
    targets: list[NewTarget] = []
    errors: dict[str, str] = {}
    for line in posted.all("line")[:MOST_LINES]:
        field = f"value-{line}"
        typed = posted.get(field, "").replace("%", "").replace(",", "").strip()
        seen = number_in(posted.get(f"seen-{line}", "") or "0")
        if not typed and not seen:
            continue
        try:
            value = _number(typed)
        except ValueError:
            errors[field] = "Enter a number, such as 20 or 0.9"
            continue
        targets.append(
            NewTarget(
                tier=posted.get(f"tier-{line}", ""),
                staff_group=posted.get(f"group-{line}", ""),
                kind=_kind(posted.get(f"kind-{line}", "")),
                value=value,
                seen=seen,
                field=field,
            )
        )
    if errors:
        return Invalid(dict(posted), errors)
    reason = posted.get("reason", "")
    return SetTargets(directorate_id=directorate_id, year=year, targets=tuple(targets), reason=reason)


def _kind(text: str) -> TargetKind:
    return TargetKind.ABSOLUTE if text == TargetKind.ABSOLUTE else TargetKind.PER_CENT


def _number(text: str) -> float | None:
    """None for nothing. Raises ValueError for what people do not write as a number."""
    if not text:
        return None
    whole, _, part = text.partition(".")
    if not (text.isascii() and (whole or part) and all(p.isdecimal() for p in (whole, part) if p) and len(text) <= 9):  # noqa: PLR2004
        raise ValueError(text)
    return float(text)


def parse_month(text: object) -> object:
    """2027-03 as the first day of March 2027; None when nothing was chosen."""
    if not isinstance(text, str) or not text:
        return None
    return date.fromisoformat(f"{text}-01")


class AnswerForm(Form):
    """A manager's answer."""

    messages: ClassVar[Mapping[str, str]] = {
        "answer": "Choose whether the time can be released",
        "other_month": "Choose the month in which it can be done",
    }

    answer: ReleaseState
    other_month: Annotated[date | None, BeforeValidator(parse_month)] = None
    reason: str = ""

    def command(self, release_id: int) -> AnswerRelease:
        return AnswerRelease(release_id=release_id, state=self.answer, other_month=self.other_month, reason=self.reason)


class ReplanForm(Form):
    take: str = ""
    due: MaybeDay = None
    reason: str = ""

    def command(self, release_id: int) -> Replan:
        return Replan(release_id=release_id, take=self.take == "yes", due=self.due, reason=self.reason)


class MergeForm(Form):
    """Into which directorate, and the first day there."""

    messages: ClassVar = {
        "into": "Choose the directorate that it becomes part of",
        "first": "Enter the first day, today or an earlier one, such as 1 April 2026",
    }

    into: Annotated[int, BeforeValidator(lambda text: None if text == "" else text)]
    first: Day

    def command(self, directorate_id: int, mark: str) -> MergeDirectorates:
        return MergeDirectorates(directorate_id=directorate_id, into_id=self.into, on=self.first, mark=mark)
