"""What a simulated ward is: a measure, changes that can be tested in it, and a seeded way of living through a day.

All chance comes from one generator that is seeded by a text. Only its `random()` is used, whose sequence Python
promises to keep; the distributions are drawn from it in `chances`.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from random import Random

from app.charts import ChartKind, Wanted

SMALLEST_TEST, LARGEST_TEST = 3, 20
"""Points of one test. Fewer say nothing of variation; more would be no small test."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that the learner can have the ward do. Whether it does any good is known only to the ward."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Lived:
    """One day, week, clinic or session: what was counted or measured, out of how many, and the count beside it."""

    value: float
    out_of: int | None
    beside: int


@dataclass(frozen=True, slots=True)
class Ward:
    """`measure` is what is plotted, one value for each `period`; `beside` is the balancing measure, always counted.

    `live` draws one period, given the ids of the changes that are in force.
    """

    name: str
    place: str
    measure: str
    unit: str
    period: str
    periods: str
    beside: str
    chart: ChartKind
    wanted: Wanted
    changes: tuple[Change, ...]
    live: Callable[[Random, Collection[str]], Lived]
    baseline_points: int
    baseline_seed: str

    @property
    def apart(self) -> str:
        """The unit of a difference: from 20 to 25 per cent it is five points, not five per cent."""
        return "percentage points" if self.unit == "per cent" else self.unit


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back: the values in order, what each is out of (None where it is no share), and the count beside."""

    values: tuple[float, ...]
    out_of: tuple[int, ...] | None
    beside: int


def baseline_of(ward: Ward) -> Returned:
    """The ward before anybody changed anything: the same for every learner, so that a text can speak of it."""
    return _lived(ward, f"{ward.name}|before|{ward.baseline_seed}", (), ward.baseline_points)


def run_test(ward: Ward, seed: str, cycle: int, in_force: Collection[str], points: int) -> Returned:
    """So many periods with these changes in force. The same test in the same attempt always returns the same data."""
    said = f"{seed}|{ward.name}|{cycle}|{','.join(sorted(in_force))}|{points}"
    return _lived(ward, said, in_force, points)


def _lived(ward: Ward, seed: str, in_force: Collection[str], points: int) -> Returned:
    chance = Random(seed)  # noqa: S311  a ward, not a secret
    lived = [ward.live(chance, in_force) for _ in range(points)]
    sizes = tuple(one.out_of for one in lived if one.out_of is not None)
    return Returned(tuple(one.value for one in lived), sizes or None, sum(one.beside for one in lived))
