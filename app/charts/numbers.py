"""Figures and dates as people read them."""

import math
from datetime import date

from app.charts.series import X

WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
MINUS = "−"


def in_words(count: int) -> str:
    """Up to twelve in words, as running text has them."""
    return WORDS[count] if 0 <= count < len(WORDS) else f"{count:,}"


def figure(value: float, *, percent: bool = False) -> str:
    """About three significant digits, thousands apart, no trailing noughts: 1,234; 12.3; 0.0457; 45.7% of 0.457."""
    shown = value * 100 if percent else value
    size = abs(shown)
    places = 0 if size >= 1000 or not size else min(max(2 - math.floor(math.log10(size)), 0), 12)  # noqa: PLR2004
    text = f"{size:,.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{MINUS if shown < 0 and text != '0' else ''}{text}{'%' if percent else ''}"


def compact(value: float, *, percent: bool = False) -> str:
    """As figure, but thousands from ten thousand on and millions in short: 23.4k, 2.07m."""
    for unit, size in (("m", 1e6), ("k", 1e3)):
        if not percent and abs(value) >= max(size, 1e4):
            return f"{figure(value / size)}{unit}"
    return figure(value, percent=percent)


def moment(x: X) -> str:
    """A date as words ("1 March 2024", or "March 2024" for a first of the month); a number as it is."""
    if not isinstance(x, date):
        return str(x)
    return f"{x:%B %Y}" if x.day == 1 else f"{x.day} {x:%B %Y}"
