"""Two people, or two windows, at the same moment: one deed is done, and the other is told."""

from app.kernel.errors import BadInputError, StaleError
from app.recognition.rules import OfferState
from tests.invariants import check_invariants
from tests.recognition.scene import Scene
from tests.signing.test_at_once import at_once


def test_of_two_assessors_who_decide_at_once_one_is_done_and_the_other_told(scene: Scene) -> None:
    for number in range(3):
        item = scene.offer(title=f"Course {number}")
        tiers = ("improvement-leaders", "senior-clinical-leaders", "qi-coach")
        met = at_once(
            lambda i=item, t=tiers[number]: scene.recognise(i, tier=t, seen=1),  # type: ignore[misc]
            lambda i=item: scene.decline(i, by=scene.mina, seen=1),  # type: ignore[misc]
        )
        assert [type(m) for m in met if m is not None] == [StaleError]
        assert len(scene.case(item).decisions) == 1
    check_invariants(scene.world.db)


def test_of_a_recognition_and_a_change_of_mind_at_once_one_is_done(scene: Scene) -> None:
    for number in range(3):
        item = scene.offer(title=f"Course {number}")
        tiers = ("improvement-leaders", "senior-clinical-leaders", "qi-coach")
        recognised, withdrawn = at_once(
            lambda i=item, t=tiers[number]: scene.recognise(i, tier=t, seen=1),  # type: ignore[misc]
            lambda i=item: scene.withdraw(i),  # type: ignore[misc]
        )
        assert isinstance(recognised, StaleError) is (withdrawn is None)
        assert isinstance(withdrawn, StaleError) is (recognised is None)
        state = OfferState.RECOGNISED if recognised is None else OfferState.WITHDRAWN
        assert [o.state for o in scene.case(item).offers] == [state]
    check_invariants(scene.world.db)


def test_a_row_that_is_imported_six_times_at_once_is_recorded_once(scene: Scene) -> None:
    assert len(set(at_once(*[scene.imported] * 6))) == 1


def test_the_same_thing_offered_in_two_windows_at_once_is_offered_once(scene: Scene) -> None:
    met = at_once(scene.offer, scene.offer)
    assert sum(isinstance(m, BadInputError) for m in met) == 1
    check_invariants(scene.world.db)
