"""Texts are plain: letters explained, sentences short, minutes honest, objectives asked about, reviews not overdue."""

from datetime import date

import pytest

from app.assessment.kinds import KINDS
from app.curriculum.checking import check_courses, read_courses
from tests.curriculum.guide import HOME, Folder

COURSE, TEXT = f"{HOME}/course.yaml", f"{HOME}/01-cold-tea.md"


@pytest.mark.parametrize(
    "said", ["length of stay (LOS)", "LOS (length of stay)", "LOS: length of stay", "It is called LOS"]
)
def test_letters_that_are_explained_may_stand(folder: Folder, said: str) -> None:
    folder.swap(TEXT, "Nobody knew", f"{said}. The LOS rose. Nobody knew")
    assert folder.problems() == []


def test_an_objective_that_nothing_asks_about_is_told(folder: Folder) -> None:
    line = folder.swap(COURSE, "cpd:\n", '  - {id: pour, text: "Pour tea", competency: measurement, level: 1}\ncpd:\n')
    folder.swap(COURSE, "objectives: [count-first]", "objectives: [count-first, pour]")
    problem = folder.only()
    assert (problem.line, problem.message) == (
        line,
        "nothing asks whether somebody can do what the objective 'pour' says",
    )


def test_too_little_time_to_read_is_told(folder: Folder) -> None:
    folder.swap(TEXT, "Nobody knew", "The tea was cold and so we had to wait. " * 70 + "Nobody knew")
    assert any("3 minutes to read it" in p.message and p.remedy.startswith("Give it 4") for p in folder.problems())


def test_the_hardest_sentences_are_named(folder: Folder) -> None:
    hard = (
        "Multidisciplinary organisational accountability necessitates considerable institutional collaboration today."
    )
    folder.swap(TEXT, "Nobody knew", f"{hard} {hard} {hard} {hard} Nobody knew")
    (problem,) = [p for p in folder.problems() if p.message.startswith("the reading age is")]
    assert problem.remedy.count(hard.rstrip(".")) >= 3


def test_an_overdue_review_is_told_and_stops_no_loading(folder: Folder) -> None:
    assert check_courses(folder.path, KINDS, date(2027, 11, 30)) == []
    (problem,) = check_courses(folder.path, KINDS, date(2027, 12, 1))
    assert problem.message == "the review was due by 2027-11-30"
    assert read_courses(folder.path, KINDS).problems == ()


def test_easy_read_has_short_sentences(folder: Folder) -> None:
    folder.write(
        f"{HOME}/01-cold-tea.easy.md", "The tea is cold.\n\n" + "Tea is hot and then it is cold " * 2 + "so wait."
    )
    folder.swap(COURSE, "    file: 01-cold-tea.md\n", "    file: 01-cold-tea.md\n    easy_read: 01-cold-tea.easy.md\n")
    problem = folder.only()
    assert (problem.line, problem.remedy) == (3, "Make it two: easy read has 15 at most.")
