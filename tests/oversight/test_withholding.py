"""Small numbers: the board is told nothing of a directorate that could tell of one person."""

from datetime import date

from app.oversight.rules.figures import TRUST, Measure
from app.oversight.rules.withholding import withheld_of
from tests.client import document
from tests.oversight.conftest import Trust

LONG_AGO = date(2023, 8, 31)


def test_where_one_is_left_out_the_next_smallest_is_too() -> None:
    assert withheld_of({1: 3, 2: 40, 3: 12}) == {1, 3}
    assert withheld_of({1: 3, 2: 4, 3: 12}) == {1, 2}
    assert withheld_of({1: 0, 2: 10, 3: 12}) == frozenset()
    assert withheld_of({1: 3, 2: 0}) == {1}, "nobody is nobody in particular"


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
    assert whole.trust.totals[Measure.OVERDUE] == 1, "the trust's own figure is told"


def test_what_is_left_out_cannot_be_worked_out_from_the_trusts_own_figure(trust: Trust) -> None:
    world = trust.world
    for team, directorate, late in (("Larch", "Medicine", 2), ("Theatre", "Surgery", 12), ("Bay", "Children", 15)):
        for person in trust.hire_many(late, world.team(team, directorate)):
            trust.reach(person, LONG_AGO)
    told = {part.name: part.totals[Measure.OVERDUE] for part in trust.read_by(trust.board).parts}
    assert told == {"Children": 15, "Medicine": None, "Surgery": None}


def test_the_page_says_the_rule_and_leaves_the_figure_out(trust: Trust) -> None:
    trust.reach(trust.scene.anna, LONG_AGO)
    page = trust.world.client(trust.board).get(f"/oversight/directorates/{trust.scene.directorate_id}")
    said = document(page).text
    assert "Fewer than 10 people: not shown" in said
    assert "the board is not told of refreshes overdue" in said
    assert "past the refresh date" not in said
    assert "O'Neill" not in said
