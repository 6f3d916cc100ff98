"""Drawn orders and names for choices: what travels to the browser says nothing about the ids in the file.

An author may well have called the right option `right`, or the items of an ordering `step1` to `step4`.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any


def token(seed: str, name: str) -> str:
    """The name of a choice within one attempt: the same for each visit, another for each attempt."""
    return sha256(f"{seed}|{name}".encode()).hexdigest()[:10]


def drawn(seed: str, names: Iterable[str]) -> list[str]:
    """The names in an order that the seed decides, the same on every machine and every version of Python."""
    return sorted(names, key=lambda name: token(seed, name))


def by_token(seed: str, names: Iterable[str]) -> dict[str, str]:
    """From tokens back to names."""
    return {token(seed, name): name for name in names}


def texts(choices: Iterable[Mapping[str, Any]], text: str = "text") -> dict[str, str]:
    """Id to words, in the order in which a question keeps them."""
    return {choice["id"]: choice[text] for choice in choices}
