"""make bench: fill, serve as in production, measure, print; `--write` puts the result into docs/performance.md.

`--kills 1000` measures nothing: it kills the server so often while people answer, and looks for what was lost.
`--only-staff-files` measures only what staff files take, `--staff-files 5000 50000` those of so many people.
`--only-levels` measures only what leads and the board look at, `--levels-people 28000` in a trust of so many.
"""

import argparse
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from app.kernel.config import ROOT
from bench import importing, kills, looking, reading, report, report_imports, report_looking
from bench.cases import MODULE, Cast, cases
from bench.databases import OnSqlite, on_postgres
from bench.measuring import measure
from bench.serving import floor, free_port, ours
from bench.trust import Kind, copied, filled
from tests.postgres import NoPostgresError

PERFORMANCE = ROOT / "docs" / "performance.md"
out = Console(highlight=False, width=None if sys.stdout.isatty() else 150)


def main() -> None:
    options = _options()
    if options.kills:
        sys.exit(kills.main(out, options.kills))
    kept = True
    if not options.only_levels:
        source = _filled(Kind("trust", options.people, 2))
        if not options.only_staff_files:
            _pages(source, options)
        kept = bool(options.only) or _staff_files(source, options)
    if not (options.only or options.only_staff_files):
        kept &= _levels(_filled(Kind("levels", options.levels_people, 5, levels=True)), options)
    sys.exit(0 if kept else 1)


def _filled(kind: Kind) -> Path:
    source, seconds = filled(kind)
    if seconds:
        out.print(f"Filled {kind.people:,} people and {kind.years} years of history in {seconds:.0f} s")
    return source


def _pages(source: Path, options: argparse.Namespace) -> None:
    database = copied(source)
    url = f"sqlite:///{database}"
    cast = Cast(url)
    with ours(url, database.parent / "spool", free_port()) as server:
        idle = server.memory()
        page = database.parent / "page.html"
        page.write_text(cast.visitors(list(cast.staff[:1]))[0].fetch(server.port, "GET", MODULE)[2], encoding="utf-8")
        wanted = [case for case in cases(cast, server.port) if options.only.lower() in case.name.lower()]
        with floor(page, free_port()) as bare, Progress(console=out, transient=True) as progress:
            cells = measure(progress, server, bare, wanted, options.seconds, options.rounds)
        result = report.Result(cells, idle, server.memory(), server.seconds_to_start, options.people)
    cast.db.close()
    report.show(out, result)
    if options.write:
        report.write(PERFORMANCE, result)


def _staff_files(source: Path, options: argparse.Namespace) -> bool:
    """Whether all budgets were kept."""
    with Progress(console=out, transient=True) as progress:
        found = list(importing.measured(progress, OnSqlite(source), options.staff_files))
        try:
            with on_postgres(source) as postgres:
                found += importing.measured(progress, postgres, options.staff_files)
        except NoPostgresError as error:
            out.print(f"Staff files were brought in on SQLite alone. {error}")
    read = list(reading.measured())
    kept = report_imports.show(out, found, read)
    if options.write:
        report_imports.write(PERFORMANCE, found, read)
    return kept


def _levels(source: Path, options: argparse.Namespace) -> bool:
    """Whether all budgets were kept."""
    with Progress(console=out, transient=True) as progress:
        looked, nights = looking.measured(progress, OnSqlite(source), options.seconds)
        try:
            with on_postgres(source) as postgres:
                more, later = looking.measured(progress, postgres, options.seconds)
                looked, nights = looked + more, nights + later
        except NoPostgresError as error:
            out.print(f"Levels were looked at on SQLite alone. {error}")
    kept = report_looking.show(out, options.levels_people, looked, nights)
    if options.write:
        report_looking.write(PERFORMANCE, looked, nights)
    return kept


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--people", type=int, default=7_000)
    parser.add_argument("--seconds", type=float, default=3.0, help="measured in each cell and round")
    parser.add_argument("--rounds", type=int, default=3, help="the median of so many is shown")
    parser.add_argument("--only", default="", help="only cases whose name contains this, and no staff files")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    parser.add_argument("--kills", type=int, default=0, help="kill the server so often, instead of measuring")
    parser.add_argument("--only-staff-files", action="store_true", help="measure nothing else")
    parser.add_argument("--only-levels", action="store_true", help="measure nothing else")
    parser.add_argument("--levels-people", type=int, default=28_000, help="the trust whose levels are looked at")
    parser.add_argument("--staff-files", type=int, nargs="+", default=[5_000, 28_000, 50_000], help="of so many people")
    return parser.parse_args()


if __name__ == "__main__":
    main()
