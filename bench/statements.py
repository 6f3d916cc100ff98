"""What a page asks the database: caught on the way, sent again by the driver alone, and explained."""

import json
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from starlette.testclient import TestClient

from app.kernel.config import Settings
from app.kernel.db import Database
from app.main import create_app

LARGE = 5_000
"""A table of more rows is never read from end to end for a list."""
AGAIN = 5


@dataclass
class Caught:
    """Statements with their values, as the driver got them."""

    said: list[tuple[str, Any]] = field(default_factory=list)


class Listening:
    """The program in this process, which answers one request at a time, while every statement is caught."""

    def __init__(self, url: str, folder: Path) -> None:
        app = create_app(Settings(database_url=url, spool_dir=folder / "spool-here"))
        self.db: Database = app.state.core.db
        self.client = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
        self._caught: Caught | None = None
        sa.event.listen(self.db.engine, "before_cursor_execute", self._note)

    def _note(self, _connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, _many: bool) -> None:
        if self._caught is not None and statement.lstrip().upper().startswith(("SELECT", "WITH")):
            self._caught.said.append((statement, values))

    def asked(self, token: str, path: str) -> Caught:
        """Of the second request: the first prepares what a process keeps."""
        self.client.cookies.set("qi_session", token)
        for _ in range(2):
            with self._catching() as caught:
                answer = self.client.get(path)
            if answer.status_code != 200:
                raise SystemExit(f"{path} was answered {answer.status_code}")
        return caught

    @contextmanager
    def _catching(self) -> Iterator[Caught]:
        self._caught = caught = Caught()
        try:
            yield caught
        finally:
            self._caught = None

    def close(self) -> None:
        self.db.close()


def alone(db: Database, caught: Caught) -> float:
    """Milliseconds that the driver takes to send all of it and to fetch every row; the median of several times."""
    found = []
    for _ in range(AGAIN):
        connection = db.engine.raw_connection()
        cursor = connection.cursor()
        began = time.perf_counter()
        for statement, values in caught.said:
            cursor.execute(statement, values)
            cursor.fetchall()
        found.append((time.perf_counter() - began) * 1000)
        connection.rollback()
        connection.close()
    return statistics.median(found)


def read_whole(db: Database, caught: Caught) -> set[str]:
    """The large tables that some statement reads from end to end, by no index."""
    large = _large(db)
    found: set[str] = set()
    with db.read() as session:
        connection = session.connection()
        for statement, values in caught.said:
            if db.is_sqlite:
                rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
                found |= _scanned([row[3] for row in rows], statement)
            else:
                plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values).scalar_one()
                found |= set(_sequential((plan if isinstance(plan, list) else json.loads(plan))[0]["Plan"]))
    return found & large


def _large(db: Database) -> set[str]:
    with db.read() as session:
        names = sa.inspect(session.connection()).get_table_names()
        counts = {n: session.connection().exec_driver_sql(f'SELECT count(*) FROM "{n}"').scalar_one() for n in names}
    return {name for name, count in counts.items() if count > LARGE}


def _scanned(steps: list[str], statement: str) -> set[str]:
    """`SCAN employment` and not `SCAN employment USING COVERING INDEX …`; of an alias, what it stands for."""
    names = [step.split()[1] for step in steps if step.startswith("SCAN ") and " USING " not in step]
    return {_stands_for(name, statement) for name in names}


def _stands_for(name: str, statement: str) -> str:
    before = statement.partition(f" AS {name}")
    return before[0].split()[-1].strip('"') if before[1] else name


def _sequential(plan: dict[str, Any]) -> Iterator[str]:
    if plan["Node Type"] == "Seq Scan":
        yield plan["Relation Name"]
    for part in plan.get("Plans", ()):
        yield from _sequential(part)
