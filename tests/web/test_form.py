"""What people type and what programs send: dates as people write them, limits that say so, no files unasked."""

from datetime import date
from typing import ClassVar

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from app.web.form import Day, Form, Invalid, MaybeDay, Posted, parse_day, past_day
from tests.client import document
from tests.web.conftest import Trial


class Trying(Form):
    labels: ClassVar = {"name": "a name", "note": "a note"}
    messages: ClassVar = {"count": "Enter a number of people"}

    name: str = Field(min_length=1, max_length=10)
    note: str = Field(default="", max_length=5)
    count: int = 1
    first: Day = date(2027, 3, 31)
    last: MaybeDay = None
    chosen: tuple[int, ...] = ()


def posted(**values: str | list[str]) -> Posted:
    return Posted({name: value if isinstance(value, list) else [value] for name, value in values.items()})


def refused(**values: str | list[str]) -> dict[str, str]:
    parsed = Trying.parse(posted(**values))
    assert isinstance(parsed, Invalid)
    return dict(parsed.errors)


def test_every_wrong_field_has_its_own_sentence() -> None:
    assert refused(name=" ", note="too long", count="many", first="soon", chosen=["1", "x"]) == {
        "name": "Enter a name",
        "note": "A note must be 5 characters or fewer",
        "count": "Enter a number of people",
        "first": "Enter a date such as 31 March 2027",
        "chosen": "Enter a whole number",
    }
    assert refused() == {"name": "Enter a name"}


def test_what_was_typed_is_there_to_be_shown_again() -> None:
    parsed = Trying.parse(posted(name="", note="abc"))
    assert isinstance(parsed, Invalid)
    assert parsed.values == {"name": "", "note": "abc"}


def test_fields_nobody_declared_are_not_taken() -> None:
    parsed = Trying.parse(posted(name="Ann", person_id="7", __class__="x"))
    assert not isinstance(parsed, Invalid)
    assert set(parsed.model_dump()) == set(Trying.model_fields)


def test_many_values_and_a_single_one() -> None:
    parsed = Trying.parse(posted(name=["Ann", "Bob"], chosen=["3", "4"]))
    assert not isinstance(parsed, Invalid)
    assert (parsed.name, parsed.chosen) == ("Bob", (3, 4))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2027-03-31", date(2027, 3, 31)),
        ("31/3/2027", date(2027, 3, 31)),
        ("31.03.2027", date(2027, 3, 31)),
        ("31-3-2027", date(2027, 3, 31)),
        (" 31  march, 2027 ", date(2027, 3, 31)),
        ("31 Mar 2027", date(2027, 3, 31)),
        ("1 september 2027", date(2027, 9, 1)),
        ("31 3 2027", date(2027, 3, 31)),
        ("29/2/2028", date(2028, 2, 29)),
        ("", None),
        ("  ", None),
    ],
)
def test_a_day_is_understood_as_people_write_it(typed: str, day: date | None) -> None:
    assert parse_day(typed) == day


@pytest.mark.parametrize(
    "typed", ["29/2/2027", "31/4/2027", "3/31/2027", "tomorrow", "27", "2027", "0/0/0", "٣١/٣/٢٠٢٧x"]
)
def test_a_day_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="Enter a date such as 31 March 2027"):
        parse_day(typed)


def test_a_day_to_look_back_to_is_today_when_left_empty_and_never_one_to_come() -> None:
    today = date(2027, 3, 31)
    assert past_day(" ", today) == (today, {})
    assert past_day("31 March 2027", today) == (today, {})
    assert past_day("1/3/2027", today) == (date(2027, 3, 1), {})
    assert past_day("1 April 2027", today) == (
        today,
        {"as_at": "Choose today or an earlier date: what comes later is not known yet"},
    )
    assert past_day("31 April 2027", today) == (today, {"as_at": "Enter a date such as 31 March 2027"})


@given(st.text(max_size=40))
def test_no_text_at_all_breaks_a_form(text: str) -> None:
    parsed = Trying.parse(posted(name=text, note=text, count=text, first=text, last=text, chosen=[text, text]))
    assert isinstance(parsed, Invalid | Trying)


@given(st.text(max_size=40))
def test_a_day_is_a_day_or_refused_with_the_same_sentence(text: str) -> None:
    parsed = Trying.parse(posted(name="Ann", first=text))
    said = parsed.errors if isinstance(parsed, Invalid) else {}
    assert set(said.values()) <= {"Enter a date such as 31 March 2027"}


def send(world: Trial, body: bytes, kind: str = "application/x-www-form-urlencoded") -> httpx2.Response:
    return world.client().post("/trial/count/sent", content=body, headers={"Content-Type": kind})


def multipart(*parts: str) -> tuple[bytes, str]:
    body = "".join(f"--b\r\nContent-Disposition: form-data; {part}\r\n" for part in parts) + "--b--\r\n"
    return body.encode(), "multipart/form-data; boundary=b"


def test_a_file_where_none_is_expected_is_refused(world: Trial) -> None:
    answer = send(world, *multipart('name="photo"; filename="cat.png"\r\nContent-Type: image/png\r\n\r\nPNG'))
    assert answer.status_code == 422
    assert "This form takes no files. Remove the file and send it again." in document(answer).text
    assert world.counted() == {}


def test_an_empty_file_field_is_refused_too(world: Trial) -> None:
    answer = send(world, *multipart('name="photo"; filename=""\r\nContent-Type: application/octet-stream\r\n\r\n'))
    assert answer.status_code == 422


@pytest.mark.parametrize("fields", [12_000, 12_001])
def test_a_form_with_more_fields_than_a_directorate_has_cells_is_too_much(world: Trial, fields: int) -> None:
    answer = send(world, b"&".join(b"a=1" for _ in range(fields)))
    assert answer.status_code == (303 if fields == 12_000 else 413)


def test_a_field_of_more_than_a_million_characters_is_too_much(world: Trial) -> None:
    assert send(world, b"a=" + b"x" * 1_100_000).status_code == 413
    body, kind = multipart('name="a"\r\n\r\n' + "x" * 1_100_000)
    assert send(world, body, kind).status_code == 413


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"broken", "multipart/form-data"),
        (b"broken", "multipart/form-data; boundary=b"),
        (b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n", "multipart/form-data; boundary=b"),
        (b"\xff\xfe\x00", "multipart/form-data; boundary="),
    ],
)
def test_a_broken_form_says_that_part_of_it_was_lost(world: Trial, body: bytes, kind: str) -> None:
    answer = send(world, body, kind)
    assert answer.status_code in {303, 422}
    assert answer.status_code == 303 or "lost on its way" in document(answer).text


@given(body=st.binary(max_size=200))
def test_no_bytes_at_all_crash_the_form(body: bytes) -> None:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import PlainTextResponse, Response
    from starlette.testclient import TestClient

    from app.web.form import read_form

    async def show(request: Request) -> Response:
        values = (await read_form(request)).lists()
        assert not any("\x00" in text for texts in values.values() for text in texts)
        return PlainTextResponse("ok")

    app = Starlette()
    app.add_route("/", show, methods=["POST"])
    with TestClient(app) as client:
        answer = client.post("/", content=body, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.text == "ok"


def test_a_missing_field_is_a_lost_part_and_no_crash(world: Trial) -> None:
    client = world.client(world.hire())
    answer = client.post("/trial/kept", data={"other": "x"})
    assert answer.status_code == 422
    assert "Part of this form was lost on its way" in document(answer).text


def test_line_ends_and_nothing_characters_are_evened_out(world: Trial) -> None:
    person = world.hire("Ann", "Lee")
    world.client(person).post(
        "/trial/kept", content=b"answer=a%0D%0Ab%00", headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert list(world.counted()) == ["Ann Lee said a\nb"]


def test_the_last_of_several_values_counts() -> None:
    several = Posted({"a": ["1", "2"], "empty": []})
    assert (several["a"], several.all("a"), several.get("b", "-"), several.get("empty", "-")) == (
        "2",
        ["1", "2"],
        "-",
        "-",
    )
    assert several.all("b") == []
