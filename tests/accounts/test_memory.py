"""What hashing leaves behind, in a process of its own."""

import subprocess
import sys

from app.kernel.config import ROOT

HASHES = """
import threading
from pathlib import Path
from app.accounts.passwords import hash_password

def resident():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))

hash_password("Larch-and-Rowan-26")
before, done = resident(), threading.Barrier(13)
turn = threading.Lock()

def work():
    with turn:
        hash_password("Larch-and-Rowan-26")
    done.wait()
    done.wait()

threads = [threading.Thread(target=work) for _ in range(12)]
for thread in threads:
    thread.start()
done.wait()
print((resident() - before) // 1024)
done.wait()
"""


def test_a_thread_that_hashed_keeps_no_memory() -> None:
    """Twelve threads, one after the other, kept 12 times 19 MiB."""
    ran = subprocess.run([sys.executable, "-c", HASHES], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    assert int(ran.stdout) < 40
