"""Something done at work: asked, rejected with a word, said better, confirmed, and the course is complete."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.organisation.models import Person
from tests.browser import PHONE, good, picture
from tests.journeys.conftest import Browse, House
from tests.journeys.walking import Tell, heading, press
from tests.signing.course import KEY, Scene, make_coach, write_course

COURSE = f"/sign-offs/asking-first/{KEY}"
FIRST = "I asked three people on Larch what gets in their way."
BETTER = "On 2 November I asked three people on Larch, and wrote what they said on the board by the kitchen."


@dataclass
class Ward:
    """A ward of its own for each journey: its manager, its lead, and those who learn."""

    house: House
    name: str
    manager: Person
    lead: Person

    def learner(self, given: str, family: str) -> Person:
        world = self.house.world
        person = world.hire(given, family, team=world.team("Larch", self.name), manager_id=self.manager.id)
        scene = Scene(world, self.manager, self.lead, self.lead, person, slug="asking-first")
        scene.join(person)
        scene.read_it(person)
        return person

    def asks(self, person: Person, words: str = FIRST) -> None:
        Scene(self.house.world, self.manager, self.lead, self.lead, person, slug="asking-first").ask(
            account=words, who=person
        )


@pytest.fixture(scope="module")
def taught(house: House, tmp_path_factory: pytest.TempPathFactory) -> House:
    folder = tmp_path_factory.mktemp("signing") / "courses"
    house.world.load_courses(write_course(folder, slug="asking-first", tier="qi-coach"))
    return house


@pytest.fixture
def ward(taught: House, request: pytest.FixtureRequest) -> Ward:
    world, name = taught.world, f"Medicine {len(request.node.name)}"
    manager = world.hire("Maya", "Osei", team=world.team("Larch", name), job_role="Ward manager", band="7")
    return Ward(taught, name, manager, world.lead(name, given_name="Teresa", family_name="Hollis"))


def decide(page: Page, name: str, decision: str) -> None:
    page.get_by_role("article", name=re.compile(name)).get_by_role("button", name=re.compile(f"^{decision}")).click()


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (PHONE, True), (PHONE, False)])
def test_from_asking_to_a_completed_course(
    ward: Ward, browse: Browse, story: Tell, width: int, javascript: bool
) -> None:
    ben = ward.learner("Ben", "Nguyễn")
    page = browse(ben, width=width, javascript=javascript)
    theirs = browse(ward.manager, width=width, javascript=javascript)
    steps, kind = story(page, theirs), "sign-off" if javascript else "sign-off without scripts"
    look = good if javascript else picture
    with steps.when("a learner opens what is to be signed off, and asks without a word"):
        page.goto("/courses/asking-first/asking")
        page.locator(f"a[href='{COURSE}']").click()
        expect(page.get_by_label("Whom do you ask?").locator("option:checked")).to_have_text("Maya Osei, Larch")
        look(page, f"{kind} 1 to ask")
        press(page, "Ask for the sign-off")
        expect(page.get_by_role("alert")).to_contain_text("Write what you did")
        look(page, f"{kind} 2 refused")
    with steps.then("it waits for their manager once they say what they did"):
        page.get_by_label("What did you do, where and with whom?").fill(FIRST)
        press(page, "Ask for the sign-off")
        expect(page.get_by_role("heading", name="Waiting for Maya Osei")).to_be_visible()
        look(page, f"{kind} 3 waiting")
    with steps.when("the manager finds it on their first screen, and rejects it without a word"):
        theirs.goto("/")
        theirs.get_by_role("link", name="1 sign-off waits for you to decide").click()
        expect(theirs.get_by_text(FIRST)).to_be_visible()
        look(theirs, f"{kind} 4 to decide")
        decide(theirs, "Ben Nguyễn", "Reject")
        expect(theirs.get_by_role("alert")).to_contain_text("Write what is missing")
        look(theirs, f"{kind} 5 rejected without a word")
    with steps.when("they say what is missing"):
        theirs.get_by_label("Your words to them").fill("Which ward was it, and when?")
        decide(theirs, "Ben Nguyễn", "Reject")
        expect(theirs.get_by_role("status")).to_contain_text("Rejected: Ben Nguyễn")
        look(theirs, f"{kind} 6 rejected")
    with steps.then("the learner reads it, and says it better"):
        page.goto(COURSE)
        expect(page.get_by_text("Which ward was it, and when?").first).to_be_visible()
        look(page, f"{kind} 7 not confirmed yet")
        page.get_by_label("What did you do, where and with whom?").fill(BETTER)
        press(page, "Ask again")
        expect(page.get_by_role("heading", name="Waiting for Maya Osei")).to_be_visible()
    with steps.when("the manager confirms it"):
        theirs.goto("/sign-offs")
        decide(theirs, "Ben Nguyễn", "Confirm")
        expect(theirs.get_by_role("status")).to_contain_text("Confirmed: Ben Nguyễn")
    with steps.then("the course is complete, and the learner sees who confirmed it and all that happened"):
        page.reload()
        expect(page.get_by_role("heading", name=re.compile("^Confirmed by Maya Osei"))).to_be_visible()
        expect(page.get_by_text("You have completed the course")).to_be_visible()
        look(page, f"{kind} 8 confirmed")
        page.goto("/courses/asking-first")
        expect(page.locator("main")).to_contain_text("ompleted")


def test_several_are_confirmed_at_once_after_one_more_look(ward: Ward, browse: Browse, story: Tell) -> None:
    people = [ward.learner(given, "Kim") for given in ("Amina", "Cho", "Dee")]
    for person in people:
        ward.asks(person)
    page = browse(ward.manager)
    steps = story(page)
    page.goto("/sign-offs")
    with steps.when("a manager ticks nothing"):
        press(page, "Confirm those I ticked, after one more look")
        expect(page.get_by_role("alert")).to_contain_text("Tick at least one request")
        good(page, "sign-offs none ticked")
    with steps.when("they tick all three, and one learner changes what they say meanwhile"):
        for box in page.get_by_role("checkbox").all():
            box.check()
        press(page, "Confirm those I ticked, after one more look")
        expect(heading(page)).to_have_text("Before you confirm")
        good(page, "sign-offs before confirming")
        ward.asks(people[1], BETTER)
        press(page, "Confirm 3 requests")
    with steps.then("two are confirmed, the third is named, and its new words wait"):
        said = page.get_by_role("status")
        expect(said).to_contain_text("Confirmed: 2 requests. Left out, because something changed meanwhile: Cho Kim.")
        expect(page.get_by_role("article")).to_have_count(1)
        expect(page.get_by_text(BETTER)).to_be_visible()
        good(page, "sign-offs two confirmed")


def test_what_changed_while_somebody_read_is_shown_to_both_sides(ward: Ward, browse: Browse, story: Tell) -> None:
    ben = ward.learner("Ben", "Nguyễn")
    old, theirs = browse(ben), browse(ward.manager)
    new = old.context.new_page()
    steps = story(old, theirs)
    with steps.given("a learner's page in two tabs, of which one has asked"):
        old.goto(COURSE)
        ward.asks(ben)
    with steps.when("the other tab asks with other words"):
        old.get_by_label("What did you do, where and with whom?").fill(BETTER)
        press(old, "Ask for the sign-off")
        expect(heading(old)).to_contain_text("something changed")
        expect(old.get_by_text(FIRST).first).to_be_visible()
        good(old, "sign-off in two versions")
    with steps.when("the manager reads the first words, and the tab sends both"):
        theirs.goto("/sign-offs")
        expect(theirs.get_by_text(FIRST)).to_be_visible()
        press(old, "Ask with these words")
        expect(old.get_by_role("heading", name="Waiting for Maya Osei")).to_be_visible()
        decide(theirs, "Ben Nguyễn", "Confirm")
    with steps.then("nothing was confirmed, and the manager sees what they read and what stands now"):
        expect(heading(theirs)).to_have_text("This changed while you were reading")
        expect(theirs.get_by_text(BETTER)).to_be_visible()
        good(theirs, "sign-off changed while reading")
        press(theirs, "Confirm what they say now")
        expect(theirs.get_by_role("status")).to_contain_text("Confirmed: Ben Nguyễn")
        new.goto(COURSE)
        expect(new.get_by_role("heading", name=re.compile("^Confirmed by Maya Osei"))).to_be_visible()
        good(new, "sign-off confirmed with history")


def test_what_waited_for_a_leaver_goes_on_and_what_nobody_can_confirm_says_whom_to_call(
    ward: Ward, browse: Browse, story: Tell
) -> None:
    world, ben = ward.house.world, ward.learner("Ben", "Nguyễn")
    scene = Scene(world, ward.manager, ward.lead, ward.lead, ben, slug="asking-first")
    page, theirs = browse(ben), browse(ward.lead)
    steps = story(page, theirs)
    ward.asks(ben)
    with steps.when("the manager leaves"):
        world.leave(ward.manager)
        scene.move_requests()
        page.goto(COURSE)
    with steps.then("it waits for the lead, and the learner reads why"):
        expect(page.get_by_role("heading", name="Waiting for Teresa Hollis")).to_be_visible()
        expect(page.get_by_text("because Maya Osei works here no longer")).to_be_visible()
        good(page, "sign-off moved")
        theirs.goto("/teams/decisions")
        theirs.get_by_role("link", name="1 sign-off waits for you to decide").click()
        expect(theirs.get_by_text(FIRST)).to_be_visible()
    with steps.when("the lead leaves too"):
        world.leave(ward.lead)
        scene.move_requests()
        page.reload()
    with steps.then("the learner reads whom to call, and an administrator sees that it waits"):
        expect(page.get_by_role("heading", name="Waiting for somebody who can confirm it")).to_be_visible()
        expect(page.get_by_text("At present nobody can confirm this for you")).to_be_visible()
        good(page, "sign-off nobody can confirm")
        admin = browse(world.with_role("qi_admin"))
        admin.goto("/sign-offs")
        expect(admin.get_by_role("heading", name="Nobody can confirm these")).to_be_visible()
        expect(admin.get_by_role("link", name="Ben Nguyễn")).to_be_visible()
        good(admin, "sign-offs nobody can confirm")


def test_a_whole_page_of_requests_on_a_phone(taught: House, ward: Ward, browse: Browse, tmp_path: Path) -> None:
    make_coach(taught.world, ward.manager)
    for number in range(22):
        ward.asks(ward.learner(f"Person{number}", "Long-Family-Name-Of-Several-Parts"), FIRST * 3)
    page = browse(ward.manager, width=PHONE)
    page.goto("/sign-offs")
    expect(page.get_by_role("article")).to_have_count(20)
    good(page, "sign-offs a full page")
    page.get_by_role("link", name="Asked later").click()
    expect(page.get_by_role("article")).to_have_count(2)
    good(page, "sign-offs the last page")
