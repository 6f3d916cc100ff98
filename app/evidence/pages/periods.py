"""The choice of a period, as a form shows it."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.evidence.rules import Preset
from app.web.page import Filled

PRESET_NAMES = {
    Preset.YEAR: "The last 12 months",
    Preset.APPRAISAL: "This appraisal year, from 1 April",
    Preset.HCPC: "2 years (HCPC)",
    Preset.NMC: "3 years (NMC)",
    Preset.GMC: "5 years (GMC)",
    Preset.DATES: "Dates of my own",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    value: str
    text: str
    group: str = ""


PERIODS = tuple(Option(value=preset.value, text=words) for preset, words in PRESET_NAMES.items())
KEPT = ("period", "starts", "ends")


def filled(asked: Mapping[str, str], errors: Mapping[str, str] | None = None) -> Filled:
    """What was asked for, with the usual period where nothing was."""
    return Filled.of({"period": Preset.YEAR.value, **asked}, errors)


def kept(asked: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The fields that carry a period from a page to the download made from it."""
    return tuple((name, asked[name]) for name in KEPT if asked.get(name))
