"""Without JavaScript everything works: a whole course with its certificate, and needs set in the grid."""

import re

from playwright.sync_api import Page, expect

from tests.accounts.people import PASSWORD, someone
from tests.assessment.course import Learner
from tests.journeys import walking
from tests.journeys.conftest import Browse, House
from tests.journeys.walking import Tell, heading, press


def test_a_whole_course_without_scripts(house: House, browse: Browse, story: Tell) -> None:
    ben = someone(house.world, "Ben", "Nguyễn")
    page = browse(javascript=False)
    steps = story(page)
    with steps.when("they sign in and begin the introduction"):
        walking.sign_in(page, ben.email or "", PASSWORD)
        expect(heading(page)).to_have_text("My improvement skills")
        page.goto("/courses/induction/why-everyone")
        press(page, "Begin this course")
    with steps.when("they keep their place by a button, and come back to it"):
        _keep_a_place(page)
    with steps.when("they read, practise, tick off steps and write a note"):
        walking.read_and_practise(page, "Why improving is part of every job here")
        walking.rest_of_induction(page)
    with steps.then("they pass the check, and hold a certificate"):
        walking.begin_first(page)
        walking.answer_all(page)
        press(page, "Hand in my answers")
        expect(heading(page)).to_have_text("You have passed")
        page.get_by_role("button", name="Go on").click()
        press(page, "Get my certificate")
        expect(page.get_by_role("region", name="The certificate")).to_contain_text("Ben Nguyễn")
        with page.expect_download() as download:
            press(page, "Download as PDF")
        assert download.value.suggested_filename.endswith(".pdf")


def _keep_a_place(page: Page) -> None:
    button = page.locator(".app-keep button").first
    place = button.get_attribute("value")
    button.click()
    expect(page.get_by_text("Your place is kept.")).to_be_visible()
    page.goto("/my-skills")
    page.get_by_role("button", name="Resume").click()
    expect(page).to_have_url(re.compile(f"#{place}$"))


def test_an_order_is_made_with_buttons_without_scripts(house: House, browse: Browse, story: Tell) -> None:
    learner = Learner(house.world, house.world.hire("Cho", "Kim").id)
    attempt = learner.start("try-first-small-step")
    asked = next(a for a in learner.sitting(attempt).asked if a.kind == "ordering")
    page = browse(learner.person_id, javascript=False)
    steps = story(page)
    page.goto(f"/attempts/{attempt.id}/questions/{asked.number}")
    shown = page.locator(".app-order__text")
    turned = shown.all_inner_texts()[::-1]
    with steps.when("they turn the whole order round, one button at a time"):
        walking.put_in_order(page, turned)
    with steps.then("each press was saved"):
        page.reload()
        expect(shown).to_have_text(turned)
        expect(page.locator("#saved")).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))


def test_an_older_tab_without_scripts_shows_both_answers(house: House, browse: Browse, story: Tell) -> None:
    learner = Learner(house.world, house.world.hire("Dilys", "Price").id)
    attempt = learner.start("try-why-everyone")
    asked = next(a for a in learner.sitting(attempt).asked if a.kind == "single")
    old = browse(learner.person_id, javascript=False)
    new = old.context.new_page()
    steps = story(old)
    for page in (old, new):
        page.goto(f"/attempts/{attempt.id}/questions/{asked.number}")
    with steps.when("the newer tab saves one answer, and the older another"):
        for page, chosen in ((new, 0), (old, 1)):
            page.get_by_role("radio").nth(chosen).check()
            page.get_by_role("button", name=re.compile("^Save and (continue|check)")).click()
    with steps.then("the older shows both, and keeps the one that is chosen"):
        expect(heading(old)).to_have_text("You have two answers to this question")
        press(old, "Keep this one instead")
        old.goto(f"/attempts/{attempt.id}/questions/{asked.number}")
        expect(old.get_by_role("radio").nth(1)).to_be_checked()


def test_a_lead_sets_needs_without_scripts(house: House, browse: Browse, story: Tell) -> None:
    world = house.world
    lead = world.lead("Medicine", given_name="Teresa", family_name="Hollis")
    for name in ("O'Neill", "Baker"):
        world.hire("Jo", name, team=world.team("Larch", "Medicine"))
    page = browse(lead, javascript=False)
    steps = story(page)
    page.goto("/teams?team=all")
    cells = page.locator("#grid tbody tr").filter(has_text="Jo").locator("input[name=c][value*='.pocket-qi.']")
    with steps.when("they choose two cells and forget the date"):
        cells.nth(0).check()
        cells.nth(1).check()
        page.get_by_label("Need", exact=True).select_option("required")
        page.locator("#due").fill("soon")
        press(page, "Preview")
    with steps.then("the page says so, and still knows what was chosen"):
        expect(page.get_by_text("There is a problem")).to_be_visible()
        page.locator("#due").fill("31 March 2027")
        page.get_by_label("Reason, shown to them").fill("Falls work starts in April")
        press(page, "Preview again")
        expect(page.locator("#preview")).to_contain_text("Teresa Hollis asks you to complete Pocket QI")
    with steps.then("they save, see it in the grid, and can undo it"):
        page.locator("#preview").get_by_role("button", name=re.compile("^Save")).click()
        expect(page.get_by_text("Saved: 2 needs.")).to_be_visible()
        expect(page.locator("#grid tbody tr").filter(has_text="O'Neill")).to_contain_text("31 Mar")
        press(page, "Undo")
        expect(page.get_by_text("Undone: 2 needs.")).to_be_visible()
