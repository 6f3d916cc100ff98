"""A QI lead begins a course with one command: it is in order at once, and says itself what to replace."""

import pytest
import yaml

from app.kernel.config import ROOT
from tests.authoring.shelves import Qi, contents
from tests.curriculum.guide import Folder

TIERS = [tier["slug"] for tier in yaml.safe_load((ROOT / "courses" / "framework.yaml").read_text())["tiers"]]


@pytest.mark.parametrize("tier", TIERS)
def test_a_new_course_of_every_tier_passes_the_check(folder: Folder, qi: Qi, tier: str) -> None:
    result = qi(folder, "new", "hand-hygiene", "--title", 'Clean hands: "why"', "--tier", tier)
    assert result.exit_code == 0, result.output
    assert folder.problems() == []


def test_it_has_all_that_a_course_is_made_of_and_says_what_to_replace(folder: Folder, qi: Qi) -> None:
    qi(folder, "new", "hand-hygiene")
    files = {name: content.decode() for name, content in contents(folder / "hand-hygiene").items()}
    assert set(files) == {"course.yaml", "01-first-module.md", "check.yaml", "figures/two-weeks.svg"}
    assert all("Replace" in text for text in files.values())
    text = files["01-first-module.md"]
    assert all(f"::: {box}" in text for box in ("situation", "example", "figure", "think", "source", "help"))
    assert yaml.safe_load(files["course.yaml"])["title"] == "Hand hygiene"


def test_the_author_is_told_three_steps(folder: Folder, qi: Qi) -> None:
    said = qi(folder, "new", "hand-hygiene").output
    assert [line[:2] for line in said.splitlines()[1:]] == ["1.", "2.", "3."]
    assert "qi courses preview hand-hygiene" in said


def test_what_still_waits_for_words_is_told_before_learners_read_it(folder: Folder, qi: Qi) -> None:
    assert "Replace" not in qi(folder, "check").output
    qi(folder, "new", "hand-hygiene")
    said = qi(folder, "check")
    assert said.exit_code == 0
    assert "The first is courses/hand-hygiene/01-first-module.md:2" in said.output


def test_two_new_courses_do_not_stand_in_each_others_way(folder: Folder, qi: Qi) -> None:
    assert [qi(folder, "new", slug).exit_code for slug in ("first-one", "second-one")] == [0, 0]
    assert folder.problems() == []


def test_a_masterclass_lies_among_the_masterclasses(folder: Folder, qi: Qi) -> None:
    for slug in ("equity", "small-numbers"):
        assert qi(folder, "new", slug, "--tier", "masterclasses").exit_code == 0
    assert sorted(p.name for p in (folder / "masterclasses").iterdir()) == ["equity", "small-numbers"]
    assert folder.problems() == []
    assert qi(folder, "new", "equity").exit_code == 1


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["Tea Round"], 2, "digits and hyphens, 60 characters at most: tea-round"),
        (["../tea"], 2, "at most: tea"),
        (["x" * 61], 2, "60 characters"),
        (["masterclasses"], 2, "Choose another name"),
        (["new-one", "--tier", "inducton"], 2, "Did you mean 'induction'?"),
        (["new-one", "--title", "x" * 161], 2, "161 characters"),
        (["new-one", "--title", "<b>Tea</b>"], 1, "would be shown as it is"),
        (["tea-round"], 1, "go on with that course: qi courses preview tea-round"),
    ],
)
def test_what_cannot_be_begun_is_refused_with_the_remedy(
    folder: Folder, qi: Qi, words: list[str], code: int, said: str
) -> None:
    before = contents(folder.path)
    result = qi(folder, "new", *words)
    assert result.exit_code == code
    assert said in result.output
    assert contents(folder.path) == before


def test_a_course_that_waits_to_be_mended_does_not_keep_another_from_beginning(folder: Folder, qi: Qi) -> None:
    folder.swap("tea-round/course.yaml", "competency: measurement", "competency: measurements")
    assert qi(folder, "new", "hand-hygiene").exit_code == 0
    assert len(folder.problems()) == 1


def test_a_folder_that_is_not_there_is_named(folder: Folder, qi: Qi) -> None:
    result = qi(Folder(folder / "nowhere"), "new", "hand-hygiene")
    assert result.exit_code == 1
    assert "QI_COURSES_DIR" in result.output
