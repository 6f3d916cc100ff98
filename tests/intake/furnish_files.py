"""A file that waits, one that was refused and one that was applied, hostile in every word: for the house tests."""

from datetime import timedelta
from urllib.parse import urlencode

import sqlalchemy as sa

from app.access.actor import Actor
from app.intake.commands.uploading import AskApply, BringFile, ask_apply, bring_file
from app.intake.models import StaffUpload, StaffUploadProblem
from app.intake.pages.row import cell_field
from app.intake.working import Work
from app.kernel.db import table
from tests.house.stage import HOSTILE, Cast
from tests.intake.bringing import content
from tests.intake.staff_file import HEADER, row
from tests.world import World

HOSTILE_HEADER = {key: f"{words} {HOSTILE}" for key, words in HEADER.items() if key not in {"ni", "born", "end"}}
COLUMNS = {
    "number": "employee number", "assignment": "assignment number", "given": "given name", "family": "family name",
    "email": "e-mail", "directorate": "directorate", "team": "team", "group": "staff group", "role": "job role",
    "band": "band", "pattern": "working pattern", "manager": "manager's employee number", "primary": "main post",
    "start": "start",
}  # fmt: skip
CHOSEN = {column: HOSTILE_HEADER[key] for key, column in COLUMNS.items()}


def furnish(world: World, cast: Cast) -> None:
    """For each of the crowd as for Sam: somebody who joined, somebody who would, and one of each thing to put right."""
    hr = world.actor(cast.people["hr"])
    many = range(len(cast.crowd) + 1)
    here = f"Medicine {HOSTILE}"
    joined = [_row(n, f"Joined{HOSTILE}", directorate=here, team=f"Ward 7 {HOSTILE}") for n in many]
    wrong = [_row(f"W{n}", f"Wrong{HOSTILE}", directorate=here, start=f"12/26 {HOSTILE}") for n in many]
    applied = _brought(world, hr, *joined, *wrong)
    with world.db.write() as session:
        plan = session.get_one(StaffUpload, applied).plan
        ask_apply(session, hr, AskApply(upload_id=applied, plan=plan, good_rows=True, leavers_expected=True), world.now)
    Work(world.db, applied, world.clock).apply()
    refused = _brought(world, hr, *joined, header={"number": HOSTILE_HEADER["number"], "given": f"Who {HOSTILE}"})
    for n in many:
        left = world.hire(f"Sam{HOSTILE}", f"Left {n}{HOSTILE}", team=f"Ward 7 {HOSTILE}", employee_number=f"L{n}")
        world.leave(left, world.today - timedelta(days=30))
    waits = _brought(
        world,
        hr,
        *(one | {"team": f"Ward 8 {HOSTILE}", "family": f"Moved{HOSTILE}"} for one in joined),
        *(_row(f"N{n}", f"New{HOSTILE}", directorate=here, team=f"Ward 7 {HOSTILE}") for n in many),
        *(_row(f"U{n}", f"Where{HOSTILE}", directorate=here, team=f"Nowhere {n} {HOSTILE}") for n in many),
        *(_row(f"B{n}", f"Left {n}{HOSTILE}", directorate=here, team=f"Ward 7 {HOSTILE}") for n in many),
        *wrong,
    )
    _name_things(world, cast, applied, refused, waits)


def _row(number: object, family: str, **said: str) -> dict[str, str]:
    words = {"given": f"Sam{HOSTILE}", "role": f"Role {number} {HOSTILE}", "band": f"Between {number} {HOSTILE}"}
    return row(f"N{number}X", family, **(words | said))


def _brought(world: World, hr: Actor, *rows: dict[str, str], header: dict[str, str] | None = None) -> int:
    command = BringFile(file_name=f"staff {HOSTILE}.csv", whole="changes", chosen={} if header else CHOSEN)
    with world.db.write() as session:
        upload = bring_file(session, hr, command, world.now)
    Work(world.db, upload.id, world.clock).read(content(*rows, names=header or HOSTILE_HEADER))
    return upload.id


def _name_things(world: World, cast: Cast, applied: int, refused: int, waits: int) -> None:
    """Of `-` the file that waits, of `staff` one that was refused."""
    problem = table(StaffUploadProblem)
    with world.db.read() as session:
        uploads = {number: session.get_one(StaffUpload, number) for number in (applied, refused, waits)}
        row_number = session.scalar(
            sa.select(sa.func.min(problem.c.row)).where(problem.c.upload_id == waits, ~problem.c.by_decision)
        )
    said = {number: (upload.state, upload.said) for number, upload in uploads.items()}
    assert [state for state, _ in said.values()] == ["applied", "refused", "shown"], said
    cast.put("upload_id", waits)
    cast.put("upload_id", refused, "staff")
    cast.put("import_id", uploads[applied].import_id)
    cast.put("row", row_number)
    cast.put("plan", uploads[waits].plan)
    right = _row("R", f"Right{HOSTILE}", directorate=f"Medicine {HOSTILE}")
    key_of = {words: key for key, words in HOSTILE_HEADER.items()}
    names = uploads[waits].columns.values()
    cast.put("cells", urlencode({cell_field(at): right[key_of[name]] for at, name in enumerate(names)}))
