"""What a form says of a step that has been taken: the same, because it came twice, or something that is lost."""

from collections.abc import Mapping
from decimal import Decimal

from app.assessment.kinds.contract import Posted, StepTakenError
from app.assessment.kinds.pdsa.log import Cycle, Log, Plan, Study
from app.assessment.kinds.pdsa.steps import number_of, plan_in, study_in
from app.assessment.kinds.pdsa.words import ACTS, SIDES, SIGNALS, texts_of
from app.assessment.kinds.wards import Ward


def refuse_what_is_lost(ward: Ward, log: Log, posted: Posted, tokens: Mapping[str, str]) -> None:
    """Raise StepTakenError when the form was made for a step that was taken with other words than it has."""
    for number, cycle in enumerate(log.cycles, 1):
        if f"plan-{number}" in posted:
            plan = plan_in(posted, tokens, number)
            if plan.begun and _settled(plan) != _settled(cycle.plan):
                raise StepTakenError(_plan_words(ward, plan))
        if f"study-{number}" in posted and cycle.kept:
            _refuse_another_study(cycle, study_in(posted, number))


def _refuse_another_study(cycle: Cycle, study: Study) -> None:
    if study.begun and _told(study) != _told(cycle.study):
        raise StepTakenError(_study_words(study))


def _settled(plan: Plan) -> tuple[object, ...]:
    return frozenset(plan.changes), plan.why, _number(plan.predicted), _number(plan.points)


def _told(study: Study) -> tuple[object, ...]:
    return study.side, _number(study.amount), study.signal, study.learnt, study.act


def _number(typed: str) -> Decimal | str:
    """55.0 is 55, as a step that is taken settles it."""
    number = number_of(typed)
    return typed if number is None else number


def _plan_words(ward: Ward, plan: Plan) -> tuple[str, ...]:
    said = {
        "Change": texts_of(ward, plan.changes),
        "Prediction": plan.predicted,
        "Why": plan.why,
        f"For how many {ward.periods}": plan.points,
    }
    return tuple(f"{head}: {text}" for head, text in said.items() if text)


def _study_words(study: Study) -> tuple[str, ...]:
    said = {
        "How far from the prediction": study.amount,
        "The data are": SIDES.get(study.side, ""),
        "The chart shows": SIGNALS.get(study.signal, ""),
        "Learnt": study.learnt,
        "Act": ACTS.get(study.act, ""),
    }
    return tuple(f"{head}: {text}" for head, text in said.items() if text)
