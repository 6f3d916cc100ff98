"""Dates, counts and durations in words, the same on every page."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from app.kernel.clock import london_time


def day(value: date | None) -> str:
    """31 March 2027"""
    return f"{value.day} {value:%B %Y}" if value else ""


def short_day(value: date | None) -> str:
    """31 Mar 2027"""
    return f"{value.day} {value:%b %Y}" if value else ""


def month(value: date | None) -> str:
    """Mar 2027"""
    return f"{value:%b %Y}" if value else ""


def moment(value: datetime | None) -> str:
    """31 March 2027, 09:05"""
    if value is None:
        return ""
    local = london_time(value)
    return f"{day(local)}, {local:%H:%M}"


def clock_time(value: datetime | None) -> str:
    """09:05"""
    return f"{london_time(value):%H:%M}" if value else ""


def plural(count: int, one: str, many: str = "") -> str:
    """1 person, 23 people"""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def minutes(value: int) -> str:
    """45 minutes, 1 hour, 3 hours 30 minutes"""
    hours, rest = divmod(value, 60)
    parts = [plural(hours, "hour")] if hours else []
    if rest or not hours:
        parts.append(plural(rest, "minute"))
    return " ".join(parts)


FILTERS: dict[str, Callable[..., Any]] = {
    "day": day,
    "short_day": short_day,
    "month": month,
    "moment": moment,
    "clock_time": clock_time,
    "plural": plural,
    "minutes": minutes,
}
