"""Staff files of a test's own, and what an import makes of them."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.intake.headers import StaffFile
from app.intake.importing import Preview, apply, preview
from app.intake.models import StaffImport, StaffImportLine
from app.intake.rules.lines import LineKind
from app.kernel.db import table
from app.organisation.models import Directorate, Employment, Person, Team
from tests.world import World

HEADER = {
    "number": "Employee Number",
    "assignment": "Assignment No.",
    "given": "First Name",
    "family": "Last Name",
    "email": "Work Email",
    "directorate": "Directorate",
    "team": "Team",
    "group": "Staff Group",
    "role": "Job Role",
    "band": "Band",
    "pattern": "FTE",
    "manager": "Supervisor Employee Number",
    "primary": "Primary",
    "start": "Start Date",
    "end": "End Date",
    "status": "Assignment Status",
    "site": "Location",
    "ni": "NI Number",
    "born": "Date of Birth",
}
SECRET_NI, SECRET_BIRTH = "QQ123456C", "1961-03-07"


def row(number: str, family: str = "", **said: str) -> dict[str, str]:
    """One row: what is not said is believable."""
    return {
        "number": number,
        "assignment": "",
        "given": "Ash",
        "family": family or f"Person{number}",
        "email": "",
        "directorate": "Medicine",
        "team": "Ward 7",
        "group": "Nursing and Midwifery Registered",
        "role": "Staff Nurse",
        "band": "Band 5",
        "pattern": "",
        "manager": "",
        "primary": "",
        "start": "2024-02-05",
        "end": "",
        "status": "",
        "site": "",
        "ni": SECRET_NI,
        "born": SECRET_BIRTH,
    } | said


def write(folder: Path, *rows: dict[str, str], name: str = "staff.csv", without: tuple[str, ...] = ()) -> Path:
    path = folder / name
    names = {key: words for key, words in HEADER.items() if key not in without}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names.values())
        writer.writerows([one[key] for key in names] for one in rows)
    return path


class Importing:
    """Imports into one world."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.folder = world, folder

    def look(self, *rows: dict[str, str], without: tuple[str, ...] = (), **said: Any) -> Preview:
        path = write(self.folder, *rows, without=without)
        chosen: dict[str, Any] = {"whole": "trust", "create": True} | said
        asked = StaffFile(path=path, name="staff.csv", **chosen)
        return preview(self.world.db, asked, self.world.now)

    def do(self, *rows: dict[str, str], **said: Any) -> Preview:
        shown = self.look(*rows, **said)
        self.apply(shown)
        return shown

    def apply(self, shown: Preview, *, good_rows: bool = True, leavers_expected: bool = True) -> StaffImport:
        return apply(
            self.world.db,
            SYSTEM,
            shown,
            self.world.clock,
            good_rows=good_rows,
            leavers_expected=leavers_expected,
        )

    def posts(self, number: str) -> list[tuple[str, str, str, bool, date, date | None]]:
        """Team, job role, band, main, start and end of each post under this number, oldest first."""
        post, team = table(Employment), table(Team)
        wanted = (
            sa.select(
                team.c.name,
                post.c.job_role,
                post.c.band,
                post.c.is_primary,
                post.c.starts_on,
                post.c.ends_on,
            )
            .join(team, team.c.id == post.c.team_id)
            .where(post.c.employee_number == number)
            .order_by(post.c.starts_on, post.c.id)
        )
        with self.world.db.read() as session:
            return [tuple(found) for found in session.execute(wanted)]

    def person(self, number: str) -> Person:
        post = table(Employment)
        with self.world.db.read() as session:
            found = session.scalars(
                sa.select(Person)
                .join(post, post.c.person_id == table(Person).c.id)
                .where(post.c.employee_number == number)
            ).first()
        assert found is not None
        return found

    def kept(self) -> list[tuple[LineKind, str, date]]:
        """What the newest import's record says was done."""
        line = table(StaffImportLine)
        newest = sa.select(sa.func.max(table(StaffImport).c.id)).scalar_subquery()
        wanted = sa.select(line.c.kind, line.c.employee_number, line.c.day).where(line.c.import_id == newest)
        with self.world.db.read() as session:
            return [(kind, number, day) for kind, number, day in session.execute(wanted.order_by(line.c.id))]

    def headcount(self, on: date) -> dict[str, int]:
        """Main posts by directorate on a day."""
        post, team, home = table(Employment), table(Team), table(Directorate)
        wanted = (
            sa.select(home.c.name, sa.func.count())
            .select_from(post.join(team, team.c.id == post.c.team_id).join(home, home.c.id == team.c.directorate_id))
            .where(post.c.is_primary, post.c.starts_on <= on, sa.or_(post.c.ends_on.is_(None), post.c.ends_on > on))
            .group_by(home.c.name)
        )
        with self.world.db.read() as session:
            return {row[0]: row[1] for row in session.execute(wanted)}


def kinds(shown: Preview) -> dict[LineKind, list[str]]:
    """The employee numbers of each kind of line."""
    found: dict[LineKind, list[str]] = {}
    for line in shown.plan.lines:
        found.setdefault(line.kind, []).append(line.number)
    return found


def reasons(shown: Preview) -> list[tuple[int, str, str]]:
    return [(p.row, p.column, p.reason) for p in shown.plan.problems]
