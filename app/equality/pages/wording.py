"""How groups are called, and what is said of these counts wherever they are shown."""

from app.equality.measures import NO_ANSWER, OTHERS, TOGETHER, measures, rounding
from app.equality.rules.counts import Label, PartKind

NAMES = {
    PartKind.NO_ANSWER: NO_ANSWER,
    PartKind.TOGETHER: TOGETHER,
    PartKind.REST: OTHERS,
    PartKind.ALL: "Everybody",
}
WHOLE = "The whole trust alone is counted: there is no list behind these numbers, and nothing to narrow them by."
METHOD = (
    *(f"{name}: {means[0].lower()}{means[1:]}" for name, means in measures()),
    rounding(),
    "Bars are 95% limits by Wilson’s method (Wilson 1927; Newcombe 1998, method 3).",
    "Where a bar does not reach the line of all together, chance alone rarely explains it: a question, and no verdict.",
)
KEPT = (
    "HR’s file was read once, counted and forgotten. Nobody’s characteristics are stored here, nor any number that was "
    "left out."
)


def called(label: Label) -> str:
    return label.name or NAMES[label.kind]
