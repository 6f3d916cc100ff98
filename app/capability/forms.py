"""What a lead chooses in the grid, and what staff ask for: text in, commands out."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, StringConstraints

from app.capability.choosing import number_in
from app.capability.commands import (
    AskForLevel,
    BeginRule,
    ChangeSelection,
    DecideRequest,
    MakeSelection,
    SaveView,
    SetNeeds,
)
from app.capability.commands.rule_checks import problems_alone
from app.capability.need_rules import By, Conditions, DueFrom, Unit
from app.capability.queries.ruling import RuleRow
from app.capability.rules import Cell, Need, PauseReason
from app.organisation.rules import first_without, last_day
from app.web.form import Form, Invalid, MaybeDay, Posted
from app.web.words import day


def cells_in(posted: Posted) -> tuple[Cell, ...]:
    """The chosen cells. On the page after a conflict each disputed cell is a choice of its own."""
    texts = [] if posted.get("others") == "leave" else posted.all("c")
    texts += [value for name in posted if name.startswith("x.") for value in posted.all(name) if value]
    return tuple(dict.fromkeys(_cell(text) for text in texts))


def people_in(posted: Posted) -> frozenset[int]:
    """Whom somebody ticked: the people of ticked cells, or people."""
    return frozenset({cell.person_id for cell in cells_in(posted)} | {number_in(text) for text in posted.all("p")})


def seen_in(posted: Posted) -> int:
    """The decision that stood in the one cell that is being set; 0 for none."""
    return number_in(posted.get("seen", "0"))


def _cell(text: str) -> Cell:
    person_id, _, rest = text.partition(".")
    tier, _, seen = rest.partition(".")
    return Cell(number_in(person_id), tier, number_in(seen))


def _nothing(text: object) -> object:
    return None if text == "" else text


class NeedForm(Form):
    """Need, date and reasons, as the bar beside the grid sends them."""

    messages: ClassVar[Mapping[str, str]] = {"need": "Choose what is needed", "pause_reason": "Choose why it is paused"}

    need: Annotated[Need | None, BeforeValidator(_nothing)] = None
    due: MaybeDay = None
    pause_reason: Annotated[PauseReason | None, BeforeValidator(_nothing)] = None
    reason: str = ""

    def command(self, cells: tuple[Cell, ...]) -> SetNeeds:
        return SetNeeds(cells=cells, need=self.need, due=self.due, pause_reason=self.pause_reason, reason=self.reason)


class AnswerForm(Form):
    """A lead's answer to a request."""

    agree: str = ""
    due: MaybeDay = None
    answer: str = ""

    def command(self, request_id: int) -> DecideRequest:
        return DecideRequest(
            request_id=request_id,
            agree=self.agree == "yes",
            plan=self.agree == "plan",
            due=self.due,
            answer=self.answer,
        )


class AskForm(Form):
    """A member of staff asks for a level."""

    tier: str = ""
    why: str = ""

    def command(self) -> AskForLevel:
        return AskForLevel(tier=self.tier, why=self.why)


class ViewForm(Form):
    """The name of a view, and whether the one that has it goes."""

    name: str = ""
    replace: str = ""

    def command(self, query: Mapping[str, str]) -> SaveView:
        return SaveView(self.name, query, replace=self.replace == "yes")


class SelectionForm(Form):
    """A selection's name, and who is to come into it."""

    name: str = ""
    who: str = ""

    def make(self, people: frozenset[int]) -> MakeSelection:
        return MakeSelection(self.name, people)

    def change(self, selection_id: int, people: frozenset[int]) -> ChangeSelection:
        return ChangeSelection(selection_id, self.name, people)


def typed(posted: Posted) -> dict[str, str]:
    """What was typed, to show it again."""
    return {name: posted.get(name, "") for name in NeedForm.model_fields}


MaybeNumber = Annotated[int | None, BeforeValidator(_nothing)]
TRUST, DIRECTORATE, TEAM = "trust", "d", "t"


class RuleForm(Form):
    """A rule of need. `place` is `trust`, or `d.` or `t.` with the id of a directorate or team."""

    messages: ClassVar[Mapping[str, str]] = {
        "place": "Choose where the rule holds",
        "joined_within": "Enter a number of days, such as 92",
        "many": "Enter a whole number of weeks or months",
        "counted": "Choose by when it is needed",
        "unit": "Choose weeks or months",
        "due": "Enter the date by which it is needed, such as 31 March 2027",
        "starts": "Enter the first day, such as 31 March 2027, or leave it empty for today",
        "last": "Enter the last day, such as 31 March 2028, or leave it empty",
    }

    name: str = ""
    place: Annotated[str, StringConstraints(pattern=rf"^({TRUST}|[{DIRECTORATE}{TEAM}]\..*)$")]
    tier: str = ""
    staff_groups: tuple[str, ...] = ()
    band_from: str = ""
    bands: tuple[str, ...] = ()
    job_roles: str = ""
    manages: str = ""
    joined_within: MaybeNumber = None
    counted: DueFrom = DueFrom.DATE
    due: MaybeDay = None
    many: MaybeNumber = None
    unit: Annotated[Unit, BeforeValidator(lambda text: text or Unit.MONTHS)] = Unit.MONTHS
    why: str = ""
    starts: MaybeDay = None
    last: MaybeDay = None
    follows: str = ""
    mark: str = ""

    def command(self, today: date) -> BeginRule:
        """Raises NotFoundError for what no page of ours sends."""
        kind, _, number = self.place.partition(".")
        return BeginRule(
            name=self.name,
            tier=self.tier,
            directorate_id=number_in(number) if kind == DIRECTORATE else None,
            team_id=number_in(number) if kind == TEAM else None,
            conditions=self._conditions(),
            by=By(self.counted, self.due if self.counted is DueFrom.DATE else None, self.many or 0, self.unit),
            why=self.why,
            starts_on=self.starts or today,
            ends_on=first_without(self.last),
            follows_id=number_in(self.follows) if self.follows else None,
            mark=self.mark,
        )

    def _conditions(self) -> Conditions:
        return Conditions(
            staff_groups=tuple(sorted(set(filter(None, self.staff_groups)))),
            job_roles=tuple(dict.fromkeys(" ".join(r.split()) for r in self.job_roles.splitlines() if r.strip())),
            bands=tuple(dict.fromkeys(filter(None, self.bands))),
            band_from=self.band_from,
            manages=bool(self.manages),
            joined_within=self.joined_within,
        )


STAND_INS = {"place": TRUST, "joined_within": "1"}
"""In place of what could not be understood, so that the rest can be looked at as if it had been."""


def rule_in(posted: Posted, today: date) -> BeginRule | Invalid:
    """The rule that was written, or at once all that is wrong with it and needs no looking up.

    Raises NotFoundError for what no page of ours sends.
    """
    form = RuleForm.parse(posted)
    if not isinstance(form, Invalid):
        return form.command(today)
    understood = {name: posted.all(name) for name in posted if name not in form.errors}
    mended = {name: [text] for name, text in STAND_INS.items() if name in form.errors}
    rest = RuleForm.parse(Posted(understood | mended))
    if isinstance(rest, Invalid):
        return form
    return Invalid(form.values, {**problems_alone(rest.command(today), today), **form.errors})


def typed_rule(row: RuleRow, today: date) -> Posted:
    """A rule as its form would send it, to begin another in its place: on its own first day, if that is to come."""
    c, by = row.conditions, row.by
    place = f"{TEAM}.{row.team_id}" if row.team_id else f"{DIRECTORATE}.{row.directorate_id}"
    texts = {
        "name": row.name,
        "place": place if row.team_id or row.directorate_id else TRUST,
        "tier": row.tier,
        "band_from": c.band_from,
        "job_roles": "\n".join(c.job_roles),
        "manages": "yes" if c.manages else "",
        "joined_within": str(c.joined_within or ""),
        "counted": str(by.counted),
        "due": day(by.on),
        "many": str(by.many or ""),
        "unit": str(by.unit),
        "why": row.why,
        "starts": day(row.starts_on) if row.starts_on > today else "",
        "last": day(last_day(row.ends_on)),
        "follows": str(row.id),
    }
    lists = {"staff_groups": list(c.staff_groups), "bands": list(c.bands)}
    return Posted({name: [text] for name, text in texts.items() if text} | lists)
