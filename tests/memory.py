"""Where the tests' files lie: in memory, when the machine has room. On a disk a copy of a PostgreSQL database takes
half a second, in memory a thirtieth of one, and thousands of tests begin with a copy."""

import os
import shutil
import tempfile
from pathlib import Path

IN_MEMORY = Path("/dev/shm")
ROOM = 4 * 1024**3
"""Bytes that must be free: several times what a whole run has lying about at once."""


def keep_files_in_memory() -> None:
    """Let this process, and those that it starts, make temporary files in memory, unless somebody chose a place."""
    if "TMPDIR" in os.environ or not os.access(IN_MEMORY, os.W_OK) or shutil.disk_usage(IN_MEMORY).free < ROOM:
        return
    os.environ["TMPDIR"] = tempfile.tempdir = str(IN_MEMORY)
