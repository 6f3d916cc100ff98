"""Everything twice at the same moment: two presses, two windows, a save beside a handing in."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import sqlalchemy as sa

from app.assessment.commands import HandedInError, OtherVersionError
from app.assessment.models import Attempt
from app.kernel.db import table
from app.learning.models import Outcome
from tests.assessment.course import Learner
from tests.assessment.questions import RIGHT, WRONG
from tests.world import World


def _at_once(deeds: list[Callable[[], Any]]) -> list[Any]:
    """What each returned, or the refusal that it met."""

    def outcome(deed: Callable[[], Any]) -> Any:
        try:
            return deed()
        except (HandedInError, OtherVersionError) as refusal:
            return refusal

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(outcome, deeds))


def test_two_presses_of_begin_make_one_attempt(world: World, learner: Learner) -> None:
    begun = _at_once([lambda: learner.start(seed=None)] * 6)
    assert len({attempt.id for attempt in begun}) == 1
    with world.db.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(table(Attempt))) == 1


def test_of_two_answers_at_once_one_is_kept_and_the_other_is_told(learner: Learner) -> None:
    attempt = learner.start()
    asked = learner.sitting(attempt).question(1)
    learner.save(attempt, asked.key, None)
    values = [RIGHT[asked.kind], WRONG[asked.kind]]
    met = _at_once([lambda v=v: learner.save(attempt, asked.key, v) for v in values])  # type: ignore[misc]
    refused = [m for m in met if isinstance(m, OtherVersionError)]
    assert len(refused) == 1
    kept = learner.sitting(attempt).question(1)
    assert (kept.version, kept.answer) == (1, refused[0].theirs)
    assert {repr(kept.answer), repr(refused[0].mine)} == {repr(v) for v in values}


def test_a_save_beside_a_handing_in_is_either_marked_or_refused(learner: Learner) -> None:
    for _ in range(3):
        attempt = learner.start("try-it", seed=None)
        asked = learner.sitting(attempt).question(1)
        saved, _done = _at_once(
            [
                lambda a=attempt, q=asked: learner.save(a, q.key, RIGHT[q.kind]),  # type: ignore[misc]
                lambda a=attempt: learner.hand_in(a),  # type: ignore[misc]
            ]
        )
        kept = learner.sitting(attempt)
        assert kept.right == (0 if isinstance(saved, HandedInError) else 1)
        assert (kept.question(1).answer is None) == isinstance(saved, HandedInError)


def test_handing_in_many_times_at_once_marks_and_records_once(world: World, learner: Learner) -> None:
    attempt = learner.start("try-it")
    done = _at_once([lambda: learner.hand_in(attempt)] * 6)
    assert len({d.submitted_at for d in done}) == 1
    with world.db.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(table(Outcome))) == 1
