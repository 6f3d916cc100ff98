"""HR: how fresh staff data is, one person's evidence, the trust's figures, and that a partner is in none of it."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import pypdf
import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from app.access.permissions import Role
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.organisation.models import Person
from tests.browser import good
from tests.evidence.scene import certify, learn
from tests.journeys.conftest import Browse, House
from tests.journeys.walking import Tell, heading, press

PARTNER = "Philippa Wainwright"


@dataclass
class Learned:
    """Who learned what, long before HR looks."""

    hr: Person
    anna: Person


@pytest.fixture(scope="module")
def learned(house: House) -> Learned:
    world = house.world
    anna = world.hire("Anna", "O'Neill", team=world.team("Larch", "Medicine"), employee_number="20450001")
    learn(world, world.hire("Ben", "Nguyễn", team=world.team("Theatre", "Surgery")))
    learn(world, world.hire("Cho", "Kim", team=world.team("Larch", "Medicine")), last=3)
    certify(world, anna, learn(world, anna))
    partner = world.partner(PARTNER)
    certify(world, partner, learn(world, partner, "patients-and-carers"))
    return Learned(world.with_role(Role.HR, given_name="Hannah", family_name="Reid"), anna)


def exported(house: House, actor: Person) -> tuple[str, int]:
    """What the audit log says of this person's last export: what it was, and how many rows."""
    event = table(AuditEvent)
    with house.world.db.read() as session:
        asked = sa.select(event.c.action, event.c.rows).where(event.c.actor_id == actor.id)
        action, rows = session.execute(asked.order_by(event.c.id.desc()).limit(1)).one()
    return action, rows


def fetched(page: Page, button: str, folder: Path) -> Path:
    with page.expect_download() as download:
        press(page, button)
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_hr_takes_one_persons_evidence_in_three_forms(
    house: House, learned: Learned, browse: Browse, story: Tell, tmp_path: Path
) -> None:
    page = browse(learned.hr)
    steps = story(page)
    with steps.when("HR opens the site"):
        page.goto("/")
        expect(heading(page)).to_have_text("Evidence")
        expect(page.locator("main > .app-say")).to_contain_text("taff data")
        expect(page.get_by_role("heading", name="Unresolved in staff data")).to_be_visible()
        good(page, "hr first screen")
    with steps.then("they find a member of staff by number, and no patient partner by any name"):
        _find(page, PARTNER.split()[1])
        expect(page.get_by_text("Nobody in your part of the trust matches")).to_be_visible()
        good(page, "hr found nobody")
        _find(page, "20450001")
        page.get_by_role("link", name=re.compile("O'Neill")).click()
        expect(heading(page)).to_contain_text("Evidence for")
    with steps.then("a period that ends before it begins is refused at its fields"):
        _period(page, "1 April 2026", "1 March 2026")
        expect(page.get_by_role("alert")).to_contain_text("There is a problem")
        good(page, "a period that cannot be")
    with steps.when("they choose the year"):
        _period(page, "1 January 2026", "20 November 2026")
        expect(page.get_by_role("table").filter(has_text="Introduction to quality improvement").first).to_be_visible()
        good(page, "evidence for a person")
    with steps.then("PDF, web page and CSV say the same, and each is in the audit log with its rows"):
        _takes_all_three(house, learned, page, tmp_path)


def _find(page: Page, words: str) -> None:
    page.get_by_role("searchbox").fill(words)
    press(page, "Find")


def _period(page: Page, first: str, last: str) -> None:
    page.get_by_label("Period").select_option("dates")
    page.get_by_label("First day").fill(first)
    page.get_by_label("Last day").fill(last)
    press(page, "Show")


def _takes_all_three(house: House, learned: Learned, page: Page, folder: Path) -> None:
    code = page.locator(".app-certificate-number").first.inner_text()
    pdf = pypdf.PdfReader(fetched(page, "Download as PDF", folder))
    printed = " ".join(sheet.extract_text() for sheet in pdf.pages)
    html = fetched(page, "As a web page", folder).read_text()
    for text in (printed, html):
        assert "O'Neill" in text.replace("’", "'").replace("&#39;", "'")
        assert code in text
        assert "score" not in text.lower()
    lines = rows_of(fetched(page, "As CSV", folder))
    assert code in {line["Certificate"] for line in lines}
    assert {line["Name"] for line in lines} == {"O'Neill, Anna"}
    assert exported(house, learned.hr) == ("export evidence csv", len(lines))


def test_the_trusts_files_add_up_to_the_screen_and_hold_no_partner(
    house: House, learned: Learned, browse: Browse, story: Tell, tmp_path: Path
) -> None:
    page = browse(learned.hr)
    steps = story(page)
    with steps.when("HR opens the figures of the trust"):
        page.goto("/evidence/trust")
        _period(page, "1 January 2026", "20 November 2026")
        screen = [int(n) for n in re.findall(r"\d+", page.locator("main > .app-say").inner_text())[:2]]
        good(page, "evidence of the trust")
    with steps.then("the workbook's totals and rows are those of the screen"):
        book = CalamineWorkbook.from_path(str(fetched(page, "Download as XLSX", tmp_path)))
        total = next(row for row in book.get_sheet_by_name("Totals").to_python() if row[0] == "All")
        assert [total[2], total[3]] == screen == [3, 2]
        rows = book.get_sheet_by_name("Evidence").to_python()[1:]
        assert exported(house, learned.hr) == ("export trust evidence xlsx", len(rows))
    with steps.then("so are the CSV's"):
        lines = rows_of(fetched(page, "As CSV", tmp_path))
        learning = [line for line in lines if line["Record"] == "Learning"]
        assert len({line["Name"] for line in learning}) == screen[0]
        assert sum(bool(line["Completed on"]) for line in lines) == screen[1]
        assert (
            exported(house, learned.hr)
            == ("export trust evidence csv", len(lines))
            == (
                "export trust evidence csv",
                len(rows),
            )
        )
    with steps.then("a patient partner is in none of them"):
        assert "Wainwright" not in page.content()
        assert not any("Wainwright" in str(row) for row in [*rows, *lines])
    with steps.then("a number opens its named list, and a level that nobody holds is empty"):
        page.get_by_role("link", name="3 people: all").first.click()
        expect(page.locator("#list tbody tr")).to_have_count(3)
        good(page, "the list behind a number")
        page.get_by_label("Level", exact=True).select_option("pocket-qi")
        press(page, "Show")
        good(page, "evidence of a level that nobody holds")


def test_hr_is_shown_no_partner_even_by_address(house: House, learned: Learned, browse: Browse, story: Tell) -> None:
    partner = house.world.partner("Quentin Ashdown")
    page = browse(learned.hr)
    steps = story(page)
    for path in (f"/evidence/people/{partner.id}", f"/people/{partner.id}", f"/partners/{partner.id}", "/partners"):
        with steps.when(f"HR opens {path.rstrip('0123456789')}"):
            answer = page.goto(path)
            assert answer
            assert answer.status in {403, 404}
            expect(page.locator("body")).not_to_contain_text("Ashdown")
    with steps.then("the page says what to do next"):
        good(page, "not for hr")
