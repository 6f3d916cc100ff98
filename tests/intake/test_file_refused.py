"""A file that is not taken says why and what to do, and what was chosen is not chosen again."""

from typing import Any

import pytest
import sqlalchemy as sa

from app.intake.models import StaffUpload
from app.kernel.db import table
from app.organisation.models import Directorate, Employment
from tests.client import document
from tests.intake.bringing import Bringing, content, count, text
from tests.intake.files import spreadsheet
from tests.intake.staff_file import HEADER, row
from tests.world import World


@pytest.fixture(autouse=True)
def _ward(world: World) -> None:
    world.team("Ward 7", "Medicine")


def test_a_refused_file_says_why_and_the_form_is_there_again(bringing: Bringing) -> None:
    page = bringing.bring_bytes(b"%PDF-1.7 ...", name="staff.pdf", whole="trust")
    assert document(page).h1 == "The file was not taken"
    assert "staff.pdf is a PDF" in text(page)
    again = bringing.client.submit(page, "/files", files={"file": ("staff.csv", content(row("1")))})
    assert again.status_code == 303
    assert bringing.upload().whole == "trust", "what was said of the file is said of the next one"


def test_a_file_without_anything_in_it_is_not_taken_and_what_was_chosen_stays(bringing: Bringing) -> None:
    for name, data, said in (
        ("empty.csv", b"", "empty.csv is empty"),
        ("", b"", "Choose the staff file"),
    ):
        answer = bringing.post_file(data, name, whole="directorate", directorate="Medicine", sheet="Staff")
        assert answer.status_code == 422
        assert said in text(answer)
        fields = next(form for form in document(answer).forms if form.action.endswith("/files")).fields
        assert (fields["whole"], fields["directorate"], fields["sheet"]) == (["directorate"], ["Medicine"], ["Staff"])
    answer = bringing.post_file(content(row("1")), whole="directorate", directorate="")
    assert "Choose the directorate" in text(answer)
    assert count(bringing.world, StaffUpload) == 0


def test_a_missing_column_leads_to_the_choice_of_columns(bringing: Bringing) -> None:
    data = content(row("1", "Okafor")).replace(b"Last Name", b"Known As").replace(b"Staff Group", b"Trade")
    page = bringing.bring_bytes(data)
    assert "has no column for: family name, staff group" in text(page)
    chosen = {"says-family_name": "Known As"}
    answer = bringing.client.submit(page, "/files", files={"file": ("staff.csv", data)}, **chosen)
    assert answer.status_code == 422
    assert "Choose the column for: staff group" in text(answer)
    chosen["says-staff_group"] = "Trade"
    answer = bringing.client.submit(answer, "/files", files={"file": ("staff.csv", data)}, **chosen)
    bringing.id = int(bringing.client.follow(answer).request.url.path.rpartition("/")[2])
    assert "1 joins." in text(bringing.shown())
    assert count(bringing.world, StaffUpload) == 1, "the new file takes the place of the refused one"
    bringing.apply()
    again = bringing.bring_bytes(data)
    assert "1 person is as the file says" in text(again), "the choice is kept for files with this header"


def test_a_column_that_is_not_to_be_read_is_not_read(bringing: Bringing) -> None:
    data = content(row("1", end="2026-12-31"))
    page = bringing.bring_bytes(data)
    columns = bringing.client.get(f"{bringing.path}/columns")
    answer = bringing.client.submit(columns, "/files", files={"file": ("staff.csv", data)}, **{"says-end": ""})
    bringing.id = int(answer.headers["location"].rpartition("/")[2])
    page = bringing.shown()
    assert "End Date" in text(page).partition("Not read, and kept nowhere:")[2]
    bringing.apply()
    with bringing.world.db.read() as session:
        post = table(Employment)
        assert session.scalar(sa.select(post.c.ends_on).where(post.c.employee_number == "1")) is None
    page = bringing.bring_bytes(data)
    assert "1 person is as the file says" in text(page), "it is kept for files with this header"


def test_the_sheet_of_a_refused_spreadsheet_can_be_told(bringing: Bringing) -> None:

    def fill(workbook: Any, first: Any) -> None:
        first.write(0, 0, "Notes")
        first.write(1, 0, "See the other sheet")
        staff = workbook.add_worksheet("Everybody")
        for at, (name, value) in enumerate(({HEADER[key]: said for key, said in row("1").items()}).items()):
            staff.write(0, at, name)
            staff.write(1, at, value)

    data = spreadsheet(fill)
    page = bringing.bring_bytes(data, name="staff.xlsx")
    assert document(page).h1 == "The file was not taken"
    answer = bringing.client.submit(page, "/files", files={"file": ("staff.xlsx", data)}, sheet="Everybody")
    assert answer.status_code == 303, text(answer)
    bringing.id = int(answer.headers["location"].rpartition("/")[2])
    assert "1 joins." in text(bringing.shown())
    sheet = next(f for f in document(page).all("input") if f.attrib.get("name") == "sheet")
    assert sheet.attrib.get("type") != "hidden", "whoever is told to choose a sheet must find where"


def test_a_directorate_that_is_gone_when_it_is_applied_is_said(bringing: Bringing) -> None:
    page = bringing.bring(row("1"), whole="directorate", directorate="Medicine")
    with bringing.world.db.write() as session:
        session.execute(sa.update(table(Directorate)).values(name="Care").where(sa.column("name") == "Medicine"))
    answer = bringing.go(page, "/apply")
    assert document(answer).h1 == "The file was not taken"
    assert "The directorates are: " in text(answer)
