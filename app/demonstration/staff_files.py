"""Files that HR of the demonstration brought: last month's staff file was applied, this month's waits to be put right,
a list of what people had learnt elsewhere, and a year that was counted by protected characteristics.
"""

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Role
from app.accounts.models import RoleGrant
from app.demonstration.names import Names
from app.demonstration.parts import EMAIL_DOMAIN
from app.demonstration.past_list import bring_past_list
from app.demonstration.protected import count_last_year
from app.intake.commands import uploading
from app.intake.following import tell_of_imports
from app.intake.queries.acting import actor_now
from app.intake.queries.uploads import upload_record
from app.intake.working import Work
from app.kernel import outbox
from app.kernel.clock import SettableClock
from app.kernel.config import Settings
from app.kernel.db import Database, ReadSession, table
from app.organisation.models import Directorate, Employment, Person, Team
from app.organisation.queries import open_on
from app.organisation.rules import Basis

SEED = 20263
HEADER = (
    "Employee Number", "Last Name", "First Name", "Office E-Mail", "Org L3", "Org L5", "Staff Group", "Job Role",
    "Pay Grade", "Start Date", "NI Number",
)  # fmt: skip
_NUMBER, _FAMILY, _EMAIL, _HOME, _TEAM, _GROUP, _BAND, _START = 0, 1, 3, 4, 5, 6, 8, 9
JOINERS = 9
PARTS_FIRST = 12
"""So many of the first posts belong to those whom visitors sign in as, or meet in what they see."""
Line = list[str]


def bring_staff_files(db: Database, settings: Settings, now: datetime) -> None:
    """Needs people; each file goes the way that HR's files go."""
    random = Random(SEED)  # noqa: S311  a story, not a secret
    known = _known(db, now.date())
    half = len(known) // 2
    with db.read() as session:
        hr = _hr(session, now)
    count_last_year(db, hr, now - timedelta(minutes=4))
    bring_past_list(db, hr, known[half:], now - timedelta(minutes=3))
    _bring(db, "staff-last-month.csv", _changed(known[:half], random), now - timedelta(minutes=2), apply=True)
    tell_of_imports(db, settings, now - timedelta(minutes=1))
    with db.write() as session:
        outbox.settle_past(session, now)
    waiting = _broken(known[half:]) + _joining(random, known, now.date())
    _bring(db, "staff-this-month.csv", waiting, now, apply=False)


def _bring(db: Database, name: str, lines: Iterable[Line], now: datetime, *, apply: bool) -> None:
    clock = SettableClock(now)
    with db.write() as session:
        hr = _hr(session, now)
        command = uploading.BringFile(file_name=name, whole="changes", chosen={})
        upload_id = uploading.bring_file(session, hr, command, now).id
    work = Work(db, upload_id, clock)
    work.read(_content(lines))
    if not apply:
        return
    with db.write() as session:
        plan = upload_record(session, hr, upload_id).plan
        asked = uploading.AskApply(upload_id=upload_id, plan=plan, good_rows=True, leavers_expected=False)
        uploading.ask_apply(session, hr, asked, now)
    work.apply()


def _content(lines: Iterable[Line]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written).writerows([HEADER, *lines])
    return written.getvalue().encode("utf-8-sig")


def _hr(session: ReadSession, now: datetime) -> Actor:
    grant = table(RoleGrant)
    person_id = session.scalars(sa.select(grant.c.person_id).where(grant.c.role == Role.HR)).one()
    return actor_now(session, person_id, now)


def _known(db: Database, today: date) -> list[Line]:
    """Staff of no part in the demonstration, as a staff file has them."""
    person, post, team, home = table(Person), table(Employment), table(Team), table(Directorate)
    wanted = (
        sa.select(person.c.list_name, person.c.email, home.c.name.label("home"), team.c.name.label("team"), post)
        .select_from(post)
        .join(person, person.c.id == post.c.person_id)
        .join(team, team.c.id == post.c.team_id)
        .join(home, home.c.id == team.c.directorate_id)
        .where(open_on(post, today), post.c.is_primary, post.c.basis == Basis.EMPLOYED, post.c.ends_on.is_(None))
        .where(person.c.list_name.contains(", "), ~sa.exists().where(table(RoleGrant).c.person_id == person.c.id))
        .order_by(post.c.id)
        .offset(PARTS_FIRST)
        .limit(60)
    )
    with db.read() as session:
        return [_line(row) for row in session.execute(wanted)]


def _line(row: sa.Row[Any]) -> Line:
    family, _, given = row.list_name.partition(", ")
    start = row.starts_on.strftime("%d/%m/%Y")
    return [
        row.employee_number, family, given, row.email or "", row.home, row.team, row.staff_group, row.job_role,
        row.band, start, "",
    ]  # fmt: skip


def _changed(known: list[Line], random: Random) -> list[Line]:
    """A few bands and teams, a name, and two rows that could not be taken."""
    lines = [list(line) for line in known]
    for at, line in enumerate(lines):
        if at % 7 == 1:
            line[_TEAM] = random.choice([other[_TEAM] for other in known if other[_HOME] == line[_HOME]])
        elif at % 7 == 4:  # noqa: PLR2004
            line[_BAND] = {"3": "4", "4": "5", "5": "6", "6": "7"}.get(line[_BAND], line[_BAND])
    lines[0][_FAMILY] += "-Marsh"
    lines[2][_START] = "31/02/2024"
    lines[3][_NUMBER] = "3.01E+07"
    return lines


def _broken(known: list[Line]) -> list[Line]:
    lines = [list(line) for line in known]
    for at, (column, words) in enumerate(((_START, "soon"), (_NUMBER, "3.01E+07"), (_GROUP, ""), (_EMAIL, "none yet"))):
        lines[at * 3][column] = words
    lines[1][_BAND] = "Band 6 or 7"
    return lines


def _joining(random: Random, known: list[Line], today: date) -> list[Line]:
    """Joiners, three of them in a directorate by a name that nobody here knows."""
    names = Names(random)
    lines: list[Line] = []
    while len(lines) < JOINERS:
        given, family = names.next()
        line = list(known[len(lines)])
        line[_NUMBER], line[_FAMILY], line[_FAMILY + 1] = f"3020{len(lines):04d}", family, given
        line[_EMAIL] = f"joiner{len(lines) + 1}@{EMAIL_DOMAIN}"
        line[_START] = (today - timedelta(days=len(lines))).strftime("%d/%m/%Y")
        if len(lines) % 3 == 2:  # noqa: PLR2004
            line[_HOME] = f"387 {line[_HOME]} Division"
        lines.append(line)
    return lines
