"""A fixed piece of work, the same in every run: how fast the machine of the day is, so that days can be compared."""

import sqlite3
import statistics
import time

ROWS = 40_000
TIMES = 9


def yardstick() -> float:
    """Milliseconds, the median of several: rows put together and sorted in Python, kept and counted in SQLite."""
    return statistics.median(_once() for _ in range(TIMES))


def _once() -> float:
    began = time.perf_counter()
    rows = sorted(((number * 7_919) % 10_007, f"person {number % 97}", number) for number in range(ROWS))
    said = "".join(f"<td>{name}: {number}</td>" for _, name, number in rows)
    file = sqlite3.connect(":memory:")
    file.execute("CREATE TABLE work (part INTEGER, name TEXT, number INTEGER PRIMARY KEY)")
    file.executemany("INSERT INTO work VALUES (?, ?, ?)", rows)
    counted = file.execute("SELECT part % 50, name, count(*) FROM work GROUP BY 1, 2").fetchall()
    file.close()
    assert said
    assert counted
    return (time.perf_counter() - began) * 1000
