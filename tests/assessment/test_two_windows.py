"""Two windows on one attempt, a flaky network and a learner who goes back: driven at random.

The promise: what a window was told is saved stays, unless that window or one that had seen it replaces it.
"""

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from app.assessment.commands import HandedInError, OtherVersionError
from tests.assessment.course import Learner
from tests.world import World

windows = st.integers(0, 1)
questions = st.integers(0, 1)
VALUES: dict[str, list[Any]] = {
    "single": ["wrong-one", "the-right-one", "wrong-two", None],
    "multiple": [["belongs-1"], ["belongs-1", "belongs-2"], ["leave-out"], None],
    "ordering": [["step-1", "step-2", "step-3", "step-4"], ["step-4", "step-3", "step-2", "step-1"]],
    "matching": [{"left-1": "right-1"}, {"left-1": "right-2", "left-2": "right-2"}, None],
    "numeric": ["27", "73", "0.5", None],
    "read-chart": [{"points": [8], "rules": ["outside"]}, {"points": [1, 2], "rules": []}, None],
    "choose-chart": ["c", "p", "t", None],
    "scenario": ["wrong-one", "the-right-one", "wrong-two", None],
}


@dataclass
class Window:
    """What one window shows: for each question its value and the version that it had seen."""

    shows: dict[str, tuple[Any, int]] = field(default_factory=dict)


class TwoWindows(RuleBasedStateMachine):
    def __init__(self, world: World) -> None:
        super().__init__()
        self.learner = Learner(world, world.hire().id)
        self.attempt = self.learner.start(seed=None)
        self.keys = self.attempt.questions[:2]
        self.kinds = {a.key: a.kind for a in self.learner.sitting(self.attempt).asked}
        self.kept: dict[str, tuple[Any, int]] = dict.fromkeys(self.keys, (None, 0))
        self.windows = [Window(dict(self.kept)), Window(dict(self.kept))]
        self.sent: list[tuple[str, Any, int]] = []
        self.handed_in = False

    def _save(self, window: Window, key: str, value: Any, *, lost: bool = False) -> None:
        _, seen = window.shows[key]
        was, version = self.kept[key]
        self.sent.append((key, value, seen))
        try:
            saved = self.learner.save(self.attempt, key, value, seen)
        except HandedInError:
            assert self.handed_in
            return
        except OtherVersionError as refusal:
            self._both_are_told(refusal, value, key)
            assert seen != version, "a window that had seen the newest answer was refused"
            return
        assert not self.handed_in
        if value == was:
            assert saved.version == version
        else:
            assert version in {seen, 0}, "an answer was overwritten by a window that had not seen it"
            self.kept[key] = (value, saved.version)
        if not lost:
            window.shows[key] = (value, saved.version)

    def _both_are_told(self, refusal: OtherVersionError, value: Any, key: str) -> None:
        assert (refusal.theirs, refusal.version) == self.kept[key]
        assert refusal.mine == value

    @rule(window=windows, question=questions, choice=st.integers(0, 3), lost=st.booleans())
    def answer(self, window: int, question: int, choice: int, lost: bool) -> None:
        key = self.keys[question]
        values = VALUES[self.kinds[key]]
        self._save(self.windows[window], key, values[choice % len(values)], lost=lost)

    @rule(window=windows, question=questions)
    def send_again(self, window: int, question: int) -> None:
        key = self.keys[question]
        self._save(self.windows[window], key, self.windows[window].shows[key][0])

    @rule(window=windows, question=questions)
    def open_the_page_again(self, window: int, question: int) -> None:
        key = self.keys[question]
        asked = next(a for a in self.learner.sitting(self.attempt).asked if a.key == key)
        self.windows[window].shows[key] = (asked.answer, asked.version)

    @precondition(lambda self: self.handed_in)
    @rule(which=st.integers(0, 50))
    def replay_anything_sent_before(self, which: int) -> None:
        if self.sent:
            key, value, seen = self.sent[which % len(self.sent)]
            try:
                self.learner.save(self.attempt, key, value, seen)
            except HandedInError:
                return
            raise AssertionError("an answer was taken after the attempt had been handed in")

    @precondition(lambda self: len(self.sent) > 4)
    @rule()
    def hand_in(self) -> None:
        first = self.learner.hand_in(self.attempt)
        again = self.learner.hand_in(self.attempt)
        assert (first.right, first.submitted_at) == (again.right, again.submitted_at)
        self.handed_in = True

    @invariant()
    def what_was_acknowledged_is_there(self) -> None:
        given = {a.key: (a.answer, a.version) for a in self.learner.sitting(self.attempt).asked}
        assert {key: given[key] for key in self.keys} == self.kept


@pytest.mark.slow
def test_no_acknowledged_answer_is_lost_between_two_windows(world: World, courses: object) -> None:
    run_state_machine_as_test(lambda: TwoWindows(world))  # type: ignore[arg-type]
