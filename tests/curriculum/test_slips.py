"""The slips of somebody who writes a first course: each is told in her words, at the line that she has to mend."""

import pytest

from tests.curriculum.guide import HOME, Folder

COURSE, TEXT, QUIZ = f"{HOME}/course.yaml", f"{HOME}/01-cold-tea.md", f"{HOME}/check.yaml"
LADDER = f"{HOME}/figures/ladder.yaml"
THIRD = ', feedback: "Worth asking later, when you know how often it happens."}'
RUNGS = """kind: ladder
title: From weak to strong
description: Three rungs.
rungs:
  - {text: Tell people, example: "A mail, or a poster"}
  - {text: Teach people, example: A session}
  - {text: Make it usual, example: The list opens by itself}
"""

# file, what stands there, what is written instead, how many lines further it is told, message, remedy
NOT_YAML = [
    (COURSE, "    file: 01", "     file: 01", 0, "this line is indented more", "below the first letter"),
    (COURSE, "    file: 01", "   file: 01", 0, "is indented otherwise than its neighbours", "below their first letter"),
    (QUIZ, "      - {id: why", "     - {id: why", 0, "is indented otherwise", "below their first letter"),
    (COURSE, "    file: 01", "\tfile: 01", 0, "a tab stands before the words", "Use spaces"),
    (COURSE, "owner: QI", "owner QI", 0, "no colon and space after a field's name", "Write name: value"),
    (COURSE, "owner: QI", "owner:QI", 0, "no colon and space after a field's name", "Write name: value"),
    (COURSE, "title: Hot tea", "title: Tea: hot", 0, "a text has a colon in it", "straight quotation marks"),
    (COURSE, "title: Hot tea", "title: “Tea: hot”", 0, "a text has a colon in it", "curly ones do not count"),
    (COURSE, "title: Hot tea", "title: 'Don't wait'", 0, "a text has the mark ' inside '…'", "the other kind"),
    (COURSE, "title: Hot tea", 'title: "Say "hot" tea"', 0, 'a text has the mark " inside "…"', "the other kind"),
    (COURSE, "title: Hot tea", 'title: "Hot tea', 0, "opened and never closed", "at the end of the text"),
    (COURSE, "title: Hot tea", "title: %Hot tea", 0, "YAML keeps for itself", "straight quotation marks"),
    (COURSE, "owner: QI team", "owner: - QI team", 0, "a list begins behind a field's name", "on the next line"),
    (QUIZ, THIRD, THIRD[:-1], 0, "begins here with { or [ is not closed", "Close it"),
]


@pytest.mark.parametrize(("file", "old", "new", "away", "message", "remedy"), NOT_YAML, ids=[s[2] for s in NOT_YAML])
def test_what_is_not_yaml_is_told_in_plain_words(
    folder: Folder, file: str, old: str, new: str, away: int, message: str, remedy: str
) -> None:
    line = folder.swap(file, old, new)
    problem = folder.only()
    assert (problem.file, problem.line) == (f"courses/{file}", line + away)
    assert problem.message.startswith("is not YAML: ")
    assert message in problem.message
    assert remedy in problem.remedy


def test_an_unclosed_quotation_mark_is_told_where_it_is_opened(folder: Folder) -> None:
    line = folder.swap(COURSE, "title: Hot tea for everybody\npublic_title: Hot", 'title: "Hot\npublic_title: "Hot')
    problem = folder.only()
    assert (problem.line, problem.message) == (line, "is not YAML: a quotation mark is opened and never closed")


def test_words_behind_a_hash_are_not_lost_unseen(folder: Folder) -> None:
    line = folder.swap(QUIZ, "Of 40 cups, 10 were cold.", "Bay #4 had 40 cups.")
    problem = folder.only()
    assert (problem.line, problem.remedy) == (line, "Put the whole text in straight quotation marks.")
    assert "# begins a comment" in problem.message


def test_a_comment_is_one(folder: Folder) -> None:
    folder.swap(COURSE, "owner: QI team", "owner: QI team  # they know")
    assert folder.problems() == []


def test_a_comma_in_braces_is_told_as_what_it_is(folder: Folder) -> None:
    line = folder.swap(QUIZ, '"A name explains no number."', "A name, says the cook")
    problem = folder.only()
    assert problem.line == line
    assert "'says the cook' of entry 1 of 'options' stands after a comma" in problem.message
    assert "Put the whole text in straight quotation marks" in problem.message


def test_a_comma_in_a_figures_data_is_told_as_what_it_is(folder: Folder) -> None:
    folder.write(LADDER, RUNGS)
    folder.swap(TEXT, "::: source", "::: figure ladder.yaml | Three rungs\n:::\n\n::: source")
    assert folder.problems() == []
    line = folder.swap(LADDER, '"A mail, or a poster"', "A mail, or a poster")
    problem = folder.only()
    assert (problem.file, problem.line) == (f"courses/{LADDER}", line)
    assert problem.message == "'or a poster' stands after a comma and is read as a new field"


def test_a_misspelt_field_of_a_question_is_told_once_at_its_line(folder: Folder) -> None:
    line = folder.swap(QUIZ, "difficulty: easy", "dificulty: easy")
    problem = folder.only()
    assert (problem.line, problem.message, problem.remedy) == (line, "unknown field 'dificulty'", "Write 'difficulty'.")


def test_a_misspelt_field_of_an_entry_is_named(folder: Folder) -> None:
    folder.swap(QUIZ, 'feedback: "A name', 'fedback: "A name')
    assert "is missing: correct the spelling of 'fedback'" in folder.only().message


def test_what_concerns_a_whole_list_is_a_sentence(folder: Folder) -> None:
    folder.swap(QUIZ, ", correct: true", "")
    assert folder.only().message.startswith("question 'of-how-many': 'options': 0 options are marked")


@pytest.mark.parametrize("rows", ["| Mon | 9 |\n| Tue | 8 |", "| Day | Cold |\n| --- |\n| Mon | 9 |"])
def test_rows_without_a_head_are_told_and_not_shown_as_words(folder: Folder, rows: str) -> None:
    line = folder.swap(TEXT, "## A week of cups", f"{rows}\n\n## A week of cups")
    problem = folder.only()
    assert (problem.line, problem.message) == (line, "rows of a table without a head")
    assert "| --- | --- |" in problem.remedy


def test_a_figure_that_is_not_there_is_told_where_it_is_shown(folder: Folder) -> None:
    line = folder.swap(TEXT, "::: figure cups.svg", "::: figure cup.svg")
    told = {p.file: p for p in folder.problems()}
    missing = told[f"courses/{TEXT}"]
    assert (missing.line, missing.message) == (line, "the figure 'cup.svg' does not exist")
    assert missing.remedy.startswith("Did you mean 'cups.svg'?")
    assert told[f"courses/{HOME}/figures/cups.svg"].message == "is used nowhere"


def test_two_right_answers_are_counted(folder: Folder) -> None:
    check = "::: self-check Hot?\n- (x) Yes | So it is.\n- (x) No | So it is.\n:::\n\n"
    folder.swap(TEXT, "## A week of cups", f"{check}## A week of cups")
    assert folder.only().message == "the self-check 'Hot?' has no single right answer: 2 of 2 are right"


def test_words_before_the_first_tab_are_told_once(folder: Folder) -> None:
    parts = "::: tabs Where\n= A ward\nHere.\n= Another\nThere.\n:::\n\n"
    folder.swap(TEXT, "## A week of cups", f"{parts}## A week of cups")
    assert [p.message for p in folder.problems()] == [
        "the tabs 'Where' have 0 parts",
        "these words stand before the first tab",
    ]


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("check2.yaml.txt", "Call it check2.yaml"),
        ("check2.yml", "Call it check2.yaml"),
        ("plan.docx", "Keep it elsewhere"),
        ("figures/ward.png", "Keep it elsewhere"),
        ("cups2.svg", "Move it into the folder figures"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_with_what_its_name_says(folder: Folder, name: str, remedy: str) -> None:
    folder.write(f"{HOME}/{name}", "x")
    assert folder.only().message == "is used nowhere"
    assert folder.only().remedy.startswith(remedy)


@pytest.mark.parametrize("name", ["course.yaml~", "~$plan.docx", "Thumbs.db", "desktop.ini", ".DS_Store"])
def test_what_programs_leave_beside_a_file_is_passed_over(folder: Folder, name: str) -> None:
    folder.write(f"{HOME}/{name}", "x")
    assert folder.problems() == []
