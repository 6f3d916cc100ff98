"""HR hear of each import by mail, once and without a name; old files are swept; downloads open safely."""

import csv
import io
from datetime import timedelta

import httpx2
import pytest
import sqlalchemy as sa

from app.access.actor import ScopeKind
from app.access.permissions import Role
from app.intake.following import tell_of_imports
from app.intake.models import StaffUpload, StaffUploadLine, StaffUploadProblem
from app.kernel.db import table
from app.kernel.outbox import Mail
from app.kernel.spool import Export
from app.worker import do_calendar, may_receive
from tests.client import document
from tests.intake.bringing import Bringing, content
from tests.intake.staff_file import row
from tests.intake.test_file_in_the_browser import count, text
from tests.world import World

FORMULAS = ("=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(1)", "＝1+1")


@pytest.fixture(autouse=True)
def _ward(bringing: Bringing) -> None:
    bringing.world.team("Ward 7", "Medicine")


def mails(world: World) -> list[tuple[int, str, str]]:
    """To whom, the subject and the text of mails about imports."""
    mail = table(Mail)
    wanted = sa.select(mail.c.person_id, mail.c.subject, mail.c.body).where(mail.c.key.like("staff-import:%"))
    with world.db.read() as session:
        return [tuple(found) for found in session.execute(wanted.order_by(mail.c.id))]


def test_hr_of_the_trust_and_whoever_applied_it_hear_of_it_once(bringing: Bringing) -> None:
    world = bringing.world
    other = world.with_role(Role.HR, given_name="Omar")
    partly = world.hire()
    world.grant(partly, Role.HR, ScopeKind.DIRECTORATE, world.directorate("Medicine").id)
    former = world.hire()
    world.grant(former, Role.HR, ends_on=world.today + timedelta(days=1))
    bringing.later(days=2)
    bringing.bring(row("00012345", "Okafor"), row("2", "Lindqvist", start="12/26"))
    done = bringing.apply(good_rows="true")
    for _ in range(3):
        tell_of_imports(world.db, world.settings, world.now)
    told = mails(world)
    assert sorted(person for person, _, _ in told) == sorted([bringing.hr.id, other.id])
    for _, subject, body in told:
        assert subject == "The staff record was brought in: staff.csv"
        assert "- 1 joined" in body
        assert "- 1 error: that row was not taken" in body
        assert f"{world.settings.origin}{done.url.path}" in body
        for private in ("Okafor", "Lindqvist", "Ash", "00012345"):
            assert private not in subject + body
    bringing.bring(row("3"))
    bringing.apply()
    tell_of_imports(world.db, world.settings, world.now)
    assert len(mails(world)) == 4


def test_an_administrator_who_applied_it_hears_of_it_and_nobody_who_has_left(bringing: Bringing) -> None:
    world = bringing.world
    admin = world.with_role(Role.QI_ADMIN)
    gone = world.with_role(Role.HR, given_name="Gone")
    world.leave(gone, world.today)
    bringing.client = world.client(admin)
    bringing.bring(row("1"))
    bringing.apply()
    tell_of_imports(world.db, world.settings, world.now)
    to = {person for person, _, _ in mails(world)}
    with world.db.read() as session:
        assert may_receive(session, to, world.now) == {bringing.hr.id, admin.id}


def test_a_mail_about_a_file_with_a_strange_name_is_one_line(bringing: Bringing) -> None:
    names = {"staff\u202e\u00a0  2.csv": "staff 2.csv", "é" * 250 + ".csv": "é" * 200}
    for name, kept in names.items():
        bringing.bring_bytes(content(row(str(len(name))), row("2", start="12/26")), name=name)
        assert bringing.upload().file_name == kept
        bringing.client.submit(bringing.client.get(bringing.path), "/download")
        bringing.apply(good_rows="true")
    tell_of_imports(bringing.world.db, bringing.world.settings, bringing.world.now)
    told = mails(bringing.world)
    assert len(told) == 2
    assert all("\n" not in subject and len(subject) <= 200 for _, subject, _ in told)


def test_the_worker_sweeps_files_after_a_week(bringing: Bringing) -> None:
    world = bringing.world
    bringing.bring(row("1"))
    bringing.apply()
    bringing.bring_bytes(b"%PDF")
    bringing.bring(row("2"), row("3", start="12/26"))
    world.later(days=6, hours=23)
    do_calendar(world.db, world.settings, world.now)
    assert count(world, StaffUpload) == 3
    world.later(hours=2)
    do_calendar(world.db, world.settings, world.now)
    assert [count(world, m) for m in (StaffUpload, StaffUploadLine, StaffUploadProblem)] == [0, 0, 0]
    bringing.later(seconds=1)
    assert "1 joined" in text(bringing.client.get("/staff-record")), "what was applied stays written down"
    assert "2 join." in text(bringing.bring(row("2"), row("3"))), "the next file may come"


def downloaded(bringing: Bringing, page: httpx2.Response) -> list[list[str]]:
    answer = bringing.client.follow(bringing.client.submit(page, "/download"))
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith("attachment")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def test_what_looks_like_a_formula_is_a_text_in_both_downloads_and_on_each_page(bringing: Bringing) -> None:
    bringing.bring(row("1", "Before", email="a@trust.example", role="Porter", band="5"), row("2", "Before"))
    bringing.apply()
    rows = [row("1", FORMULAS[0], role=FORMULAS[1], band=FORMULAS[2], email="a@trust.example")]
    rows += [row("2", FORMULAS[3], team=FORMULAS[4]), row("3", start=FORMULAS[0]), row(FORMULAS[1])]
    bringing.bring(*rows)
    page = bringing.go(bringing.client.get(f"{bringing.path}/decisions"), "/decisions", all="create")
    assert FORMULAS[0] in text(bringing.client.get(f"{bringing.path}?show=change"))
    lines = downloaded(bringing, page)
    _harmless(lines)
    assert sum(line[0] == "error" for line in lines) == 2
    assert ["'" + FORMULAS[0]] == [line[3][:14] for line in lines if line[3].startswith("'=HYP")][:1]
    for path in ("?show=change", "?show=mover", "?show=errors", "/columns", "/decisions", "/rows/4"):
        assert bringing.client.get(bringing.path + path).status_code == 200, path
    done = bringing.apply(good_rows="true")
    of_record = downloaded(bringing, done)
    _harmless(of_record)
    assert of_record == lines, "the record's file says what the preview's said"
    with bringing.world.db.read() as session:
        export = table(Export)
        assert session.scalars(sa.select(export.c.rows).order_by(export.c.id)).all() == [len(lines) - 1] * 2


def _harmless(lines: list[list[str]]) -> None:
    cells = [cell for line in lines for cell in line]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "＝", "\t", "\r"))]
    assert len([cell for cell in cells if cell.startswith("'")]) >= 4


def test_only_whoever_made_a_download_fetches_it(bringing: Bringing) -> None:
    page = bringing.bring(row("1"))
    answer = bringing.client.submit(page, "/download")
    other = Bringing(bringing.world, bringing.apart, "Omar", "Haddad")
    assert other.client.get(answer.headers["location"]).status_code == 404
    assert document(bringing.client.get("/staff-record")).h1 == "Staff record"
