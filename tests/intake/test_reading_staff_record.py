"""The staff record system's outbound file: whole or not at all, and nothing private taken from it."""

import dataclasses

import pytest

from app.intake.reading import CellKind, Table
from tests.intake.files import DATA, read, refusal

VALID = (DATA / "staff_record.dat").read_bytes()
HDR, PER, ASG, FTR = VALID.decode().split("\r\n")[:4]
PRIVATE = (
    "ZZ000000Z", "19700101", "1970-01-01", "Female", "Former", "1 Example Road", "Exampletown", "ZZ1 1ZZ",
    "00000 000000", "Church Street", "LAN", "ZZ1 2ZZ",
)  # fmt: skip


def file(*records: str, count: int | None = None) -> bytes:
    people = sum(record.startswith(("PER", "ASG")) for record in records)
    footer = f"FTR,GO.DAT,{people if count is None else count}"
    return "\r\n".join([HDR, *records, footer]).encode()


def row(table: Table, index: int = 0) -> dict[str, str]:
    return dict(zip(table.columns, table.rows[index].cells, strict=True))


def test_the_real_file_is_a_row_for_its_assignment() -> None:
    table = read(VALID, "GO.DAT")
    assert table.source == "go"
    assert [each.number for each in table.rows] == [3]
    assert row(table) == {
        "Person Id": "1000001",
        "Employee Number": "20000002",
        "Title": "Mrs.",
        "Last Name": "Sample",
        "First Name": "Alex",
        "Middle Names": "Jo",
        "Hire Date": "1994-08-01",
        "Termination Date": "",
        "Email": "alex.sample@example.nhs.uk",
        "Assignment Number": "20000002",
        "Start": "1994-08-01",
        "End": "",
        "Status": "Active Assignment",
        "Supervisor Employee Number": "20000009",
        "Primary": "1",
        "Organisation": "638 L8 SP-CLTC-7850 Out of Hours Nursing",
        "Position Title": "Community Nurse Band 5",
        "Job Role": "Community Nurse",
        "Grade": "Review Body Band 5",
        "Staff Group": "Nursing and Midwifery Registered",
    }
    kinds = dict(zip(table.columns, table.rows[0].kinds, strict=True))
    assert kinds["Start"] is CellKind.DATE
    assert kinds["End"] is CellKind.EMPTY
    assert kinds["Employee Number"] is CellKind.TEXT


def test_nothing_private_is_anywhere_in_the_table() -> None:
    for secret in PRIVATE[:2] + PRIVATE[3:]:
        assert secret in VALID.decode() or secret == "1970-01-01"
    said = repr(dataclasses.asdict(read(VALID, "GO.DAT")))
    for secret in PRIVATE:
        assert secret not in said


def test_somebody_without_an_assignment_is_a_row_too() -> None:
    table = read(file(PER), "GO.DAT")
    assert [each.number for each in table.rows] == [2]
    assert row(table)["Last Name"] == "Sample"
    assert row(table)["Assignment Number"] == row(table)["Start"] == ""


def test_two_posts_are_two_rows_wherever_they_stand() -> None:
    second = ASG.replace(",20000002,", ",20000002-2,", 1).replace('"NHS|XR05|Review Body Band 5"', '"ZM01"')
    table = read(file(second, PER, ASG), "GO.DAT")
    assert [row(table, index)["Assignment Number"] for index in (0, 1)] == ["20000002-2", "20000002"]
    assert [row(table, index)["Grade"] for index in (0, 1)] == ["ZM01", "Review Body Band 5"]
    assert [each.number for each in table.rows] == [2, 4]


def test_a_day_that_never_was_stays_as_written() -> None:
    assert row(read(file(PER, ASG.replace("19940801", "19940231")), "GO.DAT"))["Start"] == "19940231"


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        (VALID.replace(HDR.encode() + b"\r\n", b""), "has no header"),
        (f"{HDR}\r\n{PER}\r\n{ASG}".encode(), "has no footer (FTR)"),
        (file(PER, ASG, count=3), "line 4 (the footer) counts 3 records where the file has 2"),
        (file(PER, ASG).rpartition(b",")[0], "counts no records"),
        (file(ASG), "line 2 is an assignment (ASG) whose person (PER) is not in the file"),
        (file(PER, ASG, "XYZ,1"), "line 4 begins with none of HDR, PER, ASG, FTR"),
        (file(PER, PER), "line 3 is the same person (PER) as line 2"),
        (file(PER, HDR), "line 3 is a second header"),
        (file(PER) + b"\r\n" + ASG.encode(), "line 4 comes after the footer"),
        (file(PER, ",".join(ASG.split(",")[:20])), "line 3 (ASG) does not have its fields"),
        (file(PER.replace('"Mrs.",', '"Mrs.","More",'), ASG), "line 2 (PER) does not have its fields"),
        (
            file(PER.replace('"alex.sample@example.nhs.uk"', '"ZZ000000Z"'), ASG),
            "line 2 (PER) does not have its fields",
        ),
        (file(PER.replace('"Alex"', '"Al"ex"')), "line 2 has a quotation mark"),
        (file(), "holds nobody"),
    ],
)
def test_a_file_that_is_not_whole_is_refused_whole(data: bytes, wrong: str) -> None:
    message = refusal(data, "GO.DAT")
    assert wrong in message
    assert "Write the file again from the staff record system." in message
    for secret in PRIVATE:
        assert secret not in message


def test_what_the_file_is_its_content_says() -> None:
    assert read(VALID, "people.csv").source == "go"
    assert "has no header" in refusal(b"PER,1\r\n", "people.csv")
    assert "has no header" in refusal(b"Number,Name\r\n1,Sample\r\n", "GO.DAT")
