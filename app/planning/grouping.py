"""Into which groups people are put to see who gets the training."""

from enum import StrEnum

from app.organisation.rules import BANDS, BASIS_NAMES, MEDICAL_GRADES, Basis

OTHER = "Another band, or none recorded"
_BANDS = {
    "Bands 2 to 4": BANDS[:3],
    "Bands 5 and 6": BANDS[3:5],
    "Band 7": BANDS[5:6],
    "Band 8a and above": BANDS[6:],
    "Medical and dental grades": MEDICAL_GRADES,
}
BAND_GROUPS = (*_BANDS, OTHER)
"""Few and broad: a medical grade told apart beside the staff group would give away the small ones by subtraction."""
NO_SITE = "No site kept"
"""People of teams whose site nobody wrote down."""
NO_PATTERN = "Not recorded"
NOT_KEPT = frozenset({NO_SITE, NO_PATTERN})
_GROUP_OF = {band: group for group, bands in _BANDS.items() for band in bands}


class Dimension(StrEnum):
    """By what people are grouped."""

    STAFF_GROUP = "staff_group"
    BAND = "band"
    BASIS = "basis"
    PATTERN = "pattern"
    SITE = "site"
    DIRECTORATE = "directorate"


TITLES = {
    Dimension.STAFF_GROUP: "By staff group",
    Dimension.BAND: "By band",
    Dimension.BASIS: "By kind of post",
    Dimension.PATTERN: "By working pattern",
    Dimension.SITE: "By site",
    Dimension.DIRECTORATE: "By directorate",
}


def band_group(band: str) -> str:
    """Band 6 → Bands 5 and 6"""
    return _GROUP_OF.get(band.strip(), OTHER)


def site_words(site: str) -> str:
    return site or NO_SITE


def pattern_words(pattern: str) -> str:
    return pattern or NO_PATTERN


def basis_words(basis: Basis) -> str:
    return BASIS_NAMES[basis]
