"""What the two kinds with options to choose from share: how options are written and drawn."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from app.assessment.kinds.content import Content, Id, Words, refuse_repeats
from app.assessment.kinds.contract import Shown
from app.assessment.kinds.tokens import drawn, texts, token


class Option(Content):
    id: Id
    text: Words
    correct: bool = False
    feedback: Words


Options = Annotated[tuple[Option, ...], Field(min_length=3, max_length=6)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A radio button, a tick box or an entry of a list, as the page shows it."""

    value: str
    text: str
    chosen: bool


def parted(options: tuple[Option, ...], *, keep_order: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """Options as (shown, marking)."""
    refuse_repeats("options", (o.id for o in options))
    shown = {"options": [{"id": o.id, "text": o.text} for o in options], "keep_order": keep_order}
    marking = {"right": [o.id for o in options if o.correct], "feedback": {o.id: o.feedback for o in options}}
    return shown, marking


def choices(shown: Shown, chosen: list[str], seed: str) -> tuple[Choice, ...]:
    """The options in the order that the seed draws, or in the file's where that has a meaning."""
    words = texts(shown["options"])
    order = list(words) if shown["keep_order"] else drawn(seed, words)
    return tuple(Choice(value=token(seed, name), text=words[name], chosen=name in chosen) for name in order)
