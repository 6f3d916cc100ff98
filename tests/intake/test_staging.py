"""A file between its reading and its import: the same rows come back, and nothing of the columns that are not used."""

from hypothesis import given
from hypothesis import strategies as st

from app.intake.reading import CellKind, Row, Table
from app.intake.reading.staging import NOT_KEPT, packed, unpacked

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
kinds = st.sampled_from(CellKind)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    header = tuple(draw(st.lists(texts.filter(bool), min_size=1, max_size=6, unique=True)))
    width = len(header)
    numbered = draw(st.lists(st.integers(2, 200_001), max_size=12, unique=True))
    rows = tuple(
        Row(
            number,
            tuple(draw(st.lists(texts, min_size=width, max_size=width))),
            tuple(draw(st.lists(kinds, min_size=width, max_size=width))),
        )
        for number in sorted(numbered)
    )
    return Table(draw(st.sampled_from(["csv", "xlsx", "go"])), header, rows, (), ())


@given(tables(), st.data())
def test_the_rows_come_back_without_the_columns_that_are_not_used(table: Table, data: st.DataObject) -> None:
    used = data.draw(st.sets(st.sampled_from(table.columns)))
    back = unpacked(packed(table, used), {}, ("A remark.",))
    assert (back.source, back.columns, back.remarks) == (table.source, table.columns, ("A remark.",))
    assert [row.number for row in back.rows] == [row.number for row in table.rows]
    for was, row in zip(table.rows, back.rows, strict=True):
        for at, name in enumerate(table.columns):
            expected = (was.cells[at], was.kinds[at]) if name in used else ("", CellKind.EMPTY)
            assert (row.cells[at], row.kinds[at]) == expected


@given(tables(), st.data())
def test_what_was_corrected_is_a_text_in_its_place_and_nothing_else_changes(table: Table, data: st.DataObject) -> None:
    used = data.draw(st.sets(st.sampled_from(table.columns), min_size=1))
    numbers = [row.number for row in table.rows]
    said = st.dictionaries(st.sampled_from(sorted(used)), texts)
    corrected = data.draw(st.dictionaries(st.sampled_from(numbers), said)) if numbers else {}
    plain = unpacked(packed(table, used), {})
    back = unpacked(packed(table, used), corrected | {999_999: {table.columns[0]: "of no row"}})
    for was, row in zip(plain.rows, back.rows, strict=True):
        told = corrected.get(row.number, {})
        for at, name in enumerate(table.columns):
            expected = (told[name], CellKind.TEXT) if name in told else (was.cells[at], was.kinds[at])
            assert (row.cells[at], row.kinds[at]) == expected


def test_a_national_insurance_number_is_not_kept_in_any_column() -> None:
    cells = ("QQ123456C", " qq 12 34 56 c ", "QQ123456", "AB123456C Ward")
    row = Row(2, cells, (CellKind.TEXT,) * 4)
    table = Table("csv", ("a", "b", "c", "d"), (row,), (), ())
    assert unpacked(packed(table, set(table.columns)), {}).rows[0].cells == (NOT_KEPT, NOT_KEPT, *cells[2:])
