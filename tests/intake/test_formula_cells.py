"""Cells that a spreadsheet would run as formulas are taken as the words they are, and are harmless everywhere."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from app.access.actor import ScopeKind
from app.access.permissions import Role
from app.cli import app
from app.intake.following import welcome_waiting
from app.intake.rules.decisions import Decision, Unknown, Verdict
from app.kernel.db import table
from app.kernel.outbox import Mail
from app.organisation.models import Directorate
from tests.client import HouseClient, document
from tests.evidence.scene import learn
from tests.intake.staff_file import Importing, kinds, reasons, row, write
from tests.world import World

RISKY = ("=", "+", "-", "@", "\t")
GROUP = "=Nursing"
PEOPLE = [
    row(
        f"9{n}", f"{sign}Fam1", given=f"{sign}1+1", email=f"{sign if sign in '=+-' else '='}cmd{n}@trust.example",
        directorate=f"{sign}Medicine", team=f'{sign}HYPERLINK("http://x","y")', group=GROUP, band=f"{sign}5",
        role=f"{sign}cmd|' /C calc'!A0", assignment=f"9{n}-1", manager="90" if n else "",
    )
    for n, sign in enumerate(RISKY)
]  # fmt: skip
DECIDED = {(Unknown.STAFF_GROUP, GROUP.casefold()): Decision(Verdict.CREATE)}
SHOWN = [sign.strip() + "Fam1" for sign in RISKY]


@dataclass
class Hospital:
    """A trust into which such a file was brought, and the people who look at what became of it."""

    world: World
    hr: HouseClient
    admin: HouseClient
    people: list[int]
    file: Path

    def command(self, *words: str) -> str:
        done = CliRunner().invoke(app, [*words])
        assert done.exit_code in {0, 1}, done.stderr
        return done.stdout

    def fetched(self, browser: HouseClient, path: str, **asked: str) -> bytes:
        return browser.follow(browser.post(path, data=asked)).content


@pytest.fixture
def hospital(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hospital:
    monkeypatch.setenv("QI_DATABASE_URL", world.settings.database_url)
    world.load_courses()
    hr = world.with_role(Role.HR, given_name="Hazel", family_name="Resource")
    admin = world.with_role(Role.QI_ADMIN, given_name="Ada", family_name="Min")
    importing = Importing(world, tmp_path)
    shown = importing.do(*PEOPLE, whole="changes", decided=DECIDED)
    assert [len(found) for found in kinds(shown).values()] == [len(PEOPLE)], reasons(shown)
    welcome_waiting(world.db, world.settings.model_copy(update={"invite_joiners": True}), world.now, 100)
    people = [importing.person(f"9{n}").id for n in range(len(PEOPLE))]
    for number in range(len(PEOPLE)):
        learn(world, importing.person(f"9{number}"))
    home = table(Directorate)
    with world.db.read() as session:
        led = session.scalar(sa.select(home.c.id).where(home.c.name == "=Medicine"))
    world.grant(people[0], Role.LEAD, ScopeKind.DIRECTORATE, led)
    file = write(tmp_path, *(one | {"band": "@7"} for one in PEOPLE))
    return Hospital(world, world.client(hr), world.client(admin), people, file)


def csv_is_harmless(content: bytes | str) -> None:
    text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
    cells = [cell for line in csv.reader(io.StringIO(text)) for cell in line]
    assert any("Fam1" in cell for cell in cells), "the people are in the file"
    assert not [cell for cell in cells if cell.startswith(RISKY) and cell != "-"]


def sheets_are_harmless(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = {name: book.read(name).decode() for name in book.namelist() if name.endswith(".xml")}
    assert any("Fam1" in part for part in parts.values()), "the people are in the file"
    assert not [name for name, part in parts.items() if "<f>" in part or "<f " in part or "<hyperlink" in part]


def page_is_harmless(browser: HouseClient, path: str, words: str) -> None:
    """The browser's own checks look at each page: here, that the words stand there as they are, and do nothing."""
    page = document(browser.get(path))
    assert words in page.text
    assert not [a for a in page.all("a") if a.attrib.get("href", "").startswith(("=", "http://x"))]


def _pages(at: Hospital) -> None:
    for person, words in zip(at.people, SHOWN, strict=True):
        for browser in (at.hr, at.admin):
            page_is_harmless(browser, f"/people/{person}", words)


def _lists(at: Hospital) -> None:
    page_is_harmless(at.admin, "/audit", "=1+1 =Fam1")
    page_is_harmless(at.hr, "/evidence/trust", "=Medicine")


def _evidence(at: Hospital) -> None:
    csv_is_harmless(at.fetched(at.hr, "/evidence/trust/download", format="csv"))
    sheets_are_harmless(at.fetched(at.hr, "/evidence/trust/download", format="xlsx"))
    csv_is_harmless(at.command("evidence", "export"))


def _levels(at: Hospital) -> None:
    lead = at.world.client(at.people[0])
    page = lead.get("/teams?team=all")
    for shape, check in (("csv", csv_is_harmless), ("xlsx", sheets_are_harmless)):
        check(lead.follow(lead.submit(page, "/teams/download", button=("format", shape))).content)


def _one_persons_record(at: Hospital) -> None:
    for person in at.people:
        csv_is_harmless(at.fetched(at.hr, f"/evidence/people/{person}/download", format="csv"))


def _mails(at: Hospital) -> None:
    with at.world.db.read() as session:
        mails = list(session.scalars(sa.select(Mail).where(table(Mail).c.person_id.in_(at.people))))
    assert len(mails) == len(at.people)
    for mail in mails:
        assert "\n" not in mail.subject + mail.to_address
        assert mail.to_address.count("@") == 1
        assert not mail.subject.startswith(RISKY)


def _command_line(at: Hospital) -> None:
    """For a person as they are; for another program as JSON; with tabs between them as a spreadsheet may have them."""
    assert "=Fam1" in at.command("people", "import", str(at.file))
    said = json.loads(at.command("people", "import", str(at.file), "--format", "json"))
    assert {line["name"].partition(",")[0] for line in said["changes"]} == set(SHOWN)
    assert {line["changed"]["band"][1] for line in said["changes"]} == {"@7"}
    rows = csv.reader(io.StringIO(at.command("people", "list", "--plain")), delimiter="\t")
    assert not [cell for cells in rows for cell in cells if cell.startswith(RISKY)]


SURFACES: list[Callable[[Hospital], None]] = [
    _pages,
    _lists,
    _evidence,
    _levels,
    _one_persons_record,
    _mails,
    _command_line,
]
"""Wherever words of a staff file come out. Whoever adds a page, an export or a mail that says them adds it here."""


@pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.__name__.strip("_"))
def test_it_is_harmless(hospital: Hospital, surface: Callable[[Hospital], None]) -> None:
    surface(hospital)


def test_a_formula_in_place_of_a_number_or_an_address_is_named(world: World, tmp_path: Path) -> None:
    shown = Importing(world, tmp_path).look(row("=1+1"), row("1", email="=HYPERLINK(1)"), row("2", start="=TODAY()"))
    assert shown.plan.lines == ()
    assert [(at, column) for at, column, _ in reasons(shown)] == [
        (2, "Employee Number"),
        (3, "Work Email"),
        (4, "Start Date"),
    ]
