"""What people in journeys know and do: the right answers, from the course's own files, and the steps of a course."""

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
import yaml
from playwright.sync_api import Locator, Page, expect

from app.kernel.config import ROOT
from app.kernel.db import table
from app.kernel.outbox import Mail
from tests.browser import Story
from tests.world import World

Tell = Callable[..., Story]
Question = dict[str, Any]
COURSE = "Introduction to quality improvement"
NO_MEDAL = "The drugs fridge is at the far end of Larch ward, about 30 walks a shift."


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def choose_and_leave(page: Page, at: int) -> None:
    """Choose a radio whose saving leads to another page. (`check()` would look once more for a radio that has gone.)"""
    page.get_by_role("radio").nth(at).click()


def newest_mail(world: World, person_id: int) -> str:
    """The text of the last mail in the outbox to this person."""
    mail = table(Mail)
    with world.db.read() as session:
        found = sa.select(mail.c.body).where(mail.c.person_id == person_id).order_by(mail.c.id.desc()).limit(1)
        return str(session.scalars(found).one())


def path_in(text: str, way: str) -> str:
    """The one-time address in a mail, without the host."""
    found = re.search(rf"/{way}/\S+", text)
    assert found, text
    return found[0]


def sign_in(page: Page, username: str, password: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("E-mail address or sign-in name").fill(username)
    page.get_by_label("Password", exact=True).fill(password)
    press(page, "Sign in")


# quizzes


def plain(text: str) -> str:
    """Words alone: what a page and a course file share."""
    return " ".join(re.findall(r"\w+", text.lower()))


@cache
def questions() -> dict[str, Question]:
    """Every question of every course by the words of its stem."""
    files = [f for f in (ROOT / "courses").rglob("*.yaml") if f.parent.name != "figures"]
    read = [yaml.safe_load(file.read_text()) for file in files]
    asked = [question for quiz in read if isinstance(quiz, dict) for question in quiz.get("questions", ())]
    return {plain(question["stem"]): question for question in asked}


def answer(page: Page, *, right: bool = True) -> None:
    """Answer the question that is shown, with what the course file says is right, or with something else."""
    question = questions()[plain(page.locator("#stem").inner_text())]
    ANSWERS[question["kind"]](page, question, right)


def _labelled(page: Page, text: str) -> Locator:
    labels = page.locator("form[data-answer] label")
    return labels.nth([plain(words) for words in labels.all_inner_texts()].index(plain(text)))


def _single(page: Page, question: Question, right: bool) -> None:
    _labelled(page, next(o["text"] for o in question["options"] if o.get("correct", False) is right)).click()


def _multiple(page: Page, question: Question, right: bool) -> None:
    fitting = [o["text"] for o in question["options"] if o.get("correct", False) is right]
    for text in fitting if right else fitting[:1]:
        _labelled(page, text).click()


def _numeric(page: Page, question: Question, right: bool) -> None:
    page.get_by_role("textbox").fill(str(question["answer"]) if right else "987")


def _matching(page: Page, question: Question, right: bool) -> None:
    texts = {r["id"]: r["text"] for r in question["rights"]}
    for pair in question["pairs"]:
        chosen = pair["right"] if right else next(r for r in texts if r != pair["right"])
        field = page.locator(f"[id='{_labelled(page, pair['left']).get_attribute('for')}']")
        choices = [plain(words) for words in field.locator("option").all_inner_texts()]
        field.select_option(index=choices.index(plain(texts[chosen])))


def _ordering(page: Page, question: Question, right: bool) -> None:
    texts = [item["text"] for item in question["items"]]
    put_in_order(page, texts if right else texts[::-1])


def put_in_order(page: Page, texts: Sequence[str]) -> None:
    """With the buttons alone."""
    shown = page.locator(".app-order__text")
    for place, text in enumerate(texts):
        words = shown.all_inner_texts()
        at = [plain(w) for w in words].index(plain(text))
        for higher in range(at - 1, place - 1, -1):
            page.locator("[data-token]").nth(higher + 1).get_by_role("button", name=re.compile("Up")).click()
            expect(shown.nth(higher)).to_have_text(words[at])


ANSWERS: dict[str, Callable[[Page, Question, bool], None]] = {
    "single": _single,
    "multiple": _multiple,
    "numeric": _numeric,
    "matching": _matching,
    "ordering": _ordering,
}


def answer_all(page: Page, *, right: bool = True) -> None:
    """From the first question to the page on which the answers are checked."""
    expect(heading(page)).to_have_text(re.compile("^Question 1 of "))
    number = int(heading(page).inner_text().split()[-1])
    for one in range(1, number + 1):
        expect(heading(page)).to_have_text(f"Question {one} of {number}")
        answer(page, right=right)
        page.get_by_role("button", name=re.compile("^Save and (continue|check)")).click()
    expect(heading(page)).to_have_text("Check your answers")
    expect(page.get_by_text(f"You have answered all {number} questions.")).to_be_visible()


# the steps of a course


def begin_first(page: Page) -> None:
    """The one thing to do now on a module's page."""
    page.locator(".app-task--first").get_by_role("button", name=re.compile("^Begin")).click()


def finish_reading(page: Page) -> None:
    press(page, "Finished reading: go on")
    expect(page.get_by_text("You have read this part.")).to_be_visible()


def practise(page: Page) -> None:
    """The practice that is next, all of it right, and on to what follows."""
    begin_first(page)
    answer_all(page)
    press(page, "Show me why")
    expect(heading(page)).to_have_text("Your answers, and why")
    page.get_by_role("button", name="Go on").click()


def read_and_practise(page: Page, title: str) -> None:
    expect(heading(page)).to_have_text(title)
    finish_reading(page)
    practise(page)


def find_helpers(page: Page) -> None:
    """The steps at the end of the third module."""
    expect(heading(page)).to_have_text("Find your own helpers")
    for box in page.get_by_role("checkbox").all():
        box.check()
    press(page, "Save and go on")


def write_idea(page: Page, text: str = NO_MEDAL) -> None:
    """The note in the last module."""
    expect(heading(page)).to_have_text("One thing that gets in the way")
    page.get_by_role("textbox").fill(text)
    press(page, "Save and go on")


def rest_of_induction(page: Page) -> None:
    """From the second module's page to the check that ends the course."""
    read_and_practise(page, "Three questions before you change anything")
    read_and_practise(page, "Who helps me")
    find_helpers(page)
    read_and_practise(page, "Your first small step")
    write_idea(page)
