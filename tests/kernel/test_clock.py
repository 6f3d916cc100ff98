"""UTC inside, London on screen: deadlines and dates are right on the two nights on which the clocks change."""

from datetime import UTC, date, datetime

import pytest

from app.kernel.clock import SettableClock, SystemClock, london_date, london_time


@pytest.mark.parametrize(
    ("moment", "day", "shown"),
    [
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), date(2026, 3, 29), "00:59"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), date(2026, 3, 29), "02:00"),
        (datetime(2026, 6, 30, 22, 59, tzinfo=UTC), date(2026, 6, 30), "23:59"),
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), date(2026, 7, 1), "00:30"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), date(2026, 10, 25), "01:30"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), date(2026, 10, 25), "01:30"),
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), date(2026, 12, 31), "23:59"),
        (datetime(2028, 2, 29, 12, 0, tzinfo=UTC), date(2028, 2, 29), "12:00"),
    ],
)
def test_a_moment_has_londons_day_and_time(moment: datetime, day: date, shown: str) -> None:
    assert london_date(moment) == day
    assert f"{london_time(moment):%H:%M}" == shown


def test_the_hour_that_comes_twice_is_two_moments() -> None:
    first, second = (london_time(datetime(2026, 10, 25, hour, 30, tzinfo=UTC)) for hour in (0, 1))
    assert first.replace(tzinfo=None) == second.replace(tzinfo=None)
    assert first.astimezone(UTC) < second.astimezone(UTC)


def test_the_systems_clock_is_aware_and_a_set_clock_stands() -> None:
    assert SystemClock().now().tzinfo is UTC
    moment = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert SettableClock(moment).now() == moment
