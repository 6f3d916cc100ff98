"""The rules, run over everybody as the worker does at night: `python -m bench.night URL DAYS` says what it took.

DAYS: of the night in so many days; the answer is JSON.

A process of its own, because its memory is measured: the most that it held at once, in MB.
"""

import json
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.capability.keeping import keep_needs
from app.kernel.db import Database


def main(url: str, days: str) -> None:
    db = Database(url)
    began, used = time.monotonic(), time.process_time()
    effects = keep_needs(db, datetime.now(UTC) + timedelta(days=int(days)))
    found = {"seconds": time.monotonic() - began, "cpu": time.process_time() - used, "effects": effects}
    db.close()
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    memory = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    sys.stdout.write(json.dumps(found | {"memory": memory}))


if __name__ == "__main__":
    main(*sys.argv[1:])
