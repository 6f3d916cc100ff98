"""Small parts that several pages are made of."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

PathFor = Callable[..., str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of a sentence, perhaps a link."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A hidden field."""

    name: str
    value: str


def options(values: Iterable[tuple[str, str]], chosen: str) -> tuple[Option, ...]:
    return tuple(Option(value=value, text=text, chosen=value == chosen) for value, text in values)


def kept(values: Mapping[str, str]) -> tuple[Kept, ...]:
    return tuple(Kept(name=name, value=value) for name, value in values.items() if value)


def sentence(*parts: Part | str) -> tuple[Part, ...]:
    return tuple(Part(text=p) if isinstance(p, str) else p for p in parts)


def listed(names: list[str], most: int = 6) -> str:
    """Ann, Ben and Cho; or the first few and how many more."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def after_colon(words: str) -> str:
    """Required by 31 March → required by 31 March"""
    return words[:1].lower() + words[1:]
