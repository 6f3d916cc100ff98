"""What is true of attempts."""

from collections.abc import Mapping, Sequence
from hashlib import sha256


def drawn_questions(bank: Sequence[str], how_many: int | None, met: Mapping[str, int], seed: int) -> list[str]:
    """Which questions an attempt asks, in their order. Without `how_many`: all of them, as the file has them.

    `met` counts in how many earlier attempts this person met a question: the least met are drawn first.
    """
    if how_many is None:
        return list(bank)
    lots = {key: sha256(f"{seed}|{key}".encode()).digest() for key in bank}
    chosen = sorted(bank, key=lambda key: (met.get(key, 0), lots[key]))[:how_many]
    return sorted(chosen, key=lambda key: lots[key])


def has_passed(right: int, pass_mark: int | None) -> bool | None:
    """None where there is nothing to pass."""
    return None if pass_mark is None else right >= pass_mark


def tries_left(allowed: int | None, used: int) -> int | None:
    """None where one may try as often as one likes."""
    return None if allowed is None else max(allowed - used, 0)
