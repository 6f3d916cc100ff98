"""The bar in which a need is set, beside the grid and on the pages that follow it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from app.capability.pages.parts import Option, options
from app.capability.rules import Need
from app.capability.wording import PAUSE_REASONS

CHOICES = {
    Need.REQUIRED: "Required by a date",
    Need.NOT_REQUIRED: "Not required for this role",
    Need.PAUSED: "Paused until a date",
    Need.WAIVED: "Waived until a date: a rule is set aside",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedBar:
    """What was typed so far, and what can be chosen. Each field has its message, empty when it is right."""

    needs: tuple[Option, ...]
    due: str
    pause_reasons: tuple[Option, ...]
    reason: str
    need_wrong: str
    due_wrong: str
    pause_reason_wrong: str
    reason_wrong: str
    prefix: str = ""
    """Before the fields' ids, where a second bar stands on the page."""

    @classmethod
    def of(cls, values: Mapping[str, str], wrong: Mapping[str, str] | None = None, prefix: str = "") -> Self:
        wrong = wrong or {}
        return cls(
            needs=options([("", "Choose"), *CHOICES.items()], values.get("need", "")),
            due=values.get("due", ""),
            pause_reasons=options([("", "Not paused"), *PAUSE_REASONS.items()], values.get("pause_reason", "")),
            reason=values.get("reason", ""),
            need_wrong=wrong.get("need", ""),
            due_wrong=wrong.get("due", ""),
            pause_reason_wrong=wrong.get("pause_reason", ""),
            reason_wrong=wrong.get("reason", ""),
            prefix=prefix,
        )
