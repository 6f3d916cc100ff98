"""What the framework says of tiers and competencies: immutable values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TierPath:
    """What somebody asks before they take a level. `step` is its height in the pyramid, None where it stands beside.

    `offer_per_cent` is the share of a directorate's staff that its target offers to begin with, and `offer_why` whence.
    `alone`: people begin its course by themselves; everywhere else a cohort gives places. `months`: how long a cohort
    of it usually takes from its first day to its last.
    Empty where the framework does not say. `plain`: what it is, in plain words, for whoever does not work here.
    """

    step: int | None = None
    offer_per_cent: float | None = None
    offer_why: str = ""
    lasts: str = ""
    form: str = ""
    assessed: str = ""
    refresh: str = ""
    get_on: str = ""
    plain: str = ""
    can_do: tuple[str, ...] = ()
    leads_to: tuple[str, ...] = ()
    alone: bool = False
    months: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetencyView:
    key: str
    title: str
    summary: str
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementView:
    """One judgement of what somebody can do, with an example from a ward and one from a community team."""

    key: str
    meaning: str
    ward: str
    community: str


@dataclass(frozen=True, slots=True)
class LevelView:
    level: int
    name: str
    meaning: str
