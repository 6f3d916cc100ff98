"""How far markers agree: for those who moderate and who write courses, never of a person, never of a few pieces."""

import pytest

from app.access.permissions import Role
from app.marking.queries.agreement import agreements
from tests.client import document
from tests.marking.judged import BEST, TWO, WORST, Ward


def _marked_twice(ward: Ward, pairs: list[tuple[dict[str, int], dict[str, int]]]) -> None:
    first, second = ward.marker(Role.MARKER, given_name="Zebedee"), ward.marker(Role.MARKER, given_name="Yolanda")
    for one, other in pairs:
        work = ward.handed_in(TWO)
        ward.mark(first, work, one)
        ward.mark(second, work, other)


def test_nothing_is_said_of_fewer_than_ten(ward: Ward) -> None:
    _marked_twice(ward, [(BEST, BEST)] * 9)
    admin = ward.world.with_role(Role.QI_ADMIN).id
    with ward.world.db.read() as session:
        [found] = agreements(session, ward.world.actor(admin))
    assert (found.pieces, found.on_points, found.on_verdict, found.by_point) == (9, None, None, ())
    assert "with fewer than 10" in document(ward.world.client(admin).get("/marking/agreement")).text


def test_the_figures_are_those_of_a_calculation_by_hand(ward: Ward) -> None:
    """Ten pieces: 4 both best, 3 both worst, 2 first best and second worst, 1 the other way round.

    The verdict: 7 of 10 agree; the first passes 6, the second 5: chance 0.30 + 0.20, kappa 0.2 / 0.5 = 0.4.
    """
    _marked_twice(ward, [(BEST, BEST)] * 4 + [(WORST, WORST)] * 3 + [(BEST, WORST)] * 2 + [(WORST, BEST)])
    admin = ward.world.with_role(Role.QI_ADMIN).id
    with ward.world.db.read() as session:
        [found] = agreements(session, ward.world.actor(admin))
    assert found.on_verdict is not None
    assert found.on_verdict.kappa == pytest.approx(0.4)
    assert {one.point.id: one.agreement.kappa for one in found.by_point} == pytest.approx(
        {"number": 0.4, "who": 0.4, "test": 0.4}
    )
    # Over all points: 21 of 30 agree; values 0, 1, 2 by the first 12, 12, 6 times, by the second 15, 10, 5.
    assert found.on_points is not None
    chance = (12 * 15 + 12 * 10 + 6 * 5) / 900
    assert found.on_points.kappa == pytest.approx((21 / 30 - chance) / (1 - chance))


def test_the_page_says_it_in_words_and_which_point_to_reword(ward: Ward) -> None:
    mixed = [(BEST, BEST | {"test": 0}), (BEST, BEST), (WORST, WORST | {"test": 2}), (WORST, WORST)]
    _marked_twice(ward, mixed * 3)
    page = ward.world.client(ward.world.with_role(Role.QI_ADMIN)).get("/marking/agreement")
    text = document(page).text
    assert "12 pieces of work marked by two. Good: it seldom matters who marks." in text
    assert "It is a small test Reword this" in text
    assert "Landis" in text
    for name in ("Zebedee", "Yolanda"):
        assert name not in page.text


def test_kappa_that_is_undefined_is_said_to_be(ward: Ward) -> None:
    _marked_twice(ward, [(BEST, BEST)] * 10)
    text = document(ward.world.client(ward.world.with_role(Role.QI_ADMIN)).get("/marking/agreement")).text
    assert "Kappa is undefined: both markers always gave the same one value" in text


def test_markers_do_not_see_it(ward: Ward) -> None:
    assert ward.world.client(ward.marker()).get("/marking/agreement").status_code == 403
