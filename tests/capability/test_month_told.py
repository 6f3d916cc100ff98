"""What a month's joiners, movers and leavers become outside the screen: a file, and one notice to each lead."""

import csv
import io
from datetime import UTC, date, datetime

import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.access.permissions import Role
from app.capability.commands import tell_of_month
from app.kernel.db import table
from app.kernel.outbox import Notice
from tests.capability.conftest import Scene
from tests.client import document

FORMULA = '=HYPERLINK("http://x")'


def lines(scene: Scene) -> dict[int, list[str]]:
    notice = table(Notice).c
    found: dict[int, list[str]] = {}
    with scene.world.db.read() as session:
        for person_id, line in session.execute(sa.select(notice.person_id, notice.line).where(notice.kind == "month")):
            found.setdefault(person_id, []).append(line)
    return found


def tell(scene: Scene, at: datetime) -> int:
    with scene.world.db.write() as session:
        return tell_of_month(session, scene.world.settings, SYSTEM, at)


def test_the_file_names_everybody_with_every_level_and_runs_nothing(scene: Scene) -> None:
    world = scene.world
    new = world.hire("New", FORMULA, team=world.team("Larch"), starts_on=date(2026, 11, 2))
    scene.decide(new, tier="pocket-qi")
    scene.complete(scene.ben, "qi-coach", date(2026, 3, 2))
    world.leave(scene.ben, date(2026, 11, 9))
    client = world.client(scene.lead)
    answer = client.submit(client.get("/teams/month"), "/teams/month/download")
    file = client.get(answer.headers["location"])
    assert file.headers["content-disposition"].endswith('joiners-movers-leavers-medicine-2026-11.csv"')
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"), newline="")))
    assert [(r["What"], r["First day, or a leaver's last"]) for r in rows] == [
        ("Joiner", "2026-11-02"),
        ("Leaver", "2026-11-08"),
    ]
    assert rows[0]["Person"].startswith("'=")
    assert rows[0]["Pocket QI: need"] == "Required"
    assert rows[1]["Levels held on leaving"] == rows[1]["Of these, nobody who stays in the team holds"] == "QI coach"
    assert not any(value.startswith(("=", "+", "-", "@")) for row in rows for value in row.values() if value)


def test_each_lead_is_told_of_last_month_once_early_in_the_next(scene: Scene) -> None:
    world = scene.world
    world.hire(team=world.team("Larch"), starts_on=date(2026, 11, 2))
    world.leave(scene.ben, date(2026, 11, 9))
    third = datetime(2026, 12, 3, 6, tzinfo=UTC)
    assert tell(scene, datetime(2026, 12, 2, 6, tzinfo=UTC)) == 0
    assert tell(scene, third) == 2, "two lead Medicine; nothing happened in Surgery"
    assert tell(scene, third.replace(day=9)) == 0
    assert tell(scene, third.replace(day=10)) == 0
    expected = (
        "People who joined, moved or left in November 2026: 1 joined, 1 left.\n"
        f"Who they are, and what each needs: {world.settings.origin}/teams/month?month=2026-11"
    )
    assert lines(scene) == {scene.lead.id: [expected], scene.other_lead.id: [expected]}


def test_a_worker_that_stood_still_tells_within_a_week_or_not_at_all(scene: Scene) -> None:
    scene.world.leave(scene.ben, date(2026, 11, 9))
    assert tell(scene, datetime(2026, 12, 10, 6, tzinfo=UTC)) == 0
    assert tell(scene, datetime(2026, 12, 9, 6, tzinfo=UTC)) == 2


def test_only_leads_are_told_and_the_link_in_the_mail_opens_the_month(scene: Scene) -> None:
    world = scene.world
    admin = world.with_role(Role.QI_ADMIN)
    world.leave(scene.stranger, date(2026, 11, 9))
    tell(scene, datetime(2026, 12, 3, 6, tzinfo=UTC))
    assert admin.id not in lines(scene)
    [line] = lines(scene)[scene.neighbour.id]
    world.later(days=10)
    answer = world.client(scene.neighbour).get(line.rpartition(world.settings.origin)[2])
    assert "Surgery, November 2026: 1 left." in document(answer).text
