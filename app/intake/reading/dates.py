"""A spreadsheet keeps a day as a number; only the cell's format says that it is one."""

import re
from datetime import datetime, timedelta

BUILT_IN = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
LAST_DAY = 2_958_466  # the one after 31 December 9999
LEAP_DAY_THAT_NEVER_WAS = 60
DAYS_TO_1904 = 1_462
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a day in a spreadsheet has no zone
_NO_LETTERS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|General|E[+-]', re.IGNORECASE)
_DAY_OR_TIME = re.compile(r"[dmyhs]", re.IGNORECASE)


def is_date_format(code: str) -> bool:
    """Whether a number format shows a day or a time: a day, month, year, hour or second letter outside of quotes."""
    return bool(_DAY_OR_TIME.search(_NO_LETTERS.sub("", code.partition(";")[0])))


def iso(serial: float, *, from_1904: bool) -> str | None:
    """The day as 2026-03-31, with its time as 2026-03-31T13:05:00, or a time alone; None where it is no day."""
    if from_1904:
        serial += DAYS_TO_1904
    if not 0 <= serial < LAST_DAY or int(serial) == LEAP_DAY_THAT_NEVER_WAS:
        return None
    if serial < 1:
        return (_EPOCH + timedelta(seconds=round(serial * 86_400))).time().isoformat()
    if serial < LEAP_DAY_THAT_NEVER_WAS:
        serial += 1
    try:
        moment = _EPOCH + timedelta(seconds=round(serial * 86_400))
    except OverflowError:
        return None
    return moment.date().isoformat() if moment.hour == moment.minute == moment.second == 0 else moment.isoformat()
