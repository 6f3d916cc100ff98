"""Words that come for a step of a test of change when it has been taken: refused, given back, and nothing changed."""

import pytest

from app.assessment.kinds.contract import StepTakenError
from tests.assessment.kinds.test_pdsa import plan, read, study


@pytest.mark.parametrize("press", [True, False], ids=["the button", "an autosave"])
def test_another_plan_for_a_test_that_was_run_is_refused_and_given_back_in_words(press: bool) -> None:
    after = read(plan(1, "bed-end"), None)
    with pytest.raises(StepTakenError) as refused:
        read(plan(1, "huddle", press=press, predicted="99", why="Now I know"), after)
    assert refused.value.lost[1:] == ("Prediction: 99", "Why: Now I know", "For how many sessions of watching: 8")
    assert "count" in refused.value.lost[0]
    assert read(plan(1, press=press, predicted="", why="", points=""), after) == after, "nothing was typed"


def test_another_study_for_a_cycle_that_is_closed_is_refused_and_given_back_in_words() -> None:
    kept = read(study(1), read(plan(1, "bed-end"), None))
    assert read(study(1, amount="1.0"), kept) == kept
    with pytest.raises(StepTakenError) as refused:
        read(study(1, press=False, learnt="Something else", amount=""), kept)
    assert "Learnt: Something else" in refused.value.lost
    assert not [line for line in refused.value.lost if line.endswith(": ")]
