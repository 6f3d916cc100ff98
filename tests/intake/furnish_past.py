"""A list of completions that was brought in, and one that waits, with hostile words in every cell that takes words."""

import csv
import io

import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.intake.commands.past_staging import StagePast, stage_past
from app.intake.importing_past import PastFile, apply, columns_of, preview
from app.intake.models.past import PastUpload
from app.intake.reading import read_table
from app.intake.reading.staging import packed
from app.kernel.db import table
from app.organisation.models import Employment
from tests.house.stage import HOSTILE, Cast
from tests.world import World

NAME = f"past {HOSTILE}.csv"


def furnish_past(world: World, cast: Cast) -> None:
    numbers = _numbers(world, [world.hire(f"Pat{HOSTILE}", f"Elsewhere{HOSTILE}").id, *cast.crowd])
    shown = preview(world.db, PastFile(name=NAME), _written(numbers, "2026-02-03"), world.now)
    cast.put("import_id", apply(world.db, SYSTEM, shown, world.clock, good_rows=True), route="intake:past_import")
    content = _written(numbers, "2026-04-05")
    read = read_table(content, NAME)
    with world.db.write() as session:
        says = columns_of(session, PastFile(name=NAME), read).says
        command = StagePast(
            file_name=NAME,
            file_hash="0" * 64,
            rows=len(read.rows),
            columns={str(column): name for column, name in says.items()},
            remarks=(*read.remarks, HOSTILE),
            content=packed(read, set(says.values())),
        )
        first = stage_past(session, SYSTEM, command, world.now)
        second = stage_past(session, SYSTEM, command, world.now)
    for route in ("past_list", "past_courses", "decide_past", "apply_past", "download_past"):
        cast.put("upload_id", first, route=f"intake:{route}")
    cast.put("upload_id", second, route="intake:discard_past")
    with world.db.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(table(PastUpload))) == 2


def _numbers(world: World, people: list[int]) -> list[str]:
    post = table(Employment)
    wanted = sa.select(post.c.employee_number).where(post.c.person_id.in_(people)).order_by(post.c.id)
    with world.db.read() as session:
        return [number for number in session.scalars(wanted) if number]


def _written(numbers: list[str], on: str) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(["Employee Number", "Name", "Course", "Completed On", "Status", "Provider", "Certificate", HOSTILE])
    for number in numbers:
        for course in ("induction", f"=Other {HOSTILE}"):
            writer.writerow([number, f"Pat{HOSTILE} Crowd{HOSTILE}", course, on, "", HOSTILE, HOSTILE, HOSTILE])
    writer.writerow([HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE])
    writer.writerow([f"N{HOSTILE}", "", HOSTILE, on, "not completed", "", "", ""])
    return file.getvalue().encode()
