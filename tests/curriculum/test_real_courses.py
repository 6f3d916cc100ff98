"""The courses that this program teaches are in order, whole, and give no answer away."""

from collections.abc import Iterator
from typing import Any

import pytest

from app.curriculum.checking import CheckedCourse, CheckedModule, Courses
from app.curriculum.text.pointers import TO_DO
from app.kernel.config import ROOT
from tests.document import Document
from tests.world import real_courses

KEYS = {"correct", "answer", "answers", "feedback", "marking", "explanation", "explanation_html", "near", "tolerance"}


@pytest.fixture(scope="module")
def courses() -> Courses:
    read: Courses = real_courses(ROOT / "courses")
    return read


def _texts(courses: Courses) -> Iterator[tuple[str, str]]:
    for course in courses.courses:
        for module in course.modules:
            yield module.module.id, _with_tasks(module, module.html)
            if module.easy_html:
                yield f"{module.module.id} (easy read)", _with_tasks(module, module.easy_html)


def _with_tasks(module: CheckedModule, html: str) -> str:
    """The text as it stands in its page, with what there is to do below it."""
    return html + "".join(f'<p id="{TO_DO}{activity.id}"></p>' for activity in module.module.activities)


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _keys(inner)


def _questions(courses: Courses) -> Iterator[tuple[CheckedCourse, Any]]:
    for course in courses.courses:
        for quiz in course.quizzes.values():
            for question in quiz.questions:
                yield course, question


def test_they_are_in_order(courses: Courses) -> None:
    assert [str(problem) for problem in courses.problems] == []
    taught = {c.course.tier for c in courses.courses}
    assert courses.framework is not None
    assert taught == {t.slug for t in courses.framework.tiers if t.delivered != "external"}


def test_their_pages_are_well_formed_and_every_id_and_link_holds(courses: Courses) -> None:
    for name, html in _texts(courses):
        page = Document(f"<!doctype html><html><head><title>x</title></head><body>{html}</body></html>")
        assert page.parse_errors == [], name
        assert [i for i, count in page.ids.items() if count > 1] == [], name
        inner = [a.attrib["href"][1:] for a in page.all("a") if a.attrib["href"].startswith("#")]
        assert [i for i in inner if i not in page.ids] == [], name
        named = [i for e in page.elements for i in e.attrib.get("aria-labelledby", "").split()]
        assert [i for i in named if i not in page.ids] == [], name


def test_no_question_shows_its_answer(courses: Courses) -> None:
    asked = list(_questions(courses))
    assert len(asked) > 60
    for _, question in asked:
        assert set(_keys(question.shown)) & KEYS == set(), question.key
        for told in _feedback(question.raw):
            assert told not in str(question.shown), question.key


def test_no_order_shows_the_answer(courses: Courses) -> None:
    """Sorted by the same rule for every question, so the right order appears only by chance."""
    ordered = [q for _, q in _questions(courses) if q.kind == "ordering"]
    told = [[i["id"] for i in q.raw["items"]] == [i["id"] for i in q.shown["items"]] for q in ordered]
    assert len(ordered) > 3
    assert sum(told) < len(told) / 2


def test_induction_takes_three_quarters_of_an_hour_and_its_bank_is_large_enough(courses: Courses) -> None:
    (induction,) = (c.course for c in courses.courses if c.course.slug == "induction")
    assert sum(a.minutes for m in induction.modules for a in m.activities) == 45
    (partners,) = (c.course for c in courses.courses if c.course.slug == "patients-and-carers")
    assert all(m.easy_read for m in partners.modules)


def _feedback(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (words for key, words in value.items() if key == "feedback" and isinstance(words, str))
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _feedback(inner)
