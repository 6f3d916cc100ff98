"""What a chart says at a glance: how its last point varies, and whether its limits assure a target (qi-domain §3.1)."""

from enum import StrEnum

from app.charts.signals import HIGH, Label


class Wanted(StrEnum):
    """The direction in which the measure should go."""

    INCREASE = "increase"
    DECREASE = "decrease"
    NEUTRAL = "neutral"


class Variation(StrEnum):
    COMMON_CAUSE = "common_cause"
    IMPROVEMENT_HIGH = "improvement_high"
    IMPROVEMENT_LOW = "improvement_low"
    CONCERN_HIGH = "concern_high"
    CONCERN_LOW = "concern_low"
    NEUTRAL_HIGH = "neutral_high"
    NEUTRAL_LOW = "neutral_low"


class Assurance(StrEnum):
    CONSISTENT_PASS = "consistent_pass"  # noqa: S105  # passes a target, is no password
    CONSISTENT_FAIL = "consistent_fail"
    INCONSISTENT = "inconsistent"


def variation_of(label: Label, wanted: Wanted) -> Variation:
    """The variation of one point: high or low by its label, good or bad by the wanted direction (§3.1)."""
    if label is Label.COMMON:
        return Variation.COMMON_CAUSE
    high = label in HIGH
    if wanted is Wanted.NEUTRAL:
        return Variation.NEUTRAL_HIGH if high else Variation.NEUTRAL_LOW
    if high:
        return Variation.IMPROVEMENT_HIGH if wanted is Wanted.INCREASE else Variation.CONCERN_HIGH
    return Variation.IMPROVEMENT_LOW if wanted is Wanted.DECREASE else Variation.CONCERN_LOW


def assurance_of(lower: float | None, upper: float | None, target: float | None, wanted: Wanted) -> Assurance | None:
    """Whether common cause alone passes the target: consistently, never, or hit and miss; a target on a limit is hit
    and miss. None without a target, a direction or limits.

    Increase is good: above the upper limit fails, below the lower one passes; mirrored for decrease. All four values
    are on the scale shown.
    """
    if target is None or wanted is Wanted.NEUTRAL or lower is None or upper is None:
        return None
    if lower <= target <= upper:
        return Assurance.INCONSISTENT
    fails = target > upper if wanted is Wanted.INCREASE else target < lower
    return Assurance.CONSISTENT_FAIL if fails else Assurance.CONSISTENT_PASS
