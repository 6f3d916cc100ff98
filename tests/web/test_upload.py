"""A file comes with a form: whole, in memory, up to what its route takes, and nothing typed beside it is lost."""

from tempfile import SpooledTemporaryFile

import pytest

from tests.document import Document
from tests.web.conftest import MOST_SENT, Trial


def heading(answer_text: str) -> str:
    return Document.of(answer_text).all("h1")[0].text or ""


def sent(world: Trial, name: str, content: bytes, once: str = "k") -> tuple[int, str]:
    data = {"said": "with words", "_once": once}
    client = world.client()
    answer = client.post("/trial/send", data=data, files={"list": (name, content)})
    return answer.status_code, heading((client.follow(answer) if answer.status_code == 303 else answer).text)


def test_a_file_arrives_whole_with_the_words_beside_it(world: Trial) -> None:
    assert sent(world, "staff.csv", b"x" * 2_500_000) == (
        303,
        "Item 1 staff.csv: 2500000 bytes, with words",
    )


def test_a_file_never_lies_on_a_disk_while_it_comes(world: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    laid_down: list[object] = []

    def lay_down(file: object) -> None:
        laid_down.append(file)

    monkeypatch.setattr(SpooledTemporaryFile, "rollover", lay_down)
    assert sent(world, "staff.csv", b"x" * 2_500_000)[0] == 303
    assert laid_down == []


def test_of_a_file_that_is_too_large_nothing_is_kept_but_the_words_are(world: Trial) -> None:
    said = "Item 1 staff.csv: too large, with words"
    assert sent(world, "staff.csv", b"x" * (MOST_SENT + 1)) == (303, said)


def test_what_is_many_times_too_large_is_refused_unread(world: Trial) -> None:
    assert sent(world, "staff.csv", b"x" * (5 * MOST_SENT))[0] == 413


def test_without_a_file_the_form_comes_as_any_other(world: Trial) -> None:
    assert sent(world, "", b"") == (303, "Item 0 No file, with words")
    client = world.client()
    answer = client.post("/trial/send", data={"said": "with words"})
    assert heading(client.follow(answer).text) == "Item 0 No file, with words"


@pytest.mark.parametrize("name", ["C:\\lists\\staff.csv", "lists/staff.csv"])
def test_of_a_path_the_last_part_is_the_files_name(world: Trial, name: str) -> None:
    assert sent(world, name, b"x")[1].startswith("Item 1 staff.csv: 1 bytes")


def test_the_same_form_with_another_file_is_another_deed(world: Trial) -> None:
    for content in (b"one", b"one", b"two"):
        sent(world, "staff.csv", content)
    assert world.counted()["staff.csv"] == 2


def test_a_broken_body_is_refused_in_words(world: Trial) -> None:
    headers = {"content-type": "multipart/form-data; boundary=x"}
    answer = world.client().post("/trial/send", content=b"--x\r\nnonsense", headers=headers)
    assert answer.status_code == 422
    assert "Part of this form was lost on its way" in answer.text


def test_a_route_that_takes_no_file_refuses_one_by_name(world: Trial) -> None:
    answer = world.client().post("/trial/form", data={"status": "200"}, files={"list": ("a.csv", b"x")})
    assert answer.status_code == 422
    assert "This form takes no files" in answer.text
