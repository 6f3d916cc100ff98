"""A check that cannot fail proves nothing: each invariant is broken once, on purpose, and must be named."""

import pytest
import sqlalchemy as sa

from tests.invariants import broken
from tests.signing.course import Scene


def said_after(scene: Scene, statement: str) -> str:
    with scene.world.db.write() as session:
        session.execute(sa.text(statement))
        found = broken(session)
        session.rollback()
    return "\n".join(found)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE sign_off SET state = 'rejected'", "and its events end with confirmed"),
        ("UPDATE sign_off SET asked_id = 1", "asks another person than its last event"),
        ("UPDATE sign_off SET decided_by_id = NULL", "decided by None"),
        ("DELETE FROM sign_off_event WHERE deed = 'requested'", "was confirmed when it was None"),
        ("UPDATE sign_off SET decided_by_id = (SELECT person_id FROM enrolment)", "is the learner's own to decide"),
        ("UPDATE sign_off SET number = 3", "is not the next after those before it"),
        ("DELETE FROM outcome", "was confirmed on 2026-11-23, and does not count"),
        ("UPDATE outcome SET occurred_on = '2026-11-20'", "counts as signed off on 2026-11-20, and is not confirmed"),
        ("DELETE FROM audit_event WHERE entity = 'sign_off'", "came from nobody's deed"),
    ],
)
def test_what_cannot_be_true_is_named(scene: Scene, statement: str, said: str) -> None:
    scene.decide(scene.ask())
    assert said in said_after(scene, statement)


def test_a_request_that_stands_beside_a_later_one_is_named(scene: Scene) -> None:
    scene.ask()
    scene.ask(account="Other words")
    scene.withdraw()
    assert "stands beside a later one" in said_after(scene, "UPDATE sign_off SET state = 'requested' WHERE number = 1")
