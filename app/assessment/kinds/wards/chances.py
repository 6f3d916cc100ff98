"""Counts and times by chance, drawn only from `random()`, so that no version of Python draws others."""

import math
from random import Random


def happens(chance: Random, probability: float) -> bool:
    return chance.random() < probability


def out_of(chance: Random, tries: int, probability: float) -> int:
    """How many of so many tries come true: a binomial count."""
    return sum(happens(chance, probability) for _ in range(tries))


def events(chance: Random, mean: float) -> int:
    """How many of something rare happen: a Poisson count, by Knuth's product of uniform numbers."""
    count, product, least = 0, chance.random(), math.exp(-mean)
    while product > least:
        count += 1
        product *= chance.random()
    return count


def lasts(chance: Random, mean: float) -> float:
    """A time that is mostly short and now and then long: exponential."""
    return -mean * math.log(1 - chance.random())


def between(chance: Random, low: int, high: int) -> int:
    """A whole number from low to high, each as likely."""
    return low + int(chance.random() * (high - low + 1))
