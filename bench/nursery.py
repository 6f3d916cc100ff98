"""A server that starts in a tenth of a second, to be killed and started again many times.

`python -m bench.nursery FACTORY FD` imports the program once and opens nothing. For each line it reads it forks a child
that serves, as in production, from the listening socket FD, says the child's process id, and says `gone` when it ended.
"""

import gc
import importlib
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import uvicorn

from app.kernel.config import ROOT

SECONDS_TO_START = 60


class Server:
    """`url` is its address. `start` and `kill` it as often as you like, inside a `with`, which ends everything."""

    def __init__(self, factory: str, settings: Mapping[str, str], log: Path) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.log = log
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("QI_", "PYTHONDONTWRITE"))}
        fd = self.listener.fileno()
        with log.open("ab") as said:
            self.nursery = subprocess.Popen(
                [sys.executable, "-m", "bench.nursery", factory, str(fd)],
                cwd=ROOT,
                env=inherited | dict(settings) | {"QI_BASE_URL": self.url, "PYTHONUNBUFFERED": "1"},
                pass_fds=[fd],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                text=True,
            )
        self.pid = 0

    def start(self) -> None:
        """Returns when the server answers. Raises RuntimeError with the end of its log when it does not."""
        assert self.nursery.stdin
        self.nursery.stdin.write("start\n")
        self.nursery.stdin.flush()
        self.pid = int(self._hear() or "0")
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=SECONDS_TO_START) as answer:
                assert answer.read() == b"ok"
        except OSError as error:
            raise RuntimeError(f"the server did not start: {self.log.read_text()[-3000:]}") from error

    def kill(self) -> None:
        """SIGKILL, as when the power fails; returns when the process is no more."""
        os.kill(self.pid, signal.SIGKILL)
        assert self._hear() == "gone"
        self.pid = 0

    def _hear(self) -> str:
        assert self.nursery.stdout
        line: str = self.nursery.stdout.readline()
        return line.strip()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.pid:
            self.kill()
        assert self.nursery.stdin
        assert self.nursery.stdout
        self.nursery.stdin.close()
        self.nursery.wait(10)
        self.nursery.stdout.close()
        self.listener.close()


def main(factory: str, fd: int) -> None:
    importlib.import_module(factory.partition(":")[0])
    gc.collect()
    gc.freeze()  # as in production (app/cli/server.py): else each child copies what it looks through for rubbish
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            _serve(factory, fd)
            os._exit(0)
        print(child, flush=True)
        os.waitpid(child, 0)
        print("gone", flush=True)


def _serve(factory: str, fd: int) -> None:
    config = uvicorn.Config(
        factory, factory=True, loop="uvloop", http="httptools", log_level="warning", access_log=False
    )
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=os.dup(fd))])


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
