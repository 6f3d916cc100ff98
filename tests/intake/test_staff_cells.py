"""What a cell of a staff file says is taken as it stands or named with a reason; nothing is guessed."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.intake.reading import CellKind, Row, Table
from app.intake.rules import values
from app.intake.rules.bands import band_of
from app.intake.rules.checking import checked
from app.intake.rules.columns import Column, fingerprint, missing, proposed
from app.intake.rules.managers import loops
from app.intake.rules.picture import Picture
from app.intake.rules.plan import Whole, WholeKind
from app.intake.rules.planning import planned
from app.intake.rules.values import CellError
from app.kernel.names import tidy
from app.organisation.rules import BANDS, MEDICAL_GRADES
from tests.intake.staff_file import HEADER, row

TEXT, NUMBER, DATE = CellKind.TEXT, CellKind.NUMBER, CellKind.DATE


@pytest.mark.parametrize("text", ["00012345", "20000002-2", "QI-1", "A 12/3"])
def test_employee_numbers_stay_text(text: str) -> None:
    assert values.employee_number(f" {text} ", TEXT) == text


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        ("1.23E+05", TEXT, "shortened"),
        ("1,23E+05", TEXT, "shortened"),
        ("MAR1", TEXT, "date"),
        ("1-Mar", TEXT, "date"),
        ("Mar-24", TEXT, "date"),
        ("01/03/2024", TEXT, "date"),
        ("2024-03-01", DATE, "date"),
        ("QQ123456C", TEXT, "National Insurance"),
        ("12345.0", NUMBER, ""),
        ("", TEXT, "no employee number"),
        ("=1+1", TEXT, "letters, figures"),
        ("<script>", TEXT, "letters, figures"),
        ("1" * 31, TEXT, "30"),
        ("#N/A", CellKind.ERROR, "error"),
        ("7", CellKind.FORMULA, "formula"),
    ],
)
def test_what_a_spreadsheet_did_to_a_number_is_named(text: str, kind: CellKind, reason: str) -> None:
    if not reason:
        assert values.employee_number(text, kind) == text
        return
    with pytest.raises(CellError, match=reason):
        values.employee_number(text, kind)


@pytest.mark.parametrize(
    "text",
    ["2026-12-31", "31/12/2026", "31-12-2026", "31.12.2026", "31-Dec-2026", "31 December 2026", "20261231",
     "2026/12/31 00:00:00", "2026-12-31T00:00:00"],
)  # fmt: skip
def test_dates_that_can_be_read_in_one_way(text: str) -> None:
    assert values.day(text, TEXT, "start", needed=True) == date(2026, 12, 31)


@pytest.mark.parametrize(
    "text", ["31/12/26", "31-Dec-26", "Dec-26", "46387", "1/2", "31/02/2026", "01/13/2026", "soon"]
)
def test_dates_that_cannot_are_refused(text: str) -> None:
    with pytest.raises(CellError):
        values.day(text, TEXT, "start", needed=True)


def test_the_records_own_way_to_say_no_end_is_no_end() -> None:
    assert values.day("31-Dec-4712", TEXT, "end", needed=False) is None


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("Band 5", "5"), ("XR05", "5"), ("Review Body Band 5", "5"), ("NHS|XR05|Review Body Band 5", "5"),
        ("AfC: Band 5", "5"), ("NHS AfC: Band 5", "5"), ("5", "5"), ("8A", "8a"), ("Band 8a", "8a"),
        ("Review Body Band 8 - Range B", "8b"), ("vsm", "VSM"), ("Foundation Year 1", "F1"), ("CT2", "ST2/CT2"),
        ("Band 6 or 7", None), ("Band 8", None), ("Band 9 or VSM", None), ("Prefer not to say", None), ("XR09", None),
        ("Band 5 and below", None), ("Band 12", None), ("", None),
        ("=5", None), ("@7", None), ("-", None),
    ],
)  # fmt: skip
def test_bands_are_known_or_left_as_they_are(text: str, band: str | None) -> None:
    assert band_of(text) == band


@pytest.mark.parametrize("grade", [*BANDS, *MEDICAL_GRADES])
def test_every_band_and_grade_is_itself(grade: str) -> None:
    assert band_of(grade) == grade


@given(st.text(max_size=60))
def test_no_text_becomes_a_band_that_is_none(text: str) -> None:
    assert band_of(text) in {None, *BANDS, *MEDICAL_GRADES}


@given(st.text(max_size=60), st.sampled_from(CellKind))
def test_any_cell_is_a_value_or_a_reason(text: str, kind: CellKind) -> None:
    for check in (
        values.employee_number,
        values.email,
        values.flag,
        lambda t, k: values.day(t, k, "start", needed=True),
        lambda t, k: values.name(t, k, "name", needed=True),
    ):
        with suppress(CellError):
            found = check(text, kind)
            assert not isinstance(found, str) or tidy(found) == found


@given(st.text(alphabet="abz09.@-_+' ", max_size=30))
def test_the_short_way_to_check_an_address_agrees_with_the_long_one(text: str) -> None:
    from email_validator import EmailNotValidError, validate_email

    try:
        long = validate_email(tidy(text), check_deliverability=False).normalized if tidy(text) else None
    except EmailNotValidError:
        with pytest.raises(CellError):
            values.email(text, TEXT)
    else:
        assert values.email(text, TEXT) == long


def test_zeros_that_a_spreadsheet_may_have_lost_are_named() -> None:
    table = _table(("12345", NUMBER), ("20000001", NUMBER), ("00012346", TEXT))
    found = checked(table, proposed(table.columns))
    assert [(p.row, p.number) for p in found.problems] == [(2, "12345")]
    assert "leading zeros" in found.problems[0].reason


def test_rings_of_managers_are_named_once() -> None:
    assert loops({"a": "b", "b": "c", "c": "a", "d": "a", "e": "f"}) == [("a", "b", "c")]
    assert loops({"a": "b"}) == []


def test_headers_of_extracts_and_records_are_understood() -> None:
    extract = ("Employee Number", "Assignment No.", "Position Title", "Role", "Area Of Work", "Org L2", "Org L3",
               "Org L4", "Org L5", "Staff Group", "Professional Registration Num", "Gender")  # fmt: skip
    says = proposed(extract).says
    assert (says[Column.DIRECTORATE], says[Column.TEAM], says[Column.JOB_ROLE]) == ("Org L3", "Org L5", "Role")
    assert missing(proposed(extract)) == ["given name", "family name", "start"]
    assert not missing(proposed(tuple(HEADER.values())))
    assert fingerprint(extract) != fingerprint(extract[:-1])


messy = st.one_of(
    st.sampled_from(["", "1", "2", "00003", "Medicine", "2024-01-01", "31/12/2025", "Y", "N", "=1", "<b>", "\x00"]),
    st.text(max_size=12),
)


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(HEADER, messy)), max_size=8), st.sampled_from(WholeKind))
def test_every_row_of_any_file_is_counted_once(rows: list[dict[str, str]], kind: WholeKind) -> None:
    """Taken, unchanged, left out, over or wrong: no row goes missing, and no person is ended by a wrong one."""
    good = [row("777", "Kept") | {"directorate": "Medicine"}]
    cells = [tuple(one[key] for key in HEADER) for one in [*rows, *good]]
    table = Table(
        "csv", tuple(HEADER.values()),
        tuple(Row(n, c, (TEXT,) * len(c)) for n, c in enumerate(cells, 2)), (), (),
    )  # fmt: skip
    columns = proposed(table.columns)
    whole = Whole(kind, 1 if kind is WholeKind.DIRECTORATE else None)
    plan = planned(Picture(date(2026, 11, 23), ""), checked(table, columns), whole, {}, columns.says, create=True)
    taken = {line.row for line in plan.lines}
    wrong = {problem.row for problem in plan.problems}
    assert not taken & wrong
    assert len(taken) + len(wrong) + plan.over + plan.left_out + len(plan.unchanged) >= len(cells)
    assert (
        plan.fingerprint
        == planned(
            Picture(date(2026, 11, 23), ""), checked(table, columns), whole, {}, columns.says, create=True
        ).fingerprint
    )


def _table(*numbers: tuple[str, CellKind]) -> Table:
    rows = []
    for at, (number, kind) in enumerate(numbers, 2):
        cells = tuple(row(number)[key] for key in HEADER)
        rows.append(Row(at, cells, (kind, *(TEXT,) * (len(cells) - 1))))
    return Table("xlsx", tuple(HEADER.values()), tuple(rows), (), ())
