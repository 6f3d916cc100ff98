"""What the plan counts. Each figure has its definition beside it; screen, lists and file use these and no other."""

from dataclasses import dataclass
from enum import StrEnum

from app.capability.rules import BEGUN, HELD, Need, Standing


class What(StrEnum):
    """What a number of people counts."""

    STAFF = "staff"
    HELD = "held"
    LEARNING = "learning"
    NEEDED = "needed"
    REQUESTED = "requested"


DEFINITIONS = {
    "target": (
        "How many people should hold the level by 31 March at the end of the financial year, as the QI team set it: so "
        "many people, or a per cent of the staff counted here, rounded up to a whole person."
    ),
    What.STAFF: "People whose main post is in the directorate today; in a staff group, those of that group.",
    What.HELD: (
        "Of these, people who hold the level today, whether it was asked of them or not. A level whose refresh date "
        "has passed is not held."
    ),
    What.LEARNING: "Of these, people who do not hold the level and are learning for it, or have a place.",
    What.NEEDED: "Of these, people who need the level and neither hold it nor have begun.",
    What.REQUESTED: (
        "Of these, people who asked for the level and wait for an answer, or were put on the plan, and have no need "
        "set for it; they neither hold it nor have begun."
    ),
    "demand": "Needed and not begun, and requested: each person once.",
    "planned": (
        "Places in planned cohorts that begin today or later and end by that 31 March: kept for this directorate, or "
        "shared with others. Places of cohorts that end later are named apart."
    ),
    "gap": "The target less those who hold the level, and never less than none. Where no target is set there is none.",
}
"""What each figure counts, for docs and for the fold under the table."""


def counts_as(standing: Standing) -> What | None:
    """What one person counts as in one tier; nobody counts as two of these."""
    if standing.progress.state in HELD:
        return What.HELD
    if standing.progress.state in BEGUN:
        return What.LEARNING
    if standing.need is Need.REQUIRED:
        return What.NEEDED
    wants = standing.asked or standing.planned
    return What.REQUESTED if wants and standing.need is None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many people of a part of the trust count as what, in one tier."""

    staff: int = 0
    held: int = 0
    learning: int = 0
    needed: int = 0
    requested: int = 0

    @property
    def demand(self) -> int:
        return self.needed + self.requested

    def of(self, what: What) -> int:
        return int(getattr(self, what))
