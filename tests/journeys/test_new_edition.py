"""An author adds a module while a learner is in the middle: a slip is told, mended, and a new edition published."""

from pathlib import Path

from playwright.sync_api import Page, expect

from app.access.permissions import Role
from app.curriculum.checking import check_courses
from tests.browser import good
from tests.curriculum.guide import HOME, guide_course
from tests.journeys import walking
from tests.journeys.conftest import Browse, House
from tests.journeys.walking import Tell, heading, press

COURSE = f"{HOME}/course.yaml"
MODULE = """  - id: who-counts
    title: Who counts the cups?
    file: 02-who-counts.md
    objectives: [count-fist]
    activities:
      - {id: read-who-counts, kind: read, minutes: 2, participatory_minutes: 0}
completion:
"""
TEXT = "The cook counted on Monday and the porter on Tuesday. By Friday there were two answers.\n"


def _modules(page: Page) -> list[str]:
    return page.locator(".app-modules__title a").all_inner_texts()


def test_a_module_is_added_while_somebody_learns(house: House, browse: Browse, story: Tell, tmp_path: Path) -> None:
    world, folder = house.world, guide_course(tmp_path / "courses")
    world.load_courses(folder.path)
    learner, author = browse(world.hire("Ann", "Early")), browse(world.with_role(Role.QI_ADMIN))
    newcomer = browse(world.hire("Ben", "Later"))
    steps = story(learner, author, newcomer)
    with steps.given("somebody who has read the only module and not yet taken the check"):
        learner.goto(f"/courses/{HOME}")
        press(learner, "Begin this course")
        walking.finish_reading(learner)
    with steps.when("the author adds a module with a slip, which the check names, and mends it"):
        folder.swap(COURSE, "completion:\n", MODULE)
        folder.write(f"{HOME}/02-who-counts.md", TEXT)
        folder.swap(COURSE, "[read-cold-tea, check]", "[read-cold-tea, check, read-who-counts]")
        slips = [str(problem) for problem in check_courses(folder.path, world.kinds)]
        assert any("unknown objective 'count-fist'. Did you mean 'count-first'?" in slip for slip in slips), slips
        folder.swap(COURSE, "count-fist", "count-first")
        folder.swap(COURSE, "edition: 1", "edition: 2")
        assert folder.problems() == []
        house.later(hours=1)
        world.load_courses(folder.path)
    with steps.then("whoever begins now has both modules, and whoever had begun goes on with theirs"):
        newcomer.goto(f"/courses/{HOME}")
        assert _modules(newcomer) == ["1. Why is the tea cold?", "2. Who counts the cups?"]
        learner.goto(f"/courses/{HOME}")
        assert _modules(learner) == ["1. Why is the tea cold?"]
        good(learner, "a course on an older edition")
    with steps.when("the author looks at who is on the older edition, and moves them"):
        author.goto(f"/courses/{HOME}/editions")
        good(author, "editions of a course")
        author.get_by_role("link", name="Move them…").click()
        expect(author.get_by_role("table")).to_contain_text("Who counts the cups?")
        good(author, "what moving would mean")
        press(author, "Move 1 person to edition 2")
    with steps.then("the learner reads that they went on, what is new, and keeps what they did"):
        learner.goto(f"/courses/{HOME}")
        expect(learner.locator(".app-notice")).to_contain_text("edition 2")
        expect(learner.locator(".app-notice")).to_contain_text("Who counts the cups?")
        assert len(_modules(learner)) == 2
        good(learner, "a course after a move")
        learner.goto(f"/courses/{HOME}/cold-tea")
        expect(heading(learner)).to_have_text("Why is the tea cold?")
        expect(learner.get_by_text("Done 23 Nov 2026")).to_be_visible()
