"""What is true of attempts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

GRACE = timedelta(seconds=10)
"""An answer sent in the last second travels for a while: so long after the end it is still taken."""
NO_TIME = timedelta(0)


def drawn_questions(
    bank: Mapping[str, str], how_many: int | None, blueprint: Mapping[str, int], met: Mapping[str, int], seed: int
) -> list[str]:
    """Which questions an attempt asks, in their order. Without `how_many`: all of them, as the file has them.

    `bank` maps each question to its objective. With a `blueprint` (objective → how many) the draw is made within each
    objective. `met` counts in how many earlier attempts this person met a question: the least met are drawn first.
    """
    if how_many is None:
        return list(bank)
    lots = {key: sha256(f"{seed}|{key}".encode()).digest() for key in bank}
    in_turn = sorted(bank, key=lambda key: (met.get(key, 0), lots[key]))
    if blueprint:
        chosen = [
            key
            for objective, wanted in blueprint.items()
            for key in [k for k in in_turn if bank[k] == objective][:wanted]
        ]
    else:
        chosen = in_turn[:how_many]
    return sorted(chosen, key=lambda key: lots[key])


def has_passed(right: int, pass_mark: int | None) -> bool | None:
    """None where there is nothing to pass."""
    return None if pass_mark is None else right >= pass_mark


def tries_left(allowed: int | None, used: int) -> int | None:
    """None where one may try as often as one likes."""
    return None if allowed is None else max(allowed - used, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leeway:
    """What a person has beyond what a course gives everybody. `percent` is extra time, 25 for a quarter more."""

    percent: int = 0
    no_limit: bool = False
    tries: int = 0


def together(several: Iterable[Leeway]) -> Leeway:
    """Of times that overlap the longest counts; tries add up."""
    every = tuple(several)
    return Leeway(
        percent=max((one.percent for one in every), default=0),
        no_limit=any(one.no_limit for one in every),
        tries=sum(one.tries for one in every),
    )


def in_force(starts_on: date, ends_on: date | None, ended_at: datetime | None, now: datetime, today: date) -> bool:
    """Whether an adjustment over [starts_on, ends_on) counts now; one that somebody ended does not."""
    return starts_on <= today and (ends_on is None or today < ends_on) and (ended_at is None or now < ended_at)


def own_minutes(limit: int | None, leeway: Leeway) -> int | None:
    """A time limit with a person's extra time, a begun minute in their favour; None: as long as they like."""
    if limit is None or leeway.no_limit:
        return None
    return -(-limit * (100 + leeway.percent) // 100)


def own_tries(allowed: int | None, leeway: Leeway) -> int | None:
    return None if allowed is None else allowed + leeway.tries


def due_at(began_at: datetime, minutes: int | None) -> datetime | None:
    """The moment at which the time is up. UTC in, UTC out: a clock that is put forward or back makes no minute."""
    return None if minutes is None else began_at + timedelta(minutes=minutes)


def later(one: datetime | None, other: datetime | None) -> datetime | None:
    """The later of two ends; None is never."""
    return None if one is None or other is None else max(one, other)


def time_is_up(due: datetime | None, now: datetime) -> bool:
    """From the last second on no question is shown any more."""
    return due is not None and now >= due


def too_late(due: datetime | None, now: datetime) -> bool:
    """After a few seconds of grace no answer is taken any more."""
    return due is not None and now > due + GRACE


def time_left(due: datetime, *known: datetime) -> timedelta:
    """From the latest moment that is known, so that a clock put back gives no time; never less than none."""
    return max(NO_TIME, due - max(known))


def ended_at(due: datetime | None, began_at: datetime, now: datetime) -> datetime:
    """When an attempt that is handed in now ended: by the clock if it comes too late, never before it began."""
    return due if due is not None and too_late(due, now) else max(began_at, now)
