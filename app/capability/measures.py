"""Every measure of the matrix, each with its one definition: what screens, lists, files, prints and docs all say."""

from app.capability.board import DEFINITIONS, Which
from app.capability.rules import Need, State, Used
from app.capability.wording import NEEDS, STATES, USES

NEED_MEANS = {
    "undecided": "Nobody has decided yet.",
    Need.REQUIRED: "Somebody decided that this person needs this level, by a date. Long leave moves the date.",
    Need.NOT_REQUIRED: "Somebody decided that this person's role does not need it.",
    Need.WAIVED: "Set aside for this person until a date, with a reason: no rule asks it of them until then.",
    Need.PAUSED: "Nothing is asked until a date: parental, sick or carer's leave, or another reason.",
}
STATE_MEANS = {
    State.NOT_STARTED: "No course of this level is begun, and no place is booked.",
    State.WAITING: "On the waiting list of a cohort.",
    State.BOOKED: "A place in a cohort is booked; the date is its first day.",
    State.LEARNING: "A course of this level is begun and not closed: modules done, of all its modules.",
    State.COMPLETED: "The level is held on that day; the date is the day on which it was completed.",
    State.REFRESH_BY: "Held, and lapses within six months; the date is the last day on which it is held.",
    State.REFRESH_OVERDUE: "It was held until the date, and was not refreshed.",
    State.REFRESH_AFTER_LEAVE: "The same of somebody on long leave: it waits until they are back.",
}
USE_MEANS = {
    Used.YES: "The level was used since in a piece of work, which the person or their lead told of and a manager, lead "
    "or coach confirmed; the date is its last day. What a course itself had signed off does not count again.",
    Used.NOT_YET: "The level is held, or was until its date, and nothing of that kind is confirmed.",
}
AS_AT = (
    "As at a day, each member of staff counts once, in the team of the main post that they held on that day. Second "
    "posts count nowhere. Whoever moved counts where they then were; a team that was merged counts as itself until "
    "its last day. So the teams of a directorate, and the directorates of the trust, always add up. Needs count as "
    "they had been decided by the end of that day, and levels as they were held on it."
)


def named(which: Which) -> str:
    """No place"""
    return which.replace("_", " ").capitalize()


def measures() -> list[tuple[str, str]]:
    """What can be counted, and what each number means."""
    return [(named(which), DEFINITIONS[which]) for which in Which]


def needs() -> list[tuple[str, str]]:
    return [(NEEDS[need], NEED_MEANS[need]) for need in NEEDS]


def states() -> list[tuple[str, str]]:
    return [*((STATES[s], STATE_MEANS[s]) for s in STATES), *((USES[u], USE_MEANS[u]) for u in USES)]
