"""Small numbers: the board is told nothing of a directorate that could tell of one person."""

from collections import defaultdict
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.access.permissions import Role
from app.kernel.suppression import FEWEST
from app.oversight.rules.figures import TRUST, Measure, Report
from app.oversight.rules.withholding import NOBODY, untold_days, withheld_of
from tests.client import document
from tests.oversight.conftest import Trust, lines

LONG_AGO = date(2023, 8, 31)


def test_nothing_small_can_be_had_from_the_trusts_own_figure() -> None:
    assert withheld_of({1: 3, 2: 40, 3: 12}, 55) == {1, 3}
    assert withheld_of({1: 3, 2: 4, 3: 12}, 19) == {1, 2, 3}, "seven are too few to hide among"
    assert withheld_of({1: 3, 2: 0, 3: 0}, 3) == {1, 2, 3}, "beside two noughts the three would be the third's"
    assert withheld_of({1: 1, 2: 1, 3: 12, 4: 30}, 44) == {1, 2, 3}, "two are one and one"
    assert withheld_of({1: 9, 2: 9, 3: 12, 4: 30}, 60) == {1, 2, 3}, "eighteen are nine and nine"
    assert withheld_of({1: 10, 2: 12}, 22) == NOBODY
    assert withheld_of({1: 0, 2: 0}, 0) == NOBODY, "where nobody is late, that is told"
    assert withheld_of({1: 3}, 3) == {1, TRUST}, "the whole of one is the one"
    assert withheld_of({1: 0}, 1) == {1, TRUST}, "one in a directorate that has closed"
    assert withheld_of({1: 12, 2: 30}, 44) == {1}, "two in directorates that have closed"


def test_what_a_reader_knows_of_their_own_directorate_hides_no_other() -> None:
    own = frozenset({1})
    assert withheld_of({1: 3, 2: 12, 3: 40}, 55, own) == NOBODY
    assert withheld_of({1: 12, 2: 3, 3: 40}, 55, own) == {2, 3}
    assert withheld_of({1: 12, 2: 3}, 15, own) == {2, TRUST}
    assert untold_days({1: 40, 2: 3}, 43, own) == {2, TRUST}


def test_days_are_untold_where_few_times_are_behind_them_or_left_between_two_medians() -> None:
    assert untold_days({1: 3, 2: 0, 3: 0}, 3) == {1, TRUST}
    assert untold_days({1: 3, 2: 4}, 7) == {1, 2, TRUST}
    assert untold_days({1: 3, 2: 40, 3: 12}, 55) == {1, 3}
    assert untold_days({1: 12, 2: 0}, 12) == NOBODY, "nobody is nobody in particular"
    assert untold_days({1: 0, 2: 0}, 0) == NOBODY


@pytest.mark.parametrize("known", [NOBODY, frozenset({0})])
@pytest.mark.parametrize(("parts", "most", "closed"), [(1, 8, 0), (2, 9, 0), (3, 7, 0), (1, 8, 8), (2, 7, 7)])
def test_no_withheld_number_follows_from_all_that_is_told(
    parts: int, most: int, closed: int, known: frozenset[int]
) -> None:
    """Every trust there can be, by what its reader is told: for each hidden number more than one fits."""
    fewest = 3
    told: dict[tuple[object, ...], list[tuple[int, ...]]] = defaultdict(list)
    for cells in product(*[range(most + 1)] * parts, range(closed + 1)):
        counts, whole = dict(enumerate(cells[:-1], 1)), sum(cells)
        hidden = withheld_of(counts, whole, frozenset(one + 1 for one in known), fewest)
        seen = tuple(None if place in hidden else count for place, count in counts.items())
        told[None if TRUST in hidden else whole, *seen].append(cells)
    for (_, *seen_cells), fitting in told.items():
        if any(max(cells) >= most for cells in fitting):
            continue  # those at the edge of what was tried have neighbours that were not
        for place, value in enumerate(seen_cells):
            if value is None:
                assert len({cells[place] for cells in fitting}) > 1, (seen_cells, fitting)
        if len({cells[-1] for cells in fitting}) == 1:
            assert not 0 < fitting[0][-1] < fewest, "nor that of the directorates that have closed"


@given(
    st.dictionaries(st.integers(1, 6), st.integers(0, 40), min_size=1),
    st.integers(0, 12),
    st.frozensets(st.integers(1, 3)),
)
def test_no_median_tells_of_few_and_none_is_told_beside_that_of_all_but_few(
    timed: dict[int, int], closed: int, known: frozenset[int]
) -> None:
    untold = untold_days(timed, sum(timed.values()) + closed, known)
    assert all(place in untold for place, count in timed.items() if 0 < count < FEWEST and place not in known)
    left = closed + sum(count for place, count in timed.items() if place in untold)
    assert TRUST in untold or not 0 < left < FEWEST


def of(report: Report, measure: Measure) -> dict[str, object]:
    return {part.name: part.totals[measure] for part in (report.trust, *report.parts)}


def test_the_board_does_not_read_how_long_two_people_took_or_that_one_is_late(trust: Trust) -> None:
    scene = trust.scene
    trust.at(date(2026, 12, 1))
    scene.decide(scene.anna, scene.ben)
    trust.at(date(2027, 2, 3))
    trust.reach(scene.anna, date(2027, 1, 10))
    trust.reach(scene.lead, LONG_AGO)
    here = scene.directorate_id
    board, lead = trust.read_by(trust.board, here).part(here), trust.read_by(scene.lead, here).part(here)
    assert board is not None
    assert lead is not None
    assert lead.totals[Measure.OVERDUE] == 1
    assert lead.totals[Measure.DAYS] == 40
    assert {Measure.OVERDUE, Measure.DAYS} == board.withheld == board.partly
    assert board.totals[Measure.OVERDUE] is None is board.totals[Measure.DAYS]
    assert not any(board.monthly[Measure.DAYS])
    assert not any(board.monthly[Measure.OVERDUE])
    assert board.held == lead.held, "what people can do is told"
    whole = trust.read_by(trust.board, TRUST)
    assert of(whole, Measure.OVERDUE) == {"The trust": 1, "Medicine": None, "Surgery": None}
    assert not any(whole.trust.monthly[Measure.DAYS]), "the trust's own days were Medicine's"
    assert whole.trust.totals[Measure.DAYS] is None
    assert trust.read_by(trust.admin).trust.totals[Measure.DAYS] == 40


def late(trust: Trust, **counts: int) -> None:
    for directorate, count in counts.items():
        for person in trust.hire_many(count, trust.world.team(f"{directorate} 1", directorate)):
            trust.reach(person, LONG_AGO)


def test_what_is_left_out_cannot_be_worked_out_from_the_trusts_own_figure(trust: Trust) -> None:
    late(trust, Medicine=2, Surgery=12, Children=15)
    told = of(trust.read_by(trust.board), Measure.OVERDUE)
    assert told == {"The trust": 29, "Children": 15, "Medicine": None, "Surgery": None}


def test_a_board_member_who_leads_one_directorate_cannot_work_out_another(trust: Trust) -> None:
    late(trust, Medicine=12, Surgery=2, Children=15)
    trust.world.grant(trust.board, Role.LEAD, "directorate", trust.scene.directorate_id)
    told = of(trust.read_by(trust.board), Measure.OVERDUE)
    assert told == {"The trust": 29, "Children": None, "Medicine": 12, "Surgery": None}
    own = trust.read_by(trust.board, trust.scene.directorate_id).part(trust.scene.directorate_id)
    assert own is not None
    assert own.totals[Measure.OVERDUE] == 12
    trust.at(date(2026, 12, 1))
    trust.keep()
    client = trust.world.client(trust.board)
    for address in ("/oversight", "/oversight?month=2026-11", "/oversight?month=2026-11&known=today"):
        rows = [row for row in lines(document(client.get(address))) if row.startswith(("Children", "Surgery"))]
        assert rows
        assert all(row.endswith("not shown") for row in rows), address


def test_the_page_says_the_rule_and_leaves_the_figure_out(trust: Trust) -> None:
    late(trust, Medicine=2, Surgery=40)
    client = trust.world.client(trust.board)
    for place in (trust.scene.directorate_id, trust.world.directorate("Surgery").id):
        said = document(client.get(f"/oversight/directorates/{place}")).text
        assert "Not shown: see “Small numbers” below" in said
        assert "“not shown” can stand for a large number" in said
        assert "ewer than 10 people" not in said, "it may be forty, and levels are counted"
        assert "past the refresh date" not in said
        assert "O'Neill" not in said
    rows = lines(document(client.get("/oversight")))
    assert not [row for row in rows if "fewer than" in row]
    assert [row for row in rows if row.startswith("Surgery") and row.endswith("not shown")]
