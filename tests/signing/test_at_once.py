"""Two people, or two windows, at the same moment: one deed is done, and the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from app.kernel.errors import DomainError, StaleError
from app.signing.rules import SignOffDeed, SignOffState
from tests.invariants import check_invariants
from tests.signing import practice
from tests.signing.course import Scene


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """What each returned, or the refusal that it met."""

    def outcome(deed: Callable[[], Any]) -> Any:
        try:
            return deed()
        except DomainError as refusal:
            return refusal

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(outcome, deeds))


def test_of_a_confirmation_and_a_rejection_at_once_one_is_done(scene: Scene) -> None:
    scene.read_it()
    for _ in range(3):
        request = scene.ask(account=f"Try {len(scene.requests().rows)}")
        met = at_once(
            lambda r=request: scene.decide(r),  # type: ignore[misc]
            lambda r=request: scene.decide(r, confirm=False, comment="No"),  # type: ignore[misc]
        )
        assert [type(m) for m in met if m is not None] == [StaleError]
        assert len([e for e in scene.requests().events if e.sign_off_id == request]) == 2
        if scene.course().is_completed:
            break
    check_invariants(scene.world.db)


def test_six_presses_of_confirm_confirm_once(scene: Scene) -> None:
    request = scene.ask()
    assert at_once(*[lambda: scene.decide(request)] * 6) == [None] * 6
    assert [e.deed for e in scene.requests().events] == [SignOffDeed.REQUESTED, SignOffDeed.CONFIRMED]
    check_invariants(scene.world.db)


def test_six_presses_of_ask_ask_once(scene: Scene) -> None:
    met = at_once(*[lambda: scene.ask(seen=0)] * 6)
    assert len(set(met)) == 1
    assert scene.states() == [SignOffState.REQUESTED]


def test_of_two_windows_that_ask_with_other_words_one_is_told(scene: Scene) -> None:
    met = at_once(lambda: scene.ask(account="One", seen=0), lambda: scene.ask(account="Two", seen=0))
    assert sum(isinstance(m, StaleError) for m in met) == 1
    assert scene.states() == [SignOffState.REQUESTED]


def test_a_change_beside_a_confirmation_never_leaves_a_confirmation_of_other_words(scene: Scene) -> None:
    for number in range(3):
        request, seen = scene.ask(account=f"Words {number}"), scene.requests().seen
        changed, decided = at_once(
            lambda n=number, s=seen: scene.ask(account=f"Other words {n}", seen=s),  # type: ignore[misc]
            lambda r=request: scene.decide(r),  # type: ignore[misc]
        )
        assert isinstance(changed, StaleError) is (decided is None)
        latest = scene.requests().latest
        assert latest
        assert latest.state is (SignOffState.CONFIRMED if decided is None else SignOffState.REQUESTED)
    check_invariants(scene.world.db)


def test_two_workers_move_a_request_once(scene: Scene) -> None:
    scene.ask()
    scene.world.leave(scene.manager)
    assert sorted(at_once(scene.move_requests, scene.move_requests)) == [0, 1]
    assert [e.deed for e in scene.requests().events] == [SignOffDeed.REQUESTED, SignOffDeed.MOVED]


def test_bulk_confirmations_that_overlap_confirm_each_once(scene: Scene) -> None:
    world, ids = scene.world, [scene.ask()]
    for _ in range(3):
        person = world.hire(team=world.team("Larch", "Medicine"), manager_id=scene.manager.id)
        scene.join(person)
        ids.append(scene.ask(who=person))
    one, other = at_once(lambda: scene.confirm_several(*ids), lambda: scene.confirm_several(*reversed(ids)))
    assert one.done + other.done == 4
    assert len(one.left_out) + len(other.left_out) == 4
    check_invariants(world.db)


def test_a_use_in_practice_confirmed_and_sent_back_at_once_is_decided_once(scene: Scene) -> None:
    practice.hold(scene.world, scene.ben)
    use_id = practice.tell(scene)
    met = at_once(
        lambda: practice.decide(scene, use_id),
        lambda: practice.decide(scene, use_id, confirm=False, comment="Not so"),
    )
    assert [type(m) for m in met if m is not None] == [StaleError]
    assert len(practice.applied(scene)) <= 1
    check_invariants(scene.world.db)


def test_six_presses_of_tell_and_of_confirm_do_each_once(scene: Scene) -> None:
    practice.hold(scene.world, scene.ben)
    assert len(set(at_once(*[lambda: practice.tell(scene, seen=0)] * 6))) == 1
    [use] = practice.uses_of(scene)
    assert at_once(*[lambda: practice.decide(scene, use.id)] * 6) == [None] * 6
    assert len(practice.applied(scene)) == 1
    check_invariants(scene.world.db)
