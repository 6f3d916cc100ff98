"""A board member reads how many can improve care, in four minutes, and prints the one-pager."""

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from app.access.actor import SYSTEM
from app.access.permissions import Role
from app.learning.commands import GrantAward, grant_award
from app.organisation.models import Person
from app.worker import keep_last_month
from tests.accounts.people import PASSWORD, with_password
from tests.browser import DESKTOP, PHONE, fits, good
from tests.journeys.conftest import Browse, House
from tests.journeys.walking import Tell, heading, press

LIMIT = 4 * 60 * 3
"""Words that are read in four minutes, at three a second."""


@pytest.fixture(scope="module")
def board(house: House) -> Person:
    """Two years in which more and more people learnt, and the report of last month as the worker kept it."""
    world = house.world
    for number in range(22):
        for place in ("Medicine", "Surgery"):
            for _ in range(2 if number < 12 else 6):
                person = world.hire(team=world.team("Larch", place))
                on = date(2025 + number // 12, number % 12 + 1, 9)
                with world.db.write() as session:
                    command = GrantAward(person_id=person.id, tier="pocket-qi", occurred_on=on, source="a course")
                    grant_award(session, SYSTEM, command, world.now)
    keep_last_month(world.db, world.now)
    return world.with_role(Role.BOARD, given_name="Amara", family_name="Whitlock", email="amara@trust.example")


def figures_in(text: str) -> list[str]:
    return re.findall(r"\d[\d,]* (?:people|levels?|hours?|patient partners?) (?:in the 12|on \d+)[\w ]+20\d\d", text)


def test_a_board_member_signs_in_reads_and_prints_the_one_pager(
    house: House, board: Person, browse: Browse, story: Tell, tmp_path: Path
) -> None:
    with_password(house.world, board)
    page = browse()
    steps = story(page)
    with steps.when("they sign in"):
        page.goto("/sign-in")
        page.get_by_label("E-mail address or sign-in name").fill("amara@trust.example")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        press(page, "Sign in")
    with steps.then("the report is their first screen, and its first sentences say what matters"):
        expect(heading(page)).to_have_text("The trust: improvement capability")
        expect(page.locator(".app-say")).to_contain_text("came to hold a level")
        expect(page.locator("main")).to_contain_text("People trained: a shift of")
        good(page, "the board's report")
    with steps.then("it is read in four minutes: what is folded is for whoever wants more"):
        said = page.locator("main").inner_text()
        assert len(said.split()) < LIMIT
    with steps.when("they print one page"):
        with page.expect_download() as waiting:
            press(page, "Download one page to print (PDF)")
        waiting.value.save_as(tmp_path / "report.pdf")
    with steps.then("it is one page with the figures of the screen"):
        file = PdfReader(tmp_path / "report.pdf")
        assert len(file.pages) == 1
        printed = " ".join(file.pages[0].extract_text().split())
        assert len(figures_in(said)) >= 4
        for figure in figures_in(said):
            assert figure in printed
    with steps.then("the page prints itself on one side as well"):
        page.pdf(path=tmp_path / "page.pdf", format="A4", print_background=True)
        assert len(PdfReader(tmp_path / "page.pdf").pages) == 1


def test_last_month_is_shown_as_it_was_reported_and_with_what_is_known_today(
    house: House, board: Person, browse: Browse, story: Tell
) -> None:
    page = browse(board)
    steps = story(page)
    person = house.world.hire(team=house.world.team("Larch", "Medicine"))
    with house.world.db.write() as session:
        command = GrantAward(person_id=person.id, tier="pocket-qi", occurred_on=date(2026, 10, 9), source="a late list")
        grant_award(session, SYSTEM, command, house.world.now)
    with steps.when("they choose last month after a late list came in"):
        page.goto("/oversight")
        page.get_by_label("Report of").select_option("2026-10")
        press(page, "Show")
    with steps.then("they read it as it was reported, and what differs"):
        expect(page.locator("main")).to_contain_text("As it was reported on 23 November 2026.")
        page.locator("summary", has_text="What differs").click()
        expect(page.get_by_role("row", name=re.compile("People trained: October 2026"))).to_be_visible()
        good(page, "a month as it was reported")
    with steps.then("and the same with what is known today"):
        page.get_by_role("link", name="Show it with what is known today").click()
        expect(page.locator("main")).to_contain_text("and not as it was reported")


def test_it_fits_a_phone_and_needs_no_script(house: House, board: Person, browse: Browse) -> None:
    for width, javascript in ((PHONE, True), (DESKTOP, False)):
        page: Page = browse(board, width=width, javascript=javascript)
        page.goto("/oversight")
        expect(heading(page)).to_be_visible()
        fits(page)
