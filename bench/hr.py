"""What HR has run, and how much memory it took: `python -m bench.hr SAID people import …`, the command line, or
`python -m bench.hr SAID apart read …`, the process behind the browser. The figure is written to the file SAID.
"""

import atexit
import sys
from pathlib import Path


def _say(path: Path) -> None:
    """The most that this process held at once, in MB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    path.write_text(str(next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024))


def _run(words: list[str]) -> None:
    """Imports what is run and no more, because its memory is measured."""
    if words[0] == "apart":
        from app.intake.apart import main  # noqa: PLC0415

        main(*words[1:])
    else:
        from app.cli import app  # noqa: PLC0415

        app(words)


if __name__ == "__main__":
    atexit.register(_say, Path(sys.argv[1]))
    _run(sys.argv[2:])
