"""The ladder of bands: which are at or above another. Medical grades stand beside it, never on it."""

from collections.abc import Collection
from functools import lru_cache

from app.kernel.names import folded
from app.organisation.rules import BANDS


@lru_cache(maxsize=1_000)
def band_key(text: str) -> str:
    """One band however it is written: 8a, 8A, Band 8 a."""
    return folded(text).replace(" ", "").removeprefix("band")


_LADDER = tuple(map(band_key, BANDS))


def and_above(lowest: str) -> tuple[str, ...]:
    """The bands from this one upwards, VSM above 9. Empty for a medical grade or any other word: it has no above."""
    key = band_key(lowest)
    return BANDS[_LADDER.index(key) :] if key in _LADDER else ()


def reaches(band: str, lowest: str, chosen: Collection[str]) -> bool:
    """Whether a band is one of those chosen, or at or above the lowest (empty: none was said)."""
    key = band_key(band)
    return bool(key) and (key in map(band_key, chosen) or key in map(band_key, and_above(lowest)))


def is_on(band: str) -> bool:
    """Whether a band has a place on the ladder."""
    return band_key(band) in _LADDER
