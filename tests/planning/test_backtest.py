"""A forecast made on a day in the past is held against what then happened: the fan holds as often as it says.

The trusts are made person by person, by a program that shares nothing with the forecast, each with rates of its own
that the forecast has to estimate from the two years before that day.
"""

from collections import Counter
from dataclasses import dataclass, field
from random import Random

import pytest

from app.planning.forecast.fan import fan_of_people
from app.planning.forecast.rates import Begun, Past, estimate
from app.planning.forecast.runs import Start, simulate

VALIDITY, BEFORE, AFTER, TRUSTS = 24, 24, 24, 240


@dataclass
class Trust:
    """People one by one: None does not hold the level, a number is the month in which it ends."""

    random: Random
    leave: float
    join: float
    complete: float
    lapse: float
    people: list[int | None] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)

    @property
    def holders(self) -> int:
        return sum(until is not None for until in self.people)

    def live(self, month: int, places: int) -> None:
        chance = self.random.random
        self.counted["person_months"] += len(self.people)
        stay = [until for until in self.people if chance() >= self.leave]
        self.counted["left"] += len(self.people) - len(stay)
        for number, until in enumerate(stay):
            if until == month:
                lapses = chance() < self.lapse
                self.counted["ended"] += 1
                self.counted["lapsed"] += lapses
                stay[number] = None if lapses else month + VALIDITY
        came = sum(chance() < self.join / 1000 for _ in range(1000))
        self.counted["joined"] += came
        self.people = stay + [None] * came
        takers = [number for number, until in enumerate(self.people) if until is None][:places]
        for number in takers:
            self.counted["began"] += 1
            if chance() < self.complete:
                self.counted["completed"] += 1
                self.people[number] = month + VALIDITY


def born(random: Random) -> Trust:
    size, leave = random.randint(60, 400), random.uniform(0.005, 0.02)
    join = size * leave * random.uniform(0.8, 1.2)
    trust = Trust(random, leave, join, random.uniform(0.6, 0.95), random.uniform(0.2, 0.8))
    trust.people = [random.randrange(1, VALIDITY) if random.random() < 0.25 else None for _ in range(size)]
    return trust


def forecast_of(trust: Trust, month: int, places: tuple[int, ...]) -> list[tuple[float, ...]]:
    """What could be known after so many months, looked ahead from there."""
    counted = trust.counted
    past = Past(
        BEFORE, counted["person_months"], counted["joined"], counted["left"], 0, counted["ended"], counted["lapsed"]
    )
    begun = Begun(counted["began"], counted["completed"])
    found = estimate(past, past, len(trust.people), begun, always_open=False)
    due = Counter(until for until in trust.people if until is not None)
    start = Start(len(trust.people), trust.holders, 0, tuple(due[month + ahead] for ahead in range(AFTER)))
    return [tuple(spread) for spread in fan_of_people(simulate(start, found.rates, places, VALIDITY, runs=120))]


@pytest.mark.slow
def test_the_fan_holds_what_then_happened_about_as_often_as_it_says() -> None:
    random = Random(11)
    nine_of_ten: Counter[int] = Counter()
    half: Counter[int] = Counter()
    for _ in range(TRUSTS):
        trust = born(random)
        offered = random.randint(1, 8)
        for month in range(BEFORE):
            trust.live(month, offered)
        places = tuple(random.randint(0, 10) for _ in range(AFTER))
        fan = forecast_of(trust, BEFORE, places)
        for ahead, count in enumerate(places, 1):
            trust.live(BEFORE + ahead - 1, count)
            low, lower, _middle, upper, high = fan[ahead]
            nine_of_ten[ahead] += low <= trust.holders <= high
            half[ahead] += lower <= trust.holders <= upper
    for ahead in (3, 6, 12, 18, 24):
        assert 0.84 <= nine_of_ten[ahead] / TRUSTS <= 0.97, (ahead, nine_of_ten[ahead] / TRUSTS)
        assert 0.42 <= half[ahead] / TRUSTS <= 0.66, (ahead, half[ahead] / TRUSTS)
