"""What the worker does by itself for everybody: `python -m bench.night URL rules DAYS` says what it took as JSON.

`rules` are run as in the night in so many DAYS; `copies` of where people stand are made as in this one.

A process of its own, because its memory is measured: the most that it held at once, in MB.
"""

import json
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from app.capability.copying import copy_standings
from app.capability.keeping import keep_needs
from app.capability.models import StandingChange, StandingCopy
from app.kernel.db import Database, table
from app.kernel.planner import count_rows

WORK = {"rules": keep_needs, "copies": copy_standings}


def main(url: str, what: str, days: str) -> None:
    db = Database(url)
    began, used = time.monotonic(), time.process_time()
    effects = WORK[what](db, datetime.now(UTC) + timedelta(days=int(days)))
    found = {"seconds": time.monotonic() - began, "cpu": time.process_time() - used, "effects": effects}
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    memory = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    if what == "copies":
        _tidied(db)
    db.close()
    sys.stdout.write(json.dumps(found | {"memory": memory}))


def _tidied(db: Database) -> None:
    """As the end of the worker's night leaves SQLite, and PostgreSQL's own tidying its tables within minutes."""
    count_rows(db)
    if not db.is_sqlite:
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for model in (StandingCopy, StandingChange):
                connection.execute(sa.text(f"VACUUM ANALYZE {table(model).name}"))


if __name__ == "__main__":
    main(*sys.argv[1:])
