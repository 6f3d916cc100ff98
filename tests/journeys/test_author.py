"""A QI lead writes the first page of a course with an editor and a browser side by side."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.authoring.running import RunningPreview, qi_courses
from tests.browser import DESKTOP, PHONE, good, open_context
from tests.curriculum.guide import Folder, guide_course
from tests.journeys.walking import heading, press

TEXT, COURSE = "hand-hygiene/01-first-module.md", "hand-hygiene/course.yaml"
SOON = 8_000
"""Milliseconds from a save to the page, on a machine that is busy with other journeys."""


@pytest.fixture
def shelf(tmp_path: Path) -> Folder:
    folder = guide_course(tmp_path / "courses")
    assert "Next:" in qi_courses(folder.path, "new", "hand-hygiene", "--title", "Clean hands")
    return folder


@pytest.fixture
def preview(shelf: Folder) -> Iterator[RunningPreview]:
    with RunningPreview(shelf.path, "hand-hygiene") as running:
        yield running
    assert running.complaints == ""


def watched(chromium: Browser, preview: RunningPreview, **more: int | bool) -> Iterator[Page]:
    context, watch = open_context(chromium, preview.url, **more)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()
    watch.check()


@pytest.fixture
def page(chromium: Browser, preview: RunningPreview) -> Iterator[Page]:
    yield from watched(chromium, preview, width=DESKTOP)


@pytest.fixture
def phone(chromium: Browser, preview: RunningPreview) -> Iterator[Page]:
    yield from watched(chromium, preview, width=PHONE)


@pytest.fixture
def no_script(chromium: Browser, preview: RunningPreview) -> Iterator[Page]:
    yield from watched(chromium, preview, width=DESKTOP, javascript=False)


def test_an_author_sees_a_slip_mends_it_and_sees_their_words_without_pressing_anything(
    shelf: Folder, page: Page
) -> None:
    page.goto("/")
    expect(heading(page)).to_have_text("Clean hands")
    page.get_by_role("link", name="1. Replace: the title of the first module").click()
    expect(page.get_by_text("Preview: nothing is recorded.")).to_be_visible()
    expect(page.get_by_text("The check finds nothing to mend.")).to_be_visible()
    good(page, "preview module")

    shelf.swap(TEXT, "[[quality improvement]]", "[[qualty improvement]]")
    problem = page.get_by_role("listitem").filter(has_text="unknown term 'qualty improvement'")
    expect(problem).to_be_visible(timeout=SOON)
    expect(problem).to_contain_text(f"courses/{TEXT}, line 5")
    good(page, "preview with a problem")

    text = (shelf / TEXT).read_text().replace("[[qualty improvement]]", "[[quality improvement]]")
    shelf.write(
        TEXT, text.replace("Replace this with what happened", "At 07:40 the gel was empty again, on Larch ward")
    )
    expect(page.get_by_text("At 07:40 the gel was empty again")).to_be_visible(timeout=SOON)
    expect(problem).to_have_count(0)
    expect(page.get_by_text("The check finds nothing to mend.")).to_be_visible()


def test_an_author_tries_a_question_and_reads_its_key_on_a_phone(phone: Page) -> None:
    phone.goto("/courses/hand-hygiene/first-module")
    phone.get_by_role("button", name=re.compile("^Begin")).click()
    expect(heading(phone)).to_have_text("The key: Replace: the title of the quiz")
    expect(phone.get_by_text("Replace: why it is right.", exact=True)).to_be_visible()
    good(phone, "preview key")
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE
    phone.get_by_role("link", name="Try question 1 as a learner").click()
    expect(heading(phone)).to_have_text("Question 1 of 2")
    phone.get_by_label("Replace: the right one").check()
    expect(phone.get_by_text("Tried, and not recorded: this is a preview.")).to_be_visible()
    good(phone, "preview question")
    press(phone, "Save and continue")
    phone.get_by_role("textbox").fill("80")
    press(phone, "Save and check your answers")
    expect(phone.get_by_text("Your answer: right")).to_be_visible()
    expect(phone.get_by_text("Your answer: not right")).to_be_visible()


def test_without_scripts_a_link_loads_the_page_again(shelf: Folder, no_script: Page) -> None:
    no_script.goto("/courses/hand-hygiene/first-module")
    shelf.swap(TEXT, "Replace this heading", "Before you touch anybody")
    no_script.get_by_role("link", name="Reload").click()
    expect(no_script.get_by_role("heading", name="Before you touch anybody")).to_be_visible()


def test_the_page_says_when_the_preview_has_ended(page: Page, preview: RunningPreview) -> None:
    page.goto("/courses/hand-hygiene")
    preview.process.terminate()
    expect(page.get_by_text("The preview has ended.")).to_be_visible(timeout=SOON)
