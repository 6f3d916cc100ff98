"""What leads and the board look at in a trust of many people and five years, on both databases.

Each page is asked for over HTTP by one person at a time; beside it stands what its own statements take when the driver
sends them alone. No list may read a large table from end to end.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

import sqlalchemy as sa
from rich.progress import Progress

from app.access.permissions import Role
from app.accounts.models import RoleGrant
from app.kernel.config import ROOT
from app.kernel.db import table
from bench.cases import Case, Cast, Visitor
from bench.databases import OnPostgres, OnSqlite
from bench.measuring import one_cell
from bench.serving import free_port, ours
from bench.statements import Listening, alone, read_whole
from bench.trust import FOLDER

NIGHTS = (
    ("Rules, the first night: nothing is set yet", "rules", 0),
    ("Rules, the next night", "rules", 1),
    ("Copies of where everybody stands, once a day", "copies", 0),
)
"""What the worker does by itself for everybody: in words, to bench.night, and in how many days."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """An address, and its budgets in milliseconds at the median and at the 95th percentile, if there are any.

    `wide`: it counts everybody, so that an index would only be in the way.
    """

    name: str
    path: str
    visitor: Visitor
    budget: float | None = None
    late: float | None = None
    wide: bool = False


@dataclass(frozen=True, kw_only=True)
class Looked:
    """In milliseconds; `raw`: its statements by the driver alone; `whole`: large tables read from end to end."""

    database: str
    page: Page
    p50: float
    p95: float
    cpu: float
    raw: float
    statements: int
    whole: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Night:
    database: str
    name: str
    seconds: float
    cpu: float
    memory: float
    effects: int


def measured(progress: Progress, database: OnSqlite | OnPostgres, seconds: float) -> tuple[list[Looked], list[Night]]:
    url = database.fresh()
    nights = [_night(database.name, url, *night) for night in NIGHTS]
    cast = Cast(url)
    looked = list(_looked(progress, database, url, cast, seconds))
    cast.db.close()
    return looked, nights


def _night(database: str, url: str, name: str, what: str, days: int) -> Night:
    command = [sys.executable, "-m", "bench.night", url, what, str(days)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    return Night(database=database, name=name, **json.loads(done.stdout))


def _looked(
    progress: Progress, database: OnSqlite | OnPostgres, url: str, cast: Cast, seconds: float
) -> Iterator[Looked]:
    pages = list(_pages(cast))
    task = progress.add_task("Pages", total=len(pages))
    here = Listening(url, FOLDER)
    with ours(url, FOLDER / "spool", free_port()) as server:
        for page in pages:
            progress.update(task, description=f"{database.name}: {page.name}")
            cell = one_cell(server, Case(page.name, _again(page), {200}), 1, seconds)
            caught = here.asked(page.visitor.token, page.path)
            whole = () if page.wide else tuple(sorted(read_whole(here.db, caught)))
            yield Looked(
                database=database.name,
                page=page,
                p50=cell.p50,
                p95=cell.p95,
                cpu=cell.cpu,
                raw=alone(here.db, caught),
                statements=len(caught.said),
                whole=whole,
            )
            progress.advance(task)
    here.close()


def _again(page: Page) -> Iterator[dict[str, object]]:
    while True:
        yield {"requests": [page.visitor.get(page.path)]}


def _pages(cast: Cast) -> Iterator[Page]:
    [lead, admin, member, hr] = cast.visitors([cast.lead, _admin(cast), cast.staff[len(cast.staff) // 2], cast.hr])
    here = {"directorate": str(cast.directorate)}
    all_here = here | {"team": "all"}
    past = {"as_at": (cast.now.date() - timedelta(days=3 * 365)).isoformat()}

    def at(path: str, **query: str) -> str:
        return f"{path}?{urlencode(query)}" if query else path

    yield Page(name="Matrix, 1,000 people", path=at("/teams", **all_here), visitor=lead, budget=120, late=300)
    yield Page(name="Matrix, three years ago", path=at("/teams", **all_here, **past), visitor=lead, budget=400)
    yield Page(name="Skills of 1,000 people", path=at("/ratings/grid", **all_here), visitor=lead)
    yield Page(name="One team", path=at("/teams", **here), visitor=lead)
    yield Page(
        name="List behind a number",
        path=at("/teams/list", **all_here, what="gap", of="pocket-qi"),
        visitor=lead,
    )
    yield Page(name="One person", path=f"/teams/people/{cast.lead}", visitor=lead)
    yield Page(name="Decisions that wait", path="/teams/decisions", visitor=lead)
    yield Page(name="The month", path=at("/teams/month", **here), visitor=lead)
    yield Page(name="Plan of a directorate", path=at("/teams/plan", **here), visitor=lead)
    yield Page(name="Time to learn", path=at("/teams/time", **here), visitor=lead)
    yield Page(name="Home: My improvement skills", path="/my-skills", visitor=member)
    yield Page(name="Trust, by directorate", path="/teams?directorate=all", visitor=admin, budget=200, wide=True)
    yield Page(
        name="Trust, three years ago",
        path=at("/teams", directorate="all", **past),
        visitor=admin,
        budget=400,
        wide=True,
    )
    yield Page(name="Records that may be one person", path="/doubles", visitor=hr, budget=2_000, wide=True)
    yield Page(name="Forecast", path=at("/teams/plan/forecast", **here), visitor=lead, budget=2_000, wide=True)
    yield Page(name="Board report, live", path="/oversight", visitor=admin, wide=True)


def _admin(cast: Cast) -> int:
    grant = table(RoleGrant)
    wanted = sa.select(grant.c.person_id).where(grant.c.role == Role.QI_ADMIN)
    with cast.db.read() as session:
        return int(session.scalars(wanted).one())
