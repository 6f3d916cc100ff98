"""A year's file is read as it stands, or refused with the line and the remedy; no message repeats what a cell says."""

import pytest

from tests.client import document
from tests.equality.conftest import FILES, Trust


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (("Name", "Sex"), "has no column for the employee number. Its columns are: Name, Sex. Name the column with it"),
        (
            ("Employee Number", "Name"),
            "has no column for any protected characteristic. Its columns are: Employee Number",
        ),
        (("Employee Number", "Employee Number"), "twice, in columns A and B"),
    ],
)
def test_a_file_without_its_columns_is_refused_with_the_remedy(
    trust: Trust, header: tuple[str, str], said: str
) -> None:
    page = trust.bring([("30000000", "Female")], header)
    assert page.status_code == 422
    assert said in document(page).text
    assert 'value="2025" selected' in page.text, "the year that was chosen is still there"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "year.csv is empty. Choose the file that holds the year"),
        (b",,\n,,\n", "year.csv is empty. Choose a file with a header and rows under it"),
        (b"%PDF-1.7", "is a PDF"),
        (b"Employee Number,Sex\n", "has a header and nothing under it. Choose a file with rows under its header"),
        (b"x" * (13 * 1024 * 1024), "larger than 12 MB"),
    ],
)
def test_what_is_no_list_is_refused(trust: Trust, content: bytes, said: str) -> None:
    page = trust.bring_bytes(content)
    assert page.status_code == 422
    assert said in document(page).text
    assert "staff list" not in document(page).text


def test_a_form_without_a_file_asks_for_one(trust: Trust) -> None:
    client = trust.client
    page = client.submit(client.get(FILES), FILES, files={"file": ("", b"")}, year="2025")
    assert page.status_code == 422
    assert "Choose the year’s file: CSV or XLSX" in document(page).text


def test_every_characteristic_of_the_act_is_known_by_the_names_in_use(trust: Trust) -> None:
    header = (
        "Staff No", "Age Group", "Disabled", "Gender reassignment", "Marital Status", "Maternity", "Ethnic Origin",
        "Religious Belief", "Gender", "Sexual Orientation", "Pay",
    )  # fmt: skip
    page = document(trust.bring([(n, *["Yes"] * 10) for n in trust.numbers], header))
    names = ("Age", "Disability", "Marriage and civil partnership", "Race (ethnic group)", "Sex", "Sexual orientation")
    assert all(name in page.text for name in names)
    assert "Not looked at: Pay." in page.text


@pytest.mark.parametrize(
    "cell", ["43", "7 March 1961 07700 900461", "1961-03-07", "QQ 12 34 56 C", "x" * 61, "a@b.example"]
)
def test_what_is_no_group_is_named_by_its_line_and_not_repeated(trust: Trust, cell: str) -> None:
    rows = [(number, "40 to 49") for number in trust.numbers]
    rows[4] = (rows[4][0], cell)
    page = document(trust.bring(rows, ("Employee Number", "Age band")))
    assert "Age band" in page.text
    assert "line 6" in page.text
    assert cell not in page.text


@pytest.mark.parametrize(
    "cell", ["30-39", "30 to 39", "65+", "Prefer not to say", "Ysgrifennwyd", "Not Stated", "Z Not stated"]
)
def test_words_are_kept_as_they_stand(trust: Trust, cell: str) -> None:
    page = document(trust.bring([(n, cell) for n in trust.numbers], ("Employee Number", "Age")))
    assert "Lines that say nothing" not in page.text


def test_words_of_one_group_may_differ_in_capitals_and_spaces(trust: Trust) -> None:
    rows = [
        (n, ("Prefer not to say", "prefer  not to say", " PREFER NOT TO SAY")[at % 3 % 2])
        for at, n in enumerate(trust.numbers)
    ]
    page = document(trust.bring(rows))
    assert "SexSex2 groups" in page.text, "and who is not in the file"


def test_a_column_of_birth_dates_under_another_name_is_refused_whole(trust: Trust) -> None:
    page = trust.bring([(n, f"Group {at}") for at, n in enumerate(trust.numbers)], ("Employee Number", "Age"))
    assert page.status_code == 422
    assert "column “Age” has 60 different words, and at most 40 are taken as groups" in document(page).text


def test_two_lines_of_one_person_that_differ_count_neither(trust: Trust) -> None:
    rows = trust.rows()
    page = document(trust.bring([*rows, (rows[0][0], "Male"), rows[1]]))
    assert "Line 2 has the same number and says something else. Neither counts: take one outline 62" in page.text
    assert page.text.count("Neither counts") == 1, "twice the same is no matter"


def test_lost_zeros_are_said(trust: Trust) -> None:
    trust.world.hire(employee_number="00000777")
    page = document(trust.bring([("777", "Female")]))
    assert "A spreadsheet may have dropped its leading zeros: write it as text" in page.text


def test_lines_whose_words_few_have_are_told_without_the_words(trust: Trust) -> None:
    rows = trust.rows()
    rows[7] = (rows[7][0], "Femail")
    page = document(trust.bring(rows))
    assert "Sex: line 9" in page.text
    assert "Femail" not in page.text
