"""Whole journeys without a mouse: every step by Tab, arrows, Space and Enter, with the focus always to be seen."""

import re

from playwright.sync_api import Page, expect

from tests.browser import good
from tests.journeys import walking
from tests.journeys.conftest import Browse, House
from tests.journeys.walking import Tell, heading
from tests.learning.learner import INDUCTION, Learner

MOST_STEPS = 200
FOCUS = """() => {
    const e = document.activeElement, box = e.getBoundingClientRect();
    const style = getComputedStyle(e), cell = e.closest('td, .app-demo');
    const styled = s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== 'none';
    const shown = box.width > 0 && box.height > 0 && box.top < innerHeight && box.bottom > 0;
    const marker = e.labels && e.labels[0] ? getComputedStyle(e.labels[0], '::before') : style;
    const seen = styled(style) || styled(marker) || (cell && styled(getComputedStyle(cell)));
    return {on: e.tagName !== 'BODY', shown, seen, html: e.outerHTML.slice(0, 140)};
}"""


class Keys:
    """A keyboard that checks, at each stop, that the focus is on the screen and can be seen."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def tab(self, back: bool = False) -> None:
        self.press("Shift+Tab" if back else "Tab")
        at = self.page.evaluate(FOCUS)
        if at["on"]:
            assert at["shown"], f"the focus is off the screen: {at['html']}"
            assert at["seen"], f"the focus cannot be seen: {at['html']}"

    def to(self, selector: str) -> None:
        """Tab on until the focus is on what fits the selector."""
        for _ in range(MOST_STEPS):
            self.tab()
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
        raise AssertionError(f"no Tab reaches {selector} on {self.page.url}")

    def skip(self) -> None:
        """Past the menu, by the link that comes first on each page."""
        self.tab()
        expect(self.page.get_by_role("link", name="Skip to main content")).to_be_focused()
        self.press("Enter")
        expect(self.page.locator("#main")).to_be_focused()

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)


def test_a_lead_sets_a_need_by_keyboard_alone(house: House, browse: Browse, story: Tell) -> None:
    world = house.world
    lead = world.lead("Medicine", given_name="Teresa", family_name="Hollis")
    for name in ("Adams", "Baker", "Clark"):
        world.hire("Jo", name, team=world.team("Larch", "Medicine"))
    page = browse(lead)
    steps, keys = story(page), Keys(page)
    page.goto("/teams?team=all")
    with steps.when("they skip the menu and go to the grid, which is one stop for Tab"):
        keys.skip()
        keys.to("input[name=c]")
        expect(page.locator("input[name=c]").first).to_be_focused()
    with steps.when("they move with the arrows, and choose three people's cells with Space and Shift"):
        keys.press("ArrowRight")
        keys.press("Space")
        keys.press("Shift+ArrowDown")
        keys.press("Shift+ArrowDown")
        expect(page.locator("#chosen-count")).to_have_text("3 people chosen: Pocket QI")
    with steps.when("they say what is needed, by when and why, and preview it with Enter"):
        keys.to("#need")
        keys.type("Required")
        keys.to("#due")
        keys.type("31 March 2027")
        keys.to("#reason")
        keys.type("Falls work starts in April")
        keys.press("Enter")
        expect(page.locator("#preview")).to_contain_text("Teresa Hollis asks you to complete Pocket QI")
    with steps.then("they reach Save from there, and the grid says so"):
        keys.to("#preview button[formaction]")
        keys.press("Enter")
        expect(page.get_by_text("Saved: 3 needs.")).to_be_visible()
    with steps.then("they take it back"):
        keys.skip()
        keys.to(".app-undo button")
        keys.press("Space")
        expect(page.get_by_text("Undone: 3 needs.")).to_be_visible()
        good(page, "undone by keyboard")


def test_staff_read_answer_and_pass_by_keyboard_alone(house: House, browse: Browse, story: Tell) -> None:
    learner = Learner(house.world, house.world.hire("Ben", "Nguyễn").id, INDUCTION)
    learner.enrol()
    for key in learner.view.completion:
        if key != "check":
            learner.do(key)
    page = browse(learner.person_id)
    steps, keys = story(page), Keys(page)
    page.goto("/")
    with steps.when("they go to their next step, and begin the check"):
        keys.skip()
        keys.to(".app-step a")
        keys.press("Enter")
        expect(heading(page)).to_have_text("Your first small step")
        keys.to(".app-task--first button")
        keys.press("Enter")
    with steps.when("they answer each question"):
        for number in range(1, 6):
            expect(heading(page)).to_have_text(f"Question {number} of 5")
            keys.skip()
            _answer(keys, page)
            keys.to("button[name=then][value=on]")
            keys.press("Enter")
    with steps.then("they check their answers, hand them in, and have passed"):
        expect(heading(page)).to_have_text("Check your answers")
        keys.skip()
        keys.to("main form > button")
        keys.press("Enter")
        expect(heading(page)).to_have_text("You have passed")
        keys.skip()
        keys.to(".app-step a[role=button]")
        keys.press("Enter")
        expect(heading(page)).to_contain_text(walking.COURSE)
    with steps.then("they take their certificate"):
        keys.skip()
        keys.to("main form button")
        keys.press("Enter")
        expect(page.get_by_role("region", name="The certificate")).to_be_visible()


def _answer(keys: Keys, page: Page) -> None:
    question = walking.questions()[walking.plain(page.locator("#stem").inner_text())]
    {
        "single": _choose,
        "multiple": _tick,
        "numeric": _type,
        "matching": _match,
        "ordering": _order,
    }[question["kind"]](keys, page, question)


def _right(page: Page, question: walking.Question) -> list[int]:
    """Where the right choices stand."""
    right = {walking.plain(o["text"]) for o in question["options"] if o.get("correct")}
    labels = page.locator("form[data-answer] label").all_inner_texts()
    return [at for at, words in enumerate(labels) if walking.plain(words) in right]


def _choose(keys: Keys, page: Page, question: walking.Question) -> None:
    keys.to("input[type=radio]")
    keys.press("Space")
    for _ in range(_right(page, question)[0]):
        keys.press("ArrowDown")
    expect(page.get_by_role("radio").nth(_right(page, question)[0])).to_be_checked()


def _tick(keys: Keys, page: Page, question: walking.Question) -> None:
    for at in _right(page, question):
        keys.to(f"#answer{f'-{at + 1}' if at else ''}")
        keys.press("Space")


def _type(keys: Keys, page: Page, question: walking.Question) -> None:
    keys.to("input[name=answer]")
    keys.type(str(question["answer"]))
    expect(page.get_by_role("textbox")).to_have_value(str(question["answer"]))


def _match(keys: Keys, page: Page, question: walking.Question) -> None:
    rights = {right["id"]: right["text"] for right in question["rights"]}
    wanted = {walking.plain(pair["left"]): walking.plain(rights[pair["right"]]) for pair in question["pairs"]}
    for label in page.locator("form[data-answer] label").all():
        field = label.get_attribute("for")
        keys.to(f"[id='{field}']")
        choices = [walking.plain(o) for o in page.locator(f"[id='{field}'] option").all_inner_texts()]
        for _ in range(choices.index(wanted[walking.plain(label.inner_text())])):
            keys.press("ArrowDown")


def _order(keys: Keys, page: Page, question: walking.Question) -> None:
    """Each item is brought to its place by the list of places beside it."""
    shown = page.locator(".app-order__text")
    for place, item in enumerate(question["items"]):
        words = [walking.plain(w) for w in shown.all_inner_texts()]
        at = words.index(walking.plain(item["text"]))
        token = page.locator("[data-token]").nth(at).get_attribute("data-token")
        page.locator("h1").evaluate("e => { e.tabIndex = -1; e.focus(); }")
        keys.to(f"select[name='place-{token}']")
        for _ in range(at - place):
            keys.press("ArrowUp")
        expect(shown.nth(place)).to_have_text(re.compile(".+"))
        assert walking.plain(shown.nth(place).inner_text()) == walking.plain(item["text"])
