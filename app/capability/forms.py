"""What a lead chooses in the grid, and what staff ask for: text in, commands out."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import BeforeValidator

from app.capability.choosing import number_in
from app.capability.commands import (
    AskForLevel,
    ChangeSelection,
    DecideRequest,
    MakeSelection,
    SaveView,
    SetNeeds,
)
from app.capability.rules import Cell, Need, PauseReason
from app.web.form import Form, MaybeDay, Posted


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
        return DecideRequest(request_id=request_id, agree=self.agree == "yes", due=self.due, answer=self.answer)


class AskForm(Form):
    """A member of staff asks for a level."""

    tier: str = ""
    why: str = ""

    def command(self) -> AskForLevel:
        return AskForLevel(tier=self.tier, why=self.why)


class ViewForm(Form):
    """The name of a view."""

    name: str = ""

    def command(self, query: Mapping[str, str]) -> SaveView:
        return SaveView(self.name, query)


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
