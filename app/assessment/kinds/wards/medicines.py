"""Medicines to take home: a queue. Prescriptions are written, carried down in batches, and dispensed in turn."""

from collections.abc import Collection
from random import Random

from app.assessment.kinds.wards.chances import events, happens, lasts
from app.assessment.kinds.wards.ward import Change, Lived, Ward
from app.charts import ChartKind, Wanted

PER_DAY = 26
ROUNDS = (600, 660, 720, 780, 840, 930, 1020)
"""Minutes of the day at which a porter carries down what lies in the tray."""
OPENS, BUSY_FROM, BUSY_TO, LAST_WRITTEN = 540, 630, 780, 990
DISPENSING = 15.0
"""Minutes for one prescription, on average, check included."""

CHANGES = (
    Change("carry-each", "Carry each prescription down when it is written, instead of seven times a day"),
    Change("day-before", "Write prescriptions the afternoon before for people who are sure to go home"),
    Change("third-dispenser", "Have a third dispenser at the bench between 11:00 and 14:00"),
    Change("red-sticker", "Put a red “urgent” sticker on every prescription for discharge"),
    Change("poster", "Hang up a poster in the dispensary: every minute counts"),
    Change("one-check", "Leave out the second check while the bench is busy"),
)


def live(chance: Random, in_force: Collection[str]) -> Lived:
    """One day: the mean of the minutes from written to ready, and how many came back with an error."""
    written = sorted(_written(chance) for _ in range(max(events(chance, PER_DAY), 6)))
    if "day-before" in in_force:
        written = [minute for minute in written if not happens(chance, 0.25)] or written
    arrivals = [_arrives(chance, minute, in_force) for minute in written]
    waits = _served(chance, written, arrivals, in_force)
    wrong = sum(happens(chance, 0.05 if "one-check" in in_force else 0.012) for _ in waits)
    return Lived(round(sum(waits) / len(waits), 1), None, wrong)


def _written(chance: Random) -> float:
    """Two of three are written after the ward rounds, in the rush before one o'clock."""
    if happens(chance, 0.65):
        return BUSY_FROM + chance.random() * (BUSY_TO - BUSY_FROM)
    return OPENS + chance.random() * (LAST_WRITTEN - OPENS)


def _arrives(chance: Random, minute: float, in_force: Collection[str]) -> float:
    """Even when each is to be carried, somebody is free to do it only in one case of three."""
    if "carry-each" in in_force and happens(chance, 0.35):
        return minute
    return _next_round(minute)


def _next_round(minute: float) -> float:
    return next((float(at) for at in ROUNDS if at >= minute), minute)


def _served(chance: Random, written: list[float], arrivals: list[float], in_force: Collection[str]) -> list[float]:
    """First come, first served, by two dispensers or, at midday, three."""
    free = [0.0, 0.0, 0.0]
    waits = []
    for began, arrived in sorted(zip(written, arrivals, strict=True), key=lambda pair: pair[1]):
        third = "third-dispenser" in in_force and 660 <= arrived < 840  # noqa: PLR2004  11:00 and 14:00
        bench = min(range(3 if third else 2), key=free.__getitem__)
        start = max(arrived, free[bench])
        queueing = start > arrived + 10
        mean = DISPENSING * (0.7 if "one-check" in in_force and queueing else 1)
        free[bench] = start + 4 + lasts(chance, mean - 4)
        waits.append(free[bench] - began)
    return waits


WARD = Ward(
    name="discharge-medicines",
    place="The dispensary of an invented hospital",
    measure="Wait for medicines to take home",
    unit="minutes",
    period="day",
    periods="days",
    beside="prescriptions that came back with an error",
    chart=ChartKind.XMR,
    wanted=Wanted.DECREASE,
    changes=CHANGES,
    live=live,
    baseline_points=16,
    baseline_seed="w",
)
