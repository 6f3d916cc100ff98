"""make bench: fill, serve as in production, measure, print; `--write` puts the result into docs/performance.md.

`--kills 1000` measures nothing: it kills the server so often while people answer, and looks for what was lost.
`--staff-file 5000 50000` measures only what staff files of so many people take.
"""

import argparse
import socket
import sys

from rich.console import Console
from rich.progress import Progress

from app.kernel.config import ROOT
from bench import kills, report, staff_file
from bench.cases import MODULE, Cast, cases
from bench.measuring import measure
from bench.serving import floor, ours
from bench.trust import copied, filled

out = Console(highlight=False, width=None if sys.stdout.isatty() else 150)


def main() -> None:
    options = _options()
    if options.kills:
        sys.exit(kills.main(out, options.kills))
    if options.staff_file:
        sys.exit(staff_file.main(out, options.staff_file))
    source, seconds = filled(options.people)
    if seconds:
        out.print(f"Filled {options.people:,} people and two years of history in {seconds:.0f} s")
    database = copied(source)
    cast = Cast(database)
    with ours(database, _free_port()) as server:
        idle = server.memory()
        page = database.parent / "page.html"
        page.write_text(cast.visitors(list(cast.staff[:1]))[0].fetch(server.port, "GET", MODULE)[2], encoding="utf-8")
        wanted = [case for case in cases(cast, server.port) if options.only.lower() in case.name.lower()]
        with floor(page, _free_port()) as bare, Progress(console=out, transient=True) as progress:
            cells = measure(progress, server, bare, wanted, options.seconds, options.rounds)
        result = report.Result(cells, idle, server.memory(), server.seconds_to_start, options.people)
    cast.db.close()
    report.show(out, result)
    if options.write:
        report.write(ROOT / "docs" / "performance.md", result)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--people", type=int, default=7_000)
    parser.add_argument("--seconds", type=float, default=3.0, help="measured in each cell and round")
    parser.add_argument("--rounds", type=int, default=3, help="the median of so many is shown")
    parser.add_argument("--only", default="", help="only cases whose name contains this")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    parser.add_argument("--kills", type=int, default=0, help="kill the server so often, instead of measuring")
    parser.add_argument("--staff-file", type=int, nargs="+", help="import staff files of so many people instead")
    return parser.parse_args()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
