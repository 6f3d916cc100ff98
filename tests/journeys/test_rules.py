"""A lead sets a rule, whoever joins by the staff file is asked by it; a waiver for one, and the end of the rule."""

import re
from dataclasses import replace
from datetime import date

import sqlalchemy as sa
from playwright.sync_api import Page, expect

from app.access.permissions import Role
from app.capability.commands import BeginRule, begin_rule, previewed
from app.capability.keeping import keep_needs
from app.capability.need_rules import By, Conditions, DueFrom
from app.intake.following import welcome_waiting
from app.kernel.db import table
from app.organisation.models import Person
from tests.browser import PHONE, good
from tests.intake.staff_file import row
from tests.journeys.conftest import Browse, House
from tests.journeys.staff_files import bring, work
from tests.journeys.walking import Tell, heading, press

WHY = "Whoever leads others must be able to lead an improvement"


def write_rule(page: Page, due: str) -> None:
    page.get_by_label("Name of the rule").fill("Band 8a and above")
    page.get_by_label("Where").select_option(label="Medicine")
    page.get_by_label("Level that is needed").select_option(label="Pocket QI")
    page.get_by_label("A band and all above it").select_option(label="Band 8a and above")
    page.get_by_label("The date, if it is a date").fill(due)
    page.get_by_label("Why it is needed").fill(WHY)
    press(page, "Preview")


def test_a_lead_sets_a_rule_and_a_joiner_of_the_staff_file_is_asked_by_it(
    house: House, browse: Browse, story: Tell
) -> None:
    world = house.world
    ward = world.team("Ward 7", "Medicine")
    lead = world.lead("Medicine", given_name="Teresa", family_name="Hollis", band="7")
    matron = world.hire("Mary", "Matron", team=ward, band="8a")
    world.hire("Anna", "O'Neill", team=ward, band="6")
    hr = world.with_role(Role.HR, team=world.team("Office", "Corporate"), employee_number="00000001")
    page, office = browse(lead), browse(hr)
    steps = story(page, office)
    with steps.given("a lead who looks for rules, and finds none"):
        page.goto("/teams")
        page.get_by_role("link", name="Rules that say by themselves who needs what").click()
        expect(page.locator(".app-say")).to_have_text("No rule is in force where you lead.")
        good(page, "rules, none yet")
        page.get_by_role("button", name="Set a rule").click()
        good(page, "a rule is written")
        page.set_viewport_size({"width": 390, "height": 800})
        good(page, "a rule is written, small")
        page.set_viewport_size({"width": 1280, "height": 800})
    with steps.when("they write one, with a date that is none"):
        write_rule(page, due="spring")
        expect(page.get_by_role("alert")).to_contain_text("Enter the date by which it is needed")
        good(page, "a rule with an error")
    with steps.when("they give the date, and look at whom it touches"):
        write_rule(page, due="31 March 2027")
        expect(heading(page)).to_have_text("Before you save")
        for said in ("1 person is asked for it.", "1 person is put on the course Pocket QI at once"):
            expect(page.get_by_text(said)).to_be_visible()
        expect(page.get_by_text("Matron, Mary")).to_be_visible()
        expect(page.locator("blockquote")).to_contain_text(WHY)
        good(page, "a rule before it is saved")
        press(page, "Save, and ask 1 person")
    with steps.then("the rule asks her, and her own page says why"):
        expect(page.get_by_text("The rule is saved. 1 need changed.")).to_be_visible()
        good(page, "a rule")
        hers = browse(matron)
        hers.goto("/my-skills")
        expect(hers.locator("main")).to_contain_text("Asked for by the rule “Band 8a and above” of Medicine, since")
        good(hers, "asked by a rule")
    with steps.when("HR brings a staff file with a joiner of band 8b"):
        bring(
            office,
            row("70000001", "Joiner", given="June", band="Band 8b", email="june@trust.example", start="2026-11-20"),
        )
        work(office, "Apply")
        welcome_waiting(world.db, world.settings, world.now, 100)
    with steps.then("the joiner is asked at once, and told by whom and why"):
        with world.db.read() as session:
            people = table(Person).c
            june = session.scalars(sa.select(people.id).where(people.name == "June Joiner")).one()
        theirs = browse(june, width=PHONE)
        theirs.goto("/my-skills")
        expect(theirs.locator("main")).to_contain_text("of Medicine, since 23 November 2026")
        good(theirs, "a joiner asked by a rule")
        assert keep_needs(world.db, world.now) == 0, "the worker finds nothing left to do"


def test_a_rule_is_waived_for_one_person_for_a_while_and_ended(house: House, browse: Browse, story: Tell) -> None:
    world = house.world
    lead = world.lead("Surgery", given_name="Sam", family_name="Okoro", band="7")
    for name in ("Matron", "Sister"):
        world.hire("Mary", name, team=world.team("Theatre", "Surgery"), band="8a")
    begin_rule_of(house, lead)
    page = browse(lead)
    steps = story(page)
    row_of = page.locator("#grid tbody tr").filter(has_text="Matron")
    with steps.when("the lead waives what a rule asks of one of two until the new year"):
        page.goto("/teams?team=all")
        row_of.locator("td").filter(has=page.locator("input[value*='.pocket-qi.']")).click()
        page.get_by_label("Need", exact=True).select_option("waived")
        page.get_by_role("textbox", name=re.compile("^Date|until$")).fill("1 January 2027")
        page.get_by_label("Reason, shown to them").fill("Runs the winter plan")
        press(page, "Preview")
        page.locator("#preview").get_by_role("button", name=re.compile("^Save")).click()
        expect(row_of).to_contain_text("Waived until 1 Jan")
        good(page, "a waiver in the grid")
    with steps.then("the rule holds again by itself when the waiver is over"):
        house.later(days=39)
        assert keep_needs(world.db, world.now) == 2, "the need, and a place on its course"
        page = browse(lead)
        page.goto("/teams?team=all")
        expect(page.locator("#grid tbody tr").filter(has_text="Matron")).to_contain_text("Required by 31 Mar")
    with steps.when("the lead ends the rule, having seen what that does"):
        page.goto("/teams/rules")
        page.get_by_role("link", name="Band 8a and above").click()
        page.get_by_role("link", name="End it").click()
        expect(page.get_by_text("2 people are not asked any more: their needs are withdrawn.")).to_be_visible()
        expect(page.get_by_text("2 people who have not begun it are taken off the course.")).to_be_visible()
        good(page, "a rule before it ends")
        press(page, "End the rule")
    with steps.then("nobody is asked any more, and the rule stays in the history"):
        expect(page.get_by_text("The rule has ended. 2 needs changed.")).to_be_visible()
        page.locator("summary").filter(has_text="Rules that have ended").click()
        good(page, "rules, one ended")


def begin_rule_of(house: House, lead: Person) -> None:
    """Band 8a and above of Surgery, by the spring."""
    world = house.world
    command = BeginRule(
        name="Band 8a and above",
        tier="pocket-qi",
        directorate_id=world.directorate("Surgery").id,
        team_id=None,
        conditions=Conditions(band_from="8a"),
        by=By(DueFrom.DATE, date(2027, 3, 31)),
        why=WHY,
        starts_on=world.today,
    )
    with world.db.write() as session:
        actor = world.actor(lead)
        _, shown = previewed(session, actor, command, world.now)
        begin_rule(session, actor, replace(command, mark=shown.mark), world.now)
