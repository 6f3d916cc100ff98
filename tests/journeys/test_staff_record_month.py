"""HR with a month's staff file: who joins, moves, comes back and leaves, and a directorate that was merged."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from app.organisation.models import Person
from tests.browser import good
from tests.evidence.scene import certify, learn
from tests.intake.staff_file import row
from tests.journeys.conftest import Browse, House
from tests.journeys.staff_files import bring, member_of_hr, work
from tests.journeys.walking import Tell, heading


@pytest.fixture(scope="module")
def hr(house: House) -> Person:
    return member_of_hr(house.world)


def test_a_month_with_joiners_movers_a_merged_directorate_a_rejoiner_and_a_leaver(
    house: House, hr: Person, browse: Browse, story: Tell
) -> None:
    world = house.world
    for n in range(25):
        world.hire("Ash", f"Stays{n}", team=world.team("Ward 7", "Medicine"), email=None)
    here: dict[str, Any] = {"team": world.team("Ward 7", "Medicine"), "employee_number": "30000001", "email": None}
    mover = world.hire("Mo", "Mover", **here)
    leaver = world.hire("Lee", "Leaver", **here | {"employee_number": "30000002"})
    back = world.hire("Bea", "Comeback", **here | {"employee_number": "30000003"})
    certify(world, back, learn(world, back))
    world.leave(back, world.today)
    rows = [
        row("30000001", "Mover", given="Mo", team="Ward 8"),
        row("30000002", "Leaver", given="Lee", end=world.today.isoformat()),
        row("30000099", "Comeback", given="Bea", start=world.today.isoformat()),
        row("30000004", "Joiner", given="Jo"),
        row("30000005", "Elder", given="El", directorate="Care of Older People", team="Ward 8"),
    ]
    house.later(days=1)
    page, theirs = browse(hr), browse(leaver)
    steps = story(page, theirs)
    with steps.given("whoever leaves is signed in"):
        theirs.goto("/my-skills")
        expect(heading(theirs)).to_have_text("My improvement skills")
    with steps.when("HR brings the month's file, which knows a directorate that was merged, and somebody from before"):
        bring(page, *rows)
        expect(page.get_by_text("word is not known here")).to_be_visible()
        expect(page.get_by_text("person may be somebody who was here before")).to_be_visible()
        good(page, "staff file, to decide")
        page.get_by_role("link", name="Decide", exact=True).first.click()
        good(page, "staff file, decisions")
    with steps.when("they say what is what"):
        page.get_by_label("What “Care of Older People” is", exact=True).select_option(label="Another word for …")
        page.get_by_label("Which one “Care of Older People” is another word for").fill("Medicine")
        card = page.get_by_role("group", name=re.compile("Comeback, Bea, employee number 30000099"))
        expect(card).to_contain_text("Held")
        card.get_by_label("The same person: their history goes on").check()
        work(page, "Keep these decisions")
        expect(page.locator(".app-say")).to_have_text(
            "Nothing is written yet. 2 join, 1 comes back, 1 moves, 1 leaves."
        )
    with steps.then("it is done when it is applied, and the leaver's sign-in ends at once"):
        work(page, "Apply")
        expect(page.locator("main [role=alert]")).to_have_text([])
        expect(page.locator(".app-say")).to_have_text("2 joined, 1 came back, 1 moved, 1 left.")
        theirs.goto("/my-skills")
        expect(theirs.get_by_label("Password", exact=True)).to_be_visible()
    with steps.then("whoever came back keeps what they learned"):
        page.get_by_role("link", name="1 Rejoiners").click()
        expect(page.get_by_role("link", name="Comeback, Bea")).to_have_attribute("href", f"/people/{back.id}")
        page.goto(f"/evidence/people/{back.id}")
        expect(page.locator("main")).to_contain_text("Introduction to quality improvement")
        page.goto(f"/people/{mover.id}")
        expect(page.locator("main")).to_contain_text("Ward 8")
    with steps.then("the next month knows the old name, and the same file changes nothing"):
        bring(page, *rows)
        expect(page.get_by_text("There is nothing to apply")).to_be_visible()
        good(page, "staff file, nothing to apply")
