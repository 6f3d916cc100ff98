"""What people can do, in three voices: a lead judges, a person disagrees, both write; a new lead sees nothing of it."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from app.organisation.models import Person
from app.ratings.rules import DEVELOPMENT_ONLY, Said
from app.ratings.wording import TWO_READ
from tests.browser import PHONE, good, picture
from tests.journeys.conftest import Browse, House
from tests.journeys.walking import Tell, heading, press
from tests.ratings.scene import Scene

MINE = "I led the last three tests of the handover sheet, and kept the chart."
THEIRS = "Bring the chart to our next talk, and we look at it together."


@dataclass
class Ward:
    scene: Scene
    admin: Person


@pytest.fixture
def ward(house: House, request: pytest.FixtureRequest) -> Ward:
    """A ward of its own for each journey; ratings are agreed once for the house."""
    world, name = house.world, f"Medicine {request.node.name}"[:100]
    client = world.client(admin := world.with_role("qi_admin"))
    off = "Ratings are off" in client.get("/ratings/agreement").text
    return Ward(Scene.of(world, name, agreed=off), admin)


def choose(page: Page, person: str, answer: str) -> None:
    page.get_by_role("group", name=re.compile(person)).get_by_label(answer, exact=True).check()


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (PHONE, True), (PHONE, False)])
def test_the_lead_judges_the_person_disagrees_and_both_write(  # noqa: PLR0915  one job from end to end
    ward: Ward, browse: Browse, story: Tell, width: int, javascript: bool
) -> None:
    scene = ward.scene
    lead = browse(scene.lead, width=width, javascript=javascript)
    ann = browse(scene.ann, width=width, javascript=javascript)
    steps, kind = story(lead, ann), "ratings" if javascript else "ratings without scripts"
    look = good if javascript else picture
    with steps.given("somebody who has said of themselves that they lead, and shared it"):
        ann.goto("/my-skills")
        ann.get_by_role("link", name=re.compile("What I can do, in three voices")).click()
        expect(ann.get_by_text(DEVELOPMENT_ONLY)).to_be_visible()
        press(ann, "Save my view")
        expect(ann.get_by_role("alert")).to_contain_text("Choose what fits you best")
        look(ann, f"{kind} 1 refused")
        ann.get_by_label("Leads", exact=True).check()
        press(ann, "Save my view")
        ann.get_by_role("button", name=re.compile("^Share my view with Teresa Hollis")).click()
        expect(ann.get_by_role("status")).to_contain_text("Teresa Hollis can now see your own view.")
        look(ann, f"{kind} 2 shared")
    with steps.when("the lead judges the team, from the page of the team"):
        lead.goto("/teams")
        lead.get_by_role("link", name="Judge what people here can do").click()
        lead.get_by_role("link", name="Judging my teams").click()
        lead.get_by_role("link", name="Larch ward").click()
        expect(heading(lead)).to_have_text("Judging Larch ward")
        look(lead, f"{kind} 3 to judge")
        choose(lead, "Bell, Ann", "Takes part")
        if javascript:
            expect(lead.locator("#saved")).to_have_text(re.compile(r"^Saved at \d\d:\d\d\. 1 of 3 judged\.$"))
            expect(lead.locator(f"#was-{scene.ann.id}")).to_have_value("takes-part")
        choose(lead, "Kim, Ben", "New to this")
        if javascript:
            expect(lead.locator("#saved")).to_have_text(re.compile(r"2 of 3 judged"))
            lead.reload()
        else:
            press(lead, "Save all")
            expect(lead.get_by_role("status").first).to_contain_text("Saved: 2 people.")
        expect(lead.get_by_role("group", name=re.compile("Bell, Ann")).get_by_label("Takes part")).to_be_checked()
        look(lead, f"{kind} 4 judged")
    with steps.then("the person sees that they see it differently, and writes a note"):
        ann.reload()
        expect(ann.get_by_text("Seen differently")).to_be_visible()
        expect(ann.get_by_text(TWO_READ)).to_be_visible()
        ann.get_by_label("How I see it").fill(MINE)
        press(ann, "Write it down")
        expect(ann.locator("main")).to_contain_text(MINE)
        look(ann, f"{kind} 5 disagrees")
    with steps.then("the lead reads it and answers"):
        lead.get_by_role("link", name="Bell, Ann").click()
        expect(lead.locator("main")).to_contain_text(MINE)
        lead.get_by_label("How I see it").fill(THEIRS)
        press(lead, "Write it down")
        look(lead, f"{kind} 6 answered")
        ann.reload()
        expect(ann.locator("main")).to_contain_text(THEIRS)
    with steps.then("a new lead sees nothing of it"):
        new = browse(another_lead(scene), width=width, javascript=javascript)
        new.goto(f"/ratings/people/{scene.ann.id}")
        expect(heading(new)).to_have_text("What Ann Bell can do")
        for words in (MINE, THEIRS, "Teresa Hollis", "Seen differently"):
            expect(new.locator("main")).not_to_contain_text(words)
        look(new, f"{kind} 7 a new lead")


def another_lead(scene: Scene) -> Person:
    home = scene.team.directorate_id
    lead = scene.world.hire("Nora", "Quist", team=scene.team)
    scene.world.grant(lead, "lead", "directorate", home)
    return lead


def test_all_skills_one_by_one_are_saved_as_they_are_chosen_by_keyboard_too(
    ward: Ward, browse: Browse, story: Tell
) -> None:
    page = browse(ward.scene.ann)
    steps = story(page)
    with steps.when("somebody goes through all skills with the keyboard"):
        page.goto("/ratings/mine/all")
        first = page.get_by_role("radio").first
        first.focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        expect(page.locator("#saved")).to_have_text(re.compile(r"1 of 15 done\.$"))
        good(page, "ratings all skills")
    with steps.then("what they chose stands on their page, and only the last of it holds"):
        page.wait_for_timeout(600)
        rows = [row for row in ward.scene.mine(ward.scene.ann).rows if row.holds]
        assert [row.said for row in rows] == [Said.LEVEL_2]
        page.goto("/ratings/mine")
        expect(page.get_by_text("2: Applies with help")).to_be_visible()


def test_counts_and_the_agreement_in_both_sizes(ward: Ward, browse: Browse) -> None:
    for width in (1280, PHONE):
        page = browse(ward.admin, width=width)
        page.goto("/ratings/counts")
        good(page, f"ratings counts {width}")
        page.goto("/admin")
        page.get_by_role("link", name="Ratings, agreed with staff side").click()
        good(page, f"ratings agreement {width}")
