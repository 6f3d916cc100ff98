"""Nothing in the folder of courses leads out of it, drowns the program or hides from the reader."""

import os
import shutil
from pathlib import Path

import pytest

from app.curriculum.located import DEEPEST, YamlProblem, read_yaml
from tests.curriculum.guide import HOME, Folder

TEXT, QUIZ = f"{HOME}/01-cold-tea.md", f"{HOME}/check.yaml"


def test_a_link_out_of_the_folder_is_not_followed(folder: Folder, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("The secret words of another file.")
    (folder / TEXT).unlink()
    (folder / TEXT).symlink_to(secret)
    assert folder.only().message == "is a link to another place"


def test_a_linked_folder_is_not_followed(folder: Folder, tmp_path: Path) -> None:
    (folder / HOME / "figures").rename(tmp_path / "figures")
    (folder / HOME / "figures").symlink_to(tmp_path / "figures")
    assert any("is a link to another place" in str(p) for p in folder.problems())


def test_courses_of_one_kind_may_lie_one_folder_deeper(folder: Folder) -> None:
    (folder / "masterclasses").mkdir()
    (folder / HOME).rename(folder / f"masterclasses/{HOME}")
    assert folder.problems() == []
    folder.write("masterclasses/notes.txt", b"For later.")
    assert folder.only().message == "belongs to no course"


def test_two_folders_cannot_have_one_slug(folder: Folder) -> None:
    shutil.copytree(folder / HOME, folder / f"masterclasses/{HOME}")
    assert "the slug 'tea-round' is that of" in str(folder.problems())


def test_a_pipe_where_a_file_belongs_stops_nothing(folder: Folder) -> None:
    (folder / TEXT).unlink()
    os.mkfifo(folder / TEXT)
    assert "is not a file" in str(folder.problems())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"caf\xe9 au lait\n", "is not UTF-8 text"),
        (b"a" * 400_001, "is larger than 400 kB"),
        ("left \u202eright".encode(), "holds the unprintable character U+202E"),
        (b"one\x00two", "holds the unprintable character U+0000"),
        ("own \ue000".encode(), "holds the unprintable character U+E000"),
    ],
)
def test_what_cannot_be_read_is_told(folder: Folder, content: bytes, said: str) -> None:
    folder.write(TEXT, content)
    assert said in folder.only().message


def test_the_line_of_a_wrong_byte_is_named(folder: Folder) -> None:
    folder.write(TEXT, b"one\ntwo\ncaf\xe9\n")
    problem = folder.only()
    assert (problem.line, problem.remedy) == (3, "Save the file with the encoding UTF-8.")


def test_a_file_saved_on_another_system_is_the_same_file(folder: Folder) -> None:
    text = (folder / QUIZ).read_text()
    folder.write(QUIZ, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert folder.problems() == []


def test_hidden_files_of_editors_are_passed_over(folder: Folder) -> None:
    folder.write(f"{HOME}/.01-cold-tea.md.swp", "x")
    folder.write(".DS_Store", "x")
    assert folder.problems() == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    told = Folder(tmp_path / "nowhere").problems()
    assert any("QI_COURSES_DIR" in p.remedy for p in told)


BOMBS = {
    "aliases that double": "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n",
    "an alias to itself": "a: &a [*a]\n",
    "depth": "[" * 5000,
    "depth of mappings": "".join(" " * n + "a:\n" for n in range(DEEPEST + 5)),
    "a tag that builds": "!!python/object/apply:os.system [echo]\n",
    "a tag of bytes": "a: !!binary aGk=\n",
    "two documents": "a: 1\n---\nb: 2\n",
    "a number of 6,000 digits": "a: " + "9" * 6000 + "\n",
    "a hidden character by its number": 'a: "\\x07"\n',
    "a direction by its number": 'a: "\\u202e"\n',
    "half a character": 'a: "\\ud800"\n',
    "a list as a name": "? [a]\n: 1\n",
    "a tab": "a:\n\t- b\n",
    "a NUL": "a: \x00\n",
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=list(BOMBS))
def test_yaml_does_no_harm(text: str) -> None:
    with pytest.raises(YamlProblem) as problem:
        read_yaml(text)
    assert problem.value.line >= 1
    assert problem.value.message
    assert problem.value.remedy
