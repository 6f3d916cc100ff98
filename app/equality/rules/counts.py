"""The counts that are kept: none from which one person's characteristic could be had, whatever else is known.

First the groups: those of fewer than ten people, and what would give them away, become one group for good, for every
level alike; else two levels that hide different groups would give away both. Then, level by level, who was trained in
each group and who was not. What is left is rounded to the nearest five, so that neither an exact total shown elsewhere,
nor another level, nor a count made anew of the same year, tells one person apart. See ADR 26.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.equality.rules.answers import Said
from app.equality.rules.characteristics import Characteristic
from app.kernel.suppression import FEWEST, shown_counts

ROUNDED_TO = 5
_FIRST_NUMBER = re.compile(r"[0-9]{1,4}")
_BELOW = re.compile(r"under|below|less|up to|to |<|≤")


class PartKind(StrEnum):
    """GROUP has a name. NO_ANSWER: empty, or not in the file. TOGETHER: small groups, as one.

    Of one level alone: REST are the parts that are not shown, as one; ALL is everybody.
    """

    GROUP = "group"
    NO_ANSWER = "no_answer"
    TOGETHER = "together"
    REST = "rest"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Label:
    kind: PartKind
    name: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """People in post, and how many of them were trained, by level. Exact, and never kept."""

    people: int = 0
    trained: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Count:
    """What is kept of a part and a level: rounded. `trained` None: not shown."""

    characteristic: Characteristic
    tier: str
    label: Label
    people: int
    trained: int | None


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts of a characteristic; none where no group could be shown. `together` are how many groups became one."""

    characteristic: Characteristic
    groups: int
    together: int
    counts: tuple[Count, ...]


def counted(
    characteristic: Characteristic,
    said: Mapping[int, Said],
    in_post: Collection[int],
    trained: Mapping[str, Collection[int]],
) -> Counted:
    """`said` by person; `trained` are people by level."""
    parts = _parts(characteristic, said, in_post, trained)
    fit = fit_together(parts)
    together = len(parts) - len(fit) + 1 if Label(PartKind.TOGETHER) in fit else 0
    counts = tuple(count for tier in trained for count in _kept(characteristic, tier, fit))
    return Counted(characteristic, len(parts), together, counts)


def _parts(
    characteristic: Characteristic,
    said: Mapping[int, Said],
    in_post: Collection[int],
    trained: Mapping[str, Collection[int]],
) -> dict[Label, Part]:
    of = {person: _label(said.get(person, {}).get(characteristic, "")) for person in in_post}
    people = Counter(of.values())
    by_tier = {tier: Counter(of[person] for person in those if person in of) for tier, those in trained.items()}
    return {
        label: Part(people[label], {tier: found[label] for tier, found in by_tier.items()})
        for label in sorted(people, key=_order)
    }


def _order(label: Label) -> tuple[PartKind, float, str]:
    """Under 30, 30 to 39, 60 and over: by their numbers, where they have any; else by name."""
    number = _FIRST_NUMBER.search(label.name)
    below = _BELOW.match(label.name.casefold())
    return label.kind, (int(number[0]) - bool(below) / 2 if number else math.inf), label.name


def _label(words: str) -> Label:
    return Label(PartKind.GROUP, words) if words else Label(PartKind.NO_ANSWER)


def fit_together(parts: Mapping[Label, Part]) -> dict[Label, Part]:
    """The groups that may be shown, and all others as one; nothing where not even that may be shown."""
    fit = shown_counts({label: part.people for label, part in parts.items()})
    hidden = [part for label, part in parts.items() if label not in fit]
    found = {label: part for label, part in parts.items() if label in fit}
    return found | ({Label(PartKind.TOGETHER): _sum(hidden)} if fit and hidden else {})


def seen(parts: Mapping[Label, Part], tier: str, fewest: int = FEWEST) -> frozenset[Label]:
    """The parts of which it may be shown how many were trained, and so how many were not."""
    trained = shown_counts({label: part.trained[tier] for label, part in parts.items()}, fewest)
    others = shown_counts({label: part.people - part.trained[tier] for label, part in parts.items()}, fewest)
    return trained & others


def _kept(characteristic: Characteristic, tier: str, parts: Mapping[Label, Part]) -> list[Count]:
    shown = seen(parts, tier)

    def count(label: Label, part: Part, *, said: bool) -> Count:
        number = rounded(part.trained[tier]) if said else None
        return Count(characteristic, tier, label, rounded(part.people), number)

    found = [count(label, part, said=label in shown) for label, part in parts.items()]
    hidden = [part for label, part in parts.items() if label not in shown]
    if shown and hidden:
        found.append(count(Label(PartKind.REST), _sum(hidden), said=True))
    if shown:
        found.append(count(Label(PartKind.ALL), _sum(list(parts.values())), said=True))
    return found


def rounded(count: int) -> int:
    """To the nearest five: 12 → 10, 13 → 15."""
    return (count + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO


def _sum(parts: Collection[Part]) -> Part:
    total = Counter[str]()
    for part in parts:
        total.update(part.trained)
    return Part(sum(part.people for part in parts), total)
