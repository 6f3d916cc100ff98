"""What a completion from elsewhere means for a level: it may give it or lengthen it, and never takes anything."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.intake.rules.past.picture import KnownEvent
from app.learning.rules import AwardEventKind

GIVES = frozenset({AwardEventKind.GRANTED, AwardEventKind.REFRESHED})


@dataclass(frozen=True, slots=True)
class AwardAsked:
    """A level that a person comes to hold on a day, or whose end moves further away."""

    tier: str
    kind: AwardEventKind
    on: date
    until: date | None


class HeldAnyway(Exception):  # noqa: N818  not an error: nothing is to be done
    """The completion adds nothing to the level. The message says why."""


def asked(tier: str, on: date, until: date | None, events: Iterable[KnownEvent]) -> AwardAsked:
    """What to write for a level that was earned on a day and would hold until another (None: for good).

    Raises HeldAnyway. A level that was taken back afterwards is not given again by what came before.
    """
    in_order = sorted(events, key=lambda event: event.on)
    if any(event.kind is AwardEventKind.WITHDRAWN and event.on >= on for event in in_order):
        raise HeldAnyway("the level was taken back later, and stays so")
    held = _held(in_order, on)
    if held is None:
        return AwardAsked(tier, AwardEventKind.GRANTED, on, until)
    if held.until is not None and (until is None or until > held.until):
        return AwardAsked(tier, AwardEventKind.REFRESHED, on, until)
    raise HeldAnyway("the level is held already")


def _held(in_order: Iterable[KnownEvent], on: date) -> KnownEvent | None:
    held: KnownEvent | None = None
    for event in in_order:
        if event.on <= on:
            held = event if event.kind in GIVES else None if event.kind is AwardEventKind.WITHDRAWN else held
    return held
