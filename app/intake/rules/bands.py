"""Bands and medical grades as staff files write them. What does not say one band clearly is left as it is."""

import re

from app.kernel.names import folded, tidy
from app.organisation.rules import BANDS, MEDICAL_GRADES

_BAND = re.compile(r"(?:nhs )?(?:afc )?(?:review body )?(?:pay )?band (\d)(?: ?(?:range )?([a-d]))?|(\d)([a-d])?")
_NO_WORD = ("=", "+", "-", "@")
"""What begins so is a formula or a sign, and says no band."""
_CODE = re.compile(r"xr0([2-7])")
_GRADES = {folded(grade): grade for grade in MEDICAL_GRADES} | {
    "fy1": "F1", "foundation year 1": "F1", "foundation doctor year 1": "F1",
    "fy2": "F2", "foundation year 2": "F2", "foundation doctor year 2": "F2",
    "st1": "ST1/CT1", "ct1": "ST1/CT1", "st2": "ST2/CT2", "ct2": "ST2/CT2", "st3": "ST3/CT3", "ct3": "ST3/CT3",
    "general practitioner": "GP", "vsm": "VSM", "very senior manager": "VSM",
}  # fmt: skip


def band_of(text: str) -> str | None:
    """The band or grade that a cell says, such as `8a` for “NHS|XR08|Review Body Band 8 - Range A”; None when unclear.

    The codes XR02 to XR07 are bands 2 to 7; above them only the words count, because trusts use the codes differently.
    """
    for part in reversed(tidy(text).split("|")):
        words = folded(part) if not part.startswith(_NO_WORD) else ""
        if words in _GRADES:
            return _GRADES[words]
        if code := _CODE.fullmatch(words):
            return code[1]
        if found := _BAND.fullmatch(words):
            band = "".join(piece for piece in found.groups() if piece)
            return band if band in BANDS else None
    return None
